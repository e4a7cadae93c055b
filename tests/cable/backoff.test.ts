// The waits as numbers; no cable, no clock.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTimings, delay } from '@/lib/cable/backoff';

const almostOne = 1 - Number.EPSILON;
const fraction = fc.double({ min: 0, max: almostOne, noNaN: true });

describe('the wait between tries', () => {
  it('is between a quarter and a half of a second after a drop', () => {
    expect(delay(0, 0, defaultTimings)).toBe(250);
    expect(delay(0, 0.5, defaultTimings)).toBe(375);
    expect(delay(0, almostOne, defaultTimings)).toBe(500);
  });

  it('grows by a quarter with every failed try', () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => delay(attempt, almostOne, defaultTimings));
    expect(waits).toEqual([625, 781, 977, 1221, 1526]);
  });

  it('stays between half of the limit and the limit, however long the outage', () => {
    expect(delay(14, almostOne, defaultTimings)).toBe(10_000);
    expect(delay(100_000, 0, defaultTimings)).toBe(5_000);
    expect(delay(100_000, almostOne, defaultTimings)).toBe(10_000);
  });

  it('uses the times it is given', () => {
    const timings = { ...defaultTimings, firstDelay: 8, maxDelay: 9 };
    expect(delay(0, 0, timings)).toBe(4);
    expect(delay(5, almostOne, timings)).toBe(9);
  });

  it('never shrinks with another failed try and never leaves its bounds', () => {
    fc.assert(
      fc.property(fc.nat(200), fraction, (attempt, f) => {
        const wait = delay(attempt, f, defaultTimings);
        expect(wait).toBeGreaterThanOrEqual(250);
        expect(wait).toBeLessThanOrEqual(defaultTimings.maxDelay);
        expect(delay(attempt + 1, f, defaultTimings)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });

  it('brings half of the clients back within 3.5 s after an outage of 20 s', () => {
    // Evenly spread fractions stand for many clients; the k-th uses them in another order at each try.
    const overshoot = Array.from({ length: 997 }, (_, client) => {
      let passed = 0;
      for (let attempt = 0; passed < 20_000; attempt += 1) {
        passed += delay(attempt, ((client + 1) * (attempt + 1) * 0.618_034) % 1, defaultTimings);
      }
      return passed - 20_000;
    }).sort((a, b) => a - b);
    expect(overshoot[498]).toBeLessThanOrEqual(3_500);
  });
});

describe('the default times', () => {
  it('leave room to be subscribed again within 8.5 s of the last frame', () => {
    expect(defaultTimings.staleAfter + delay(1, almostOne, defaultTimings)).toBeLessThanOrEqual(8_500 - 500);
  });

  it('outlast two missed pings, which come every 3 s', () => {
    expect(defaultTimings.staleAfter).toBeGreaterThan(2 * 3_000);
  });

  it('let silence be found before it could be taken for a bad token', () => {
    expect(defaultTimings.subscribeTimeout).toBeGreaterThan(defaultTimings.staleAfter);
  });

  it('let a hung try end soon enough for the next one to start within the longest wait', () => {
    expect(defaultTimings.openTimeout + delay(0, almostOne, defaultTimings)).toBeLessThanOrEqual(
      defaultTimings.maxDelay,
    );
  });
});
