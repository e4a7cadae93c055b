// When the background has something to do next, so that one timer and one alarm serve everything.
import { hoursChangeAt } from './availability';
import { holdEndsAt, holdOf } from './cable-hold';
import { isUntold } from './identity';
import { hoursDueAt } from './inbox';
import { isUnproven } from './list-request';
import { typingDueAt } from './own-typing';
import { presenceDueAt } from './presence';
import { lastSeenDueAt } from './reading';
import { nextTry } from './repeating';
import type { State } from './state';
import type { EpochMs } from './types';
import { draftRests } from './views';

/** While the cable is wanted and not live, the background must not sleep longer than this, in ms. */
const outageCheck = 30_000;

/** The next time at which something is due; null: not before something happens. Never in the past. */
export function nextWakeAt(state: State, at: EpochMs): EpochMs | null {
  const { sync, link } = state;
  const limited = (due: EpochMs | null) => (due === null ? null : Math.max(due, link.rateLimitedUntil));
  /** Of what is not asked for while the inbox is missing, or lets nobody in. */
  const held = (due: EpochMs | null) => (link.inboxMissing || state.session.refusal ? null : limited(due));
  const hold = holdOf(state, state.session.polledAt, at);
  const outbox = Object.values(state.outbox).filter(
    ({ status, dueAt }) => (status === 'queued' || status === 'uncertain') && dueAt > at,
  );
  const creations = Object.values(state.creations).filter(
    ({ phase, dueAt }) => (phase === 'wanted' || phase === 'uncertain') && dueAt > at,
  );
  const drafts = Object.values(state.drafts).filter((draft) => !draft.saved);
  const times: (EpochMs | null)[] = [
    limited(nextTry(sync.contact)),
    isUntold(state.session) ? held(nextTry(sync.identify)) : null,
    state.session.pubsubToken === null || isUnproven(state.session) ? null : held(nextTry(sync.list)),
    link.online ? held(nextTry(sync.inbox)) : null,
    held(hoursDueAt(state)),
    hoursChangeAt(state, at),
    presenceDueAt(state, at),
    ...Object.values(sync.gaps).map((gap) => held(nextTry(gap))),
    ...outbox.map(({ dueAt }) => held(dueAt)),
    ...creations.map(({ dueAt }) => held(dueAt)),
    ...drafts.map(({ changedAt }) => changedAt + draftRests),
    ...Object.values(state.typing).flatMap((typists) => typists.map(({ until }) => until)),
    held(lastSeenDueAt(state)),
    held(typingDueAt(state, at)),
    link.rateLimitedUntil > at ? link.rateLimitedUntil : null,
    hold.pollAt,
    hold.cable ? holdEndsAt(state, at) : null,
    hold.cable && link.cable !== 'live' ? at + outageCheck : null,
  ];
  const due = times.filter((time) => time !== null);
  return due.length > 0 ? Math.max(at, Math.min(...due)) : null;
}
