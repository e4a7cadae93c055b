// Open panels: what they show, and drafts.
import { wantContact } from './contact';
import type { EventOf } from './events';
import { wantGap } from './gap';
import { hurry } from './link';
import { wantList } from './list-request';
import { noteWriting } from './own-typing';
import { currentKey } from './settle';
import { type Turn, without } from './turn';
import { idOf } from './types';

/** A panel opened, or went to another conversation. `loaded.page` holds the newest stored messages of it. */
export function viewOpened(turn: Turn, event: EventOf<'view.opened'>): void {
  const { viewId, windowId } = event;
  const known = turn.state.views[viewId];
  const visible = known?.visible ?? false;
  const conversationKey = event.conversationKey === null ? null : currentKey(turn, event.conversationKey);
  turn.set({
    views: { ...turn.state.views, [viewId]: { viewId, windowId, conversationKey, seenUpTo: null, visible } },
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
  if (!known) {
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

/** How long a draft rests before it is saved, in ms. */
export const draftRests = 300;

/** The user wrote in a composer. An empty draft is no draft. */
export function draftChanged(turn: Turn, event: EventOf<'draft.changed'>): void {
  const key = currentKey(turn, event.conversationKey);
  const known = turn.state.drafts[key];
  if ((known?.text ?? '') === event.text) return;
  noteWriting(turn, key, event.text);
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
