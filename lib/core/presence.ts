// Who of the company is there, as the cable tells when it is asked. Asking marks the contact as online for the agents, so it is
// done only while a panel is really visible.
import type { EventOf } from './events';
import type { State } from './state';
import type { Turn } from './turn';
import type { EpochMs } from './types';

/** So often it is asked, in ms: agents who go are not told of otherwise (contract §5.7). */
const askEvery = 30_000;
/** So long an answer is waited for before the hours alone count, in ms. */
const answersWithin = 5_000;
/** What was told longer ago is not known any more, in ms. */
const knownFor = 90_000;

/** The cable told who is there, in the whole account of the company. */
export function presenceTold(turn: Turn, { users }: EventOf<'frame.presence'>): void {
  turn.set({ presence: { users, at: turn.at } });
}

/** Asks who is there when that is due, and forgets what was told over a cable that is lost. */
export function pumpPresence(turn: Turn): void {
  const { link, presence, sync } = turn.state;
  if (link.cable !== 'live') {
    if (presence !== null) turn.set({ presence: null });
    if (sync.presenceAskedAt !== 0) turn.setSync({ presenceAskedAt: 0 });
    return;
  }
  const due = askDueAt(turn.state);
  // A clock that was set back must not make it wait.
  if (due === null || (due > turn.at && sync.presenceAskedAt <= turn.at)) return;
  turn.setSync({ presenceAskedAt: turn.at });
  turn.run({ type: 'cable.updatePresence' });
}

function askDueAt({ link, views, sync }: State): EpochMs | null {
  const isVisible = Object.values(views).some(({ visible }) => visible);
  return isVisible && link.cable === 'live' ? sync.presenceAskedAt + askEvery : null;
}

/** When it has to be asked again, or what was told ceases to be known; null: not before something happens. */
export function presenceDueAt(state: State, at: EpochMs): EpochMs | null {
  const { presence, views } = state;
  const ask = askDueAt(state);
  const ends = presence && Object.keys(views).length > 0 ? presence.at + knownFor : null;
  const answer = isAsking(state, at) ? state.sync.presenceAskedAt + answersWithin : null;
  const times = [ask, answer, ends !== null && ends > at ? ends : null].filter((time) => time !== null);
  return times.length > 0 ? Math.min(...times) : null;
}

/** Whether it was asked just now, and nobody has answered yet. */
function isAsking(state: State, at: EpochMs): boolean {
  const since = at - state.sync.presenceAskedAt;
  return presenceAt(state, at) === null && since >= 0 && since < answersWithin;
}

/** Whether it is not known yet, and will be soon: it was asked just now, or is as soon as the panel says that it is visible. */
export function isComing(state: State, at: EpochMs): boolean {
  const isUnasked = state.link.cable === 'live' && at - state.sync.presenceAskedAt >= askEvery;
  return isUnasked ? presenceAt(state, at) === null : isAsking(state, at);
}

/** Who is there, as far as it is known at this time. */
export function presenceAt(
  { presence, link }: State,
  at: EpochMs,
): NonNullable<State['presence']>['users'] | null {
  if (presence === null || link.cable !== 'live') return null;
  return presence.at <= at && at - presence.at < knownFor ? presence.users : null;
}
