// What is being read, and telling the server so. Read is what a visible panel in the focused browser window shows down to its
// newest message. What the server says in answer (message.updated) is no reason to tell it anything.
import type { EventOf } from './events';
import { isNotFound, mayAsk, noteRateLimit } from './failures';
import { wantGap } from './gap';
import { failed, succeeded } from './repeating';
import type { State } from './state';
import type { Turn } from './turn';
import { type Conversation, type EpochMs, idOf, type View } from './types';

/** Least time between two calls that mark a conversation as read, in ms. */
const lastSeenEvery = 5_000;
/**
 * From the reading to the call, in ms: the server keeps the time of the call in whole seconds, and a message of that very second
 * would count as unread on every other device.
 */
const lastSeenAfter = 1_000;

/** After a start: an earlier life may have told just now. */
export function recoverLastSeen(turn: Turn): void {
  turn.setSync({ lastSeen: { ...turn.state.sync.lastSeen, sentAt: turn.at } });
}

/** A panel tells which message is the newest on screen. */
export function viewSeen(turn: Turn, event: EventOf<'view.seen'>): void {
  setView(turn, event.viewId, { seenUpTo: event.messageId });
}

/** A panel tells whether its page is visible. */
export function viewVisible(turn: Turn, event: EventOf<'view.visible'>): void {
  setView(turn, event.viewId, { visible: event.visible });
}

function setView(turn: Turn, viewId: string, change: Partial<View>): void {
  const view = turn.state.views[viewId];
  if (view) turn.set({ views: { ...turn.state.views, [viewId]: { ...view, ...change } } });
}

function isFocused({ windowId }: View, { focusedWindowId }: State): boolean {
  return windowId !== null && windowId === focusedWindowId;
}

/** Marks as read what is read now. */
export function markRead(turn: Turn): void {
  for (const view of Object.values(turn.state.views)) {
    const id = view.conversationKey === null ? null : idOf(view.conversationKey);
    const conversation = id === null ? undefined : turn.state.conversations[id];
    if (!conversation || conversation.unread.length === 0 || view.seenUpTo === null) continue;
    const newestUnread = Math.max(...conversation.unread);
    if (!isFocused(view, turn.state) || view.seenUpTo < newestUnread) continue;
    const readUpTo = Math.max(conversation.readUpTo, newestUnread);
    turn.setConversation({ ...conversation, unread: [], readUpTo });
    const { lastSeen } = turn.state.sync;
    turn.setSync({ lastSeen: { ...lastSeen, readAt: { ...lastSeen.readAt, [conversation.id]: turn.at } } });
  }
}

/** Somebody looks at a panel: only then the server is told what they have read. */
function isLookedAt(state: State): boolean {
  return Object.values(state.views).some((view) => view.visible && isFocused(view, state));
}

/** The server does not know that it was read. With something unread in it, it would be told too much. */
function isUntold({ readUpTo, toldUpTo, unread }: Conversation): boolean {
  return readUpTo > toldUpTo && unread.length === 0;
}

/** What is to be told next, and when; null: nothing, or nobody looks. */
function nextTold(state: State): { conversation: Conversation; dueAt: EpochMs } | null {
  const { busy, dueAt, sentAt, readAt } = state.sync.lastSeen;
  if (busy || !isLookedAt(state)) return null;
  const { fresh, gaps, doubted } = state.sync;
  /** One that is being read, or cannot be, keeps no other waiting. */
  const mayBeTold = ({ id }: Conversation) => fresh[id] || !(gaps[id] || doubted[id]);
  const [next] = Object.values(state.conversations)
    .filter((conversation) => isUntold(conversation) && mayBeTold(conversation))
    .map((conversation) => ({
      conversation,
      dueAt: Math.max((readAt[conversation.id] ?? 0) + lastSeenAfter, sentAt + lastSeenEvery, dueAt),
    }))
    .sort((a, b) => a.dueAt - b.dueAt);
  return next ?? null;
}

/** Tells the server what was read, one conversation at a time. */
export function pumpLastSeen(turn: Turn): void {
  const next = nextTold(turn.state);
  if (next === null || next.dueAt > turn.at || !mayAsk(turn)) return;
  const { id, readUpTo } = next.conversation;
  // What came while no cable told of it would be told as read, too.
  if (!turn.state.sync.fresh[id]) {
    wantGap(turn, id);
    return;
  }
  turn.setSync({ lastSeen: { ...turn.state.sync.lastSeen, busy: true, sentAt: turn.at } });
  turn.run({ type: 'http.updateLastSeen', conversationId: id, upTo: readUpTo });
}

/** The server has taken it, or not: then it is told again later, unless there is no such conversation. */
export function lastSeenTold(turn: Turn, event: EventOf<'lastSeen.told'>): void {
  const { conversationId, upTo, failure } = event;
  const { lastSeen } = turn.state.sync;
  const isOver = failure === null || isNotFound(failure);
  const next = isOver ? { ...succeeded(lastSeen), dueAt: 0 } : failed(lastSeen, turn);
  turn.setSync({ lastSeen: { ...next, wanted: false } });
  if (failure) noteRateLimit(turn, failure, next.attempts);
  const conversation = turn.state.conversations[conversationId];
  if (isOver && conversation) turn.setConversation({ ...conversation, toldUpTo: upTo });
}

/** When read conversations have to be told to the server; null: nothing to tell. */
export function lastSeenDueAt(state: State): EpochMs | null {
  return nextTold(state)?.dueAt ?? null;
}
