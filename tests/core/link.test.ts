// The way to the server: what a live cable sets off, what a loss costs, and how a person is told.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { linkView } from '@/lib/core/link';
import type { State } from '@/lib/core/state';
import type { CableName, Link } from '@/lib/core/types';
import {
  aConversation,
  anEntry,
  aState,
  awaited,
  Bench,
  failures,
  knownSession,
  newSession,
  start,
} from '../support/core-builders';

const cable = (name: CableName, nextTryAt: number | null = null, attempt = 0): Event => ({
  type: 'cable.changed',
  cable: name,
  attempt,
  nextTryAt,
});
const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
const linked = (name: CableName, change: Partial<State> = {}) => {
  const state = aState({ views, ...change });
  return new Bench({
    ...state,
    session: { ...state.session, polledAt: start },
    link: { ...state.link, ...change.link, cable: name },
  });
};
const read = (bench: Bench) =>
  bench.effects.flatMap((effect) => (effect.type === 'http.listMessages' ? [effect.conversationId] : []));

describe('a cable that goes live', () => {
  it('reads the list, and what is on screen, awaited or to be sent', () => {
    const outbox = {
      a: anEntry('a', { conversationKey: '3', dueAt: start + 9 }),
      b: anEntry('b', { conversationKey: '5', status: 'failed' }),
      c: anEntry('c', { conversationKey: 'local', dueAt: start + 9 }),
    };
    const conversations = {
      1: aConversation(1),
      2: aConversation(2, { preview: awaited }),
      4: aConversation(4),
    };
    const list = { viewId: 'w', windowId: 2, conversationKey: null, seenUpTo: null, visible: false };
    const bench = linked('connecting', { outbox, conversations, views: { ...views, w: list } }).run(
      cable('live'),
    );
    expect(read(bench)).toEqual([1, 2, 3]);
    expect(bench.asked).toContain('http.listConversations');
    expect(bench.state.link).toMatchObject({ cable: 'live', since: start, nextTryAt: null });
  });

  it('does not trust what was read before', () => {
    const state = aState();
    const bench = linked('connecting', { sync: { ...state.sync, fresh: { 1: true } } });
    expect(bench.run(cable('live')).state.sync.fresh).toEqual({});
  });

  it('reads once, and says nothing new when it says so twice', () => {
    const bench = linked('connecting').run(cable('live')).wait(5);
    bench.state = { ...bench.state, sync: { ...bench.state.sync, fresh: { 1: true } } };
    bench.run(cable('live'));
    expect([read(bench), bench.state.link.since, bench.state.sync.fresh]).toEqual([[], start, { 1: true }]);
  });

  it('is what is waited for: one that is tried reads nothing, and has not failed', () => {
    const link: Link = { ...aState().link, cause: 'answers' };
    const bench = linked('waiting', { link }).run(cable('connecting', null, 2));
    expect([bench.effects, linkView(bench.state, bench.at).name]).toEqual([[], 'connecting']);
  });

  it('is not believed once it was let go', () => {
    const bench = new Bench(aState()).run(cable('live'));
    expect([bench.state.link.cable, bench.effects]).toEqual(['idle', []]);
  });
});

it('believes a live cable more than what the browser said of the network', () => {
  const link: Link = { ...aState().link, online: false };
  const bench = linked('connecting', { link });
  expect(linkView(bench.state, bench.at).name).toBe('offline');
  bench.run(cable('live'));
  expect(linkView(bench.state, bench.at).name).toBe('live');
});

describe('a cable that falls', () => {
  it('makes everything read before doubtful', () => {
    const state = aState();
    const link = { ...state.link, answeredAt: start };
    const bench = linked('live', { link, sync: { ...state.sync, fresh: { 1: true } } }).wait(5);
    bench.run(cable('waiting', start + 500));
    expect(bench.state.sync.fresh).toEqual({});
    expect(bench.state.link).toMatchObject({
      cable: 'waiting',
      since: start + 5,
      nextTryAt: start + 500,
      answeredAt: 0,
    });
  });

  it('keeps that the server answered after the fall, but no read: nobody tells what came after it', () => {
    const state = aState();
    const fresh = { 1: true } as const;
    const link = { ...state.link, answeredAt: start };
    const bench = linked('waiting', { link, sync: { ...state.sync, fresh } }).run(cable('connecting'));
    expect([bench.state.sync.fresh, bench.state.link.answeredAt]).toEqual([{}, start]);
  });
});

