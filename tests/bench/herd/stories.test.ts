// A small herd: that the model plays the stories for both policies, and plays them again by the seed.
import { expect, it } from 'vitest';
import { perSecond } from './figures';
import { cableRestart, morning, outage, type Policy, tell } from './stories';

const policies: Policy[] = ['ours', 'peer'];

it.each(policies)('tells %s the same story by the same seed, and another by another', (policy) => {
  const story = outage(20_000);
  const first = tell(story, policy, 50, 1);
  expect(first.waits).toHaveLength(50);
  expect(first.handshakes).toHaveLength(50);
  expect(first.gapReads).toHaveLength(50);
  expect(first.inVain).toBeGreaterThan(50);
  expect(tell(story, policy, 50, 1)).toEqual(first);
  expect(tell(story, policy, 50, 2)).not.toEqual(first);
});

it('leaves the globals as they were', () => {
  const before = [setTimeout, clearTimeout, Date, Math];
  tell(cableRestart, 'peer', 5, 1);
  expect([setTimeout, clearTimeout, Date, Math]).toEqual(before);
  expect('document' in globalThis).toBe(false);
});

it('brings ours back evenly after an outage and after being sent away', () => {
  const fleet = 1_000;
  const after = (story: Parameters<typeof tell>[0]) =>
    Math.max(...perSecond(tell(story, 'ours', fleet, 3).handshakes));
  // Evenly over 7.7 s and 10 s: 130 and 100 a second. Four standard deviations of such a count are 0.4 of it.
  expect(after(outage(20_000))).toBeLessThan((1.4 * fleet) / 7.4);
  expect(after(outage(60_000))).toBeLessThan((1.4 * fleet) / 10);
  expect(after(cableRestart)).toBeLessThan((1.4 * fleet) / 10);
});

it.each(policies)('wakes laptops whose sockets look open, and %s finds out', (policy) => {
  const alone = tell(morning(10_000, false), policy, 50, 1);
  const told = tell(morning(10_000, true), policy, 50, 1);
  expect(alone.waits).toHaveLength(50);
  expect(Math.max(...told.waits)).toBeLessThan(1_000);
  expect(Math.max(...alone.waits)).toBeGreaterThan(Math.max(...told.waits));
});
