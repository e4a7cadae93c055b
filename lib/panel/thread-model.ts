// The open conversation: which part of it is drawn, what is on screen. Where it begins is for its beginning to say.
// Owns no message and sends nothing but what reading and scrolling ask for.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type ConversationKey, idOf } from '@/lib/core/types';
import type { ConversationView, MessageView } from '@/lib/messaging/view-updates';
import type { ThreadContent } from './bubbles';
import type { OutboxModel } from './outbox-model';
import type { PanelLink } from './panel-link';
import type { RouteModel } from './route-model';
import type { ViewState } from './view-state';

/** Drawn at first; more by the page as one scrolls up. Few, because opening should cost the same for any length. */
const firstPage = 60;
const page = 100;
/** Drawn at most once one is back at the end. */
const most = 200;

export interface ThreadParts {
  state: ViewState;
  route: RouteModel;
  outbox: OutboxModel;
  link: PanelLink;
  /** Runs after what is drawn now is on screen. */
  painted(run: () => void): void;
}

export interface ThreadModel {
  /** Null on the list. */
  key: ReadonlySignal<ConversationKey | null>;
  /** What the list knows of it; null when it is new or not known yet. */
  conversation: ReadonlySignal<ConversationView | null>;
  /** The server does not have it any more, or never had. */
  gone: ReadonlySignal<boolean>;
  messages: ReadonlySignal<readonly MessageView[]>;
  /** The first new message, above which the new line stands. The beginning's to change. */
  newFromId: Signal<number | null>;
  /** How many messages are drawn at least, of those that are here. The beginning may raise it. */
  limit: Signal<number>;
  /** What is drawn of it, for its items to be made of: the list does without those. */
  content: ReadonlySignal<ThreadContent>;
  loadingOlder: ReadonlySignal<boolean>;
  hasOlder: ReadonlySignal<boolean>;
  typing: ReadonlySignal<readonly string[]>;
  /** Messages by others that came since the end left the screen. */
  newCount: ReadonlySignal<number>;
  /** Whether the end is within 48 px of the screen; false until the view has said so. */
  atEnd: ReadonlySignal<boolean>;
  /** The view tells whether the end is on screen. */
  scrolled(atEnd: boolean): void;
  /** The view came near its top. */
  showOlder(): void;
  /** Asks for messages before the first, unless there are none or it would be in vain. @returns whether it did. */
  askOlder(): boolean;
  /**
   * Nothing moves on screen: the time to begin with another message than before. From the first call on it begins with
   * another one at no other time.
   */
  calm(): void;
  /** The page became visible or hidden. */
  visible(isVisible: boolean): void;
  /** Another conversation, or the list, is shown from now on. */
  opened(): void;
  stop(): void;
}

/** Follows the route and the published state until it is stopped. */
export function createThreadModel({ state, route, outbox, link, painted }: ThreadParts): ThreadModel {
  const limit = signal(firstPage);
  /** The first message that is drawn; null: the view has not said yet when that may be another one. */
  const drawnFromId = signal<number | null>(null);
  const atEnd = signal(false);
  const isVisible = signal(true);
  const newFromId = signal<number | null>(null);
  /** What was there when older messages were asked for last. */
  let asked: { messages: readonly MessageView[]; isLive: boolean } | null = null;
  /** Id of the last message when the end left the screen. */
  const leftAt = signal<number | null>(null);

  const key = computed(() => (route.route.value.name === 'conversation' ? route.route.value.key : null));
  const id = computed(() => (key.value === null ? null : idOf(key.value)));
  const conversation = computed(() =>
    id.value === null ? null : (state.conversations.value.get(id.value) ?? null),
  );
  const window = computed(() =>
    state.window.value?.conversationKey === key.value ? state.window.value : null,
  );
  const messages = computed<readonly MessageView[]>(() => window.value?.messages ?? []);
  const wanted = computed(() => messages.value.slice(-limit.value));
  const drawn = computed(() => {
    const index = messages.value.findIndex((message) => message.id === drawnFromId.value);
    return index < 0 ? wanted.value : messages.value.slice(index);
  });
  const hasOlder = computed(
    () => window.value?.hasOlder === true || drawn.value.length < messages.value.length,
  );

  const content = computed<ThreadContent>(() => {
    const mine = [...state.outbox.value.values()].filter((entry) => entry.conversationKey === key.value);
    return {
      messages: drawn.value,
      entries: mine.sort((a, b) => a.sequence - b.sequence),
      saving: outbox.saving.value.filter((each) => each.conversationKey === key.value),
      complete: window.value !== null && !hasOlder.value,
      agentLastSeenAt: conversation.value?.agentLastSeenAt ?? 0,
      newFromId: newFromId.value,
      offline: state.link.value.name === 'offline',
      conversation: conversation.value,
    };
  });

  const newCount = computed(() => {
    const from = leftAt.value;
    if (atEnd.value || from === null) return 0;
    const index = messages.value.findIndex((message) => message.id === from);
    return messages.value.slice(index + 1).filter(isByOthers).length;
  });

  let seenId: number | null = null;
  const stopSeen = effect(() => {
    const onScreen = isVisible.value && atEnd.value && key.value !== null;
    const newest = messages.value.reduce((most, message) => Math.max(most, message.id), 0);
    seenId = onScreen && newest > 0 ? newest : null;
    // Seen when it is painted; told before, the background would take time from the very frame that shows it.
    if (seenId === null) link.seen(null);
    else painted(() => link.seen(seenId));
  });

  function askOlder(): boolean {
    if (!window.value?.hasOlder || window.value.loadingOlder || id.value === null) return false;
    // Looking again asks for nothing until messages came or, where asking failed, the link fell or is back. Not until
    // the first message is another one: a background that was started anew first reads what is shown already.
    const now = { messages: messages.value, isLive: state.link.value.name === 'live' };
    if (asked?.messages === now.messages && asked.isLive === now.isLive) return false;
    asked = now;
    void link.send({ type: 'history.loadOlder', conversationId: id.value });
    return true;
  }

  return {
    key,
    conversation,
    gone: computed(
      () => id.value !== null && window.value !== null && conversation.value === null && state.listed.value,
    ),
    messages,
    newFromId,
    limit,
    content,
    loadingOlder: computed(() => window.value?.loadingOlder ?? false),
    hasOlder,
    typing: computed(() => (id.value === null ? [] : (state.typing.value.get(id.value) ?? []))),
    newCount,
    atEnd,
    scrolled(isAtEnd) {
      if (isAtEnd === atEnd.value) return;
      batch(() => {
        atEnd.value = isAtEnd;
        leftAt.value = isAtEnd ? null : (messages.value.at(-1)?.id ?? 0);
        if (isAtEnd) limit.value = Math.min(limit.value, most);
      });
    },
    showOlder() {
      if (messages.value.length > limit.value || askOlder()) limit.value += page;
    },
    askOlder,
    calm() {
      drawnFromId.value = wanted.value[0]?.id ?? null;
    },
    visible(now) {
      isVisible.value = now;
    },
    opened() {
      batch(() => {
        limit.value = firstPage;
        drawnFromId.value = null;
        asked = null;
        atEnd.value = false;
        leftAt.value = null;
      });
    },
    stop: stopSeen,
  };
}

function isByOthers(message: MessageView): boolean {
  return message.author.kind !== 'contact' && !message.deleted;
}
