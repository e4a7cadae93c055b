// Answering a question and marking a conversation as resolved: in one order with the messages, kept, repeated without harm.
import { describe, expect, it } from 'vitest';
import type { Answer, MessageContent } from '@/lib/core/content';
import type { EventOf } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import {
  aConversation,
  aFrame,
  aMessage,
  anEntry,
  aState,
  Bench,
  emptyPage,
  failures,
  knownSession,
  liveState,
  serverConversation,
  start,
} from '../support/core-builders';

const options: MessageContent = { kind: 'options', options: [{ title: 'A', value: 'a' }] };
const chosen = (title: string): Answer => ({ kind: 'option', option: { title, value: title } });
const question = aMessage(5, { content: options });
const window = { messages: [question], hasOlder: false, loadingOlder: false };
const answering = (
  echoId: string,
  answer: Answer = chosen('A'),
  change: Partial<EventOf<'answer.submitted'>> = {},
): EventOf<'answer.submitted'> => ({
  type: 'answer.submitted',
  echoId,
  conversationId: 1,
  messageId: 5,
  answer,
  mayMerge: false,
  ...change,
});
const stored = (echoId: string, answer: Answer): EventOf<'answer.stored'> => ({
  type: 'answer.stored',
  echoId,
  message: { ...question, answer },
  requestedAt: start,
});
const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
/** A panel shows the question, so that the cable is held. */
const live = (change: Partial<State> = {}) =>
  new Bench(liveState({ windows: { 1: window }, views, ...change }), [question]);
const statusOf = (bench: Bench, echoId: string) => bench.state.outbox[echoId]?.status;
const request = (echoId: string, answer: Answer) => ({
  type: 'http.answerMessage',
  echoId,
  conversationId: 1,
  messageId: 5,
  answer,
});

