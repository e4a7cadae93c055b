// Reads the server's time formats (contract §10.3). Pure; knows no clock.

import type { EpochMs } from '@/lib/core/types';

/** As seconds this is the year 5138, as milliseconds 1973: what is not below it can only be milliseconds. */
const firstMilliseconds = 1e11;
const latestDate = 8.64e15;

/**
 * A time of the server in epoch milliseconds, fractions kept: unix seconds (whole or float), milliseconds, any of
 * these as a string, or ISO 8601. 0 (never) stays 0. Null for everything that is no time; never throws.
 */
export function toEpochMs(value: unknown): EpochMs | null {
  const at = typeof value === 'string' ? fromText(value) : value;
  if (typeof at !== 'number' || !(at >= 0 && at <= latestDate)) return null;
  return at < firstMilliseconds ? at * 1000 : at;
}

function fromText(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
}
