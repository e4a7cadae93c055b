// Medians and percentiles of interleaved measurements. Judges nothing.

export interface Series {
  /** Milliseconds, in the order measured. */
  values: number[];
}

/** The value below which `share` (0 to 1) of the measurements lie (nearest rank). NaN without measurements. */
export function percentile({ values }: Series, share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** One line of a table: p50 and p95 of both, and the ratio of their p50s. */
export function compare(ours: Series, theirs: Series) {
  const p50 = percentile(ours, 0.5);
  const peer = percentile(theirs, 0.5);
  return {
    rounds: ours.values.length,
    'ours p50 ms': round(p50),
    'ours p95 ms': round(percentile(ours, 0.95)),
    'beside p50 ms': round(peer),
    'beside p95 ms': round(percentile(theirs, 0.95)),
    'p50 ratio': round(p50 / peer),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
