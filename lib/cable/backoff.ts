// How long to wait: the default times and the growing, jittered, capped delay between two tries.
// Pure: no clock, no random of its own.

import type { CableTimings } from './types';

/**
 * The server pings every 3 s. 7 s is two missed pings and a second of grace, and leaves 1.5 s to be subscribed
 * again within 8.5 s. The subscribe time-out is longer, so that silence is never taken for a bad token.
 */
export const defaultTimings: CableTimings = {
  staleAfter: 7_000,
  subscribeTimeout: 8_000,
  openTimeout: 8_000,
  firstDelay: 500,
  maxDelay: 10_000,
};

/** Slow growth: about 12 tries in an outage of 20 s, and then half of all clients are back within 2.1 s. */
const growth = 1.25;

/**
 * The wait in milliseconds before try number `attempt` (0 is the first after a drop), between half and the whole
 * of `firstDelay * growth^attempt`, never above `maxDelay`. `fraction` in [0, 1) spreads clients apart.
 */
export function delay(attempt: number, fraction: number, timings: CableTimings): number {
  const longest = Math.min(timings.maxDelay, timings.firstDelay * growth ** attempt);
  return Math.round(longest * (0.5 + fraction / 2));
}