describe('a cable that cannot be had', () => {
  it('is replaced by asking every minute for what is on screen', () => {
    const bench = linked('waiting').pass(59_999);
    expect(read(bench)).toEqual([]);
    expect(read(bench.pass(1))).toEqual([1]);
    expect(bench.asked).not.toContain('http.listConversations');
    bench.run({
      type: 'messages.listed',
      purpose: 'gap',
      asked: null,
      conversationId: 1,
      messages: [],
      before: null,
      complete: true,
      requestedAt: bench.at,
    });
    expect(read(bench.pass(59_999))).toEqual([]);
    expect(read(bench.pass(1))).toEqual([1]);
    expect(bench.asked).not.toContain('http.listConversations');
  });

  it('is replaced by asking for the list where that is on screen', () => {
    const list = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } };
    expect(linked('closed', { views: list }).pass(60_000).asked).toEqual(['http.listConversations']);
  });

  it('is first given a minute, after it was opened and after it fell', () => {
    const bench = new Bench(aState({ views })).run({ type: 'time.passed' });
    expect(bench.asked).toEqual(['cable.open']);
    expect(read(bench.pass(59_999))).toEqual([]);
    const fallen = linked('live').pass(600_000).run(cable('waiting'));
    expect([fallen.effects, fallen.state.session]).toEqual([[], { ...knownSession, polledAt: fallen.at }]);
  });

  it('is not replaced while it is live', () => {
    expect(linked('live').pass(600_000).effects).toEqual([]);
  });

  it('is replaced at once when somebody asks, where only the cable is kept away', () => {
    const blocked: Link = { ...aState().link, cause: 'cableBlocked' };
    expect(read(linked('waiting', { link: blocked }).run({ type: 'link.retried' }))).toEqual([1]);
    expect(read(linked('waiting').run({ type: 'link.retried' }))).toEqual([]);
  });

  it('is opened anew when it had given up and somebody wants it', () => {
    const bench = linked('closed').run({ type: 'link.retried' });
    expect(bench.asked).toEqual(['cable.close', 'cable.open']);
    expect(bench.state.link.cable).toBe('connecting');
  });
});

describe('a hurry', () => {
  it.each<[string, Event]>([
    ['the user asks for it', { type: 'link.retried' }],
    ['the browser is online again', { type: 'online.changed', online: true }],
    ['a panel opens', { type: 'view.opened', viewId: 'new', windowId: 1, conversationKey: '1' }],
  ])('when %s tries everything that waits at once', (_, event) => {
    const later = { wanted: true, busy: false, attempts: 3, dueAt: start + 9_000 };
    const state = aState();
    const gap = {
      ...later,
      conversationId: 1,
      before: null,
      top: 0,
      beyond: false,
      startedAt: 0,
      unclaimed: [],
    };
    const sync = {
      ...state.sync,
      contact: later,
      list: { ...later, lastAt: 0 },
      gaps: { 1: gap },
    };
    const outbox = { a: anEntry('a', { conversationKey: '2', dueAt: start + 9_000 }) };
    const link: Link = { ...state.link, online: false };
    const bench = linked('waiting', { sync, outbox, link }).run(event);
    expect(bench.asked.toSorted()).toEqual([
      'cable.reconnect',
      'http.getContact',
      'http.listConversations',
      'http.listMessages',
      'http.listMessages', // the baseline of the message
    ]);
  });

  it('ends a try to connect that may hang', () => {
    expect(linked('connecting').run({ type: 'link.retried' }).asked).toEqual(['cable.reconnect']);
  });

  it('asks for nothing that nobody wants', () => {
    const busy = { wanted: false, busy: true, attempts: 0, dueAt: 0 };
    const state = aState();
    const gap = {
      ...busy,
      conversationId: 1,
      before: null,
      top: 0,
      beyond: false,
      startedAt: 0,
      unclaimed: [],
    };
    const list = { wanted: true, busy: false, attempts: 0, dueAt: start + 9_000, lastAt: start };
    const bench = linked('live', { sync: { ...state.sync, gaps: { 1: gap }, list } }).run({
      type: 'link.retried',
    });
    expect(bench.asked).toEqual(['cable.reconnect']);
    expect(bench.state.sync.list.dueAt).toBe(start + 9_000);
    expect(bench.state.sync.gaps[1]?.wanted).toBe(false);
  });

  it('leaves what has to settle, and the rate limit', () => {
    const outbox = {
      a: anEntry('a', { status: 'uncertain', dueAt: start + 9_000 }),
      b: anEntry('b', { conversationKey: '2', dueAt: start + 9_000 }),
    };
    const link = { ...aState().link, rateLimitedUntil: start + 5_000 };
    const bench = linked('live', { outbox, link }).run({ type: 'link.retried' });
    expect(bench.state.outbox.a?.dueAt).toBe(start + 9_000);
    expect(bench.asked).toEqual(['cable.reconnect']);
  });

  it('comes from being told online although nobody heard of the loss, as after a sleep, with a cable that seems live', () => {
    expect(linked('live').run({ type: 'online.changed', online: true }).asked).toContain('cable.reconnect');
  });

  it('does not come from going offline', () => {
    const outbox = { a: anEntry('a', { dueAt: start + 9_000 }) };
    const bench = linked('waiting', { outbox }).run({ type: 'online.changed', online: false });
    expect([bench.effects, bench.state.link.online]).toEqual([[], false]);
  });
});

