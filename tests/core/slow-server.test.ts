// What the strip says of a server that is there, but asks one conversation to wait or does not answer.
import { describe, expect, it } from 'vitest';
import { linkView } from '@/lib/core/link';
import type { Sync } from '@/lib/core/state';
import { anEntry, liveState, start } from '../support/core-builders';

describe('a message that the server asked to wait', () => {
  it('makes the strip count down to the first one that goes on', () => {
    const outbox = {
      a: anEntry('a', { dueAt: start + 9_000 }),
      b: anEntry('b', { conversationKey: '2', dueAt: start + 7_000 }),
      c: anEntry('c', { conversationKey: '3', status: 'uncertain', dueAt: start + 5_000 }),
      d: anEntry('d', { conversationKey: '4', dueAt: start }),
    };
    const state = liveState({ outbox });
    expect(linkView(state, start)).toEqual({
      name: 'rateLimited',
      since: 0,
      nextTryAt: start + 7_000,
    });
    expect(linkView(state, start + 9_000).name).toBe('live');
  });

  it('is not one that has to settle', () => {
    const outbox = { a: anEntry('a', { status: 'uncertain', dueAt: start + 5_000 }) };
    expect(linkView(liveState({ outbox }), start).name).toBe('live');
  });
});

describe('a live cable beside requests that fail', () => {
  const failing = (list: number, ...reads: number[]) => {
    const { sync } = liveState();
    const request = { wanted: true, busy: false, dueAt: start + 9_000 };
    const gap = { ...request, before: null, top: 0, beyond: false, startedAt: 0, unclaimed: [] };
    const gaps: Sync['gaps'] = Object.fromEntries(
      reads.map((attempts, index) => [index, { ...gap, conversationId: index, attempts }]),
    );
    const state = liveState({ sync: { ...sync, list: { ...request, attempts: list, lastAt: 0 }, gaps } });
    return linkView(state, start).name;
  };

  it('is called silent once the list or a conversation could not be read twice', () => {
    expect([failing(2), failing(0, 0, 2)]).toEqual(['silent', 'silent']);
    expect(failing(1, 1)).toBe('live');
  });
});
