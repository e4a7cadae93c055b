// How long the cable is held with no panel, and when answers are asked for instead.
import { describe, expect, it } from 'vitest';
import { holdEndsAt, holdFor, holdOf, isAwaited } from '@/lib/core/cable-hold';
import type { State } from '@/lib/core/state';
import type { Conversation } from '@/lib/core/types';
import { aConversation, anEntry, aState, Bench, newSession, start } from '../support/core-builders';

const minute = 60_000;
const spoken = (createdAt: number, change: Partial<Conversation> = {}) =>
  aConversation(1, {
    preview: { messageId: 1, authorKind: 'contact', text: '', file: null, createdAt },
    ...change,
  });
const hold = (at: number, polledAt = 0, change: Partial<State> = {}) =>
  holdOf(aState({ conversations: { 1: spoken(start) }, ...change }), polledAt, start + at);

describe('an answer', () => {
  it('is awaited for a day after the last word of the contact', () => {
    expect(isAwaited(spoken(start), start + 24 * 60 * minute - 1)).toBe(true);
    expect(isAwaited(spoken(start), start + 24 * 60 * minute)).toBe(false);
  });

  it('is not awaited once it came, was resolved, or where nobody spoke', () => {
    const answered = spoken(start);
    expect(
      isAwaited(
        { ...answered, preview: answered.preview && { ...answered.preview, authorKind: 'agent' } },
        start,
      ),
    ).toBe(false);
    expect(isAwaited({ ...answered, status: 'resolved' }, start)).toBe(false);
    expect(isAwaited({ ...answered, status: 'snoozed' }, start)).toBe(true);
    expect(isAwaited(aConversation(1), start)).toBe(false);
  });
});

describe('the cable', () => {
  it('is held for ten minutes after the last word', () => {
    expect(hold(holdFor - 1).cable).toBe(true);
    expect(hold(holdFor).cable).toBe(false);
  });

  it('is held by the latest of several', () => {
    const conversations = { 1: spoken(start), 2: spoken(start + minute) };
    expect(hold(holdFor + minute - 1, 0, { conversations }).cable).toBe(true);
  });

  it('is held by a panel, and by what is still to be sent', () => {
    const quiet = { conversations: {} };
    expect(hold(0, 0, quiet)).toEqual({ cable: false, pollAt: null });
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } };
    expect(hold(0, 0, { ...quiet, views }).cable).toBe(true);
    expect(hold(0, 0, { ...quiet, outbox: { a: anEntry('a', { status: 'uncertain' }) } }).cable).toBe(true);
    expect(hold(0, 0, { ...quiet, outbox: { a: anEntry('a', { status: 'failed' }) } }).cable).toBe(false);
  });

  it('is not held without a contact session', () => {
    expect(hold(0, 0, { session: newSession })).toEqual({ cable: false, pollAt: null });
  });

  it('that is wanted and not live is replaced by asking every minute', () => {
    expect(hold(0, start).pollAt).toBe(start + minute);
    expect(hold(0, start, { link: { ...aState().link, cable: 'live' } }).pollAt).toBeNull();
  });
});

describe('asking', () => {
  it.each([
    [0, 11],
    [11, 13],
    [13, 18],
    [18, 33],
    [33, 48],
    [50, 65],
  ])('after the hold: last asked at minute %i, next at minute %i', (polled, next) => {
    expect(hold(35 * minute, start + polled * minute).pollAt).toBe(start + next * minute);
  });

  it('ends after a day', () => {
    expect(hold(24 * 60 * minute).pollAt).toBeNull();
  });
});

it('knows when the hold ends', () => {
  const conversations = { 1: spoken(start), 2: spoken(start + minute), 3: aConversation(3) };
  expect(holdEndsAt({ conversations }, start)).toBe(start + minute + holdFor);
  const resolved = spoken(start + 2 * minute, { status: 'resolved' });
  expect(holdEndsAt({ conversations: { ...conversations, 4: resolved } }, start)).toBe(
    start + minute + holdFor,
  );
  expect(holdEndsAt({ conversations: { 1: spoken(start) } }, start + holdFor)).toBeNull();
  expect(holdEndsAt({ conversations: {} }, start)).toBeNull();
});

describe('without a panel', () => {
  const awaiting = () => {
    const conversations = { 1: spoken(start), 2: spoken(start, { id: 2, status: 'resolved' }) };
    const state = aState({ conversations });
    return new Bench({
      ...state,
      link: { ...state.link, cable: 'live' },
      sync: { ...state.sync, fresh: { 1: true } },
    });
  };

  it('lets the cable go when the hold ends, and then asks for the awaited answers only', () => {
    const bench = awaiting().pass(holdFor - 1);
    expect(bench.effects).toEqual([]);
    bench.pass(1);
    expect(bench.effects).toEqual([{ type: 'cable.close' }]);
    expect(bench.state.link).toMatchObject({ cable: 'idle', since: start + holdFor, nextTryAt: null });
    expect(bench.state.sync.fresh).toEqual({});
    expect(bench.pass(minute - 1).effects).toEqual([]);
    expect(bench.pass(1).effects).toEqual([
      { type: 'http.listMessages', purpose: 'gap', conversationId: 1, before: null },
    ]);
    expect(bench.state.session.polledAt).toBe(bench.at);
  });

  it('takes the cable up again with the next word', () => {
    const bench = awaiting().pass(holdFor);
    bench.run({ type: 'message.submitted', echoId: 'a', conversationKey: '1', text: 'still there?' });
    expect(bench.asked).toContain('cable.open');
    expect(bench.state.link).toMatchObject({ cable: 'connecting', since: bench.at });
  });
});
