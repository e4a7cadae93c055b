// Open panels: what they show, what is really being read, and drafts.
import { wantContact } from './contact';
import type { EventOf } from './events';
import { mayAsk } from './failures';
import { wantGap } from './gap';
import { hurry } from './link';
import { wantList } from './list-request';
import { currentKey } from './settle';
import { type Turn, without } from './turn';
import { idOf } from './types';

/** Least time between two calls that mark conversations as read, in ms. */
const lastSeenEvery = 5_000;

/** A panel opened, or went to another conversation. `loaded.page` holds the newest stored messages of it. */
export function viewOpened(turn: Turn, event: EventOf<'view.opened'>): void {
  const { viewId, windowId } = event;
  const before = turn.state.views[viewId];
  const isNew = !before;
  const conversationKey = event.conversationKey === null ? null : currentKey(turn, event.conversationKey);
  turn.set({
    views: {
      ...turn.state.views,
      [viewId]: { ...before, viewId, windowId, conversationKey, seenUpTo: null },
    },
  });
  const id = conversationKey === null ? null : idOf(conversationKey);
  if (id !== null && !turn.state.windows[id]) {
    const page = turn.loaded.page ?? { messages: [], more: false };
    const whole = turn.state.syncedTo[id] !== undefined && page.messages.length > 0;
    const hasOlder = page.more || !whole;
    turn.set({
      windows: { ...turn.state.windows, [id]: { messages: page.messages, hasOlder, loadingOlder: false } },
    });
  }
  if (isNew) {
    const { pubsubToken, identity } = turn.state.session;
    if (pubsubToken !== null) wantList(turn);
    else if (identity !== null) wantContact(turn);
    hurry(turn);
  }
  const empty = id !== null && turn.state.windows[id]?.messages.length === 0;
  if (id !== null && (empty || !turn.state.sync.fresh[id])) wantGap(turn, id);
  closeWindows(turn);
}

/** A panel closed: the windows that nobody looks at go, drafts are saved. */
export function viewClosed(turn: Turn, event: EventOf<'view.closed'>): void {
  turn.set({ views: without(turn.state.views, event.viewId) });
  closeWindows(turn);
  saveDrafts(turn, Number.POSITIVE_INFINITY);
}

function closeWindows(turn: Turn): void {
  const open = new Set(Object.values(turn.state.views).map((view) => view.conversationKey));
  const kept = Object.entries(turn.state.windows).filter(([id]) => open.has(id));
  if (kept.length !== Object.keys(turn.state.windows).length) turn.set({ windows: Object.fromEntries(kept) });
}

/** A panel tells which message is the newest on screen. */
export function viewSeen(turn: Turn, event: EventOf<'view.seen'>): void {
  const view = turn.state.views[event.viewId];
  if (view)
    turn.set({ views: { ...turn.state.views, [view.viewId]: { ...view, seenUpTo: event.messageId } } });
}

/** Read is what a visible panel in the focused browser window shows down to its newest message. */
export function markRead(turn: Turn): void {
  for (const view of Object.values(turn.state.views)) {
    const id = view.conversationKey === null ? null : idOf(view.conversationKey);
    const conversation = id === null ? undefined : turn.state.conversations[id];
    if (!conversation || conversation.unread.length === 0 || view.seenUpTo === null) continue;
    const focused = view.windowId !== null && view.windowId === turn.state.focusedWindowId;
    const newestUnread = Math.max(...conversation.unread);
    if (!focused || view.seenUpTo < newestUnread) continue;
    turn.setConversation({ ...conversation, unread: [], readUpTo: newestUnread });
    const { lastSeen } = turn.state.sync;
    const conversations = [
      ...lastSeen.conversations.filter((other) => other !== conversation.id),
      conversation.id,
    ];
    turn.setSync({ lastSeen: { ...lastSeen, conversations } });
  }
}

/** Tells the server what was read, at most once per 5 s. */
export function pumpLastSeen(turn: Turn): void {
  const { conversations, sentAt } = turn.state.sync.lastSeen;
  if (conversations.length === 0 || sentAt + lastSeenEvery > turn.at) return;
  if (!mayAsk(turn)) return;
  for (const conversationId of conversations) turn.run({ type: 'http.updateLastSeen', conversationId });
  turn.setSync({ lastSeen: { conversations: [], sentAt: turn.at } });
}

/** When read conversations have to be told to the server; null: nothing to tell. */
export function lastSeenDueAt(lastSeen: { conversations: readonly number[]; sentAt: number }): number | null {
  return lastSeen.conversations.length > 0 ? lastSeen.sentAt + lastSeenEvery : null;
}

/** How long a draft rests before it is saved, in ms. */
export const draftRests = 300;

/** The user wrote in a composer. An empty draft is no draft. */
export function draftChanged(turn: Turn, event: EventOf<'draft.changed'>): void {
  const key = currentKey(turn, event.conversationKey);
  const known = turn.state.drafts[key];
  if ((known?.text ?? '') === event.text) return;
  const drafts = { ...turn.state.drafts, [key]: { text: event.text, changedAt: turn.at, saved: false } };
  turn.set({ drafts });
}

/** Marks the drafts that have rested as to be saved with this commit; empty ones are dropped. */
export function saveDrafts(turn: Turn, at: number): void {
  for (const [key, draft] of Object.entries(turn.state.drafts)) {
    if (draft.saved || draft.changedAt + draftRests > at) continue;
    if (draft.text === '') turn.set({ drafts: without(turn.state.drafts, key) });
    else turn.set({ drafts: { ...turn.state.drafts, [key]: { ...draft, saved: true } } });
  }
}
