// How long to wait before trying again.

const minute = 60_000;
const quarter = 15 * minute;
/** So many tries are quick; an outage that outlasts them (4 to 5 minutes) is a long one. */
const quickTries = 10;

/**
 * Delay in ms before attempt number `attempts` (1 = first repetition), ±25 %: 1 s doubling up to 30 s; in a long
 * outage 60 s while somebody watches, else doubling on up to 15 min.
 */
export function retryDelay(attempts: number, fraction: number, isWatched: boolean): number {
  const long = 30_000 * 2 ** Math.min(attempts - quickTries, quickTries);
  const base =
    attempts <= quickTries
      ? Math.min(30_000, 1_000 * 2 ** (attempts - 1))
      : Math.min(long, isWatched ? minute : quarter);
  return Math.round(base * (0.75 + fraction / 2));
}

/** Delay in ms after the server said "too many": the limits of the contract (§2) are counted per minute. */
export function rateLimitDelay(attempts: number, fraction: number): number {
  return Math.round(Math.min(minute, 10_000 * 2 ** Math.min(attempts - 1, 3)) * (1 + fraction / 4));
}

/** Delay in ms before looking for an inbox again that was not there: 15 min doubling up to 4 h, each up to +25 %. */
export function missingDelay(attempts: number, fraction: number): number {
  return Math.round(quarter * 2 ** Math.min(attempts - 1, 4) * (1 + fraction / 4));
}

/** Attempts to create something after which a server that never does it is left alone until a person asks. */
export const mostAttempts = 12;

/** How much longer than the `settle` time a repeated attempt rests, in ms: from the fourth on, up to 15 times as long. */
export function settleDelay(attempts: number, settle: number): number {
  return attempts < 4 ? 0 : settle * Math.min(15, 2 ** (attempts - 4));
}
