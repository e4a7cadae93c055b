// The rows of the list of conversations: what each says in a few words, newest first.
// Derives from the published state and the drafts; rows that did not change keep their object.
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Act, Author, ConversationKey, EpochMs, Preview } from '@/lib/core/types';
import type { ConversationView, OutboxView } from '@/lib/messaging/view-updates';
import type { DraftsModel } from './drafts-model';
import { reuse } from './message-window';
import type { OutboxModel } from './outbox-model';
import type { ViewState } from './view-state';

export interface ListRow {
  key: ConversationKey;
  /** Null: nobody has answered yet, the company stands for itself. */
  party: Author | null;
  prefix: 'draft' | 'notSent' | 'you' | null;
  /** Empty for files without words. */
  text: string;
  /** What a message without words is told by. */
  file: Preview['file'];
  /** Null for a conversation of which there is only a draft. */
  at: EpochMs | null;
  unread: number;
  resolved: boolean;
}

export interface ListModel {
  rows: ReadonlySignal<readonly ListRow[]>;
  /** How far it is scrolled, in CSS pixels: it is come back to. */
  scrollTop: number;
}

/** Rows of everything that `state`, `outbox` and `drafts` know of, renewed as they change. */
export function createListModel(state: ViewState, outbox: OutboxModel, drafts: DraftsModel): ListModel {
  let previous = new Map<ConversationKey, ListRow>();
  const rows = computed(() => {
    const own = ownByKey(state, outbox);
    const keys = new Set([
      // One without a word in it is nothing to look at: it may be the one that a first message is about to begin.
      ...[...state.conversations.value.values()].flatMap(({ id, preview }) => (preview ? String(id) : [])),
      ...own.keys(),
      ...drafts.texts.value.keys(),
    ]);
    const made = [...keys].map((key) => {
      const conversation = state.conversations.value.get(Number(key)) ?? null;
      const row = rowOf(key, conversation, own.get(key) ?? [], drafts.texts.value.get(key) ?? '');
      return reuse(previous.get(key), row);
    });
    previous = new Map(made.map((row) => [row.key, row]));
    return made.sort((a, b) => order(b) - order(a));
  });
  return { rows, scrollTop: 0 };
}

interface OwnMessage {
  text: string;
  at: EpochMs;
  /** Is not sent by itself. */
  rests: boolean;
}

function ownByKey(state: ViewState, outbox: OutboxModel): Map<ConversationKey, OwnMessage[]> {
  const byKey = new Map<ConversationKey, OwnMessage[]>();
  const add = (key: ConversationKey, own: OwnMessage) => byKey.set(key, [...(byKey.get(key) ?? []), own]);
  // Answers have their place in the thread, at their questions.
  for (const entry of [...state.outbox.value.values()].filter(isMessage).sort(inOrder))
    add(entry.conversationKey, {
      text: entry.text,
      at: entry.queuedAt,
      rests: entry.status === 'failed' || entry.status === 'held',
    });
  for (const each of outbox.saving.value.filter(isMessage))
    add(each.conversationKey, { text: each.text, at: each.at, rests: false });
  return byKey;
}

const isMessage = ({ act }: { act: Act }) => act.kind === 'message';
const inOrder = (a: OutboxView, b: OutboxView) => a.sequence - b.sequence;

function rowOf(
  key: ConversationKey,
  conversation: ConversationView | null,
  own: readonly OwnMessage[],
  draft: string,
): ListRow {
  const preview = conversation?.preview ?? null;
  const resting = own.findLast((each) => each.rests);
  const waiting = own.at(-1);
  const row: ListRow = {
    key,
    party: conversation?.party ?? null,
    prefix: preview?.authorKind === 'contact' ? 'you' : null,
    text: preview?.text ?? '',
    file: preview?.file ?? null,
    at: waiting ? Math.max(waiting.at, preview?.createdAt ?? 0) : (preview?.createdAt ?? null),
    unread: conversation?.unread.length ?? 0,
    resolved: conversation?.status === 'resolved',
  };
  if (draft.trim() !== '') return { ...row, prefix: 'draft', text: draft };
  if (resting) return { ...row, prefix: 'notSent', text: resting.text };
  // The last of the thread as well, whatever the server's clock says.
  return waiting ? { ...row, prefix: 'you', text: waiting.text } : row;
}

function order(row: ListRow): number {
  return row.at ?? Number.MAX_SAFE_INTEGER;
}
