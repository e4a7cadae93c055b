// Sending: what is accepted, when it is posted, and what an answer does to it.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { OutboxEntry } from '@/lib/core/types';
import {
  aConversation,
  aCreation,
  anEntry,
  aState,
  Bench,
  failures,
  knownSession,
  liveState,
  ownMessage,
  start,
} from '../support/core-builders';

const submitted = (echoId: string, conversationKey = '1', text = 'hello'): Event => ({
  type: 'message.submitted',
  echoId,
  conversationKey,
  text,
});
const posted = (echoId: string, id: number, at = start): Event => ({
  type: 'message.posted',
  echoId,
  message: ownMessage(id, { text: 'hello' }),
  requestedAt: at,
});
const notPosted = (echoId: string, failure: (typeof failures)[keyof typeof failures]): Event => ({
  type: 'message.failed',
  echoId,
  failure,
});
const outboxOf = (...entries: OutboxEntry[]) => Object.fromEntries(entries.map((one) => [one.echoId, one]));

describe('accepting', () => {
  it('posts at once on a live cable, above the highest message id known', () => {
    const bench = new Bench(liveState({ conversations: { 1: aConversation(1, { newestId: 41 }) } }));
    bench.run(submitted('a'));
    expect(bench.effects).toEqual([
      { type: 'http.createMessage', echoId: 'a', conversationId: 1, text: 'hello' },
    ]);
    expect(bench.state.creations).toEqual({});
    expect(bench.state.outbox.a).toEqual(
      anEntry('a', { text: 'hello', status: 'sending', attemptedAt: start, baselineId: 41 }),
    );
  });

  it('takes the same echo id only once', () => {
    const bench = new Bench(liveState()).run(submitted('a'), submitted('a', '1', 'other words'));
    expect(bench.state.outbox.a?.text).toBe('hello');
    expect(bench.asked).toEqual(['http.createMessage']);
  });

  it('numbers messages in the order of acceptance across conversations', () => {
    const bench = new Bench(aState()).run(submitted('a'), submitted('b', '2'), submitted('c'));
    expect(['a', 'b', 'c'].map((id) => bench.state.outbox[id]?.sequence)).toEqual([1, 2, 3]);
  });

  it('ends the draft of its conversation and of no other', () => {
    const draft = { text: 'hel', changedAt: start, saved: true };
    const bench = new Bench(liveState({ drafts: { '1': draft, '2': draft } })).run(submitted('a'));
    expect(Object.keys(bench.state.drafts)).toEqual(['2']);
  });

  it('sends what comes late under the key of a new conversation to its id', () => {
    const creation = aCreation('local', { phase: 'created', conversationId: 1 });
    const bench = new Bench(liveState({ creations: { local: creation } })).run(submitted('a', 'local'));
    expect(bench.state.outbox.a?.conversationKey).toBe('1');
    expect(bench.asked).toEqual(['http.createMessage']);
  });
});

describe('the order', () => {
  it('has one message of a conversation under way, and sends the next when it is settled', () => {
    const bench = new Bench(liveState()).run(submitted('a'), submitted('b'));
    expect(bench.asked).toEqual(['http.createMessage']);
    bench.run(posted('a', 50));
    expect(bench.effects).toEqual([
      { type: 'http.createMessage', echoId: 'b', conversationId: 1, text: 'hello' },
    ]);
    expect(bench.state.outbox.b?.baselineId).toBe(50);
  });

  it('sends in the order of acceptance, whatever the order in storage', () => {
    const outbox = outboxOf(anEntry('z', { sequence: 2 }), anEntry('y', { sequence: 1 }));
    const bench = new Bench(liveState({ outbox })).run({ type: 'time.passed' });
    expect(bench.effects).toMatchObject([{ echoId: 'y' }]);
  });

  it('lets conversations send beside each other', () => {
    const sync = { ...liveState().sync, fresh: { 1: true, 2: true } as const };
    const bench = new Bench(liveState({ sync })).run(submitted('a'), submitted('b', '2'));
    expect(bench.effects).toMatchObject([{ echoId: 'a' }, { echoId: 'b' }]);
  });

  it('waits for one that nobody knows about', () => {
    const uncertain = anEntry('a', { status: 'uncertain', dueAt: start + 5_000 });
    const bench = new Bench(liveState({ outbox: outboxOf(uncertain) })).run(submitted('b'));
    expect(bench.effects).toEqual([]);
  });

  it.each(['sending', 'uncertain'] as const)(
    'waits for a later one that is %s already when earlier ones join its conversation',
    (status) => {
      const late = anEntry('late', { sequence: 2, status, attemptedAt: start, dueAt: start + 9 });
      const outbox = outboxOf(anEntry('early', { sequence: 1 }), late);
      expect(new Bench(liveState({ outbox })).run({ type: 'time.passed' }).effects).toEqual([]);
    },
  );

  it('passes over one that failed', () => {
    const outbox = outboxOf(
      anEntry('a', { status: 'failed', failure: 'refused' }),
      anEntry('b', { sequence: 2 }),
    );
    const bench = new Bench(liveState({ outbox })).run({ type: 'time.passed' });
    expect(bench.effects).toMatchObject([{ echoId: 'b' }]);
  });

  it('waits for the first one when that one has to slow down', () => {
    const outbox = outboxOf(anEntry('a', { dueAt: start + 1 }), anEntry('b', { sequence: 2 }));
    const bench = new Bench(liveState({ outbox })).run({ type: 'time.passed' });
    expect(bench.effects).toEqual([]);
    expect(bench.pass(1).effects).toMatchObject([{ echoId: 'a' }]);
  });
});

