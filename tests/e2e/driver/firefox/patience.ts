// How long the driver waits for something, and how often it looks.
import { setTimeout as pause } from 'node:timers/promises';
import { BidiError } from './bidi';

/** In ms, as long as the matchers wait. */
export const PATIENCE = 10_000;
const INTERVALS = [0, 20, 50, 100];

/** What `look` finds: done, or why not yet. */
export type Look<Value> = { done: true; value: Value } | { done: false; reason: string };

/**
 * Looks again and again until it is done. Rejects with the last reason after `timeout` ms; at once when the page is gone.
 * A document that is just being replaced is looked at again.
 */
export async function patiently<Value>(
  what: string,
  look: () => Promise<Look<Value>>,
  timeout = PATIENCE,
): Promise<Value> {
  const end = performance.now() + timeout;
  for (let round = 0; ; round++) {
    await pause(INTERVALS[Math.min(round, INTERVALS.length - 1)]);
    const seen = await look().catch(orAgain);
    if (seen.done) return seen.value;
    if (performance.now() > end) throw new Error(`${what}: after ${timeout} ms ${seen.reason}`);
  }
}

/** A page that is gone stays so; other errors may be those of a document that goes while it is asked. */
function orAgain(error: unknown): { done: false; reason: string } {
  if (error instanceof BidiError && error.code !== 'no such frame' && error.code !== 'closed')
    return { done: false, reason: error.message };
  throw error;
}
