// The waits as numbers; no cable, no clock.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTimings, quickWait, turnInterval } from '@/lib/cable/backoff';

const almostOne = 1 - Number.EPSILON;
const fraction = fc.double({ min: 0, max: almostOne, noNaN: true });
const { maxDelay, maxDelayUnwatched } = defaultTimings;
const interval = (attempt: number, place: number, longest = maxDelay) =>
  Math.round(turnInterval(attempt, place, longest, defaultTimings));

describe('the wait after a drop', () => {
  it('is between an eighth and the whole of the first delay', () => {
    expect(quickWait(0, defaultTimings)).toBe(100);
    expect(quickWait(0.5, defaultTimings)).toBe(450);
    expect(quickWait(almostOne, defaultTimings)).toBeCloseTo(800);
    expect(quickWait(0, { ...defaultTimings, firstDelay: 8 })).toBe(1);
  });
});

describe('the interval between tries in turn', () => {
  it('begins with 7 s and grows, slowly at first', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => interval(attempt, 0))).toEqual([
      7_000, 7_000, 7_000, 7_086, 7_346, 7_778, 8_383, 9_160, 10_000,
    ]);
  });

  it('stays at the longest wait, however long the outage', () => {
    expect(interval(100_000, 0)).toBe(10_000);
    expect(interval(100_000, almostOne, maxDelayUnwatched)).toBe(28_000);
    expect(interval(2, 0, 40)).toBe(40);
  });

  it('grows with the place as with the attempt: the last place of one is the first of the next', () => {
    for (let attempt = 2; attempt < 30; attempt += 1) {
      expect(interval(attempt, almostOne, maxDelayUnwatched)).toBe(
        interval(attempt + 1, 0, maxDelayUnwatched),
      );
    }
    expect(interval(4, 0.5)).toBe(7_540);
    expect(interval(1, almostOne)).toBe(7_000);
  });

  it('is twice the first after nine steps', () => {
    expect(interval(11, 0, maxDelayUnwatched)).toBe(14_000);
  });

  it('never shrinks with another failed try or a higher place', () => {
    fc.assert(
      fc.property(fc.nat(50), fraction, fraction, (attempt, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(interval(attempt, high)).toBeGreaterThanOrEqual(interval(attempt, low));
        expect(interval(attempt + 1, low)).toBeGreaterThanOrEqual(interval(attempt, low));
      }),
    );
  });
});

describe('clients that lost the server together', () => {
  /** When each of 1,000 clients tries first after `outage`, in ms after it; the first round is spread over one interval. */
  function arrivals(outage: number, longest: number): number[] {
    return Array.from({ length: 1_000 }, (_, client) => {
      const place = (client + 0.5) / 1_000;
      let at = place * defaultTimings.interval;
      for (let attempt = 2; at < outage; attempt += 1)
        at += turnInterval(attempt, place, longest, defaultTimings);
      return at - outage;
    }).sort((a, b) => a - b);
  }

  it.each([8_000, 20_000, 33_333, 60_000, 300_000])('come back evenly after %i ms', (outage) => {
    const times = arrivals(outage, maxDelay);
    const last = times.at(-1) ?? Number.NaN;
    expect(last).toBeLessThanOrEqual(maxDelay);
    for (let share = 0.1; share < 1; share += 0.1) {
      expect(Math.abs((times[Math.floor(1_000 * share)] ?? Number.NaN) / last - share)).toBeLessThan(0.04);
    }
  });

  it('come back over 7.7 s after 20 s, over 10 s after a minute, over 28 s after five if nobody watches', () => {
    expect(arrivals(20_000, maxDelay).at(-1)).toBeLessThan(7_700);
    expect(arrivals(60_000, maxDelay).at(-1)).toBeGreaterThan(9_900);
    expect(arrivals(300_000, maxDelayUnwatched).at(-1)).toBeGreaterThan(27_500);
  });
});

describe('the default times', () => {
  it('leave room to be subscribed again within 8.5 s of the last frame', () => {
    expect(defaultTimings.staleAfter + quickWait(almostOne, defaultTimings)).toBeLessThanOrEqual(8_500 - 500);
  });

  it('outlast two missed pings, which come every 3 s', () => {
    expect(defaultTimings.staleAfter).toBeGreaterThan(2 * 3_000);
  });

  it('let silence be found before it could be taken for a bad token', () => {
    expect(defaultTimings.subscribeTimeout).toBeGreaterThan(defaultTimings.staleAfter);
  });

  it('let a hung try end before the client’s next turn', () => {
    expect(defaultTimings.openTimeout + quickWait(0, defaultTimings)).toBeLessThanOrEqual(
      defaultTimings.interval,
    );
  });

  it('let a worker that nobody watches try again before Chrome stops it after 30 idle seconds', () => {
    expect(maxDelayUnwatched).toBeLessThan(30_000);
  });
});
