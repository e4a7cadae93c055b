// @vitest-environment node
import { expect, it } from 'vitest';
import { toEpochMs } from '@/lib/carbonchat/times';

it.each([
  ['whole seconds', 1795394563, 1795394563000],
  ['seconds as a float', 1795394598.702288, 1795394598702.288],
  ['ISO 8601', '2026-11-23T00:42:41.782Z', Date.UTC(2026, 10, 23, 0, 42, 41, 782)],
  ['a date alone', '2026-11-23', Date.UTC(2026, 10, 23)],
  ['milliseconds', 1795394563123, 1795394563123],
  ['seconds as text', '1795394563', 1795394563000],
  ['seconds with a fraction as text', '1795394563.5', 1795394563500],
  ['seconds with a fraction of several digits as text', '1795394598.702288', 1795394598702.288],
  ['milliseconds as text', '1795394563123', 1795394563123],
  ['the last number of seconds', 99_999_999_999, 99_999_999_999_000],
  ['the first number of milliseconds', 1e11, 1e11],
  ['the last date there is', 8.64e15, 8.64e15],
])('reads %s', (_, value, at) => {
  expect(toEpochMs(value)).toBeCloseTo(at, 3);
});

it('leaves never as it is', () => {
  expect(toEpochMs(0)).toBe(0);
});

it('keeps two frames of the same millisecond apart', () => {
  expect(toEpochMs(1795394598.7021)).not.toBe(toEpochMs(1795394598.7022));
});

it.each([
  null,
  undefined,
  '',
  'soon',
  'May 1',
  '-5',
  "5 o'clock",
  'at 5',
  'on 2026-11-23',
  '2026-11-2',
  '1.5.5',
  -1,
  8.64e15 + 1,
  Number.NaN,
  1e300,
  '1'.repeat(400),
  [],
  [1795394563],
  {},
  true,
])('takes %j for no time', (value) => {
  expect(toEpochMs(value)).toBeNull();
});
