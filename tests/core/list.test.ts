// The full list: when it is asked for, and what it tells.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { ServerConversation } from '@/lib/core/server-types';
import {
  aConversation,
  aFrame,
  aMessage,
  anEntry,
  aState,
  Bench,
  failures,
  knownSession,
  liveState,
  newSession,
  ownMessage,
  serverConversation,
  start,
} from '../support/core-builders';

const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: null };
const listed = (conversations: ServerConversation[], requestedAt = start): Event => ({
  type: 'conversations.listed',
  conversations,
  etag: 'tag',
  requestedAt,
});
const lists = (bench: Bench) => bench.effects.filter(({ type }) => type === 'http.listConversations');

describe('asking', () => {
  it('happens when a panel opens, with the tag of the last list', () => {
    const bench = new Bench(aState({ session: { ...knownSession, listEtag: 'tag' } })).run(opened);
    expect(lists(bench)).toEqual([{ type: 'http.listConversations', etag: 'tag' }]);
  });

  it('happens once when a panel only goes to another conversation', () => {
    const bench = new Bench(liveState()).run(opened, listed([])).pass(60_000);
    expect(lists(bench.run({ ...opened, conversationKey: '1' } as Event))).toEqual([]);
  });

  it('ends with the contact session, even where a list that is under way fails later', () => {
    const bench = new Bench(liveState()).run(opened, { type: 'contact.gone', sourceId: 'fresh' });
    bench.run({ type: 'conversations.failed', failure: failures.unreachable });
    expect(lists(bench.pass(60_000))).toEqual([]);
  });

  it('waits for a contact session', () => {
    const bench = new Bench(aState({ session: newSession })).run(opened);
    expect([lists(bench), bench.state.sync.list.wanted]).toEqual([[], false]);
  });

  it('comes at most every 30 s, and late rather than never', () => {
    const bench = new Bench(liveState()).run(opened, listed([]));
    const again: Event = { ...opened, viewId: 'w' } as Event;
    expect(lists(bench.pass(10_000).run(again))).toEqual([]);
    expect(lists(bench.pass(19_999))).toEqual([]);
    expect(lists(bench.pass(1))).toHaveLength(1);
    expect(lists(bench.run(listed([])).pass(60_000))).toEqual([]);
  });

  it('is one at a time', () => {
    const bench = new Bench(aState()).run(opened).pass(40_000);
    expect(lists(bench.run({ ...opened, viewId: 'w' } as Event))).toEqual([]);
    expect(lists(bench.run(listed([])))).toHaveLength(1);
  });

  it('waits out a rate limit', () => {
    const link = { ...aState().link, rateLimitedUntil: start + 5 };
    const bench = new Bench(aState({ link })).run(opened);
    expect(lists(bench)).toEqual([]);
    expect(lists(bench.pass(5))).toHaveLength(1);
  });
});

