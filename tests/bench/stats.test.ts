import { expect, test } from 'vitest';
import { compare, percentile } from './stats';

test('takes the nearest rank, whatever the order of the measurements', () => {
  const series = { values: [5, 1, 4, 2, 3] };
  expect(percentile(series, 0.5)).toBe(3);
  expect(percentile(series, 0.95)).toBe(5);
  expect(series.values).toEqual([5, 1, 4, 2, 3]);
});

test('compares medians, not means', () => {
  const line = compare({ values: [1, 1, 100] }, { values: [2, 2, 2] });
  expect(line).toMatchObject({ rounds: 3, 'ours p50 ms': 1, 'p50 ratio': 0.5 });
  expect(line).toMatchObject({ 'ours p95 ms': 100, 'beside p95 ms': 2, 'p95 ratio': 50 });
});
