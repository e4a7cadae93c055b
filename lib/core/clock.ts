// The computer's clock is not to be relied on: it is set forward and back, and stands still in sleep. What was timed
// by the clock before must neither wait for a time that lies hours ahead nor count as settled too early.

import { longestTold } from './asking';
import { rateLimitDelay, settleDelay } from './backoff';
import { hurry } from './link';
import type { Turn } from './turn';
import type { EpochMs, Session } from './types';

/** The clock was changed: what waits is tried now, and what has to settle settles its whole time from now. */
export function clockChanged(turn: Turn): void {
  const settled = turn.at + turn.timings.settle;
  const { outbox, creations, sync } = turn.state;
  turn.set({
    outbox: mapValues(outbox, (entry) =>
      entry.status === 'uncertain' ? { ...entry, dueAt: settled } : entry,
    ),
    creations: mapValues(creations, (creation) =>
      creation.phase === 'uncertain' ? { ...creation, dueAt: settled } : creation,
    ),
  });
  // An answer that is still on its way may bear a time of the former clock: it counts, but settles nothing.
  turn.setSync({ gaps: mapValues(sync.gaps, (gap) => (gap.busy ? { ...gap, startedAt: 0 } : gap)) });
  keepWithinReason(turn);
  hurry(turn);
}

/** Takes times that lie ahead, as a clock that was set back leaves them, for now. */
export function keepWithinReason(turn: Turn): void {
  const { at } = turn;
  const { requestTimeout, settle } = turn.timings;
  const longest = requestTimeout + settle + settleDelay(Number.POSITIVE_INFINITY, settle);
  const longestPause = rateLimitDelay(Number.POSITIVE_INFINITY, 1);
  const past = (time: EpochMs) => Math.min(time, at);
  const { session, conversations, outbox, creations, link, sync } = turn.state;
  const soon = <T extends { dueAt: EpochMs; attemptedAt: EpochMs | null }>(thing: T): T => {
    const { dueAt, attemptedAt } = thing;
    if (dueAt <= at + longest && (attemptedAt ?? 0) <= at) return thing;
    return { ...thing, dueAt: Math.min(dueAt, at + settle), attemptedAt: attemptedAt && past(attemptedAt) };
  };
  turn.set({
    session: withinReason(session, at),
    conversations: mapValues(conversations, (one) => (one.changedAt > at ? { ...one, changedAt: at } : one)),
    outbox: mapValues(outbox, soon),
    creations: mapValues(creations, soon),
  });
  if (link.answeredAt > at || link.since > at || link.rateLimitedUntil > at + longestPause) {
    const rateLimitedUntil = link.rateLimitedUntil > at + longestPause ? 0 : link.rateLimitedUntil;
    turn.setLink({ since: past(link.since), answeredAt: 0, rateLimitedUntil });
  }
  turn.setSync({
    list: { ...sync.list, lastAt: past(sync.list.lastAt) },
    lastSeen: { ...sync.lastSeen, sentAt: past(sync.lastSeen.sentAt), dueAt: 0, readAt: {} },
    typing: { ...sync.typing, sentAt: past(sync.typing.sentAt), dueAt: 0, writing: null },
  });
}

function withinReason(session: Session, at: EpochMs): Session {
  const { polledAt, tellAt } = session;
  if (polledAt <= at && tellAt <= at + longestTold) return session;
  return { ...session, polledAt: Math.min(polledAt, at), tellAt: Math.min(tellAt, at + longestTold) };
}

/** The same record if no value changed. */
function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  const entries = Object.entries(record).map(([key, value]) => [key, change(value)] as const);
  return entries.some(([key, value]) => value !== record[key]) ? Object.fromEntries(entries) : record;
}
