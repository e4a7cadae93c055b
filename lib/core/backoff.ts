// How long to wait before trying again.

/** Delay in ms before attempt number `attempts` (1 = first repetition): 1 s doubling up to 30 s, each ±25 %. */
export function retryDelay(attempts: number, fraction: number): number {
  const base = Math.min(30_000, 1_000 * 2 ** Math.min(attempts - 1, 10));
  return Math.round(base * (0.75 + fraction / 2));
}

/** Delay in ms after the server said "too many": the limits of the contract (§2) are counted per minute. */
export function rateLimitDelay(attempts: number, fraction: number): number {
  return Math.round(Math.min(60_000, 10_000 * 2 ** Math.min(attempts - 1, 3)) * (1 + fraction / 4));
}