describe('the baseline', () => {
  const listed = (at: number): Event => ({
    type: 'messages.listed',
    purpose: 'gap',
    asked: null,
    conversationId: 1,
    messages: [ownMessage(60)],
    before: 60,
    complete: true,
    requestedAt: at,
  });

  it('is read anew before the first attempt after a loss of the cable', () => {
    const state = liveState();
    const bench = new Bench({ ...state, sync: { ...state.sync, fresh: {} } }).run(submitted('a'));
    expect(bench.asked).toEqual(['http.listMessages']);
    bench.run(listed(start));
    expect(bench.asked).toEqual(['http.createMessage']);
    expect(bench.state.outbox.a?.baselineId).toBe(60);
  });

  it('serves one attempt only while there is no live cable', () => {
    const state = liveState();
    const bench = new Bench({ ...state, link: { ...state.link, cable: 'waiting' } });
    bench.run(submitted('a'), listed(start), submitted('b'), posted('a', 61));
    expect(bench.asked).toEqual(['http.listMessages', 'http.createMessage', 'http.listMessages']);
  });

  it('is no read of an earlier turn while there is no live cable', () => {
    const state = liveState();
    expect(state.sync.fresh).toEqual({ 1: true });
    const bench = new Bench({ ...state, link: { ...state.link, cable: 'waiting' } }).run(submitted('a'));
    expect(bench.asked).toEqual(['http.listMessages']);
  });

  it('serves every attempt while the cable is live', () => {
    const bench = new Bench(liveState()).run(submitted('a'), posted('a', 50), submitted('b'));
    expect(bench.asked).toEqual(['http.createMessage', 'http.createMessage']);
  });

  it('counts from nothing in a conversation that is not known', () => {
    const state = liveState({ conversations: {} });
    expect(new Bench(state).run(submitted('a')).state.outbox.a?.baselineId).toBe(0);
  });
});

