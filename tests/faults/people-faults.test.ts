// Whoever comes and goes, and whatever fails or dies on the way: nothing of one person is shown, sent or kept in the session
// of another. The same run must fail when any of the things is missing that this stands on.
import { afterEach, expect, it, vi } from 'vitest';
import { PanelHost } from '@/lib/background/panel-host';
import { runSequences } from './people-run';
import { printedSeed, scaled } from './plan-scale';

const isolation = vi.hoisted(() => ({ seals: true, holds: true, parts: true }));

vi.mock('@/lib/core/ending', async (original) => {
  const ending = await original<typeof import('@/lib/core/ending')>();
  return {
    ...ending,
    sealEnded: (turn: Parameters<typeof ending.sealEnded>[0]) => isolation.seals && ending.sealEnded(turn),
    pumpEnded: (turn: Parameters<typeof ending.pumpEnded>[0]) => isolation.holds && ending.pumpEnded(turn),
  };
});
vi.mock('@/lib/core/asking', async (original) => {
  const { whoAsks, ...asking } = await original<typeof import('@/lib/core/asking')>();
  const inOneSession: typeof whoAsks = (asked) =>
    asked.own.identity && asked.said ? { kind: 'named' } : whoAsks(asked);
  return {
    ...asking,
    whoAsks: (asked: Parameters<typeof whoAsks>[0]) => (isolation.parts ? whoAsks : inOneSession)(asked),
  };
});

const { timeout } = AbortSignal;

afterEach(() => {
  AbortSignal.timeout = timeout;
  Object.assign(isolation, { seals: true, holds: true, parts: true });
  vi.restoreAllMocks();
});

it('shows, sends and keeps nothing of one person in the session of another', async () => {
  const sequences = scaled(150, 2_000);
  const counts = await runSequences(sequences, printedSeed('people who come and go'));
  console.log(`people who come and go: ${counts}`);
  expect(counts.of('sequences')).toBe(sequences);
  const mustHappen = [
    ...['sign-ins with a right hash', 'sign-ins without a hash', 'sign-ins with a wrong hash', 'sign-outs'],
    ...['changes of user', 'sends while somebody comes', 'stops', 'forgotten', 'names changed', 'drafts'],
    ...['sends', 'sends in what was before', 'held sent', 'held discarded', 'answers', 'panels begun anew'],
    ...['late: send', 'late: draft', 'late: rename', 'late: open', 'late: look', 'late: decide'],
    ...['request lostBefore', 'request lostAfter', 'request errorAfter', 'request late', 'request slow'],
    ...['network stopped', 'network offline', 'network silent', 'frame withSocket'],
    ...['messages on the server', 'updates judged', 'stores judged'],
  ];
  for (const what of mustHappen) expect(counts.of(what), what).toBeGreaterThan(0);
}, 3_600_000);

/** The problem of this kind that a run finds when something is missing. */
const broken = (problem: RegExp) =>
  expect(runSequences(1_000, 1, problem, { endOnFailure: true })).rejects.toThrow(problem);

it('would be seen keeping what was read if an ended session was not sealed', async () => {
  isolation.seals = false;
  await broken(/kept: .* in a conversation of a former session/);
}, 120_000);

it('would be seen sending for somebody who is gone if what waits was not held', async () => {
  isolation.holds = false;
  await broken(/mixed: .* was sent while/);
}, 120_000);

it.each([[/mixed: .* is with/], [/shown: .*\d while/], [/kept: .* as outbox/]])(
  'would be seen mixing people if a change of user went on in the same session: %s',
  async (problem) => {
    isolation.parts = false;
    await broken(problem);
  },
  120_000,
);

it('would be seen showing what is not theirs if the panels were not told to begin anew', async () => {
  vi.spyOn(PanelHost.prototype, 'leave').mockImplementation(() => {});
  await broken(/shown: .*\d while/);
}, 120_000);
