// How many cases a run has, and under which seed: a twentieth of them in `npm test`, all of them where
// CARBONCHAT_FAULTS is `full`.
import fc from 'fast-check';

const full = process.env.CARBONCHAT_FAULTS === 'full';

/** CARBONCHAT_SEED repeats a run exactly. */
export const seed = Number(process.env.CARBONCHAT_SEED ?? Math.floor(Math.random() * 2 ** 31));

/**
 * Runs a check until it has been handed `things` fuzzed things in a full run (a twentieth of them in a short one),
 * `perCase` at a time, and throws what fast-check says of the first case that fails. Prints the seed beforehand.
 */
export async function fuzz<T>(
  what: string,
  things: number,
  perCase: number,
  cases: fc.Arbitrary<T>,
  check: (one: T) => Promise<void> | void,
): Promise<void> {
  const wanted = full ? things : things / 20;
  console.info(`${what}: ${wanted} fuzzed, CARBONCHAT_SEED=${seed}`);
  const property = fc.asyncProperty(cases, async (one) => check(one));
  await fc.assert(property, { seed, numRuns: Math.ceil(wanted / perCase) });
}