describe('the strip', () => {
  const view = (link: Partial<Link>, change: Partial<State> = {}) => {
    const state = aState(change);
    return linkView({ ...state, link: { ...state.link, since: 5, nextTryAt: 8, ...link } }, start);
  };

  it.each<[string, Partial<Link>, object]>([
    ['live', { cable: 'live' }, { name: 'live', since: 5, nextTryAt: null }],
    ['live, whatever the browser believes', { cable: 'live', online: false }, { name: 'live' }],
    ['connecting', { cable: 'connecting' }, { name: 'connecting', since: 5, nextTryAt: null }],
    ['waiting', { cable: 'waiting' }, { name: 'reconnecting', since: 5, nextTryAt: 8 }],
    ['closed', { cable: 'closed', nextTryAt: null }, { name: 'reconnecting', since: 5, nextTryAt: null }],
    ['idle', { cable: 'idle' }, { name: 'idle', since: 5, nextTryAt: null }],
    ['offline', { cable: 'waiting', online: false }, { name: 'offline', since: 5, nextTryAt: null }],
    [
      'rate limited',
      { online: false, rateLimitedUntil: start + 1 },
      { name: 'rateLimited', nextTryAt: start + 1 },
    ],
    [
      'without a cable that has given up, of which the inbox is asked later',
      { cable: 'closed', nextTryAt: null },
      { name: 'reconnecting', since: 5, nextTryAt: null },
    ],
    [
      'silent while it is tried',
      { cable: 'connecting', cause: 'failing' },
      { name: 'silent', checking: true },
    ],
    [
      'intercepted while it is tried',
      { cable: 'connecting', cause: 'intercepted' },
      { name: 'intercepted', since: 5, checking: true },
    ],
    ['no longer rate limited', { cable: 'live', rateLimitedUntil: start }, { name: 'live' }],
  ])('says when the link is %s', (_, link, expected) => {
    expect(view(link)).toMatchObject(expected);
  });

  it('tells since when there is no cable, whatever was tried since', () => {
    const bench = linked('live')
      .wait(5_000)
      .run(cable('waiting', start + 5_500, 0));
    bench.wait(500).run(cable('connecting', null, 0));
    bench.wait(500).run(cable('waiting', start + 9_000, 1));
    expect(linkView(bench.state, bench.at)).toEqual({
      name: 'reconnecting',
      since: start + 5_000,
      nextTryAt: start + 9_000,
    });
    expect(linkView(bench.run(cable('live')).state, bench.at).since).toBe(bench.at);
  });

  it('does not tell since when something is wrong beside a live cable', () => {
    expect(view({ cable: 'live', rateLimitedUntil: start + 1 }).since).toBe(0);
  });

  it('says what is being asked where the server does not answer, and nothing of that where all is well', () => {
    const busy = { wanted: false, busy: true, attempts: 2, dueAt: start };
    const { sync } = aState();
    const asked = { sync: { ...sync, list: { ...busy, lastAt: 0 } } };
    expect(view({ cable: 'live' }, asked)).toEqual({
      name: 'silent',
      since: 0,
      nextTryAt: null,
      checking: true,
    });
    const well = { sync: { ...sync, list: { ...busy, attempts: 0, lastAt: 0 } } };
    expect(view({ cable: 'live' }, well)).toEqual({ name: 'live', since: 5, nextTryAt: null });
    const missing = { sync: { ...sync, contact: busy } };
    expect(view({ inboxMissing: true }, missing)).toMatchObject({ name: 'inboxMissing', checking: true });
    expect(view({ inboxMissing: true })).toEqual({ name: 'inboxMissing', since: 0, nextTryAt: null });
  });

  it('counts down to the next question where a cable has given up and nobody answers why', () => {
    const bench = linked('connecting').run(cable('closed'));
    expect(linkView(bench.state, bench.at).nextTryAt).toBeNull();
    bench.run({ type: 'inbox.failed', purpose: 'cause', failure: failures.unreachable });
    expect(linkView(bench.state, bench.at)).toMatchObject({
      name: 'reconnecting',
      nextTryAt: bench.at + 60_000,
    });
  });

  it('says when the contact session is long in coming, or cannot be had', () => {
    const bench = new Bench(aState({ session: newSession }));
    expect(linkView(bench.state, start).name).toBe('idle');
    bench.run({ type: 'message.submitted', echoId: 'a', conversationKey: 'local', text: 'x' });
    expect(linkView(bench.state, start + 500)).toEqual({ name: 'connecting', since: start, nextTryAt: null });
    bench.run({ type: 'contact.failed', failure: failures.unreachable });
    expect(linkView(bench.state, start)).toEqual({
      name: 'reconnecting',
      since: 0,
      nextTryAt: start + 1_000,
    });
  });
});

it('holds no cable without a contact session', () => {
  expect(new Bench(aState({ views, session: newSession })).run({ type: 'time.passed' }).effects).toEqual([]);
  expect(new Bench(aState({ views, session: knownSession })).run({ type: 'time.passed' }).asked).toEqual([
    'cable.open',
  ]);
});
