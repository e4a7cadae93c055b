// Requests that repeat, how long they wait, and what a failure means.
import { describe, expect, it } from 'vitest';
import { missingDelay, rateLimitDelay, retryDelay, settleDelay } from '@/lib/core/backoff';
import { verdictOf } from '@/lib/core/failures';
import { begun, failed, isDue, nextTry, succeeded, want } from '@/lib/core/repeating';
import type { Failure } from '@/lib/core/server-types';
import type { State } from '@/lib/core/state';
import { aState, start } from '../support/core-builders';

const idle = { wanted: false, busy: false, attempts: 0, dueAt: 0 };

describe('a request', () => {
  it('is due when it is wanted, not under way, and its time has come', () => {
    const wanted = want(idle, start);
    expect(isDue(idle, start)).toBe(false);
    expect([isDue(wanted, start - 1), isDue(wanted, start)]).toEqual([false, true]);
    expect(isDue({ ...wanted, busy: true }, start)).toBe(false);
  });

  it('wanted again comes at the earlier time', () => {
    expect(want(want(idle, 9), 5).dueAt).toBe(5);
    expect(want(want(idle, 5), 9).dueAt).toBe(5);
    expect(want({ ...idle, dueAt: 5 }, 9).dueAt).toBe(9);
  });

  it('keeps a wish that comes while it is under way', () => {
    const busy = begun(want(idle, 5));
    expect(busy).toMatchObject({ wanted: false, busy: true });
    expect(succeeded(want(busy, 9))).toEqual({ wanted: true, busy: false, attempts: 0, dueAt: 9 });
  });

  it('that failed waits longer each time, until it succeeds', () => {
    const turn = { at: 1_000, fraction: 0.5, state: aState() };
    const once = failed(begun(want(idle, 0)), turn);
    expect(once).toEqual({ wanted: true, busy: false, attempts: 1, dueAt: 2_000 });
    expect(failed(once, turn)).toMatchObject({ attempts: 2, dueAt: 3_000 });
    expect(succeeded(once).attempts).toBe(0);
  });

  it('that has failed for long is tried every minute while a panel is open, else ever more rarely', () => {
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } };
    const waits = (state: State) =>
      failed({ ...idle, attempts: 11 }, { at: start, fraction: 0.5, state }).dueAt - start;
    expect([waits(aState({ views })), waits(aState())]).toEqual([60_000, 120_000]);
  });

  it('has a next try only while it is wanted and not under way', () => {
    expect(nextTry(want(idle, 5))).toBe(5);
    expect(nextTry(idle)).toBeNull();
    expect(nextTry({ ...want(idle, 5), busy: true })).toBeNull();
  });
});

describe('the wait', () => {
  it('doubles from 1 s to 30 s, give or take a quarter', () => {
    expect([1, 2, 3, 5, 6, 10].map((attempts) => retryDelay(attempts, 0.5, false))).toEqual([
      1_000, 2_000, 4_000, 16_000, 30_000, 30_000,
    ]);
    expect([retryDelay(1, 0, true), retryDelay(1, 1, true)]).toEqual([750, 1_250]);
  });

  it('of a long outage grows to 15 minutes, but to one only while somebody watches', () => {
    const unseen = [11, 12, 14, 15, 16, 999].map((attempts) => retryDelay(attempts, 0.5, false) / 1_000);
    expect(unseen).toEqual([60, 120, 480, 900, 900, 900]);
    expect([11, 12, 999].map((attempts) => retryDelay(attempts, 0.5, true))).toEqual([
      60_000, 60_000, 60_000,
    ]);
  });

  it('for an inbox that is missing doubles from 15 minutes to four hours, and a quarter more', () => {
    expect([1, 2, 5, 99].map((attempts) => missingDelay(attempts, 0) / 60_000)).toEqual([15, 30, 240, 240]);
    expect(missingDelay(1, 1) / 60_000).toBe(18.75);
  });

  it('for settling grows from the fourth attempt on, up to 15 minutes', () => {
    expect([1, 3, 4, 5, 7, 8, 99].map((attempts) => settleDelay(attempts, 60_000) / 1_000)).toEqual([
      0, 0, 60, 120, 480, 900, 900,
    ]);
  });

  it('for haste doubles from 10 s to a minute, and a quarter more', () => {
    expect([1, 2, 3, 4, 99].map((attempts) => rateLimitDelay(attempts, 0))).toEqual([
      10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
    expect(rateLimitDelay(1, 1)).toBe(12_500);
  });
});

describe('a failed POST', () => {
  const status = (code: number, message: string | null = null): Failure => ({
    kind: 'status',
    status: code,
    message,
  });

  it.each<[Failure, object]>([
    [{ kind: 'unreachable' }, { kind: 'uncertain' }],
    [{ kind: 'timeout' }, { kind: 'uncertain' }],
    [{ kind: 'unreadable', status: 200 }, { kind: 'uncertain' }],
    [status(500), { kind: 'uncertain' }],
    [status(503), { kind: 'uncertain' }],
    [status(408), { kind: 'uncertain' }],
    [status(429), { kind: 'slowDown' }],
    [status(422, 'Too many messages'), { kind: 'slowDown' }],
    [
      status(422, 'Content is too long (maximum is 150000 characters)'),
      { kind: 'failed', reason: 'tooLong' },
    ],
    [status(413), { kind: 'failed', reason: 'tooLarge' }],
    [status(404), { kind: 'failed', reason: 'gone' }],
    [status(422), { kind: 'failed', reason: 'refused' }],
    [status(422, 'no'), { kind: 'failed', reason: 'refused' }],
    [status(400, 'too long'), { kind: 'failed', reason: 'refused' }],
    [status(403, 'Too many messages'), { kind: 'failed', reason: 'refused' }],
    [status(499), { kind: 'failed', reason: 'refused' }],
  ])('%j means %j', (failure, verdict) => {
    expect(verdictOf(failure)).toEqual(verdict);
  });
});
