// How long to wait: the default times, and the three kinds of wait between two tries. What they are for is that ten
// thousand clients that lose a server together do not come back together; `npm run bench:herd` shows that they do not.
// Pure: no clock, no random of its own.

import type { CableTimings } from './types';

/**
 * The server pings every 3 s. 6.6 s is two missed pings and a little grace, and leaves 1.9 s to be subscribed
 * again within 8.5 s. The subscribe time-out is longer, so that silence is never taken for a bad token. A try may
 * hang for less than the interval, so that hanging does not move a client's turn. The longest wait while nobody
 * watches is below the 30 s after which Chrome stops an idle worker and its timers.
 */
export const defaultTimings: CableTimings = {
  staleAfter: 6_600,
  subscribeTimeout: 8_000,
  openTimeout: 6_500,
  firstDelay: 800,
  interval: 7_000,
  maxDelay: 10_000,
  maxDelayUnwatched: 28_000,
};

/** The interval has doubled after so many tries in turn: 7.7 s in an outage of 20 s, 10 s in one of a minute. */
const stepsToDouble = 9;

/** The wait in milliseconds after a mere drop, when most often the server is there. `fraction` is chance, in [0, 1). */
export function quickWait(fraction: number, { firstDelay }: CableTimings): number {
  return firstDelay * (0.125 + 0.875 * fraction);
}

/**
 * The milliseconds from one try in turn to the next, after `attempt` failed tries, never above `longest`. `place` in
 * [0, 1) is the client's own among all that lost the server with it. The interval grows with the attempt and the place
 * as with one number: so clients that are spread evenly over one interval are spread evenly over the next, longer one,
 * too, without gaps or overlaps between those of one attempt and the next.
 */
export function turnInterval(attempt: number, place: number, longest: number, timings: CableTimings): number {
  const steps = Math.max(0, attempt - 2 + place);
  return Math.min(longest, timings.interval * (1 + (steps / stepsToDouble) ** 2));
}
