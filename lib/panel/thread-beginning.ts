// Where an open conversation begins: at its first unread message, where it was left, or at the end. Asks for earlier messages
// until the one is there at which it begins, for a while, and says from when on it may be drawn. Draws nothing.
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { type ConversationKey, idOf } from '@/lib/core/types';
import type { TimerId } from '@/lib/platform/types';
import type { Saving } from './outbox-model';
import type { Panel } from './panel';

/** A message, and how far below the upper edge it stands, in CSS pixels. */
export interface Place {
  messageId: number;
  below: number;
}

/** Where conversations were left, those apart that were left at their end. */
export type Places = Map<ConversationKey, Place>;

export interface ThreadBeginning {
  /** Whether it may be drawn; from then on it stays. */
  ready: ReadonlySignal<boolean>;
  /** Where it was left, with nothing unread in it since. */
  left: ReadonlySignal<Place | null>;
  /** The first new message is above the screen. */
  newIsAbove: ReadonlySignal<boolean>;
  /** The view tells what stands at its upper edge (null: nothing to come back to), and whether the new line is above that. */
  stands(place: Place | null, newIsAbove: boolean): void;
  stop(): void;
}

/** In ms: so long nothing is drawn at most for what is not here yet. */
const patience = 1000;
const mostAsked = 20;
/** Drawn besides what comes after the message at which it begins: before it, and what may still come. */
const around = 60;

/** For the conversation that has just been opened, until it is stopped. */
export function createThreadBeginning({
  thread,
  state,
  outbox,
  places,
  clock,
}: Pick<Panel, 'thread' | 'state' | 'outbox' | 'places' | 'clock'>): ThreadBeginning {
  thread.newFromId.value = null;
  const key = thread.key.peek();
  const left = signal((key !== null && places.get(key)) || null);
  const unread = new Set<number>();
  /** Whether all is known that was unread at the opening: the list has been read, and what the background has is here. */
  let isUnreadKnown = false;
  /** Something was sent since: what was new has been answered. */
  let isAnswered = false;
  const isReady = signal(false);
  const isAbove = signal(false);
  let begunAt: number | null | undefined;
  let timer: TimerId | null = null;
  let timesAsked = 0;

  /** Its messages, or that there are none. */
  const isKnown = computed(() => {
    const open = thread.key.value;
    if (state.window.value?.conversationKey === open) return true;
    return state.site.value !== null && open !== null && idOf(open) === null;
  });

  function noteUnread(): void {
    const known = thread.conversation.value?.unread ?? [];
    const isSent = ({ act, conversationKey }: Saving) =>
      act.kind === 'message' && conversationKey === thread.key.value;
    if (outbox.saving.value.some(isSent)) isAnswered = true;
    const isWhole = thread.conversation.value !== null && state.listed.value && isKnown.value;
    if (!isUnreadKnown) for (const id of known) unread.add(id);
    isUnreadKnown ||= isWhole;
    if (unread.size > 0) left.value = null;
  }

  // One effect: what is unread has to be known before anything else is decided.
  const stopReaching = effect(() => {
    noteUnread();
    const all = thread.messages.value;
    const isNew = unread.size > 0 && !isAnswered;
    const from = isNew ? Math.min(...unread) : (left.value?.messageId ?? null);
    // It begins with the first messages that are read.
    if (all.length === 0 || from === begunAt) return;
    if (from === null || !state.window.value?.hasOlder || all.some(({ id }) => id <= from)) {
      begunAt = from;
      const index = all.findIndex(({ id }) => (isNew ? unread.has(id) : from !== null && id >= from));
      const count = index < 0 ? 0 : all.length - index + around;
      batch(() => {
        thread.newFromId.value = (isNew && all[index]?.id) || null;
        thread.limit.value = Math.max(thread.limit.peek(), count);
        begin();
      });
      return;
    }
    timer ??= clock.setTimeout(() => {
      // By now one is somewhere else; what is new is looked for all the same.
      left.value = null;
      begin();
    }, patience);
    if (timesAsked < mostAsked && thread.askOlder()) timesAsked++;
  });

  const stopGone = effect(() => {
    const open = thread.key.value;
    if (open !== null && thread.gone.value) places.delete(open);
  });

  function begin(): void {
    if (timer !== null) clock.clearTimeout(timer);
    isReady.value = true;
  }

  return {
    ready: computed(() => isReady.value || (isKnown.value && thread.messages.value.length === 0)),
    left,
    newIsAbove: computed(() => isAbove.value && thread.newFromId.value !== null),
    stands(place, newIsAbove) {
      isAbove.value = newIsAbove;
      const open = thread.key.peek();
      if (open === null) return;
      if (place) places.set(open, place);
      else places.delete(open);
    },
    stop() {
      if (timer !== null) clock.clearTimeout(timer);
      stopGone();
      stopReaching();
    },
  };
}
