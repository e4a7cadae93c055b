// The user's own messages on their way: paints them before the background has answered, and takes them back when
// it could not keep them. Owns only what is not saved yet; the rest is the background's outbox.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationKey, EpochMs } from '@/lib/core/types';
import type { Result, SessionCommand } from '@/lib/messaging/commands';
import type { Clock, Random } from '@/lib/platform/types';
import type { ViewState } from './view-state';

/** A message that the background has not saved, as far as the panel knows. */
export interface Saving {
  echoId: string;
  conversationKey: ConversationKey;
  text: string;
  at: EpochMs;
  /** The background said that it is saved; its own word of it is still on the way. */
  accepted: boolean;
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

  async function handOver(echoId: string, text: string): Promise<void> {
    const { conversationKey } = all.value.find((each) => each.echoId === echoId) as Saving;
    const result = await send({ type: 'message.send', echoId, conversationKey, text });
    // Not here any more: the background has published it meanwhile, whatever its answer says.
    const mine = all.value.find((each) => each.echoId === echoId);
    if (!mine) return;
    if (result.ok) {
      all.value = all.value.map((each) => (each === mine ? { ...each, accepted: true } : each));
      return;
    }
    all.value = all.value.filter((each) => each !== mine);
    giveBack(mine.conversationKey, text);
    notKept.value = mine.conversationKey;
  }

  return {
    saving,
    notKept,
    send(conversationKey, text) {
      const echoId = random.uuid();
      notKept.value = null;
      all.value = [...all.value, { echoId, conversationKey, text, at: clock.now(), accepted: false }];
      // Not before it is painted: the woken background would take time from the very frame that shows it.
      return new Promise((done) => {
        waiting.push(() => done(handOver(echoId, text)));
        painted(flush);
      });
    },
    flush,
    retry: (echoId) => void send({ type: 'message.retry', echoId }),
    discard: (echoId) => void send({ type: 'message.discard', echoId }),
    clearNotice() {
      notKept.value = null;
    },
    mapKey(from, to) {
      all.value = all.value.map((each) =>
        each.conversationKey === from ? { ...each, conversationKey: to } : each,
      );
    },
    settle() {
      all.value = saving.value;
    },
    settleAll() {
      all.value = saving.value.filter((each) => !each.accepted);
    },
  };
}
