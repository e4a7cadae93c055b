// The computer's clock is set back or forward, or slept: nothing waits for the old time, nothing settles too early.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { linkView } from '@/lib/core/link';
import type { Link } from '@/lib/core/types';
import { nextWakeAt } from '@/lib/core/wake';
import {
  aConversation,
  aCreation,
  anEntry,
  aState,
  awaited,
  Bench,
  emptyPage,
  liveState,
  start,
} from '../support/core-builders';

const hours = 3_600_000;
const changed: Event = { type: 'clock.changed' };
const ahead = start + 5 * hours;

describe('after the clock was set back', () => {
  it('what waits is tried now, and what settles does so from now on', () => {
    const outbox = {
      a: anEntry('a', { dueAt: ahead, attempts: 1 }),
      b: anEntry('b', { conversationKey: '2', status: 'uncertain', dueAt: ahead, attemptedAt: ahead }),
    };
    const creations = {
      c: aCreation('c', { dueAt: ahead }),
      d: aCreation('d', { phase: 'uncertain', dueAt: ahead, attemptedAt: ahead }),
    };
    const bench = new Bench(liveState({ outbox, creations })).run(changed);
    expect(bench.asked).toContain('http.createMessage');
    expect(bench.state.outbox.b).toMatchObject({ dueAt: start + 60_000, attemptedAt: start });
    expect(bench.state.creations).toMatchObject({ c: { dueAt: start }, d: { dueAt: start + 60_000 } });
  });

  it('requests that wait are sent, and times that lie ahead count as now', () => {
    const state = aState({
      views: { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: true } },
      focusedWindowId: 1,
      conversations: { 1: aConversation(1, { changedAt: ahead, readUpTo: 5 }), 2: aConversation(2) },
    });
    const waits = { wanted: true, busy: false, attempts: 3, dueAt: ahead };
    const bench = new Bench({
      ...state,
      session: { ...state.session, polledAt: ahead },
      link: { ...state.link, cable: 'waiting', since: ahead, answeredAt: ahead, rateLimitedUntil: ahead },
      sync: {
        ...state.sync,
        contact: waits,
        list: { ...waits, lastAt: ahead },
        lastSeen: { ...state.sync.lastSeen, sentAt: ahead, dueAt: ahead, readAt: { 1: ahead } },
      },
    }).run(changed);
    expect(bench.asked).toEqual(
      expect.arrayContaining(['http.getContact', 'http.listConversations', 'cable.reconnect']),
    );
    expect(bench.state.link).toMatchObject({ since: start, answeredAt: 0, rateLimitedUntil: 0 });
    expect(bench.state.conversations[1]?.changedAt).toBe(start);
    expect(bench.state.session).toEqual({ ...state.session, polledAt: start });
    // Without a cable, what came meanwhile is read before the server is told what was.
    expect(bench.pass(5_000).asked).toEqual(['http.listMessages']);
    expect(linkView(bench.state, bench.at).name).toBe('reconnecting');
    expect(nextWakeAt(bench.state, bench.at)).toBeLessThanOrEqual(bench.at + 60_000);
  });

  it('a person is told to the server a minute from now at the latest', () => {
    const state = aState();
    const session = { ...state.session, polledAt: start - hours, tellAt: ahead };
    const after = new Bench({ ...state, session }).run(changed).state.session;
    expect(after).toEqual({ ...session, tellAt: start + 60_000 });
  });

  it('an answer on its way still ends its read', () => {
    const bench = new Bench(liveState());
    bench.at = ahead;
    bench.run({ type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' });
    bench.at = start;
    bench.run(changed, emptyPage);
    expect(bench.state.sync.gaps).toEqual({});
  });
});

describe('the link after the clock was changed', () => {
  const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
  const link: Link = { ...liveState().link, since: start, answeredAt: start };
  const linkAfter = (change: Partial<Link>) =>
    new Bench(liveState({ views, link: { ...link, ...change } })).run(changed).state.link;

  it('stays as it is where none of its times lies ahead, and the longest pause is kept', () => {
    expect(linkAfter({})).toEqual(link);
    expect(linkAfter({ rateLimitedUntil: start + 75_000 })).toMatchObject({
      answeredAt: start,
      rateLimitedUntil: start + 75_000,
    });
  });

  it('is in its state since now, has given no proof, or need not pause, where that time lies ahead', () => {
    expect(linkAfter({ since: ahead })).toMatchObject({ since: start, answeredAt: 0 });
    expect(linkAfter({ answeredAt: ahead })).toEqual({ ...link, answeredAt: 0 });
    expect(linkAfter({ rateLimitedUntil: start + 75_001 })).toMatchObject({ rateLimitedUntil: 0 });
  });

  it('keeps its pause where another time lies ahead', () => {
    const rateLimitedUntil = start + 75_000;
    expect(linkAfter({ since: ahead, rateLimitedUntil })).toMatchObject({ since: start, rateLimitedUntil });
  });
});

describe('after a sleep or a leap forward', () => {
  it('what may still be under way settles its whole time', () => {
    const outbox = { a: anEntry('a', { status: 'uncertain', dueAt: start }) };
    const bench = new Bench(liveState({ outbox })).run(changed);
    expect(bench.state.outbox.a?.dueAt).toBe(start + 60_000);
    expect(bench.asked).not.toContain('http.listMessages');
    expect(bench.pass(60_000).asked).toEqual(['http.listMessages']);
  });

  it('a conversation that may still be created settles its whole time', () => {
    const creations = { c: aCreation('c', { phase: 'uncertain', dueAt: start - hours }) };
    expect(new Bench(liveState({ creations })).run(changed).state.creations.c?.dueAt).toBe(start + 60_000);
  });

  it('what neither waits nor settles is not saved anew', () => {
    const outbox = {
      a: anEntry('a', { status: 'sending', attemptedAt: start }),
      b: anEntry('b', { conversationKey: '2', status: 'failed', failure: 'refused', dueAt: start - hours }),
    };
    const creations = {
      c: aCreation('c', { phase: 'created', conversationId: 1, attemptedAt: start, dueAt: start - hours }),
      d: aCreation('d', { phase: 'creating', attemptedAt: start, dueAt: start - hours }),
    };
    const { state } = new Bench(liveState({ outbox, creations })).run(changed);
    expect([state.outbox, state.creations]).toEqual([outbox, creations]);
    expect([state.outbox === outbox, state.creations === creations]).toEqual([true, true]);
  });
});

describe('a start', () => {
  it('after the clock was set back waits for nothing that lies hours ahead', () => {
    const outbox = {
      a: anEntry('a', { dueAt: ahead, attempts: 1 }),
      b: anEntry('b', { conversationKey: '2', status: 'sending', attemptedAt: ahead }),
    };
    const bench = new Bench(aState({ outbox })).run({ type: 'background.started' });
    expect(bench.state.outbox.a?.dueAt).toBeLessThanOrEqual(start + 60_000);
    expect(bench.state.outbox.b).toMatchObject({ status: 'uncertain', dueAt: start + 75_000 });
  });

  it('leaves alone what is due within reason', () => {
    const outbox = {
      a: anEntry('a', { dueAt: start + 70_000, attemptedAt: start }),
      b: anEntry('b', { status: 'uncertain', attempts: 12, dueAt: start + 960_000 }),
    };
    const state = aState({ outbox });
    expect(new Bench(state).run({ type: 'background.started' }).state.outbox).toBe(outbox);
    const session = { ...state.session, polledAt: start, tellAt: start + 60_000 };
    const conversations = { 1: aConversation(1, { changedAt: start }) };
    const quiet = new Bench(aState({ session, conversations })).run({ type: 'background.started' }).state;
    expect([quiet.session === session, quiet.conversations === conversations]).toEqual([true, true]);
  });

  it('looks for an answer that was to be looked for while there was no background', () => {
    const minutes = 60_000;
    const preview = { ...awaited, createdAt: start - 12 * minutes };
    const bench = new Bench(aState({ conversations: { 1: aConversation(1, { preview }) } }));
    bench.state = { ...bench.state, session: { ...bench.state.session, polledAt: start - 2 * minutes } };
    expect(bench.run({ type: 'background.started' }).asked).toEqual(['http.listMessages']);
  });

  it('does not make a conversation one that was heard of just now', () => {
    const bench = new Bench(aState()).run({ type: 'background.started' });
    bench.run({ type: 'conversations.listed', conversations: [], etag: null, requestedAt: start });
    expect(bench.state.conversations).toEqual({});
  });
});