describe('an answer', () => {
  it('is sent at once, and gone from the outbox when the server has it', () => {
    const bench = live().run(answering('a'));
    expect(bench.effects).toEqual([request('a', chosen('A'))]);
    expect(statusOf(bench, 'a')).toBe('sending');
    bench.run(stored('a', chosen('A')));
    expect(bench.state.outbox).toEqual({});
    expect(bench.state.windows[1]?.messages[0]).toMatchObject({ id: 5, echoId: null, answer: chosen('A') });
    expect(bench.messages).toMatchObject([{ id: 5, answer: chosen('A') }]);
  });

  it('waits for its turn behind a message of the same conversation, and holds up the next', () => {
    const bench = live().run(
      { type: 'message.submitted', echoId: 'm', conversationKey: '1', text: 'first' },
      answering('a'),
      { type: 'message.submitted', echoId: 'n', conversationKey: '1', text: 'last' },
    );
    expect(bench.effects.map(({ type }) => type)).toEqual(['http.createMessage']);
    bench.run({ type: 'message.failed', echoId: 'm', failure: failures.denied });
    expect(bench.effects.map(({ type }) => type)).toEqual(['http.answerMessage']);
    bench.run(stored('a', chosen('A')));
    expect(bench.effects).toMatchObject([{ type: 'http.createMessage', echoId: 'n' }]);
  });

  it('waits while nothing of the conversation can be read, however long, and goes then', () => {
    const bench = new Bench(aState({ windows: { 1: window } }), [question]).run(answering('a'));
    expect(bench.effects.map(({ type }) => type)).not.toContain('http.answerMessage');
    for (let hour = 0; hour < 24; hour++) {
      bench.pass(3_600_000);
      expect(statusOf(bench, 'a')).toBe('queued');
    }
    bench.run((state) => ({ ...emptyPage, requestedAt: state.sync.gaps[1]?.startedAt ?? 0 }));
    expect(bench.effects).toContainEqual(request('a', chosen('A')));
  });

  it('takes the place of one to the same message that still waits, or failed', () => {
    const resting = (['queued', 'uncertain', 'failed', 'held'] as const).map((status, index) =>
      anEntry(status, {
        status,
        act: { kind: 'answer', messageId: 5, answer: chosen('B') },
        sequence: index,
        dueAt: start + 9_999,
      }),
    );
    const other = anEntry('other', {
      status: 'failed',
      act: { kind: 'answer', messageId: 6, answer: chosen('B') },
    });
    const outbox = Object.fromEntries([...resting, other].map((entry) => [entry.echoId, entry]));
    const bench = live({ outbox }).run(answering('a'));
    expect(Object.keys(bench.state.outbox).sort()).toEqual(['a', 'other']);
  });

  it('follows one that is under way, so that the last one counts', () => {
    const bench = live().run(answering('a'), answering('b', chosen('B')));
    expect([statusOf(bench, 'a'), statusOf(bench, 'b')]).toEqual(['sending', 'queued']);
    bench.run(stored('a', chosen('A')));
    expect(bench.effects).toEqual([request('b', chosen('B'))]);
  });

  it('is accepted once, however often its command comes, and never to a question of another kind', () => {
    const bench = live().run(answering('a'), answering('a', chosen('B')));
    expect(bench.state.outbox.a?.act).toMatchObject({ answer: chosen('A') });
    bench.run(answering('r', { kind: 'rating', rating: 5, comment: '' }));
    expect(bench.state.outbox.r).toBeUndefined();
  });

  it('to a message that is not shown is taken all the same', () => {
    expect(statusOf(live({ windows: {} }).run(answering('a')), 'a')).toBe('sending');
  });

  it('is settled by any word of the server that says the same, and by none that says something else', () => {
    const bench = live().run(answering('a'));
    const told = (answer: Answer, updatedAt: number) => ({
      type: 'frame.message' as const,
      message: { ...question, answer, updatedAt, changedAt: start },
    });
    bench.run(told(chosen('B'), 1));
    expect(statusOf(bench, 'a')).toBe('sending');
    bench.run(told(chosen('A'), 2));
    expect(bench.state.outbox).toEqual({});
    // The answer of the request itself comes late, and may be older than what another device said since.
    bench.run(told(chosen('B'), 3), stored('a', chosen('A')));
    expect(bench.state.windows[1]?.messages[0]?.answer).toEqual(chosen('B'));
  });

  it('is not settled by the same answer to another question, nor judged by what another one asks', () => {
    const others = { messages: [aMessage(4), question], hasOlder: false, loadingOlder: false };
    const bench = live({ windows: { 1: others } }).run(answering('a'));
    expect(statusOf(bench, 'a')).toBe('sending');
    bench.run({ type: 'frame.message', message: { ...question, id: 4, answer: chosen('A') } });
    expect(statusOf(bench, 'a')).toBe('sending');
    expect(bench.wait(7).run(stored('a', chosen('A'))).state.link.answeredAt).toBe(bench.at);
  });

  it('that is held stays, whatever is known of the message', () => {
    const held = anEntry('a', { status: 'held', act: { kind: 'answer', messageId: 5, answer: chosen('A') } });
    const bench = live({ outbox: { a: held } });
    bench.run({ type: 'frame.message', message: { ...question, answer: chosen('A') } });
    expect(statusOf(bench, 'a')).toBe('held');
  });

  it('of which nobody knows whether it arrived is sent again after a pause, which a person or the network ends', () => {
    for (const failure of [failures.unreachable, failures.timeout, failures.unreadable, failures.broken]) {
      const bench = live().run(answering('a'), { type: 'message.failed', echoId: 'a', failure });
      expect(statusOf(bench, 'a')).toBe('uncertain');
      expect(bench.effects).toEqual([request('a', chosen('A'))]);
      bench.pass(1_000);
      expect(bench.effects).toEqual([request('a', chosen('A'))]);
      bench.run({ type: 'message.failed', echoId: 'a', failure });
      bench.run({ type: 'online.changed', online: true });
      expect(bench.effects).toContainEqual(request('a', chosen('A')));
    }
  });

  it('is never looked for among the messages', () => {
    const bench = live().run(answering('a'), {
      type: 'message.failed',
      echoId: 'a',
      failure: failures.timeout,
    });
    const own = aMessage(9, { author: { kind: 'contact', id: 7, name: '', avatarUrl: null }, text: '' });
    bench.run({ ...emptyPage, messages: [own], requestedAt: bench.at });
    expect(bench.state.outbox.a).toBeDefined();
    expect(bench.history.get(9)?.echoId ?? null).toBeNull();
  });

  it('that the server never takes fails after a while, and can be sent again', () => {
    const bench = live().run(answering('a'));
    for (let attempt = 1; attempt <= 12; attempt++) {
      expect(statusOf(bench, 'a')).toBe('sending');
      bench.run({ type: 'message.failed', echoId: 'a', failure: failures.broken });
      bench.pass(15 * 60_000);
    }
    expect(bench.state.outbox.a).toMatchObject({ status: 'failed', failure: null });
    bench.run({ type: 'message.retried', echoId: 'a' });
    expect(bench.effects).toContainEqual(request('a', chosen('A')));
  });

  it('that is refused stays as not accepted; a 404 lets a read tell what is gone', () => {
    const refused = live().run(answering('a'), {
      type: 'message.failed',
      echoId: 'a',
      failure: failures.denied,
    });
    expect(refused.state.outbox.a).toMatchObject({ status: 'failed', failure: 'refused' });
    expect(refused.effects.map(({ type }) => type)).toEqual(['http.answerMessage']);
    const gone = live().run(answering('a'), { type: 'message.failed', echoId: 'a', failure: failures.gone });
    expect(gone.state.outbox.a).toMatchObject({ status: 'failed', failure: 'refused' });
    expect(gone.effects.map(({ type }) => type)).toEqual(['http.answerMessage', 'http.listMessages']);
    expect(gone.state.sync.doubted).toEqual({});
  });

  it('slows down with everything else when the server asks for it', () => {
    const bench = live().run(answering('a'), {
      type: 'message.failed',
      echoId: 'a',
      failure: failures.tooFast,
    });
    expect(statusOf(bench, 'a')).toBe('queued');
    expect(bench.state.link.rateLimitedUntil).toBeGreaterThan(bench.at);
  });

  it('under way when the background stopped is sent again at once', () => {
    const entry = anEntry('a', {
      status: 'sending',
      act: { kind: 'answer', messageId: 5, answer: chosen('A') },
    });
    const bench = live({ outbox: { a: entry } }).run({ type: 'background.started' });
    expect(bench.effects).toContainEqual(request('a', chosen('A')));
  });

  it('to a conversation that is gone stays as not sent, and goes nowhere else', () => {
    const entry = anEntry('a', {
      status: 'failed',
      failure: 'gone',
      act: { kind: 'answer', messageId: 5, answer: chosen('A') },
    });
    const words = anEntry('m', { status: 'failed', failure: 'gone', sequence: 2 });
    const bench = live({ outbox: { a: entry, m: words } }).run({ type: 'message.retried', echoId: 'a' });
    expect(bench.state.outbox.a).toEqual(entry);
    bench.run({ type: 'message.retried', echoId: 'm' });
    expect(bench.state.outbox.m?.conversationKey).toBe('m');
    expect(bench.state.outbox.a).toEqual(entry);
    bench.run({ type: 'message.discarded', echoId: 'a' });
    expect(bench.state.outbox.a).toBeUndefined();
  });

  it('with an e-mail address is refused of somebody who has neither proven who they are nor been asked', () => {
    const email: Answer = { kind: 'email', email: 'a@b.test' };
    const asked = aMessage(5, { content: { kind: 'email' } });
    const shown = { windows: { 1: { ...window, messages: [asked] } } };
    const refused = live(shown).run(answering('a', email));
    expect(refused.state.outbox.a).toMatchObject({ status: 'failed', failure: 'refused' });
    expect(refused.effects).toEqual([]);
    const told = live(shown).run(answering('a', email, { mayMerge: true }));
    expect(told.effects).toEqual([request('a', email)]);
    const proven = live({ ...shown, session: { ...knownSession, proven: true } }).run(answering('a', email));
    expect(proven.effects).toEqual([request('a', email)]);
  });

  it('of somebody who signs out meanwhile is held, and sent when they say so', () => {
    const bench = new Bench(aState({ windows: { 1: window } }), [question]).run(answering('a'));
    bench.run({ type: 'session.ended', at: bench.at });
    expect(statusOf(bench, 'a')).toBe('held');
  });
});

