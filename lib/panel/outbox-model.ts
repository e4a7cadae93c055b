// The user's own messages and other acts on their way: paints them before the background has answered, and takes messages back
// when it could not keep them. Owns only what is not saved yet; the rest is the background's outbox.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Act, ConversationKey, EpochMs } from '@/lib/core/types';
import type { Result, SessionCommand } from '@/lib/messaging/commands';
import type { Clock, Random } from '@/lib/platform/types';
import type { ViewState } from './view-state';

/** A message, or another act, that the background has not saved, as far as the panel knows. */
export interface Saving {
  echoId: string;
  conversationKey: ConversationKey;
  act: Act;
  /** Of a message; empty for other acts. */
  text: string;
  at: EpochMs;
  /** The background said that it is saved; its own word of it is still on the way. */
  accepted: boolean;
  /** As in the command `message.answer`. */
  mayMerge: boolean;
  /** The background could not keep it. Messages go back into the composer; an act has nowhere else to be. */
  lost: boolean;
}

export interface OutboxParts {
  state: ViewState;
  clock: Clock;
  random: Random;
  send(command: SessionCommand): Promise<Result<null>>;
  /** Runs after the next painting. */
  painted(run: () => void): void;
  /** The text belongs back into the composer. */
  giveBack(key: ConversationKey, text: string): void;
}

export interface OutboxModel {
  saving: ReadonlySignal<readonly Saving[]>;
  /** The conversation whose last message could not be kept; null once the user went on. */
  notKept: ReadonlySignal<ConversationKey | null>;
  /** Shows the message at once; settles when the background has answered. */
  send(key: ConversationKey, text: string): Promise<void>;
  /** Another act, shown at once as well; takes the place of one of its kind that was lost. */
  act(key: ConversationKey, act: Act, mayMerge: boolean): Promise<void>;
  /** Hands over at once what waits for the painting: a hidden page is not painted. */
  flush(): void;
  retry(echoId: string): void;
  discard(echoId: string): void;
  clearNotice(): void;
  mapKey(from: ConversationKey, to: ConversationKey): void;
  /** The background published something: what it shows itself is not painted here any more. */
  settle(): void;
  /** A whole snapshot came: what was accepted and is not in it has been sent or discarded meanwhile. */
  settleAll(): void;
}

/** Nothing is on its way at first. */
export function createOutboxModel({
  state,
  clock,
  random,
  send,
  painted,
  giveBack,
}: OutboxParts): OutboxModel {
  const all = signal<readonly Saving[]>([]);
  const notKept = signal<ConversationKey | null>(null);

  const isPublished = (echoId: string) =>
    state.outbox.value.has(echoId) ||
    (state.window.value?.messages.some((message) => message.echoId === echoId) ?? false);
  const saving = computed(() =>
    all.value.length === 0 ? all.value : all.value.filter(({ echoId }) => !isPublished(echoId)),
  );

  const waiting: (() => void)[] = [];

  function flush(): void {
    for (const run of waiting.splice(0)) run();
  }

  async function handOver(echoId: string): Promise<void> {
    const { conversationKey, act, text, mayMerge } = all.value.find(
      (each) => each.echoId === echoId,
    ) as Saving;
    const conversationId = Number(conversationKey);
    const result = await send(
      act.kind === 'message'
        ? { type: 'message.send', echoId, conversationKey, text }
        : act.kind === 'answer'
          ? {
              type: 'message.answer',
              echoId,
              conversationId,
              messageId: act.messageId,
              answer: act.answer,
              mayMerge,
            }
          : { type: 'conversation.resolve', echoId, conversationId },
    );
    // Not here any more: the background has published it meanwhile, whatever its answer says.
    const mine = all.value.find((each) => each.echoId === echoId);
    if (!mine) return;
    if (result.ok) return change(mine, { accepted: true });
    if (act.kind !== 'message') return change(mine, { lost: true });
    all.value = all.value.filter((each) => each !== mine);
    giveBack(mine.conversationKey, text);
    notKept.value = mine.conversationKey;
  }

  function begin(what: Pick<Saving, 'conversationKey' | 'act' | 'text' | 'mayMerge'>): Promise<void> {
    const echoId = random.uuid();
    all.value = [...all.value, { ...what, echoId, at: clock.now(), accepted: false, lost: false }];
    // Not before it is painted: the woken background would take time from the very frame that shows it.
    return new Promise((done) => {
      waiting.push(() => done(handOver(echoId)));
      painted(flush);
    });
  }

  function change(mine: Saving, to: Partial<Saving>): void {
    all.value = all.value.map((each) => (each === mine ? { ...each, ...to } : each));
  }

  return {
    saving,
    notKept,
    send(key, text) {
      notKept.value = null;
      return begin({ conversationKey: key, act: { kind: 'message' }, text, mayMerge: false });
    },
    act(key, act, mayMerge) {
      all.value = all.value.filter((each) => !each.lost || targetOf(each.act) !== targetOf(act));
      return begin({ conversationKey: key, act, text: '', mayMerge });
    },
    flush,
    retry(echoId) {
      const lost = all.value.find((each) => each.echoId === echoId);
      if (!lost) return void send({ type: 'message.retry', echoId });
      change(lost, { lost: false });
      void handOver(echoId);
    },
    discard(echoId) {
      const others = all.value.filter((each) => each.echoId !== echoId);
      if (others.length === all.value.length) void send({ type: 'message.discard', echoId });
      all.value = others;
    },
    clearNotice() {
      notKept.value = null;
    },
    mapKey(from, to) {
      all.value = all.value.map((each) =>
        each.conversationKey === from ? { ...each, conversationKey: to } : each,
      );
    },
    settle() {
      // An act may be done, and its entry gone again, before the panel hears of either.
      all.value = saving.value.filter(({ act, accepted }) => act.kind === 'message' || !accepted);
    },
    settleAll() {
      all.value = saving.value.filter((each) => !each.accepted);
    },
  };
}

/** Acts of one target take each other's place. */
function targetOf(act: Act): number | string {
  return act.kind === 'answer' ? act.messageId : act.kind;
}
