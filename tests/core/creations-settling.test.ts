// Creations that nobody knows about: adopted from the whole list, or created again; and what a start makes of them.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import type { Creation } from '@/lib/core/types';
import {
  aCreation,
  aMessage,
  anEntry,
  aState,
  Bench,
  knownSession,
  liveState,
  ownMessage,
  serverConversation,
  start,
} from '../support/core-builders';

const uncertain = aCreation('local', { phase: 'uncertain', baselineId: 4, attemptedAt: start - 90_000 });
const listed = (...conversations: ReturnType<typeof serverConversation>[]): Event => ({
  type: 'conversations.listed',
  conversations,
  etag: 'new',
  requestedAt: start,
});
const bench = (change: Partial<Creation> = {}, more: Partial<State> = {}) =>
  new Bench(
    liveState({
      session: { ...knownSession, listEtag: 'old' },
      creations: { local: { ...uncertain, ...change } },
      outbox: { a: anEntry('a', { conversationKey: 'local' }) },
      ...more,
    }),
  ).run({ type: 'time.passed' });

describe('an uncertain creation', () => {
  it('asks for the whole list, once it can no longer be on its way', () => {
    const early = bench({ dueAt: start + 5 });
    expect(early.effects).toEqual([]);
    expect(early.pass(5).effects).toEqual([{ type: 'http.listConversations', etag: null }]);
    expect(early.pass(40_000).effects).toEqual([]);
  });

  it('lets the list come as "unchanged" again once it is settled', () => {
    const settled = aCreation('local', { phase: 'created', conversationId: 1 });
    const opened = bench(settled, { outbox: {} }).run({
      type: 'view.opened',
      viewId: 'v',
      windowId: 1,
      conversationKey: null,
    });
    expect(opened.effects).toContainEqual({ type: 'http.listConversations', etag: 'old' });
  });

  it('asks no second time once it is settled', () => {
    const found = bench().run({ type: 'time.passed' }, listed(serverConversation(5)));
    expect(found.pass(31_000).asked).toEqual([]);
  });

  it('adopts the lowest new conversation without own words', () => {
    const found = bench().run(
      listed(
        serverConversation(4),
        serverConversation(7),
        serverConversation(6),
        serverConversation(5, [ownMessage(9)]),
      ),
    );
    expect(found.state.creations.local).toMatchObject({ phase: 'created', conversationId: 6 });
    expect(found.effects).toMatchObject([{ type: 'http.createMessage', conversationId: 6 }]);
  });

  it('adopts one that already holds a greeting', () => {
    expect(
      bench().run(listed(serverConversation(5, [aMessage(9)]))).state.creations.local?.conversationId,
    ).toBe(5);
  });

  it('is created again when nothing is found', () => {
    const again = bench().run(listed(serverConversation(4), serverConversation(5, [ownMessage(9)])));
    expect(again.effects).toEqual([{ type: 'http.createConversation', localConversationId: 'local' }]);
  });

  it('does not adopt what another creation has', () => {
    const other = aCreation('other', { phase: 'created', conversationId: 5 });
    const again = bench({}, { creations: { local: uncertain, other } }).run(listed(serverConversation(5)));
    expect(again.state.creations.local?.phase).toBe('creating');
  });

  it('waits while another creation has not told its id', () => {
    const other = aCreation('other', { phase: 'creating' });
    const waiting = bench({}, { creations: { local: uncertain, other } }).run(listed(serverConversation(5)));
    expect(waiting.state.creations.local?.phase).toBe('uncertain');
    waiting.run({
      type: 'conversation.received',
      localConversationId: 'other',
      conversation: serverConversation(5),
      requestedAt: start,
    });
    waiting.pass(30_000).run({ ...listed(serverConversation(5)), requestedAt: waiting.at } as Event);
    expect(waiting.state.creations.local?.phase).toBe('creating');
  });

  it('is the only kind that a list settles', () => {
    const wanted = aCreation('w', { dueAt: start + 9 });
    const created = aCreation('c', { phase: 'created', conversationId: 3 });
    const { creations } = bench({}, { creations: { w: wanted, c: created } }).run(
      listed(serverConversation(5)),
    ).state;
    expect(creations).toEqual({ w: wanted, c: created });
  });

  it('shares nothing with a second one', () => {
    const other = { ...uncertain, localConversationId: 'other' };
    const both = bench({}, { creations: { local: uncertain, other } });
    both.run(listed(serverConversation(5), serverConversation(6)));
    const ids = Object.values(both.state.creations).map(({ conversationId }) => conversationId);
    expect(ids).toEqual([5, 6]);
  });

  it('is not settled by a list asked for before its time', () => {
    const early = bench({ dueAt: start + 1 }).run(listed(serverConversation(5)));
    expect(early.state.creations.local?.phase).toBe('uncertain');
  });

  it('is not settled by "unchanged"', () => {
    const same = bench().run({ type: 'conversations.unchanged' });
    expect(same.state.creations.local?.phase).toBe('uncertain');
    expect(same.pass(30_000).effects).toEqual([{ type: 'http.listConversations', etag: null }]);
  });
});

describe('a start', () => {
  const started = (creation: Creation) =>
    new Bench(aState({ creations: { local: creation } })).run({ type: 'background.started' }).state.creations;

  it('leaves a creation under way uncertain until it can no longer arrive', () => {
    const attempted = aCreation('local', { phase: 'creating', attemptedAt: start - 1_000 });
    expect(started(attempted).local).toMatchObject({ phase: 'uncertain', dueAt: start + 74_000 });
    const never = aCreation('local', { phase: 'creating' });
    expect(started(never).local?.dueAt).toBe(start + 75_000);
  });

  it('remembers the key of a created conversation for a day', () => {
    const created = (age: number) =>
      aCreation('local', { phase: 'created', conversationId: 5, attemptedAt: start - age });
    expect(started(created(86_400_000))).toHaveProperty('local');
    expect(started(created(86_400_001))).toEqual({});
  });

  it('leaves a wanted creation as it is', () => {
    const wanted = aCreation('local', { dueAt: start + 1_000, attemptedAt: 1 });
    expect(started(wanted).local).toBe(wanted);
  });
});

it('a hurry tries at once what only waits, and nothing that has to settle', () => {
  const creations = {
    w: aCreation('w', { dueAt: start + 9_000 }),
    u: { ...uncertain, localConversationId: 'u', dueAt: start + 9_000 },
  };
  const { state } = new Bench(aState({ creations })).run({ type: 'link.retried' });
  expect([state.creations.w?.dueAt, state.creations.u?.dueAt]).toEqual([start, start + 9_000]);
});