describe('the list', () => {
  it('brings conversations with all their messages, and moves every watermark to the top', () => {
    const bench = new Bench(aState({ conversations: {}, syncedTo: { 3: 99 } })).run(
      opened,
      listed([
        serverConversation(1, [aMessage(8), aMessage(9)], { status: 'resolved', agentLastSeenAt: start }),
        serverConversation(2),
        serverConversation(3, [aMessage(50, { conversationId: 3 })]),
      ]),
    );
    expect(bench.state.conversations[1]).toMatchObject({
      status: 'resolved',
      newestId: 9,
      unread: [8, 9],
      agentLastSeenAt: start,
      changedAt: start,
    });
    expect(bench.state.syncedTo).toEqual({ 1: 9, 2: 0, 3: 99 });
    expect([...bench.history.keys()]).toEqual([8, 9, 50]);
    expect(bench.state.session.listEtag).toBe('tag');
    expect(bench.state.sync.listed).toBe(true);
    expect(bench.state.link.answeredAt).toBe(start);
  });

  it('leaves what is known of a conversation besides', () => {
    const conversations = { 1: aConversation(1, { readUpTo: 7, version: 3 }) };
    const bench = new Bench(aState({ conversations, syncedTo: { 1: 7 } })).run(
      listed([serverConversation(1)]),
    );
    expect(bench.state).toMatchObject({ conversations, syncedTo: { 1: 7 } });
  });

  it('that tells nothing new changes nothing', () => {
    const same = [serverConversation(1, [aMessage(8)])];
    const bench = new Bench(aState()).run(listed(same));
    const { conversations, syncedTo } = bench.state;
    bench.run(listed(same));
    expect(bench.state.conversations).toBe(conversations);
    expect(bench.state.syncedTo).toBe(syncedTo);
    expect(bench.messages).toEqual([]);
  });

  it('forgets conversations that are gone, but none of the words that wait in them', () => {
    const typist = [{ author: aMessage(1).author, until: start + 1_000 }];
    const window = { messages: [aMessage(8)], hasOlder: true, loadingOlder: true };
    const outbox = { a: anEntry('a', { status: 'failed', failure: 'gone' }) };
    const drafts = { '1': { text: 'and', changedAt: start, saved: true } };
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
    const bench = new Bench(
      aState({
        outbox,
        drafts,
        views,
        syncedTo: { 1: 8, 2: 4 },
        typing: { 1: typist },
        windows: { 1: window },
      }),
    ).run(listed([serverConversation(2)]));
    expect(Object.keys(bench.state.conversations)).toEqual(['2']);
    expect(bench.state.syncedTo).toEqual({ 2: 4 });
    expect(bench.state.typing).toEqual({});
    expect(bench.state.windows).toEqual({ 1: { messages: [], hasOlder: false, loadingOlder: false } });
    expect(bench.state.outbox).toBe(outbox);
    expect(bench.state.drafts).toBe(drafts);
    const closed = new Bench(aState()).run(listed([]));
    expect([closed.state.conversations, closed.state.windows]).toEqual([{}, {}]);
  });

  it('does not forget a conversation that was heard of after it was asked for', () => {
    const conversations = { 1: aConversation(1, { changedAt: start }) };
    const bench = new Bench(aState({ conversations }));
    expect(bench.run(listed([], start)).state.conversations).toHaveProperty('1');
    expect(bench.run(listed([], start + 1)).state.conversations).toEqual({});
  });

  it('does not overwrite the status of a later frame', () => {
    const bench = new Bench(aState()).run({
      type: 'frame.conversation',
      conversation: aFrame(1, { status: 'resolved' }),
    });
    const open = serverConversation(1, [], { status: 'open', agentLastSeenAt: 5_000 });
    expect(bench.run(listed([open])).state.conversations[1]).toMatchObject({
      status: 'resolved',
      agentLastSeenAt: 5_000,
    });
    expect(bench.run(listed([open], start + 1)).state.conversations[1]?.status).toBe('open');
  });

  it('that says something else than a frame that came meanwhile is asked for again, and whole: the frame may be the older one', () => {
    const state = liveState({ session: { ...knownSession, listEtag: 'before' } });
    const late = aFrame(1, { status: 'resolved', version: 5 });
    const told = listed([serverConversation(1)], start - 1);
    const bench = new Bench(state).run({ type: 'frame.conversation', conversation: late }, told);
    expect(bench.state.conversations[1]?.status).toBe('resolved');
    expect(bench.state.session.listEtag).toBeNull();
    expect(lists(bench)).toEqual([{ type: 'http.listConversations', etag: null }]);
    bench.wait(100).run(listed([serverConversation(1)], bench.at));
    expect(bench.state.conversations[1]?.status).toBe('open');
    expect(bench.state.session.listEtag).toBe('tag');
    expect(lists(bench.pass(60_000))).toEqual([]);
  });

  it('settles a message whose echo id is known', () => {
    const outbox = { a: anEntry('a', { status: 'uncertain', dueAt: start + 9 }) };
    const bench = new Bench(liveState({ outbox }), [ownMessage(8, { echoId: 'a' })]);
    expect(bench.run(listed([serverConversation(1, [ownMessage(8)])])).state.outbox).toEqual({});
  });
});

describe('a list of which something cannot be read', () => {
  const partial: Event = { ...listed([serverConversation(2)]), partial: true } as Event;

  it('forgets no conversation, for what is missing may be what cannot be read', () => {
    const bench = new Bench(liveState()).run(opened, partial);
    expect(Object.keys(bench.state.conversations)).toEqual(['1', '2']);
  });

  it('is asked for whole again the next time', () => {
    expect(new Bench(liveState()).run(opened, partial).state.session.listEtag).toBeNull();
  });
});

it('shows the messages of a list in the order of their times, and none is left out', () => {
  const messages = [aMessage(5), aMessage(3), aMessage(4)];
  const windows = { 1: { messages: [], hasOlder: true, loadingOlder: false } };
  const bench = new Bench(liveState({ windows })).run(listed([serverConversation(1, messages)]));
  expect(bench.state.windows[1]?.messages.map(({ id }) => id)).toEqual([3, 4, 5]);
});

describe('"unchanged"', () => {
  it('ends the request and proves that the server answers', () => {
    const bench = new Bench(aState()).run(opened).wait(9).run({ type: 'conversations.unchanged' });
    expect(bench.state.sync.list).toMatchObject({ busy: false, wanted: false });
    expect(bench.state.sync.listed).toBe(true);
    expect(bench.state.link.answeredAt).toBe(start + 9);
  });
});

describe('a failure', () => {
  const failed = (kind: keyof typeof failures): Event => ({
    type: 'conversations.failed',
    failure: failures[kind],
  });

  it('is tried again later', () => {
    const bench = new Bench(aState()).run(opened, failed('unreachable'));
    expect(bench.asked).not.toContain('http.getContact');
    expect(lists(bench.pass(999))).toEqual([]);
    expect(lists(bench.pass(1))).toHaveLength(1);
  });

  it('of haste quiets everything', () => {
    const bench = new Bench(aState()).run(opened, failed('tooFast'));
    expect(bench.state.link.rateLimitedUntil).toBe(start + 11_250);
  });

  it('404 asks whether the contact session is gone', () => {
    expect(new Bench(aState()).run(opened, failed('gone')).asked).toContain('http.getContact');
  });
});
