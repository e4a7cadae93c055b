// The last line of `npm test` must not flatter: what did not pass has failed.
import { expect, test } from 'vitest';
import { countTests } from './reports';

test('counts the tests of a vitest report, skipped and planned ones as failed', () => {
  expect(countTests({ numTotalTests: 9, numPassedTests: 6 })).toEqual({ passed: 6, failed: 3 });
});

test('counts the tests of a Playwright report, flaky and skipped ones as failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 };
  expect(countTests({ stats })).toEqual({ passed: 5, failed: 3 });
});

test('counts a test that may be left out neither as passed nor as failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 };
  expect(countTests({ stats }, true)).toEqual({ passed: 5, failed: 2 });
});
