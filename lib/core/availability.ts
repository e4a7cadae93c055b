// Whether somebody answers, as a person is told: opening hours and who is there, put into one word. A selector; honest where
// the two disagree or nothing is known.
import { hoursAt } from './hours';
import { isFresh } from './inbox';
import { isComing, presenceAt } from './presence';
import type { State } from './state';
import type { AvailabilityView, EpochMs } from './types';

/**
 * Closed hours win: who is there covers the whole company (contract §10.16), so that somebody online need not answer here.
 * Where the server is not reached nothing looks online.
 */
export function availabilityOf(state: State, at: EpochMs): AvailabilityView {
  const { hours } = state.inbox;
  const users = presenceAt(state, at);
  const onlineIds = Object.entries(users ?? {}).flatMap(([id, is]) => (is === 'online' ? [Number(id)] : []));
  const told = hours === null || hours === 'always' ? null : hoursAt(hours, at);
  if (told && !told.isOpen) return { name: 'closed', opensAt: told.changesAt, onlineIds };
  const name =
    hours === null || !isReached(state, at) || isComing(state, at) ? 'unknown' : nameOf(users, told !== null);
  return { name, opensAt: null, onlineIds };
}

/** The server is there: over the cable, or where none is needed yet (nothing was ever written), by its answer of just now. */
function isReached({ link, session, sync, inbox }: State, at: EpochMs): boolean {
  if (link.cable !== 'idle') return link.cable === 'live';
  const isNew = session.pubsubToken === null && session.refusal === null && sync.contact.attempts === 0;
  return isNew && link.online && !link.inboxMissing && isFresh(inbox, at) && !sync.hours.busy;
}

/** `keepsHours`: it is open by its hours, and not just because it keeps none. */
function nameOf(users: ReturnType<typeof presenceAt>, keepsHours: boolean): AvailabilityView['name'] {
  if (users === null) return keepsHours ? 'here' : 'unknown';
  const all = Object.values(users);
  if (all.includes('online')) return 'here';
  return all.includes('busy') ? 'unknown' : 'away';
}

/** When the hours that are shown change next; null: nobody is shown them, or they do not. */
export function hoursChangeAt({ inbox, views }: State, at: EpochMs): EpochMs | null {
  const { hours } = inbox;
  if (hours === null || hours === 'always' || Object.keys(views).length === 0) return null;
  return hoursAt(hours, at).changesAt;
}
