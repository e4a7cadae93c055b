// Closing the gap of one conversation: pages back from its newest message to the watermark `syncedTo`, plus one
// page (messages may arrive out of order), then moves the watermark up. Also loads older pages for a reader.
import { doubt } from './contact';
import { noteMessages } from './conversations';
import type { EventOf } from './events';
import { isNotFound, mayAsk, noteRateLimit } from './failures';
import { byTime, takeMessage } from './messages';
import { begun, failed, isDue, succeeded, want } from './repeating';
import { hasToSettle, settleBy, settleUncertain } from './settle';
import type { GapRead } from './state';
import { type Turn, without } from './turn';
import type { MessageWindow } from './types';

function setGap(turn: Turn, gap: GapRead): void {
  turn.setSync({ gaps: { ...turn.state.sync.gaps, [gap.conversationId]: gap } });
}

/** Asks for the newest messages of a conversation; one that is already being read is read to its end. */
export function wantGap(turn: Turn, conversationId: number): void {
  const { gaps, doubted } = turn.state.sync;
  if (!gaps[conversationId] && doubted[conversationId] !== 'contact') restartGap(turn, conversationId);
}

/** Reads from the newest message again, whatever is under way: what was read before may have a hole after it. */
export function restartGap(turn: Turn, conversationId: number): void {
  const fresh: GapRead = {
    conversationId,
    before: null,
    top: 0,
    beyond: false,
    startedAt: turn.at,
    unclaimed: [],
    wanted: true,
    busy: false,
    attempts: 0,
    dueAt: turn.at,
  };
  setGap(turn, fresh);
}

/** Sends what is due. */
export function pumpGaps(turn: Turn): void {
  if (!mayAsk(turn)) return;
  for (const [id, next] of Object.entries(turn.state.sync.doubted))
    if (next === 'again') wantGap(turn, Number(id));
  for (const gap of Object.values(turn.state.sync.gaps)) {
    if (!isDue(gap, turn.at)) continue;
    const startedAt = gap.before === null ? turn.at : gap.startedAt;
    setGap(turn, { ...begun(gap), startedAt });
    const { conversationId, before } = gap;
    turn.run({ type: 'http.listMessages', purpose: 'gap', conversationId, before });
  }
}

/** The lowest id down to which the gap must be read: the watermark, or the baseline of an uncertain message. */
function floorOf(turn: Turn, conversationId: number): number {
  const uncertain = Object.values(turn.state.outbox)
    .filter((entry) => entry.conversationKey === String(conversationId) && hasToSettle(entry))
    .map((entry) => entry.baselineId);
  return Math.min(turn.state.syncedTo[conversationId] ?? 0, ...uncertain);
}

/** Takes in one page of messages, for a gap or for a reader who scrolled up (contract §3.11). */
export function messagesListed(turn: Turn, event: EventOf<'messages.listed'>): void {
  const { conversationId, complete, requestedAt } = event;
  const older = event.purpose === 'older';
  // A window that was closed and opened again meanwhile begins elsewhere: this page need not join it.
  const joins = older && turn.state.windows[conversationId]?.loadingOlder === true;
  const gap = turn.state.sync.gaps[conversationId];
  // The answer to a question of a read that was begun afresh since moves nothing. The time alone does not tell: both
  // questions may have left together.
  const current = !older && gap !== undefined && event.asked === gap.before && requestedAt >= gap.startedAt;
  // What the server has is all in this page: whatever the times say, nothing is to be looked for before the window.
  const whole = current && complete && gap.before === null;
  // Oldest first: a page is ordered by id (contract §0), and a window does not take what is before its beginning.
  const page = event.messages
    .toSorted(byTime)
    .map((news) => takeMessage(turn, news, { from: 'http', requestedAt }, joins || whole));
  noteMessages(turn, conversationId, page);
  for (const message of page) settleBy(turn, message);
  turn.setLink({ answeredAt: turn.at });
  turn.setSync({ doubted: without(turn.state.sync.doubted, conversationId) });
  if (older) {
    if (joins) setWindow(turn, conversationId, { loadingOlder: false, hasOlder: !complete });
    return;
  }
  if (!current) return;
  const unclaimed = [
    ...gap.unclaimed,
    ...page.filter((message) => message.author.kind === 'contact' && message.echoId === null),
  ];
  const top = page.reduce((most, { id }) => Math.max(most, id), gap.top);
  if (gap.before === null) {
    turn.setSync({ fresh: { ...turn.state.sync.fresh, [conversationId]: true } });
  }
  const met = event.before !== null && event.before <= floorOf(turn, conversationId);
  if (complete || event.before === null || gap.beyond) {
    turn.setSync({ gaps: without(turn.state.sync.gaps, conversationId) });
    const syncedTo = Math.max(turn.state.syncedTo[conversationId] ?? 0, top);
    if (top > 0 && syncedTo !== turn.state.syncedTo[conversationId]) {
      turn.set({ syncedTo: { ...turn.state.syncedTo, [conversationId]: syncedTo } });
    }
    if (whole) setWindow(turn, conversationId, { hasOlder: false });
    settleUncertain(turn, conversationId, unclaimed, gap.startedAt);
    return;
  }
  // A server that gives the same page again would be asked for it without end, and at once.
  const leadsBack = gap.before === null || event.before < gap.before;
  const next = leadsBack ? want(succeeded(gap), turn.at) : failed(gap, turn);
  setGap(turn, { ...next, before: leadsBack ? event.before : gap.before, beyond: met, top, unclaimed });
}

/** A page could not be read: tried again later, unless there is no such conversation. */
export function messagesFailed(turn: Turn, event: EventOf<'messages.failed'>): void {
  const { conversationId, failure } = event;
  if (isNotFound(failure)) doubt(turn, conversationId);
  if (event.purpose === 'older') {
    setWindow(turn, conversationId, { loadingOlder: false });
    noteRateLimit(turn, failure, 1);
    return;
  }
  const gap = turn.state.sync.gaps[conversationId];
  if (!gap || event.asked !== gap.before) return;
  const next = failed(gap, turn);
  setGap(turn, next);
  noteRateLimit(turn, failure, next.attempts);
}

function setWindow(turn: Turn, conversationId: number, change: Partial<MessageWindow>): void {
  const window = turn.state.windows[conversationId];
  if (window) turn.set({ windows: { ...turn.state.windows, [conversationId]: { ...window, ...change } } });
}

/** A reader wants earlier messages: from the history if it has them, else from the server. */
export function olderRequested(turn: Turn, event: EventOf<'older.requested'>): void {
  const { conversationId } = event;
  const window = turn.state.windows[conversationId];
  if (!window || window.loadingOlder || !window.hasOlder) return;
  const stored = turn.loaded.page;
  if (stored && stored.messages.length > 0) {
    const known = new Set(window.messages.map((message) => message.id));
    const messages = [...stored.messages.filter((message) => !known.has(message.id)), ...window.messages];
    setWindow(turn, conversationId, { messages, hasOlder: stored.more || !isWhole(turn, conversationId) });
    return;
  }
  const before = window.messages.reduce(
    (least, message) => Math.min(least, message.id),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(before) || !mayAsk(turn)) return;
  setWindow(turn, conversationId, { loadingOlder: true });
  turn.run({ type: 'http.listMessages', purpose: 'older', conversationId, before });
}

/** Whether the stored history of a conversation reaches back to its beginning as far as anyone knows. */
function isWhole(turn: Turn, conversationId: number): boolean {
  return turn.state.syncedTo[conversationId] !== undefined;
}
