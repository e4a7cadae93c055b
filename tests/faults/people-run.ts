// One sequence after another of people who come and go, each in a world of its own, and the sum of what was counted in
// them. Leaves it to the tests what has to come out.
import fc from 'fast-check';
import { steps } from './people-steps';
import { PeopleWorld } from './people-world';

const commands = fc.commands(steps, { maxCommands: 60, size: 'max' });
const options = fc.record({ seed: fc.integer(), strict: oneIn(6), locked: oneIn(5), cableless: oneIn(6) });
/** A counterexample is made smaller for so long, in ms of real time. */
const shrinksFor = 300_000;

function oneIn(times: number): fc.Arbitrary<boolean> {
  return fc.nat(times - 1).map((luck) => luck === 1);
}

export class Counts {
  readonly #counts = new Map<string, number>();

  add(what: string, count: number): void {
    this.#counts.set(what, this.of(what) + count);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  toString(): string {
    return [...this.#counts]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([what, count]) => `${what} ${count}`)
      .join(', ');
  }
}

/** So many sequences; throws with a counterexample and its seed when something is wrong in one. */
export async function runSequences(
  sequences: number,
  seed: number,
  minds = /./,
  parameters: fc.Parameters<unknown> = {},
): Promise<Counts> {
  const counts = new Counts();
  const property = fc.asyncProperty(options, commands, async (options, list) => {
    const world = new PeopleWorld({ ...options, minds });
    await fc.asyncModelRun(() => ({ model: {}, real: world }), list);
    await world.heal();
    for (const [what, count] of world.plan.counts) counts.add(what, count);
    counts.add('sequences', 1);
    counts.add('messages on the server', world.server.texts.length);
  });
  const run = await fc.check(property, {
    interruptAfterTimeLimit: shrinksFor + sequences * 2_000,
    markInterruptAsFailure: true,
    ...parameters,
    seed,
    numRuns: sequences,
  });
  if (!run.failed) return counts;
  const { message } = Object(run.errorInstance) as Error;
  throw new Error(`${message}\n${await fc.asyncDefaultReportMessage(run)}`);
}