describe('marking as resolved', () => {
  const ask = (echoId: string): EventOf<'resolve.asked'> => ({
    type: 'resolve.asked',
    echoId,
    conversationId: 1,
  });
  const done = (
    echoId: string,
    status: 'resolved' | 'open' = 'resolved',
  ): EventOf<'conversation.resolved'> => ({
    type: 'conversation.resolved',
    echoId,
    conversation: serverConversation(1, [], { status }),
    requestedAt: start + 1,
  });

  it('goes to the server after what was written before, and is told as done here', () => {
    const bench = live().run(
      { type: 'message.submitted', echoId: 'm', conversationKey: '1', text: 'thanks' },
      ask('r'),
    );
    expect(bench.effects.map(({ type }) => type)).toEqual(['http.createMessage']);
    bench.run({ type: 'message.posted', echoId: 'm', message: aMessage(6), requestedAt: start });
    expect(bench.effects).toEqual([{ type: 'http.resolve', echoId: 'r', conversationId: 1 }]);
    bench.run(done('r'));
    expect(bench.state.outbox).toEqual({});
    expect(bench.state.conversations[1]).toMatchObject({ status: 'resolved', resolvedHere: true });
  });

  it('is told as done here also where the frame was faster, and not where somebody reopened it since', () => {
    const bench = live().wait(5).run(ask('r'));
    bench.run({ type: 'frame.conversation', conversation: aFrame(1, { status: 'resolved', version: 2 }) });
    expect(bench.state.conversations[1]?.resolvedHere).toBe(false);
    bench.run(done('r'));
    expect(bench.state.conversations[1]).toMatchObject({ status: 'resolved', resolvedHere: true });
    // Every change of a status is told twice (contract §10.12).
    bench.run({ type: 'frame.conversation', conversation: aFrame(1, { status: 'resolved', version: 2.5 }) });
    expect(bench.state.conversations[1]?.resolvedHere).toBe(true);
    bench.run({ type: 'frame.conversation', conversation: aFrame(1, { status: 'open', version: 3 }) });
    expect(bench.state.conversations[1]).toMatchObject({ status: 'open', resolvedHere: false });
    bench.run({ type: 'frame.conversation', conversation: aFrame(1, { status: 'resolved', version: 4 }) });
    expect(bench.state.conversations[1]).toMatchObject({ status: 'resolved', resolvedHere: false });
    // The server says otherwise: nothing was done here.
    expect(live().run(ask('r'), done('r', 'open')).state.conversations[1]?.resolvedHere).toBe(false);
  });

  it('is asked for once, and not at all where it is resolved and nothing waits', () => {
    const bench = live().run(ask('r'), ask('s'));
    expect(Object.keys(bench.state.outbox)).toEqual(['r']);
    const elsewhere = anEntry('x', { conversationKey: '2', act: { kind: 'resolve' }, sequence: 9 });
    expect(live({ outbox: { x: elsewhere } }).run(ask('r')).state.outbox.r).toBeDefined();
    const resolved = { conversations: { 1: aConversation(1, { status: 'resolved' }) } };
    expect(live(resolved).run(ask('r')).state.outbox).toEqual({});
    const waiting = { ...resolved, outbox: { m: anEntry('m', { status: 'sending' }) } };
    expect(live(waiting).run(ask('r')).state.outbox.r?.status).toBe('queued');
  });

  it('that a server does not know fails as not accepted', () => {
    const bench = live().run(ask('r'), { type: 'message.failed', echoId: 'r', failure: failures.gone });
    expect(bench.state.outbox.r).toMatchObject({ status: 'failed', failure: 'refused' });
  });

  it('is dropped, not held, when its person signs out, and with a conversation that is gone', () => {
    const waiting = new Bench(aState()).run(ask('r'));
    expect(waiting.run({ type: 'session.ended', at: waiting.at }).state.outbox).toEqual({});
    const uncertain = live({
      outbox: { r: anEntry('r', { status: 'uncertain', act: { kind: 'resolve' }, dueAt: start + 500 }) },
    });
    expect(uncertain.run({ type: 'session.ended', at: start }).state.outbox).toEqual({});
    const gone = new Bench(aState({ sync: { ...aState().sync, doubted: { 1: 'again' } } })).run(ask('r'));
    gone.run({
      type: 'messages.failed',
      purpose: 'gap',
      conversationId: 1,
      asked: null,
      failure: failures.gone,
    });
    expect(gone.state.outbox).toEqual({});
  });
});
