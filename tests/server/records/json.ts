// Owns looking at values whose shape nobody promised: parameters, and the free objects within records.
// Must not throw.

import type { Json } from './records';

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects within objects are merged, anything else of `added` wins. */
export function deepMerge(base: Json, added: Json): Json {
  const merged = { ...base };
  for (const [key, value] of Object.entries(added)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) ? deepMerge(old, value) : value;
  }
  return merged;
}

/** What a parameter that is not a list or an object may be; anything else is dropped (strong parameters, §2). */
export const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** A scalar parameter as text; null when there is none, or something else. */
export const scalar = (value: unknown): string | null => (isScalar(value) ? String(value) : null);

/** A yes-or-no parameter, of JSON or of a form. */
export const isTrue = (value: unknown): boolean => ['true', 't', '1', 'on'].includes(scalar(value) ?? '');
