// Each effect asks the right thing of the server, and what comes of it comes back as an event.
import { expect, it } from 'vitest';
import type { Effect } from '@/lib/core/effects';
import type { Event } from '@/lib/core/events';
import type { ServerConversation } from '@/lib/core/server-types';
import { runnerRig } from './runner-rig';
import { echoId, localId, message, now } from './samples';

const failure = { kind: 'timeout' } as const;
const listed: ServerConversation = {
  id: 7,
  status: 'open',
  contactLastSeenAt: 0,
  agentLastSeenAt: 0,
  messages: [],
};

const notThere = { ok: false, failure: { kind: 'status', status: 404, message: 'Not Found' } } as const;

it.each<[string, object, Event]>([
  ['is there', { ok: true, value: {} }, { type: 'contact.gone', sourceId: 'unused' }],
  ['is not there either', notThere, { type: 'inbox.missing' }],
  ['does not answer', { ok: false, failure }, { type: 'contact.failed', failure }],
])(
  'asks for the inbox when a contact is not there; one that %s tells which is gone',
  async (_, inbox, event) => {
    const { runner, calls, events, answer } = runnerRig();
    runner.run({ type: 'http.getContact' });
    await answer(notThere);
    expect(calls.at(-1)).toEqual(['inbox']);
    expect(events).toEqual([]);
    await answer(inbox);
    expect(events).toEqual([event]);
  },
);

it('takes a contact that cannot be created because of a 404 for a missing inbox', async () => {
  const { runner, calls, events, answer } = runnerRig();
  runner.run({ type: 'http.createContact', bare: false });
  await answer(notThere);
  expect([calls.length, events]).toEqual([1, [{ type: 'inbox.missing' }]]);
});

it('tells whether the inbox can be had, when it is open, and what it was asked for', async () => {
  const { runner, calls, events, answer } = runnerRig();
  runner.run({ type: 'http.getInbox', purpose: 'cause' });
  expect(calls).toEqual([['inbox']]);
  await answer({ ok: true, value: { name: 'Help', identityRequired: false, hours: 'always' } });
  runner.run({ type: 'http.getInbox', purpose: 'hours' });
  await answer({ ok: false, failure });
  expect(events).toEqual([
    { type: 'inbox.received', purpose: 'cause', identityRequired: false, hours: 'always' },
    { type: 'inbox.failed', purpose: 'hours', failure },
  ]);
});

type Row = [effect: Effect, call: unknown[], value: unknown, event: Event | null, failed: Event | null];
const page = { messages: [message(8), message(4), message(9)], before: 3, complete: true };
const gap = { purpose: 'gap', conversationId: 7 } as const;
const contact = {
  sourceId: 'x',
  pubsubToken: 'p',
  contactId: 3,
  name: 'Mira',
  email: null,
  phoneNumber: null,
};
const received: Event = {
  type: 'contact.received',
  pubsubToken: 'p',
  contactId: 3,
  name: 'Mira',
  email: null,
  phoneNumber: null,
};
const rows: Row[] = [
  [
    { type: 'http.createContact', bare: false },
    ['createContact', { sourceId: 'source-secret', identity: null }],
    contact,
    received,
    { type: 'contact.failed', failure },
  ],
  [
    { type: 'http.getContact' },
    ['contact', 'source-secret', null],
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
    { type: 'messages.listed', ...gap, asked: 10, ...page, requestedAt: now },
    { type: 'messages.failed', ...gap, asked: 10, failure },
  ],
  [
    { type: 'http.listMessages', purpose: 'older', conversationId: 7, before: null },
    ['messages', 'source-secret', 7, null],
    { messages: [], before: null, complete: true },
    {
      type: 'messages.listed',
      purpose: 'older',
      asked: null,
      conversationId: 7,
      messages: [],
      complete: true,
      before: null,
      requestedAt: now,
    },
    { type: 'messages.failed', purpose: 'older', asked: null, conversationId: 7, failure },
  ],
  [
    { type: 'http.createMessage', echoId, conversationId: 7, text: 'Hello' },
    ['createMessage', 'source-secret', 7, 'Hello', echoId],
    message(2),
    { type: 'message.posted', echoId, message: message(2), requestedAt: now },
    { type: 'message.failed', echoId, failure },
  ],
  [
    { type: 'http.updateLastSeen', conversationId: 7, upTo: 2 },
    ['updateLastSeen', 'source-secret', 7],
    null,
    { type: 'lastSeen.told', conversationId: 7, upTo: 2, failure: null },
    { type: 'lastSeen.told', conversationId: 7, upTo: 2, failure },
  ],
  [
    { type: 'http.setTyping', conversationId: 7, on: true },
    ['setTyping', 'source-secret', 7, true],
    null,
    { type: 'typing.told', on: true, failure: null },
    { type: 'typing.told', on: true, failure },
  ],
];

it.each(rows)('does %j', async (effect, call, value, event) => {
  const { runner, calls, events, answer, clock } = runnerRig();
  runner.run(effect);
  expect(calls).toEqual([call]);
  clock.elapse(500);
  await answer({ ok: true, value });
  expect(events).toEqual(event ? [event] : []);
});

it.each(rows)('tells of the failure of %j', async (effect, _call, _value, _event, failed) => {
  const { runner, events, answer } = runnerRig();
  runner.run(effect);
  await answer({ ok: false, failure });
  expect(events).toEqual(failed ? [failed] : []);
});

it.each<[Effect, Event['type']]>([
  [{ type: 'http.listConversations', etag: null }, 'conversations.failed'],
  [{ type: 'http.createConversation', localConversationId: localId }, 'conversation.failed'],
  [{ type: 'http.listMessages', ...gap, before: null }, 'messages.failed'],
  [{ type: 'http.createMessage', echoId, conversationId: 7, text: 'Hello' }, 'message.failed'],
])('takes an answer to a contact that is gone for none: %j', async (effect, type) => {
  for (const outcome of [notThere, { ok: true, value: { conversations: [], etag: null } }]) {
    const { runner, current, events, answer } = runnerRig();
    runner.run(effect);
    current.session = { ...current.session, sourceId: 'the-next' };
    await answer(outcome);
    expect(events).toMatchObject([{ type, failure: { kind: 'unreachable' } }]);
  }
});

it('keeps the background alive every 20 s while any request is under way, and not otherwise', async () => {
  const { runner, clock, answer, keptAlive } = runnerRig();
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
  const { runner, clock, answer, keptAlive } = runnerRig();
  for (let i = 0; i < 5; i += 1) {
    runner.run({ type: 'http.getContact' });
    await answer({ ok: false, failure });
  }
  runner.run({ type: 'http.getContact' });
  clock.elapse(20_000);
  expect(keptAlive()).toBe(1);
});

/** Opens the cable and lets the server confirm it. */
