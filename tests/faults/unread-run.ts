// One run after another of many actions around reading, each in a world of its own, and the sum of what was counted in
// them. Leaves it to the tests what has to come out.
import fc from 'fast-check';
import { Counts } from './people-run';
import { type Step, steps } from './unread-steps';
import { UnreadWorld } from './unread-world';

/** Rarely nothing, which is what a counterexample is made smaller by. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 100_000 });
const times = <T>(arbitrary: fc.Arbitrary<T>, length: number) =>
  fc.array(mostly(arbitrary), { minLength: length, maxLength: length, size: 'max' });
/** 220 of them in a run. */
const actions = times(times(fc.oneof(...steps), 10), 22);
/** A counterexample is made smaller for so long, in ms of real time. */
const shrinksFor = 300_000;

function isThere<T>(value: T | null): value is T {
  return value !== null;
}

/** So many runs; throws with a counterexample and its seed when something is wrong in one. */
export async function runUnread(
  runs: number,
  seed: number,
  parameters: fc.Parameters<unknown> = {},
): Promise<Counts> {
  const counts = new Counts();
  const property = fc.asyncProperty(fc.integer(), actions, async (luck, chunks) => {
    const list: Step[] = chunks.filter(isThere).flat().filter(isThere);
    const world = await UnreadWorld.begin(luck);
    await fc.asyncModelRun(() => ({ model: {}, real: world }), list);
    await world.heal();
    for (const [what, count] of world.plan.counts) counts.add(what, count);
    counts.add('runs', 1);
  });
  const run = await fc.check(property, {
    interruptAfterTimeLimit: shrinksFor + runs * 4_000,
    markInterruptAsFailure: true,
    ...parameters,
    seed,
    numRuns: runs,
  });
  if (!run.failed) return counts;
  const { message } = Object(run.errorInstance) as Error;
  throw new Error(`${message}\n${await fc.asyncDefaultReportMessage(run)}`);
}
