// A conversation that the server no longer has: left alone at once, its words kept, sent elsewhere when asked.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { anEntry, Bench, emptyPage, failures, liveState, start } from '../support/core-builders';

const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
const listed: Event = {
  type: 'messages.failed',
  purpose: 'gap',
  asked: null,
  conversationId: 1,
  failure: failures.gone,
};
const contact: Event = {
  type: 'contact.received',
  pubsubToken: 'token',
  contactId: 7,
  name: 'Ada',
  email: null,
  phoneNumber: null,
};
const retried = (echoId: string): Event => ({ type: 'message.retried', echoId });
const drop: Event = { type: 'cable.changed', cable: 'waiting', attempt: 1, nextTryAt: start + 9 };
const live: Event = { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null };

/** Conversation 1 is on screen with one message that waits, and turns out to be gone. */
function gone(outbox = { a: anEntry('a', { sequence: 1 }), b: anEntry('b', { sequence: 2 }) }): Bench {
  const bench = new Bench(liveState({ views, outbox })).run({
    type: 'message.failed',
    echoId: 'a',
    failure: failures.gone,
  });
  bench.run({ type: 'time.passed' });
  bench.run({ type: 'message.failed', echoId: 'a', failure: failures.gone });
  return bench.run(contact, listed);
}

describe('a conversation that is gone', () => {
  it('is forgotten, and its words stay as not sent', () => {
    const { state } = gone();
    expect(state.conversations).toEqual({});
    expect(state.outbox).toMatchObject({
      a: { status: 'failed', failure: 'gone' },
      b: { status: 'failed', failure: 'gone' },
    });
    expect(state.sync.doubted).toEqual({});
  });

  it('is not asked for again, though a panel still shows it', () => {
    const bench = gone().run(drop, live);
    expect(bench.asked).not.toContain('http.listMessages');
    bench.run(drop);
    expect(bench.pass(60_000).asked).not.toContain('http.listMessages');
  });

  it('is asked for once by a panel that opens it, and then left alone', () => {
    const bench = gone().run({ type: 'view.opened', viewId: 'w', windowId: 2, conversationKey: '1' });
    expect(bench.asked).toContain('http.listMessages');
    expect(bench.run(listed).asked).toContain('http.getContact');
    bench.run(contact, listed);
    expect(bench.pass(3_600_000).asked).not.toContain('http.listMessages');
  });

  it('is not gone yet when the contact is there: it is asked for once more, and may have been there all along', () => {
    const bench = new Bench(liveState({ outbox: { a: anEntry('a', { status: 'sending' }) } }));
    bench.run({ type: 'message.failed', echoId: 'a', failure: failures.gone }).run(contact);
    expect(bench.asked).toEqual(['http.listMessages']);
    expect(bench.state.outbox.a).toMatchObject({ status: 'queued' });
    bench.run({ ...emptyPage, requestedAt: bench.at });
    expect(bench.state.sync.doubted).toEqual({});
    expect(bench.asked).toEqual(['http.createMessage']);
  });

  it('is not read while that is in doubt', () => {
    const bench = new Bench(liveState({ views })).run({
      type: 'messages.failed',
      purpose: 'older',
      asked: null,
      conversationId: 1,
      failure: failures.gone,
    });
    expect(bench.asked).toEqual(['http.getContact']);
    bench.run({ type: 'view.opened', viewId: 'w', windowId: 2, conversationKey: '1' });
    expect(bench.asked).not.toContain('http.listMessages');
  });
});

describe('a retry there', () => {
  it('goes to a new conversation, named after the message, with all that waits beside it', () => {
    const bench = gone();
    bench.run({ type: 'draft.changed', conversationKey: '1', text: 'and more' });
    bench.run(retried('b'));
    expect(bench.state.outbox).toMatchObject({
      a: { conversationKey: 'b', status: 'failed', failure: null },
      b: { conversationKey: 'b', status: 'queued', failure: null },
    });
    expect(bench.state.drafts).toMatchObject({ b: { text: 'and more' } });
    expect(bench.state.drafts['1']).toBeUndefined();
    expect(bench.asked).toContain('http.createConversation');
  });

  it('of the next message follows into the same conversation', () => {
    const bench = gone().run(retried('b'), retried('a'));
    expect(bench.state.outbox).toMatchObject({
      a: { conversationKey: 'b', status: 'queued' },
      b: { conversationKey: 'b', status: 'queued' },
    });
    expect(Object.keys(bench.state.creations)).toEqual(['b']);
  });

  it('takes along what only waits, and nothing of other conversations', () => {
    const failed = { status: 'failed', failure: 'gone' } as const;
    const bench = new Bench(
      liveState({
        outbox: {
          a: anEntry('a', failed),
          b: anEntry('b', { sequence: 2 }),
          c: anEntry('c', { conversationKey: '2', ...failed }),
        },
      }),
    ).run(retried('a'));
    expect(bench.state.outbox).toMatchObject({
      a: { conversationKey: 'a' },
      b: { conversationKey: 'a', status: 'queued' },
      c: { conversationKey: '2', ...failed },
    });
  });

  it('leaves what is under way where it is', () => {
    const bench = new Bench(
      liveState({
        outbox: {
          a: anEntry('a', { status: 'failed', failure: 'gone' }),
          b: anEntry('b', { status: 'uncertain', dueAt: start + 9_000 }),
        },
      }),
    ).run(retried('a'));
    expect(bench.state.outbox).toMatchObject({ a: { conversationKey: 'a' }, b: { conversationKey: '1' } });
  });
});

describe('a server that never stores a message', () => {
  const uncertain = (attempts: number) =>
    new Bench(
      liveState({ outbox: { a: anEntry('a', { status: 'sending', attempts, attemptedAt: start }) } }),
    ).run({ type: 'message.failed', echoId: 'a', failure: failures.broken });

  it('gets it ever more rarely', () => {
    expect(uncertain(2).state.outbox.a?.dueAt).toBe(start + 60_000);
    expect(uncertain(3).state.outbox.a?.dueAt).toBe(start + 120_000);
    expect(uncertain(9).state.outbox.a?.dueAt).toBe(start + 960_000);
  });

  it('is left alone after the twelfth attempt, until the person asks', () => {
    const read = (bench: Bench) => bench.pass(960_000).run({ ...emptyPage, requestedAt: bench.at });
    expect(read(uncertain(10)).state.outbox.a?.status).toBe('sending');
    const left = read(uncertain(11));
    expect(left.state.outbox.a).toMatchObject({ status: 'failed', failure: null });
    expect(left.run(retried('a')).state.outbox.a).toMatchObject({ status: 'queued', attempts: 0 });
  });
});