describe('the answer', () => {
  it('stores the message under its echo id and empties the outbox', () => {
    const bench = new Bench(liveState()).run(submitted('a')).wait(500).run(posted('a', 50));
    expect(bench.state.outbox).toEqual({});
    expect(bench.history.get(50)).toMatchObject({ echoId: 'a', text: 'hello' });
    expect(bench.state.conversations[1]).toMatchObject({ newestId: 50, preview: { text: 'hello' } });
    expect(bench.state.link.answeredAt).toBe(start + 500);
  });

  it.each(['unreachable', 'timeout', 'unreadable', 'broken'] as const)(
    '%s leaves it uncertain until the settle time has passed',
    (kind) => {
      const bench = new Bench(liveState())
        .run(submitted('a'))
        .wait(4_000)
        .run(notPosted('a', failures[kind]));
      expect(bench.state.outbox.a).toMatchObject({ status: 'uncertain', attempts: 1, dueAt: start + 64_000 });
      expect(bench.effects).toEqual([]);
    },
  );

  it('429 puts it back and keeps everything quiet for a while', () => {
    const bench = new Bench(liveState()).run(submitted('a')).run(notPosted('a', failures.tooFast));
    const until = start + 11_250;
    expect(bench.state.outbox.a).toMatchObject({ status: 'queued', attempts: 1, dueAt: until });
    expect(bench.state.link.rateLimitedUntil).toBe(until);
    expect(bench.run(submitted('b', '2')).effects).toEqual([]);
    expect(bench.pass(11_250).effects).toMatchObject([
      { type: 'http.createMessage', echoId: 'a' },
      { conversationId: 2 },
    ]);
  });

  it('429 never shortens a longer quiet', () => {
    const outbox = outboxOf(anEntry('a', { status: 'sending' }));
    const link = { ...liveState().link, rateLimitedUntil: start + 60_000 };
    const bench = new Bench(liveState({ outbox, link })).run(notPosted('a', failures.tooFast));
    expect(bench.state.link.rateLimitedUntil).toBe(start + 60_000);
  });

  it('"too many messages" slows down this conversation only', () => {
    const bench = new Bench(liveState()).run(submitted('a')).run(notPosted('a', failures.tooMany));
    expect(bench.state.outbox.a).toMatchObject({ status: 'queued', dueAt: start + 11_250 });
    expect(bench.state.link.rateLimitedUntil).toBe(0);
  });

  it('slows down more each time in a row', () => {
    const bench = new Bench(
      liveState({ outbox: outboxOf(anEntry('a', { status: 'sending', attempts: 1 })) }),
    );
    bench.run(notPosted('a', failures.tooMany));
    expect(bench.state.outbox.a).toMatchObject({ attempts: 2, dueAt: start + 22_500 });
  });

  it('a final refusal keeps the words as failed', () => {
    const bench = new Bench(liveState()).run(submitted('a'));
    bench.run(notPosted('a', { kind: 'status', status: 403, message: null }));
    expect(bench.state.outbox.a).toMatchObject({ status: 'failed', failure: 'refused', text: 'hello' });
    expect(bench.asked).toEqual(['cable.close']);
  });

  it('404 keeps the words waiting, and asks whether the contact is still there', () => {
    const bench = new Bench(liveState({ session: knownSession })).run(submitted('a'));
    bench.run(notPosted('a', failures.gone));
    expect(bench.state.outbox.a).toMatchObject({ status: 'queued', failure: null, attempts: 0 });
    expect(bench.asked).toEqual(['http.getContact']);
    expect(bench.pass(60_000).asked).toEqual([]);
  });

  it('changes nothing in the outbox once the cable has settled the message', () => {
    const bench = new Bench(liveState()).run(submitted('a'));
    bench.run({ type: 'frame.message', message: ownMessage(50, { echoId: 'a' }) });
    expect(bench.state.outbox).toEqual({});
    const { outbox } = bench.state;
    expect(bench.run(notPosted('a', failures.timeout)).state.outbox).toBe(outbox);
    expect(bench.run(posted('a', 50)).state.outbox).toBe(outbox);
  });

  it('of failure changes nothing of one that waits', () => {
    const bench = new Bench(aState({ outbox: outboxOf(anEntry('a', { dueAt: start + 9 })) }));
    expect(bench.run(notPosted('a', failures.timeout)).state.outbox.a?.status).toBe('queued');
  });
});

describe('retry and discard', () => {
  const failed = anEntry('a', { status: 'failed', failure: 'refused', attempts: 3, dueAt: 0 });

  it('a retry sends a failed message again', () => {
    const bench = new Bench(liveState({ outbox: outboxOf(failed) })).run({
      type: 'message.retried',
      echoId: 'a',
    });
    expect(bench.effects).toMatchObject([{ type: 'http.createMessage', echoId: 'a' }]);
    expect(bench.state.outbox.a).toMatchObject({ attempts: 0, failure: null, dueAt: start });
    expect(bench.state.creations).toEqual({});
  });

  it('a retry of what is uncertain or unknown does nothing', () => {
    const outbox = outboxOf(anEntry('a', { status: 'uncertain', dueAt: start + 9 }));
    const bench = new Bench(liveState({ outbox }));
    bench.run({ type: 'message.retried', echoId: 'a' }, { type: 'message.retried', echoId: 'x' });
    expect(bench.state.outbox).toBe(outbox);
  });

  it.each(['failed', 'queued'] as const)('a %s message can be thrown away', (status) => {
    const state = aState({ outbox: outboxOf(anEntry('a', { status, dueAt: start + 9 })) });
    expect(new Bench(state).run({ type: 'message.discarded', echoId: 'a' }).state.outbox).toEqual({});
  });

  it.each(['sending', 'uncertain'] as const)('a message that is %s cannot be thrown away', (status) => {
    const outbox = outboxOf(anEntry('a', { status, dueAt: start + 9 }));
    expect(new Bench(aState({ outbox })).run({ type: 'message.discarded', echoId: 'a' }).state.outbox).toBe(
      outbox,
    );
  });
});
