// What became of the messages at one client: lost, doubled, out of order; and when a gap was closed. Pure.

import type { Shown } from './protocol';

export interface Tally {
  /** How many should be shown. */
  messages: number;
  lost: number;
  /** Shown again, each time. */
  doubled: number;
  /** Shown below one that was written later. */
  outOfOrder: number;
}

export const nothing: Tally = { messages: 0, lost: 0, doubled: 0, outOfOrder: 0 };

/** Compares what was written with what is shown of it. Ids rise with the time of writing. */
export function tally(written: Iterable<number>, shown: Iterable<number>): Tally {
  const missing = new Set(written);
  const result = { ...nothing, messages: missing.size };
  const seen = new Set<number>();
  let highest = 0;
  for (const id of shown) {
    if (seen.has(id)) {
      result.doubled += 1;
      continue;
    }
    if (id < highest) result.outOfOrder += 1;
    seen.add(id);
    missing.delete(id);
    highest = Math.max(highest, id);
  }
  return { ...result, lost: missing.size };
}

export function sum(tallies: Iterable<Tally>): Tally {
  const total = { ...nothing };
  for (const each of tallies)
    for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += each[key];
  return total;
}

/**
 * When the last message was shown that was written before the client was back; at the earliest when it was back.
 * Infinity when one of them is not shown. Messages before `from` are passed over.
 */
export function gapClosedAt(
  written: ReadonlyMap<number, number>,
  shown: readonly Shown[],
  from: number,
  backAt: number,
): number {
  const times = new Map(shown);
  let closedAt = backAt;
  for (const [id, at] of written) {
    if (at < from || at > backAt) continue;
    closedAt = Math.max(closedAt, times.get(id) ?? Number.POSITIVE_INFINITY);
  }
  return closedAt;
}
