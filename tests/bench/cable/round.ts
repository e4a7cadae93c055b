// One round: all clients of a fleet lose the server in one way, come back, come to rest, and are looked at.

import { setTimeout as wait } from 'node:timers/promises';
import { now } from './clock';
import type { Fleet } from './fleet';
import type { Installation } from './installation';
import type { Break, Round } from './plan';
import { gapClosedAt, type Tally, tally } from './tally';

/** What became of one client in a round. All in milliseconds; null: it never happened. */
export interface Sample {
  /** From the break until the client told of it; null as well where it was back before it told. */
  told: number | null;
  /** From the break, or from the end of an outage, until it was subscribed. */
  back: number | null;
  /** From there until all that was written meanwhile is shown; null where something of it is lost. */
  gapClosed: number | null;
}

export interface Outcome {
  samples: Sample[];
  /** What became of all messages since the last round of this fleet, at each client. */
  tallies: Tally[];
}

/** Milliseconds in which a fleet must come to rest; what is not shown then is lost. */
const patience = 20_000;
/** The real Action Cable may let two messages change places on their way. */
const lateBy = 100;
/** Long enough for a message that left before the break to have arrived. */
const sinceBefore = 1_000;

/** Plays the round. `chance` is in [0, 1). */
export async function playRound(
  { what, awayFor, opens }: Round,
  fleet: Fleet,
  installation: Installation,
  chance: number,
): Promise<Outcome> {
  const { written } = installation;
  const before = opens ? await openAnew(fleet, installation) : [];
  // So that breaks fall anywhere between two pings and two messages; and a subscription must have stood for a while.
  await wait(1_000 + 1_000 * chance);
  const brokenAt = now();
  await breakUp(what, fleet, installation);
  await wait(awayFor);
  const openAt = awayFor > 0 ? now() : brokenAt;
  await Promise.all([fleet.cable.restore(), fleet.http.restore()]);
  await fleet.live(openAt);
  const reports = await rest(fleet, installation);
  const samples = reports.map(({ shown }, client): Sample => {
    const toldAt = fleet.firstTold('lost', client, brokenAt);
    const backAt = fleet.firstTold('live', client, openAt);
    if (backAt === null) return { told: toldAt && toldAt - brokenAt, back: null, gapClosed: null };
    const closedAt = gapClosedAt(written, shown, brokenAt - sinceBefore, backAt);
    return {
      told: toldAt !== null && toldAt < backAt ? toldAt - brokenAt : null,
      back: backAt - openAt,
      gapClosed: Number.isFinite(closedAt) ? closedAt - openAt : null,
    };
  });
  return { samples, tallies: [...before, ...reports].map((report) => report.tally) };
}

async function breakUp(what: Break, { cable, http }: Fleet, installation: Installation): Promise<void> {
  if (what === 'rst' || what === 'fin') cable.drop(what);
  if (what === 'half-close') cable.halfClose('client');
  // Somewhere in the next message, which comes at once.
  if (what === 'cut') {
    cable.cutNextFrame(40);
    await installation.write();
  }
  // Restored by the caller: those that are dead stay dead.
  if (what === 'half-open') cable.blackHole();
  if (what !== 'outage') return;
  await Promise.all([cable.refuse(), http.refuse()]);
  cable.drop();
  http.drop();
}

/** Looks at what is shown, and has it opened anew: so no client holds more of it than a person would. */
async function openAnew(fleet: Fleet, installation: Installation) {
  const reports = await rest(fleet, installation);
  await fleet.ask({ type: 'reopen' });
  await fleet.ask({ type: 'settle', messageId: await installation.next(), patience });
  return reports;
}

/**
 * Waits until every client shows a message written from now on and asks for nothing; then tells, of all messages since
 * the last time, what each client shows and what became of them.
 */
async function rest(fleet: Fleet, installation: Installation) {
  const messageId = await installation.next();
  await fleet.ask({ type: 'settle', messageId, patience });
  await wait(lateBy);
  const after = fleet.reported;
  fleet.reported = messageId;
  const written = [...installation.written.keys()].filter((id) => id > after && id <= messageId);
  const reports = await fleet.ask({ type: 'report', after, upTo: messageId });
  return reports.map((shown) => {
    const ids = shown.map(([id]) => id);
    return { shown, tally: tally(written, ids) };
  });
}
