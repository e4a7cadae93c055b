// The one clock of the bench: every process of the machine reads the same time from it, finer than a millisecond.

/** Epoch milliseconds, with fractions. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
