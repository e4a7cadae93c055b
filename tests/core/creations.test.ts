// New conversations: created with their first message, once, and mapped to the server's id.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import {
  aConversation,
  aCreation,
  aMessage,
  anEntry,
  aState,
  Bench,
  failures,
  liveState,
  newSession,
  ownMessage,
  serverConversation,
  start,
} from '../support/core-builders';

const first: Event = { type: 'message.submitted', echoId: 'a', conversationKey: 'local', text: 'hello' };
const received = (id: number, messages = [] as ReturnType<typeof aMessage>[]): Event => ({
  type: 'conversation.received',
  localConversationId: 'local',
  conversation: serverConversation(id, messages),
  requestedAt: start,
});
const failed = (failure: (typeof failures)[keyof typeof failures]): Event => ({
  type: 'conversation.failed',
  localConversationId: 'local',
  failure,
});
const creating = (change = {}, more: Partial<State> = {}) =>
  liveState({
    creations: {
      local: aCreation('local', { phase: 'creating', attemptedAt: start, baselineId: 1, ...change }),
    },
    outbox: { a: anEntry('a', { conversationKey: 'local' }) },
    ...more,
  });

describe('a first message', () => {
  it('asks for the contact, then the conversation, then posts', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} })).run(first);
    expect(bench.asked).toEqual(['http.createContact']);
    bench.run({
      type: 'contact.received',
      pubsubToken: 'token',
      contactId: 7,
      name: null,
      email: null,
      phoneNumber: null,
    });
    expect(bench.effects).toEqual([
      { type: 'http.createConversation', localConversationId: 'local' },
      { type: 'cable.open' },
    ]);
    expect(bench.run(received(9)).effects).toEqual([
      { type: 'http.createMessage', echoId: 'a', conversationId: 9, text: 'hello' },
    ]);
  });

  it('notes the highest conversation known before it creates one', () => {
    const conversations = { 3: aConversation(3), 8: aConversation(8) };
    const { state } = new Bench(liveState({ conversations })).run(first);
    expect(state.creations.local).toEqual(
      aCreation('local', { phase: 'creating', attemptedAt: start, baselineId: 8 }),
    );
  });

  it('creates nothing before the server has answered a read lately', () => {
    const stale = { ...aState().link, answeredAt: start - 10_000 };
    expect(new Bench(aState({ link: stale })).run(first).asked).toContain('http.getContact');
    const fresh = { ...stale, answeredAt: start - 9_999 };
    expect(new Bench(aState({ link: fresh })).run(first).asked).toContain('http.createConversation');
  });

  it('is one creation, however many messages wait for it', () => {
    const second: Event = { ...first, echoId: 'b' };
    const bench = new Bench(liveState()).run(first, second);
    expect(bench.asked).toEqual(['http.createConversation']);
    expect(bench.run(received(9)).effects).toMatchObject([{ type: 'http.createMessage', echoId: 'a' }]);
    expect(bench.state.outbox.b?.conversationKey).toBe('9');
  });

  it('thrown away before it was sent takes the creation with it', () => {
    const limited = { ...liveState().link, rateLimitedUntil: start + 1 };
    const elsewhere = { c: anEntry('c') };
    const bench = new Bench(liveState({ link: limited, outbox: elsewhere }));
    bench.run(first, { ...first, echoId: 'b' });
    bench.run({ type: 'message.discarded', echoId: 'a' });
    expect(Object.keys(bench.state.creations)).toEqual(['local']);
    bench.run({ type: 'message.discarded', echoId: 'b' });
    expect(bench.state.creations).toEqual({});
  });

  it('thrown away later leaves the creation under way to be settled', () => {
    const bench = new Bench(creating()).run({ type: 'message.discarded', echoId: 'a' });
    expect(bench.state.creations.local?.phase).toBe('creating');
  });
});

describe('the id', () => {
  it('takes over outbox, draft, window and views', () => {
    const draft = { text: 'and', changedAt: start, saved: true };
    const views = {
      v: { viewId: 'v', windowId: 1, conversationKey: 'local', seenUpTo: null, visible: false },
      w: { viewId: 'w', windowId: 2, conversationKey: '1', seenUpTo: null, visible: false },
    };
    const other = anEntry('b', { conversationKey: '1', status: 'failed' });
    const bench = new Bench(creating({}, { drafts: { local: draft }, views }));
    const { state } = bench.run({ ...received(9) });
    expect(state.creations.local).toMatchObject({ phase: 'created', conversationId: 9 });
    expect(state.outbox.a).toMatchObject({ conversationKey: '9', status: 'sending' });
    expect(state.drafts).toEqual({ '9': { ...draft, saved: false } });
    expect([state.views.v?.conversationKey, state.views.w?.conversationKey]).toEqual(['9', '1']);
    expect(state.windows[9]).toEqual({ messages: [], hasOlder: false, loadingOlder: false });
    const untouched = new Bench(creating({}, { outbox: { b: other } })).run(received(9)).state;
    expect(untouched.outbox.b).toBe(other);
    expect(untouched.windows).toEqual({});
  });

  it('opens no window where panels show something else', () => {
    const views = { w: { viewId: 'w', windowId: 2, conversationKey: '1', seenUpTo: null, visible: false } };
    expect(new Bench(creating({}, { views })).run(received(9)).state.windows).toEqual({});
  });

  it('proves that the server answers', () => {
    expect(new Bench(creating()).wait(9).run(received(9)).state.link.answeredAt).toBe(start + 9);
  });

  it('joins two drafts where the conversation turns out to be an old one', () => {
    const draft = (text: string) => ({ text, changedAt: start, saved: true });
    const both = new Bench(creating({}, { drafts: { local: draft('new'), '1': draft('old') } })).run(
      received(1),
    );
    expect(both.state.drafts['1']?.text).toBe('old\nnew');
    const empty = new Bench(creating({}, { drafts: { local: draft(''), '1': draft('old') } })).run(
      received(1),
    );
    expect(empty.state.drafts['1']?.text).toBe('old');
  });

  it('of an old conversation brings its history, and sends above it', () => {
    const bench = new Bench(creating()).run(received(1, [aMessage(20), ownMessage(21)]));
    expect([...bench.history.keys()]).toEqual([20, 21]);
    expect(bench.state.outbox.a).toMatchObject({ status: 'sending', baselineId: 21 });
  });

  it('keeps a window that is open already', () => {
    const window = { messages: [aMessage(20)], hasOlder: true, loadingOlder: false };
    const views = {
      v: { viewId: 'v', windowId: 1, conversationKey: 'local', seenUpTo: null, visible: false },
    };
    expect(new Bench(creating({}, { views, windows: { 1: window } })).run(received(1)).state.windows[1]).toBe(
      window,
    );
  });

  it('told twice, or of a creation that is not known, moves nothing again', () => {
    const bench = new Bench(creating()).run(received(9), received(10));
    expect(bench.state.creations.local?.conversationId).toBe(9);
    expect(bench.state.outbox.a?.conversationKey).toBe('9');
    expect(new Bench(aState()).run(received(9)).state.creations).toEqual({});
  });
});

