// Each effect asks the right thing of the server or the cable, and what comes of it comes back as an event.
import { expect, it } from 'vitest';
import { EffectRunner } from '@/lib/background/effect-runner';
import type { CarbonChatClient } from '@/lib/carbonchat/client';
import type { Effect } from '@/lib/core/effects';
import type { Event } from '@/lib/core/events';
import type { ServerConversation } from '@/lib/core/server-types';
import type { Session } from '@/lib/core/types';
import { messageFrame, typingFrame } from '../carbonchat/samples';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { echoId, localId, message, now, session } from './samples';

const failure = { kind: 'timeout' } as const;
const listed: ServerConversation = {
  id: 7,
  status: 'open',
  contactLastSeenAt: 0,
  agentLastSeenAt: 0,
  messages: [],
};
const room = '{"channel":"RoomChannel","pubsub_token":"pubsub-secret"}';

function rig() {
  const clock = new FakeClock(now);
  const network = new FakeNetwork();
  const calls: unknown[][] = [];
  const events: Event[] = [];
  const waiting: ((outcome: unknown) => void)[] = [];
  const current: { session: Session } = { session: session() };
  let keptAlive = 0;
  const client = new Proxy({} as CarbonChatClient, {
    get:
      (_, method) =>
      (...args: unknown[]) => {
        calls.push([method, ...args]);
        return new Promise((resolve) => waiting.push(resolve));
      },
  });
  const runner = new EffectRunner({
    client,
    installationUrl: 'https://support.acme.com',
    clock,
    random: { fraction: () => 0.5, uuid: () => 'unused' },
    socket: network.factory,
    session: () => current.session,
    happened: async (event) => void events.push(event),
    keepAlive: () => {
      keptAlive += 1;
    },
  });
  /** Ends the oldest request under way. */
  const answer = async (outcome: unknown) => {
    waiting.shift()?.(outcome);
    await clock.settle();
  };
  return { runner, clock, network, calls, events, answer, current, keptAlive: () => keptAlive };
}

const notThere = { ok: false, failure: { kind: 'status', status: 404, message: 'Not Found' } } as const;

it.each<[string, object, Event]>([
  ['is there', { ok: true, value: {} }, { type: 'contact.gone', sourceId: 'unused' }],
  ['is not there either', notThere, { type: 'inbox.missing' }],
  ['does not answer', { ok: false, failure }, { type: 'contact.failed', failure }],
])(
  'asks for the inbox when a contact is not there; one that %s tells which is gone',
  async (_, inbox, event) => {
    const { runner, calls, events, answer } = rig();
    runner.run({ type: 'http.getContact' });
    await answer(notThere);
    expect(calls.at(-1)).toEqual(['inbox']);
    expect(events).toEqual([]);
    await answer(inbox);
    expect(events).toEqual([event]);
  },
);

it('takes a contact that cannot be created because of a 404 for a missing inbox', async () => {
  const { runner, calls, events, answer } = rig();
  runner.run({ type: 'http.createContact' });
  await answer(notThere);
  expect([calls.length, events]).toEqual([1, [{ type: 'inbox.missing' }]]);
});

it('tells whether the inbox can be had', async () => {
  const { runner, calls, events, answer } = rig();
  runner.run({ type: 'http.getInbox' });
  expect(calls).toEqual([['inbox']]);
  await answer({ ok: true, value: {} });
  runner.run({ type: 'http.getInbox' });
  await answer({ ok: false, failure });
  expect(events).toEqual([{ type: 'inbox.received' }, { type: 'inbox.failed', failure }]);
});

