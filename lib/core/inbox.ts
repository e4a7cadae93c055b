// What is known of the inbox itself, its hours: asked for where a panel is open to show them. Why the cable cannot be had is
// asked of the same address and is another's (cable-cause.ts); its answer serves here as well.
import { wantContact } from './contact';
import type { EventOf } from './events';
import { isNotFound, mayAsk, noteRateLimit } from './failures';
import { begun, failed, isDue, nextTry, succeeded, want } from './repeating';
import type { State } from './state';
import type { Turn } from './turn';
import type { EpochMs } from './types';

/** What was heard not longer ago is shown without asking again, in ms. */
const freshFor = 5 * 60_000;

/** Whether it was heard of lately. What a clock that was set back since makes a thing of the future was not. */
export function isFresh({ heardAt }: State['inbox'], at: EpochMs): boolean {
  return heardAt <= at && at - heardAt < freshFor;
}

/** A panel opened, or goes elsewhere: asks for the hours where what is known of them is old. */
export function wantHours(turn: Turn): void {
  const { inbox, sync } = turn.state;
  if (!isFresh(inbox, turn.at) && !sync.hours.busy) turn.setSync({ hours: want(sync.hours, turn.at) });
}

/** Whether somebody is there to be told, and no other question of the inbox is under way that will tell as well. */
function isWorthAsking({ views, session, link, sync }: State): boolean {
  return Object.keys(views).length > 0 && session.endedAt === null && link.online && !sync.inbox.busy;
}

/** Sends what is due. */
export function pumpHours(turn: Turn): void {
  if (isOnScreen(turn.state) && !turn.state.sync.hours.wanted) wantHours(turn);
  const { sync } = turn.state;
  if (!isDue(sync.hours, turn.at) || !isWorthAsking(turn.state) || !mayAsk(turn)) return;
  turn.setSync({ hours: begun(sync.hours) });
  turn.run({ type: 'http.getInbox', purpose: 'hours' });
}

/** When the hours are to be asked for; null: not before something happens. */
export function hoursDueAt(state: State): EpochMs | null {
  if (!isWorthAsking(state) || state.sync.hours.busy) return null;
  return nextTry(state.sync.hours) ?? (isOnScreen(state) ? state.inbox.heardAt + freshFor : null);
}

/** Whoever looks at a panel for long is not shown what was heard when it was opened. */
function isOnScreen({ views }: State): boolean {
  return Object.values(views).some(({ visible }) => visible);
}

/** The inbox answered, whatever it was asked for. */
export function hoursReceived(turn: Turn, { purpose, hours }: EventOf<'inbox.received'>): void {
  turn.set({ inbox: { hours, heardAt: turn.at } });
  const request = turn.state.sync.hours;
  turn.setSync({
    hours: purpose === 'hours' ? succeeded(request) : { ...request, wanted: false, attempts: 0 },
  });
}

/** The hours could not be had: tried again later, and what was known of them stays. Says nothing of the cable. */
export function hoursFailed(turn: Turn, { failure }: EventOf<'inbox.failed'>): void {
  const hours = failed(turn.state.sync.hours, turn);
  turn.setSync({ hours });
  noteRateLimit(turn, failure, hours.attempts);
  // Who has never written has no contact session that could be asked: the first message will say so.
  if (isNotFound(failure) && turn.state.session.pubsubToken !== null) wantContact(turn);
}