describe('a failure', () => {
  it('that nobody knows about is settled later', () => {
    const { state } = new Bench(creating()).run(failed(failures.timeout));
    expect(state.creations.local).toMatchObject({ phase: 'uncertain', attempts: 1, dueAt: start + 60_000 });
  });

  it('for haste is tried again after a while', () => {
    const bench = new Bench(creating()).run(failed(failures.tooMany));
    expect(bench.state.creations.local).toMatchObject({
      phase: 'wanted',
      attempts: 1,
      dueAt: start + 11_250,
    });
    expect(bench.pass(11_249).effects).toEqual([]);
    expect(bench.pass(1).asked).toEqual(['http.createConversation']);
  });

  it('for haste counts for all requests when the server says so', () => {
    const { state } = new Bench(creating()).run(failed(failures.tooFast));
    expect(state.link.rateLimitedUntil).toBe(start + 11_250);
  });

  it('that is final keeps the words of this conversation as failed, until a retry', () => {
    const other = anEntry('b', { dueAt: start + 9 });
    const entries = { a: anEntry('a', { conversationKey: 'local' }), b: other };
    const bench = new Bench(creating({}, { outbox: entries }));
    bench.run(failed({ kind: 'status', status: 422, message: 'no' } as never));
    expect(bench.state.outbox.a).toMatchObject({ status: 'failed', failure: 'refused' });
    expect(bench.state.outbox.b).toBe(other);
    expect(bench.effects).toEqual([]);
    expect(bench.run({ type: 'message.retried', echoId: 'a' }).asked).toEqual(['http.createConversation']);
  });

  it('404 asks whether the contact session is gone, and goes on with a new one', () => {
    const bench = new Bench(creating()).run(failed(failures.gone));
    expect(bench.asked).toEqual(['http.getContact']);
    bench.run({ type: 'contact.gone', sourceId: 'other' });
    expect(bench.state.outbox.a?.status).toBe('queued');
    expect(bench.pass(1_250).asked).toEqual(['http.createContact']);
  });

  it('404 of a contact that is there is tried again four times, then the words have failed', () => {
    const bench = new Bench(creating());
    for (const wait of [1_000, 2_000, 4_000, 8_000]) {
      bench.run(failed(failures.gone));
      expect(bench.asked).toContain('http.getContact');
      bench.run({
        type: 'contact.received',
        pubsubToken: 'token',
        contactId: 7,
        name: 'Ada',
        email: null,
        phoneNumber: null,
      });
      expect(bench.pass(wait - 1).asked).toEqual([]);
      expect(bench.pass(1).asked).toEqual(['http.createConversation']);
    }
    bench.run(failed(failures.gone));
    expect(bench.state.outbox.a).toMatchObject({ status: 'failed', failure: 'refused' });
    expect(bench.run({ type: 'message.retried', echoId: 'a' }).asked).toContain('http.createConversation');
  });

  it('rests longer after each unanswered attempt from the fourth on, and ends after the twelfth', () => {
    const bench = new Bench(creating({ attempts: 3 })).run(failed(failures.broken));
    expect(bench.state.creations.local?.dueAt).toBe(start + 120_000);
    const last = new Bench(creating({ attempts: 11 })).run(failed(failures.broken)).wait(2_000_000);
    last.run({ type: 'conversations.listed', conversations: [], etag: null, requestedAt: last.at });
    expect(last.state.outbox.a).toMatchObject({ status: 'failed', failure: null });
    last.run({ type: 'message.retried', echoId: 'a' });
    expect(last.state.creations.local).toMatchObject({
      phase: expect.stringMatching(/wanted|creating/),
      attempts: 0,
    });
  });

  it('of a creation that is done or unknown changes nothing', () => {
    const done = creating({ phase: 'created', conversationId: 9 });
    expect(new Bench(done).run(failed(failures.timeout)).state.creations).toBe(done.creations);
    expect(new Bench(aState()).run(failed(failures.timeout)).state.creations).toEqual({});
  });
});
