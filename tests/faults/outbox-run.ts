// One model-based run after another, until enough messages were sent: makes worlds, lets the commands happen in them,
// heals them, and adds up what was counted. Leaves it to the tests what has to come out.
import fc from 'fast-check';
import { type Model, steps } from './outbox-commands';
import { World, type WorldOptions } from './world';

const commands = fc.commands(steps, { maxCommands: 100, size: 'max' });
const kind = fc.record({ locked: oneIn(3), cableless: oneIn(4) });
/** Runs of one seed; the next ones have the next seed. */
const together = 5;
/** A counterexample is made smaller for so long, in ms of real time. */
const shrinksFor = 300_000;

function oneIn(times: number): fc.Arbitrary<boolean> {
  return fc.nat(times - 1).map((luck) => luck === 1);
}

export class Totals {
  readonly counts = new Map<string, number>();

  add(world: World): void {
    const { checker, plan } = world;
    const { sends, posts, adoptions, resends } = checker;
    const known = { sends, 'sends elsewhere': checker.sendsOf('b'), posts, adoptions, resends };
    for (const [what, count] of [...Object.entries(known), ...plan.counts])
      this.counts.set(what, this.of(what) + count);
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  toString(): string {
    return [...this.counts].map(([what, count]) => `${what} ${count}`).join(', ');
  }
}

/** Everything that is wrong after one run, one line each. */
async function problemsOf(
  options: WorldOptions,
  list: Iterable<fc.AsyncCommand<Model, World>>,
  totals: Totals,
) {
  const world = await World.begin(options);
  const model: Model = { open: false, network: 'up' };
  await fc.asyncModelRun(() => ({ model, real: world }), list);
  await world.heal();
  totals.add(world);
  return world.problems();
}

/** Runs until `sends` messages were sent; throws with a counterexample and its seed when one run ends wrong. */
export async function runUntil(
  sends: number,
  seed: number,
  options: Omit<WorldOptions, 'seed'> = {},
  parameters: fc.Parameters<unknown> = {},
): Promise<Totals> {
  const totals = new Totals();
  const property = fc.asyncProperty(fc.integer(), kind, commands, async (luck, kind, list) => {
    const problems = await problemsOf({ ...options, ...kind, seed: luck }, list, totals);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });
  for (let batch = 0; totals.of('sends') < sends; batch += 1) {
    const run = await fc.check(property, {
      interruptAfterTimeLimit: shrinksFor,
      markInterruptAsFailure: true,
      ...parameters,
      seed: seed + batch,
      numRuns: together,
    });
    if (!run.failed) continue;
    const { message } = Object(run.errorInstance) as Error;
    throw new Error(`${message}\n${await fc.asyncDefaultReportMessage(run)}`);
  }
  return totals;
}
