import { afterEach, expect, it } from 'vitest';
import { printedSeed, scaled } from './plan-scale';
import { runUnread } from './unread-run';

const { timeout } = AbortSignal;

afterEach(() => {
  AbortSignal.timeout = timeout;
});

it('agrees everywhere on what is unread, and on statuses, once everything has settled', async () => {
  const runs = scaled(20, 500);
  const counts = await runUnread(runs, printedSeed('what is unread'));
  console.log(`what is unread: ${counts}`);
  expect(counts.of('runs')).toBe(runs);
  expect(counts.of('actions')).toBeGreaterThanOrEqual(200 * runs);
}, 3_600_000);
