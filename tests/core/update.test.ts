// `update` is pure, costs what changed, and begins from what was saved.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { initialState, unheardInbox } from '@/lib/core/state';
import { idOf, keyOf } from '@/lib/core/types';
import { update } from '@/lib/core/update';
import {
  aFrame,
  agent,
  aMessage,
  aState,
  failures,
  knownSession,
  liveState,
  loadedFor,
  newSession,
  ownMessage,
  serverConversation,
  start,
  timings,
} from '../support/core-builders';

const id = fc.integer({ min: 1, max: 3 });
const message = fc.record({ id: fc.integer({ min: 1, max: 30 }), own: fc.boolean(), conversationId: id });
const toMessage = ({
  id: number,
  own,
  conversationId,
}: {
  id: number;
  own: boolean;
  conversationId: number;
}) =>
  own
    ? ownMessage(number, { conversationId, echoId: `echo-${number}` })
    : aMessage(number, { conversationId });
const failure = fc.constantFrom(...Object.values(failures));
const key = fc.constantFrom('1', '2', 'local');
const echoId = fc.nat(30).map((number) => `echo-${number}`);
const events: fc.Arbitrary<Event>[] = [
  fc.constantFrom<Event>(
    { type: 'background.started' },
    { type: 'time.passed' },
    { type: 'link.retried' },
    { type: 'cable.silent' },
  ),
  fc.boolean().map((online) => ({ type: 'online.changed', online })),
  fc.record({
    type: fc.constant('view.opened' as const),
    viewId: fc.constantFrom('v', 'w'),
    windowId: id,
    conversationKey: key,
  }),
  fc.constantFrom('v', 'w').map((viewId) => ({ type: 'view.closed', viewId })),
  fc.nat(30).map((messageId) => ({ type: 'view.seen', viewId: 'v', messageId })),
  id.map((windowId) => ({ type: 'window.focused', windowId })),
  fc.record({
    type: fc.constant('message.submitted' as const),
    echoId,
    conversationKey: key,
    text: fc.constant('hello'),
  }),
  echoId.map((one) => ({ type: 'message.retried', echoId: one })),
  echoId.map((one) => ({ type: 'message.discarded', echoId: one })),
  fc.record({
    type: fc.constant('draft.changed' as const),
    conversationKey: key,
    text: fc.constantFrom('', 'a'),
  }),
  id.map((conversationId) => ({ type: 'older.requested', conversationId })),
  fc
    .constantFrom('connecting', 'live', 'waiting', 'closed')
    .map((cable) => ({ type: 'cable.changed', cable, attempt: 2, nextTryAt: null }) as Event),
  message.map((one) => ({ type: 'frame.message', message: toMessage(one) })),
  id.map((one) => ({ type: 'frame.conversation', conversation: aFrame(one) })),
  id.map((conversationId) => ({
    type: 'frame.typing',
    conversationId,
    author: agent,
    on: true,
    contactLastSeenAt: start,
    agentLastSeenAt: 0,
  })),
  fc.boolean().map((visible) => ({ type: 'view.visible', viewId: 'v', visible })),
  fc.option(failure).map((one) => ({ type: 'typing.told', on: false, failure: one })),
  fc.option(failure).map((one) => ({ type: 'lastSeen.told', conversationId: 1, upTo: 9, failure: one })),
  failure.map((one) => ({ type: 'contact.failed', failure: one })),
  fc.constant<Event>({
    type: 'contact.received',
    pubsubToken: 'token',
    contactId: 7,
    name: null,
    email: null,
    phoneNumber: null,
  }),
  fc.array(message).map((list) => ({
    type: 'conversations.listed',
    conversations: [
      serverConversation(
        1,
        list.map((one) => toMessage({ ...one, conversationId: 1 })),
      ),
    ],
    etag: null,
    requestedAt: start,
  })),
  failure.map((one) => ({ type: 'conversations.failed', failure: one })),
  failure.map((one) => ({ type: 'conversation.failed', localConversationId: 'local', failure: one })),
  id.map((one) => ({
    type: 'conversation.received',
    localConversationId: 'local',
    conversation: serverConversation(one),
    requestedAt: start,
  })),
  failure.map((one) => ({
    type: 'messages.failed',
    purpose: 'gap',
    asked: null,
    conversationId: 1,
    failure: one,
  })),
  fc.record({ echoId, failure }).map((one) => ({ type: 'message.failed', ...one })),
  fc.record({ echoId, message }).map((one) => ({
    type: 'message.posted',
    echoId: one.echoId,
    message: toMessage(one.message),
    requestedAt: start,
  })),
];

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

describe('update', () => {
  it('changes none of its arguments, always answers the same, and speaks plain JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(...events), fc.constantFrom(0, 500, 20_000)), { maxLength: 30 }),
        (list) => {
          let state = freeze(aState());
          let at = start;
          const history = new Map<number, ReturnType<typeof aMessage>>();
          for (const [event, ms] of list) {
            at += ms;
            freeze(event);
            const surroundings = freeze({
              at,
              fraction: 0.5,
              timings,
              loaded: loadedFor(state, event, history),
            });
            const result = update(state, event, surroundings);
            expect(update(state, event, surroundings)).toEqual(result);
            expect(JSON.parse(JSON.stringify(result))).toEqual(result);
            for (const one of result.messages) history.set(one.id, one);
            state = freeze(result.state);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps every part of the state that did not change', () => {
    const surroundings = { at: start, fraction: 0, timings, loaded: { messages: {}, page: null } };
    const state = liveState({
      views: { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } },
    });
    expect(update(state, { type: 'time.passed' }, surroundings).state).toBe(state);
    const { conversations, ...rest } = update(
      state,
      { type: 'frame.message', message: aMessage(9) },
      surroundings,
    ).state;
    expect(conversations).not.toBe(state.conversations);
    for (const [name, part] of Object.entries(rest))
      expect(part, name).toBe(state[name as keyof typeof state]);
  });
});

describe('the state after a start', () => {
  const persisted = {
    session: newSession,
    conversations: {},
    outbox: {},
    creations: {},
    drafts: {},
    syncedTo: {},
    inbox: unheardInbox,
  };

  it('has nothing under way', () => {
    const state = initialState(persisted, start);
    expect([state.windows, state.views, state.sync.gaps, state.sync.fresh]).toEqual([{}, {}, {}, {}]);
    expect(state).toMatchObject({
      focusedWindowId: null,
      link: { cable: 'idle', since: start, online: true, rateLimitedUntil: 0, answeredAt: 0 },
      sync: {
        contact: { wanted: false, busy: false },
        list: { wanted: false, lastAt: 0 },
      },
    });
  });

  it('knows whether the list is known', () => {
    expect(initialState(persisted, start).sync.listed).toBe(true);
    expect(initialState({ ...persisted, session: knownSession }, start).sync.listed).toBe(false);
    const session = { ...knownSession, listEtag: 'tag' };
    expect(initialState({ ...persisted, session }, start).sync.listed).toBe(true);
  });
});

it('tells the keys of known and new conversations apart', () => {
  expect([keyOf(12), idOf('12')]).toEqual(['12', 12]);
  expect([idOf('12a'), idOf('a12'), idOf('')]).toEqual([null, null, null]);
});
