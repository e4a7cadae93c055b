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

/** One line of a table: p50 and p95 of both, and the ratios of ours to theirs. */
export function compare(ours: Series, theirs: Series) {
  const p50 = percentile(ours, 0.5);
  const p95 = percentile(ours, 0.95);
  const peer50 = percentile(theirs, 0.5);
  const peer95 = percentile(theirs, 0.95);
  return {
    rounds: ours.values.length,
    'ours p50 ms': round(p50),
    'ours p95 ms': round(p95),
    'beside p50 ms': round(peer50),
    'beside p95 ms': round(peer95),
    'p50 ratio': round(p50 / peer50),
    'p95 ratio': round(p95 / peer95),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
