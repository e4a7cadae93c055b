// What is left of a session when somebody else asks in its place.
import { describe, expect, it } from 'vitest';
import { hasWords, isAtRest } from '@/lib/core/ending';
import type { Event } from '@/lib/core/events';
import { nextWakeAt } from '@/lib/core/wake';
import {
  aConversation,
  aCreation,
  ada,
  agent,
  aMessage,
  anEntry,
  awaited,
  Bench,
  failures,
  knownSession,
  liveState,
  newSession,
  start,
  timings,
} from '../support/core-builders';

const ended: Event = { type: 'session.ended', at: start };
const contact = { kind: 'contact', id: 7, name: 'Ada', avatarUrl: null } as const;
const listed = (messages: ReturnType<typeof aMessage>[], requestedAt: number): Event => ({
  type: 'messages.listed',
  purpose: 'gap',
  conversationId: 1,
  asked: null,
  messages,
  before: messages[0]?.id ?? null,
  complete: true,
  requestedAt,
});

describe('a session that ended', () => {
  it('holds what waits and keeps nothing that could be read', () => {
    const state = liveState({
      outbox: { a: anEntry('a', { dueAt: start + 60_000 }), f: anEntry('f', { status: 'failed' }) },
      drafts: { 1: { text: 'Half a thought', changedAt: start, saved: true } },
      syncedTo: { 1: 9 },
      conversations: { 1: aConversation(1, { unread: [9] }) },
      typing: { 1: [{ author: agent, until: start + 30_000 }] },
      windows: { 1: { messages: [aMessage(9)], hasOlder: true, loadingOlder: false } },
      views: { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } },
    });
    const bench = new Bench(state).run(ended);
    expect(bench.asked).toEqual(['cable.close']);
    const { conversations, syncedTo, windows, views, typing } = bench.state;
    expect([conversations, syncedTo, windows, views, typing]).toEqual([{}, {}, {}, {}, {}]);
    expect(bench.state.outbox).toMatchObject({ a: { status: 'held' }, f: { status: 'failed' } });
    expect(bench.state.drafts[1]?.text).toBe('Half a thought');
    expect(nextWakeAt(bench.state, bench.at)).toBeNull();
    expect(bench.pass(86_400_000).asked).toEqual([]);
  });

  it('settles what is under way by its answer, and stores nothing of it', () => {
    const state = liveState({ outbox: { a: anEntry('a', { status: 'sending', attemptedAt: start }) } });
    const bench = new Bench(state).run(ended);
    expect(isAtRest(bench.state)).toBe(false);
    const message = aMessage(10, { author: contact });
    bench.run({ type: 'message.posted', echoId: 'a', message, requestedAt: start });
    expect(bench.messages).toEqual([]);
    expect([bench.state.outbox, bench.state.conversations]).toEqual([{}, {}]);
    expect(isAtRest(bench.state)).toBe(true);
  });

  it('keeps of the conversations in which something is under way only what that needs', () => {
    const one = (id: number) =>
      aConversation(id, { party: agent, preview: awaited, unread: [9], newestId: 9 });
    const outbox = {
      a: anEntry('a', { status: 'sending', attemptedAt: start }),
      b: anEntry('b', { conversationKey: '2', status: 'uncertain', dueAt: start + 60_000 }),
      c: anEntry('c', { conversationKey: '3' }),
    };
    const conversations = { 1: one(1), 2: one(2), 3: one(3), 4: one(4) };
    const bench = new Bench(liveState({ outbox, conversations })).run(ended);
    const left = (id: number) => ({ ...one(id), party: null, preview: null, unread: [] });
    expect(bench.state.conversations).toEqual({ 1: left(1), 2: left(2) });
  });

  it('asks for nothing that had been wanted', () => {
    const state = liveState();
    const waits = { wanted: true, busy: false, attempts: 3, dueAt: start + 5_000 };
    const bench = new Bench({ ...state, sync: { ...state.sync, contact: waits } }).run(ended);
    expect(nextWakeAt(bench.state, bench.at)).toBeNull();
    expect(bench.pass(5_000).asked).toEqual([]);
  });

  it('holds no cable, whatever is under way in it', () => {
    const uncertain = anEntry('a', { status: 'uncertain', dueAt: start + 60_000 });
    const bench = new Bench(liveState({ outbox: { a: uncertain } })).run(ended);
    expect(bench.asked).toEqual(['cable.close']);
    expect(bench.pass(1_000).asked).toEqual([]);
  });

  it('looks for what may have arrived, and takes it as sent', () => {
    const uncertain = anEntry('a', { status: 'uncertain', text: 'hello', baselineId: 9, dueAt: start + 50 });
    const bench = new Bench(liveState({ outbox: { a: uncertain } })).run(ended);
    expect(bench.pass(50).asked).toContain('http.listMessages');
    bench.run(listed([aMessage(10, { author: contact, text: 'hello' })], bench.at));
    expect(bench.state.outbox).toEqual({});
    expect(bench.messages).toEqual([]);
  });

  it('does not send again what did not arrive, but holds it', () => {
    const uncertain = anEntry('a', { status: 'uncertain', text: 'hello', baselineId: 9, dueAt: start + 50 });
    const bench = new Bench(liveState({ outbox: { a: uncertain } })).run(ended).pass(50);
    bench.run(listed([], bench.at));
    expect(bench.asked).not.toContain('http.createMessage');
    expect(bench.state.outbox.a?.status).toBe('held');
    expect(bench.pass(timings.settle * 20).asked).toEqual([]);
  });

  it('looks for a conversation that may have been created, also of somebody who was never proven', () => {
    const session = { ...knownSession, identity: ada, told: false };
    const creations = { l: aCreation('l', { phase: 'uncertain', dueAt: start + 50 }) };
    const bench = new Bench(liveState({ session, creations })).run(ended);
    expect(bench.pass(60_000).asked).toContain('http.listConversations');
    bench.run({ type: 'conversations.listed', conversations: [], etag: null, requestedAt: bench.at });
    expect(isAtRest(bench.state)).toBe(true);
  });

  it('holds what the server refuses for now', () => {
    const state = liveState({ outbox: { a: anEntry('a', { status: 'sending', attemptedAt: start }) } });
    const bench = new Bench(state).run(ended);
    bench.run({ type: 'message.failed', echoId: 'a', failure: failures.tooFast });
    expect(bench.state.outbox.a?.status).toBe('held');
  });

  it('still takes what was written before the panel knew', () => {
    const bench = new Bench(liveState()).run(ended, {
      type: 'message.submitted',
      echoId: 'late',
      conversationKey: '1',
      text: 'One more thing',
    });
    expect(bench.state.outbox.late).toMatchObject({ status: 'held', text: 'One more thing' });
    expect(bench.asked).not.toContain('http.createMessage');
  });

  it('waits for a conversation whose creation nobody knows the end of', () => {
    const creations = { x: aCreation('x', { phase: 'uncertain', dueAt: start + 50 }) };
    const outbox = { a: anEntry('a', { conversationKey: 'x' }) };
    const bench = new Bench(liveState({ creations, outbox })).run(ended);
    expect(isAtRest(bench.state)).toBe(false);
    expect(bench.pass(60_000).asked).toEqual(['http.listConversations']);
    const none: Event = {
      type: 'conversations.listed',
      conversations: [],
      etag: null,
      requestedAt: bench.at,
    };
    expect(bench.run(none).asked).toEqual([]);
    expect(isAtRest(bench.state)).toBe(true);
    expect(bench.state.outbox.a?.status).toBe('held');
  });

  it('goes on when its person comes back: reads everything anew, and asks before it sends', () => {
    const bench = new Bench(liveState({ outbox: { a: anEntry('a', { dueAt: start + 60_000 }) } }));
    bench.run(ended).run({ type: 'session.resumed' });
    expect(bench.asked).toEqual(['http.listConversations']);
    expect(bench.state).toMatchObject({ session: { endedAt: null }, sync: { listed: false } });
    expect(bench.state.outbox.a?.status).toBe('held');
    bench.run({ type: 'message.retried', echoId: 'a' });
    expect(bench.state.outbox.a?.status).toBe('queued');
  });

  it('is told to the server anew when its person comes back', () => {
    const session = { ...knownSession, identity: ada, proven: true };
    const bench = new Bench(liveState({ session })).run(ended, { type: 'session.resumed' });
    expect(bench.asked).toContain('http.identify');
  });

  it('of which the server never heard has nothing to be listed when its person comes back', () => {
    const bench = new Bench(liveState({ session: newSession, conversations: {} }));
    bench.run(ended, { type: 'session.resumed' });
    expect(bench.state.sync).toMatchObject({ listed: true, list: { wanted: false } });
  });

  it('is at rest only while no conversation is being created', () => {
    const creations = { x: aCreation('x', { phase: 'creating', attemptedAt: start }) };
    expect(isAtRest({ outbox: {}, creations })).toBe(false);
    expect(isAtRest({ outbox: {}, creations: { x: aCreation('x') } })).toBe(true);
  });

  it('has words as long as any wait', () => {
    expect(hasWords(liveState())).toBe(false);
    expect(hasWords(liveState({ outbox: { a: anEntry('a') } }))).toBe(true);
    const draft = (text: string) => ({ drafts: { 1: { text, changedAt: start, saved: true } } });
    expect(hasWords(liveState(draft('x')))).toBe(true);
    expect(hasWords(liveState(draft('')))).toBe(false);
  });
});

it('a person who is back tells nothing sooner than 5 s after they did last, and nothing twice', () => {
  const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' };
  const shown: Event = { type: 'view.visible', viewId: 'v', visible: true };
  const writes: Event = { type: 'draft.changed', conversationKey: '1', text: 'H' };
  const bench = new Bench(liveState()).run(opened, shown, writes);
  expect(bench.asked).toContain('http.setTyping');
  const { typing } = bench.run(ended, { type: 'session.resumed' }).state.sync;
  expect(typing).toMatchObject({ busy: true, sentAt: bench.at });
  expect(bench.pass(60_000).asked).not.toContain('http.setTyping');
});