type Row = [effect: Effect, call: unknown[], value: unknown, event: Event | null, failed: Event | null];
const page = { messages: [message(8), message(4), message(9)], before: 3, complete: true };
const gap = { purpose: 'gap', conversationId: 7 } as const;
const contact = { sourceId: 'x', pubsubToken: 'p', contactId: 3, name: 'Mira' };
const received: Event = { type: 'contact.received', pubsubToken: 'p', contactId: 3, name: 'Mira' };
const rows: Row[] = [
  [
    { type: 'http.createContact' },
    ['createContact', { sourceId: 'source-secret' }],
    contact,
    received,
    { type: 'contact.failed', failure },
  ],
  [
    { type: 'http.getContact' },
    ['contact', 'source-secret'],
    contact,
    received,
    { type: 'contact.failed', failure },
  ],
  [
    { type: 'http.listConversations', etag: 'W/"1"' },
    ['conversations', 'source-secret', 'W/"1"'],
    { conversations: [listed], etag: 'W/"2"' },
    { type: 'conversations.listed', conversations: [listed], etag: 'W/"2"', requestedAt: now },
    { type: 'conversations.failed', failure },
  ],
  [
    { type: 'http.listConversations', etag: null },
    ['conversations', 'source-secret', null],
    'unchanged',
    { type: 'conversations.unchanged' },
    { type: 'conversations.failed', failure },
  ],
  [
    { type: 'http.createConversation', localConversationId: localId },
    ['createConversation', 'source-secret'],
    listed,
    { type: 'conversation.received', localConversationId: localId, conversation: listed, requestedAt: now },
    { type: 'conversation.failed', localConversationId: localId, failure },
  ],
  [
    { type: 'http.listMessages', ...gap, before: 10 },
    ['messages', 'source-secret', 7, 10],
    page,
    { type: 'messages.listed', ...gap, ...page, requestedAt: now },
    { type: 'messages.failed', ...gap, failure },
  ],
  [
    { type: 'http.listMessages', purpose: 'older', conversationId: 7, before: null },
    ['messages', 'source-secret', 7, null],
    { messages: [], before: null, complete: true },
    {
      type: 'messages.listed',
      purpose: 'older',
      conversationId: 7,
      messages: [],
      complete: true,
      before: null,
      requestedAt: now,
    },
    { type: 'messages.failed', purpose: 'older', conversationId: 7, failure },
  ],
  [
    { type: 'http.createMessage', echoId, conversationId: 7, text: 'Hello' },
    ['createMessage', 'source-secret', 7, 'Hello', echoId],
    message(2),
    { type: 'message.posted', echoId, message: message(2), requestedAt: now },
    { type: 'message.failed', echoId, failure },
  ],
  [
    { type: 'http.updateLastSeen', conversationId: 7 },
    ['updateLastSeen', 'source-secret', 7],
    null,
    null,
    null,
  ],
];

it.each(rows)('does %j', async (effect, call, value, event) => {
  const { runner, calls, events, answer, clock } = rig();
  runner.run(effect);
  expect(calls).toEqual([call]);
  clock.elapse(500);
  await answer({ ok: true, value });
  expect(events).toEqual(event ? [event] : []);
});

it.each(rows)('tells of the failure of %j', async (effect, _call, _value, _event, failed) => {
  const { runner, events, answer } = rig();
  runner.run(effect);
  await answer({ ok: false, failure });
  expect(events).toEqual(failed ? [failed] : []);
});

it('keeps the background alive every 20 s while any request is under way, and not otherwise', async () => {
  const { runner, clock, answer, keptAlive } = rig();
  const ended = { ok: false, failure };
  runner.run({ type: 'http.getContact' });
  clock.elapse(19_999);
  expect(keptAlive()).toBe(0);
  clock.elapse(1);
  expect(keptAlive()).toBe(1);
  runner.run({ type: 'http.getContact' });
  await answer(ended);
  clock.elapse(40_000);
  expect(keptAlive()).toBe(3);
  await answer(ended);
  clock.elapse(60_000);
  expect(keptAlive()).toBe(3);
  expect(clock.pending).toBe(0);
});

it('keeps one pace of keeping alive over many short requests', async () => {
  const { runner, clock, answer, keptAlive } = rig();
  for (let i = 0; i < 5; i += 1) {
    runner.run({ type: 'http.getContact' });
    await answer({ ok: false, failure });
  }
  runner.run({ type: 'http.getContact' });
  clock.elapse(20_000);
  expect(keptAlive()).toBe(1);
});

/** Opens the cable and lets the server confirm it. */
function live({ runner, network }: ReturnType<typeof rig>) {
  runner.run({ type: 'cable.open' });
  const { socket } = network;
  socket.open();
  socket.receive({ type: 'welcome' });
  socket.receive({ type: 'confirm_subscription', identifier: room });
  return socket;
}

