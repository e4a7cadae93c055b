// How long a conversation may be rated, and what of a rating is chosen before it is sent. Pure.
import type { Rating } from '@/lib/core/content';
import type { EpochMs } from '@/lib/core/types';

const days = 24 * 60 * 60_000;

/** The server takes a rating, and changes of it, for 14 days after it asked (contract §9.3). */
export function mayRate(askedAt: EpochMs, now: EpochMs): boolean {
  return now - askedAt <= 14 * days;
}

/** From bad to good. */
export const ratings: readonly Rating[] = [1, 2, 3, 4, 5];

export function asRating(text: string | undefined): Rating | null {
  return ratings.find((each) => String(each) === text) ?? null;
}
