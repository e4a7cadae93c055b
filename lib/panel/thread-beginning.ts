// Where an open conversation begins: at its first unread message, where it was left, or at the end. Asks for earlier messages
// until the one is there at which it begins, for a while, and says from when on it may be drawn. Draws nothing.
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { type ConversationKey, idOf } from '@/lib/core/types';
import type { TimerId } from '@/lib/platform/types';
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
  places,
  clock,
}: Pick<Panel, 'thread' | 'state' | 'places' | 'clock'>): ThreadBeginning {
  thread.newFromId.value = null;
  const key = thread.key.peek();
  const left = signal((key !== null && places.get(key)) || null);
  const unread = signal<ReadonlySet<number>>(new Set());
  /** Whether all is known that was unread at the opening: the list has been read, and what the background has is here. */
  let isUnreadKnown = false;
  /** Something was sent since: what was new has been answered. */
  const isAnswered = signal(false);
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

  const stopUnread = effect(() => {
    const known = thread.conversation.value?.unread;
    const isWhole = state.listed.value && isKnown.value;
    if (!known || isUnreadKnown) return;
    isUnreadKnown = isWhole;
    if (known.length === 0) return;
    unread.value = new Set([...unread.peek(), ...known]);
    left.value = null;
  });

  const stopAnswered = effect(() => {
    if (thread.content.value.saving.some(({ act }) => act.kind === 'message')) isAnswered.value = true;
  });

  const stopReaching = effect(() => {
    const all = thread.messages.value;
    const isNew = unread.value.size > 0 && !isAnswered.value;
    const from = isNew ? Math.min(...unread.value) : (left.value?.messageId ?? null);
    // It begins with the first messages that are read.
    if (all.length === 0 || from === begunAt) return;
    if (from === null || !state.window.value?.hasOlder || all.some(({ id }) => id <= from)) {
      begunAt = from;
      const index = all.findIndex(({ id }) => (isNew ? unread.value.has(id) : from !== null && id >= from));
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
      stopUnread();
      stopAnswered();
      stopGone();
      stopReaching();
    },
  };
}