it('opens the cable of the installation with the session token, and tells of its states', () => {
  const one = rig();
  const socket = live(one);
  expect(socket.url).toBe('wss://support.acme.com/cable');
  expect(socket.sent).toEqual([{ command: 'subscribe', identifier: room }]);
  expect(one.events).toEqual([
    { type: 'cable.changed', cable: 'connecting', attempt: 0, nextTryAt: null },
    { type: 'cable.changed', cable: 'connecting', attempt: 0, nextTryAt: null },
    { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null },
  ]);
  socket.drop();
  const last = one.events.at(-1);
  expect(last).toMatchObject({ type: 'cable.changed', cable: 'waiting' });
  expect(last?.type === 'cable.changed' && last.nextTryAt).toBeGreaterThan(now);
});

it('turns frames into events, and passes over what is not for people', () => {
  const one = rig();
  const socket = live(one);
  one.events.length = 0;
  const say = (event: string, data: unknown) =>
    socket.receive({ identifier: room, message: { event, data } });
  say('message.created', messageFrame());
  say('message.created', { ...messageFrame(), private: true });
  say('presence.update', { account_id: 1, users: {} });
  say('conversation.typing_on', typingFrame());
  say('conversation.updated', typingFrame().conversation);
  say('something.else', {});
  expect(one.events).toMatchObject([
    { type: 'frame.message', message: { id: 24, text: 'Yes, until **18:00**.', changedAt: now } },
    { type: 'frame.typing', conversationId: 2, author: { name: 'Grace' }, on: true },
    { type: 'frame.conversation', conversation: { id: 2, status: 'resolved' } },
  ]);
});

it('closes the cable, and hears nothing of it any more', () => {
  const one = rig();
  const socket = live(one);
  one.events.length = 0;
  one.runner.run({ type: 'cable.close' });
  expect(socket.status).toBe('closed');
  socket.receive({ identifier: room, message: { event: 'message.created', data: messageFrame() } });
  socket.drop();
  one.clock.elapse(120_000);
  expect(one.events).toEqual([]);
  expect(one.network.sockets).toHaveLength(1);
});

it('replaces the cable where it is opened anew, with the token of now, and ignores the old one', () => {
  const one = rig();
  const old = live(one);
  one.current.session = session({ pubsubToken: 'new-token' });
  one.events.length = 0;
  one.runner.run({ type: 'cable.open' });
  expect(one.events).toEqual([{ type: 'cable.changed', cable: 'connecting', attempt: 0, nextTryAt: null }]);
  one.events.length = 0;
  old.receive({ identifier: room, message: { event: 'message.created', data: messageFrame() } });
  old.drop();
  expect(one.events).toEqual([]);
  expect(one.network.alive).toHaveLength(1);
  one.network.socket.open();
  one.network.socket.receive({ type: 'welcome' });
  expect(one.network.socket.sent).toMatchObject([{ identifier: room.replace('pubsub-secret', 'new-token') }]);
});

it('says that the cable is silent when a subscription is not answered', () => {
  const { runner, network, clock, events } = rig();
  runner.run({ type: 'cable.open' });
  network.socket.open();
  network.socket.receive({ type: 'welcome' });
  for (let i = 0; i < 10; i += 1) {
    clock.elapse(3_000);
    if (network.socket.status === 'open') network.socket.receive({ type: 'ping' });
  }
  expect(events.filter(({ type }) => type === 'cable.silent')).toHaveLength(1);
});

it('tries again at once when asked to, and does nothing without a cable', () => {
  const one = rig();
  one.runner.run({ type: 'cable.reconnect' });
  expect(one.network.sockets).toEqual([]);
  live(one).drop();
  one.runner.run({ type: 'cable.reconnect' });
  expect(one.network.sockets).toHaveLength(2);
});

it('goes on with the tries of a background before it', () => {
  const one = rig();
  one.current.session = session({ cableAttempt: 5 });
  one.runner.run({ type: 'cable.open' });
  one.network.socket.drop();
  expect(one.events).toMatchObject([{ attempt: 5 }, { cable: 'waiting', attempt: 6 }]);
});

it('opens no cable without a token', () => {
  const { runner, network, current } = rig();
  current.session = session({ pubsubToken: null });
  runner.run({ type: 'cable.open' });
  expect(network.sockets).toEqual([]);
});
