// What a person changes about themselves: checks it before it is sent, asks before it may join two people, and follows what
// becomes of it. What was typed stays until the background has it. Draws nothing.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { CommandOf, Result, SessionCommand } from '@/lib/messaging/commands';
import type { ContactChangeView, ContactView } from '@/lib/messaging/view-updates';

export type DetailsField = 'name' | 'email' | 'phoneNumber';
/** In the order in which they stand. */
export const detailsFields = ['name', 'email', 'phoneNumber'] as const;

/** `form`: not as such a thing is written; `refused`: the server did not take it. */
export type DetailsProblem = 'form' | 'notRemovable' | 'tooLong' | 'refused';
export type DetailsChanges = CommandOf<'contact.change'>['changes'];

export interface DetailsParts {
  contact: ReadonlySignal<ContactView | null>;
  send(command: SessionCommand): Promise<Result<null>>;
}

export interface DetailsModel {
  values: ReadonlySignal<Readonly<Record<DetailsField, string>>>;
  problems: ReadonlySignal<Readonly<Partial<Record<DetailsField, DetailsProblem>>>>;
  /** `unreachable`: not saved, for no fault of what was typed; `refused`: the server takes no change at all. */
  state: ReadonlySignal<'idle' | 'unchanged' | 'saving' | 'saved' | 'refused' | 'unreachable'>;
  /** Waits for the person's word that it is their own (contract §3.4); null: nothing to ask. */
  asking: ReadonlySignal<DetailsChanges | null>;
  type(field: DetailsField, text: string): void;
  /** @returns false when something that was typed cannot be so. */
  submit(): boolean;
  /** What was asked about is the person's own, or they would rather leave it. */
  answer(isMine: boolean): void;
  stop(): void;
}

/** The server's limit on one line; also the protocol's. */
export const maxDetailLength = 255;
const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** E.164. */
const phone = /^\+[1-9]\d{6,14}$/;

/** What is typed as it is sent. A phone number loses all that people write between its digits. */
export function cleaned(field: DetailsField, text: string): string {
  const trimmed = text.trim();
  if (field !== 'phoneNumber') return trimmed;
  // In +31 (0)20 the zero is for callers from the same country only.
  return trimmed
    .replace('(0)', '')
    .replace(/[\s()./\u2010-\u2015-]/g, '')
    .replace(/^00/, '+');
}

function problemOf(field: DetailsField, value: string): DetailsProblem | null {
  if (value === '') return 'notRemovable';
  if (value.length > maxDetailLength) return 'tooLong';
  if (field === 'name') return null;
  return (field === 'email' ? mail : phone).test(value) ? null : 'form';
}

/** Follows `contact` until it is stopped. */
export function createDetailsModel({ contact, send }: DetailsParts): DetailsModel {
  const typed = signal<Partial<Record<DetailsField, string>>>({});
  const problems = signal<Partial<Record<DetailsField, DetailsProblem>>>({});
  const asking = signal<DetailsChanges | null>(null);
  const known = (field: DetailsField) => contact.value?.[field] ?? '';
  /** What the background said of changes before the one that is followed. */
  let former = contact.peek()?.change;
  const state = signal<DetailsModel['state']['value']>(former?.state === 'saving' ? 'saving' : 'idle');
  let sent: DetailsChanges = {};

  async function save(changes: DetailsChanges, mayMerge: boolean): Promise<void> {
    former = contact.peek()?.change;
    sent = changes;
    state.value = 'saving';
    const result = await send({ type: 'contact.change', changes, mayMerge });
    if (!result.ok && state.peek() === 'saving') state.value = 'unreachable';
  }

  function settle(change: ContactChangeView): void {
    if (change.state === 'saving') return;
    if (change.state === 'saved') {
      const left = Object.entries(typed.peek()).filter(
        ([field, text]) => cleaned(field as DetailsField, text) !== sent[field as DetailsField],
      );
      typed.value = Object.fromEntries(left);
      state.value = 'saved';
    } else if (change.state === 'failed') {
      const { problem } = change;
      const ofField = detailsFields.find((field) => field === problem);
      state.value = problem === 'refused' || problem === 'unreachable' ? problem : 'idle';
      if (ofField) problems.value = { ...problems.peek(), [ofField]: 'refused' };
    } else {
      // The background was started anew and does not know any more.
      state.value = 'unreachable';
    }
  }

  const stop = effect(() => {
    const change = contact.value?.change;
    if (change && change !== former && state.peek() === 'saving') settle(change);
  });

  return {
    values: computed(() => {
      const textOf = (field: DetailsField) => typed.value[field] ?? known(field);
      return { name: textOf('name'), email: textOf('email'), phoneNumber: textOf('phoneNumber') };
    }),
    problems,
    state,
    asking,
    type(field, text) {
      typed.value = { ...typed.value, [field]: text };
      const { [field]: _solved, ...others } = problems.value;
      problems.value = others;
      if (state.value !== 'saving') state.value = 'idle';
    },
    submit() {
      if (state.value === 'saving') return true;
      const changes: DetailsChanges = {};
      const found: Partial<Record<DetailsField, DetailsProblem>> = {};
      for (const field of detailsFields) {
        const text = typed.value[field];
        if (text === undefined || cleaned(field, text) === cleaned(field, known(field))) continue;
        const value = cleaned(field, text);
        const problem = problemOf(field, value);
        if (problem) found[field] = problem;
        else changes[field] = value;
      }
      problems.value = found;
      const isFine = Object.keys(found).length === 0;
      state.value = isFine && Object.keys(changes).length === 0 ? 'unchanged' : 'idle';
      if (!isFine || state.value === 'unchanged') return isFine;
      const mayJoin = changes.email !== undefined || changes.phoneNumber !== undefined;
      if (mayJoin && contact.value?.kind !== 'proven') asking.value = changes;
      else void save(changes, false);
      return true;
    },
    answer(isMine) {
      const changes = asking.value;
      asking.value = null;
      if (changes && isMine) void save(changes, true);
    },
    stop,
  };
}
