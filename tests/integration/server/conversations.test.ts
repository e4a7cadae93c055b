// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifierHash } from '../../server/inboxes';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, newConversation } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const NOT_FOUND = { status: 404, error: 'Not Found' };

test('creates an open conversation with the recorded keys and no messages', async () => {
  const { url } = await newContact(server, { name: 'Mira', email: 'mira.c@reader.test' });
  const { status, json } = await call(`${url}/conversations`, 'POST', {
    custom_attributes: { page: 'cart' },
    status: 'resolved',
  });
  expect(status).toBe(200);
  expect(Object.keys(json)).toEqual([
    'id',
    'uuid',
    'inbox_id',
    'contact_last_seen_at',
    'status',
    'agent_last_seen_at',
    'messages',
    'contact',
  ]);
  expect(json).toMatchObject({ inbox_id: 1, status: 'open', contact_last_seen_at: 0, messages: [] });
  expect(json.contact).toMatchObject({ name: 'Mira', email: 'mira.c@reader.test', contact_type: 'lead' });
});

test('lists all conversations of a session with all their messages, unpaged', async () => {
  const { url, source_id } = await newContact(server);
  expect((await call(`${url}/conversations`)).json).toEqual([]);
  const first = server.control.seed({ source_id, count: 45 });
  const second = server.control.seed({ source_id, count: 2 });
  const { json, headers } = await call(`${url}/conversations`);
  expect(json.map(({ id }: { id: number }) => id)).toEqual([first.conversationId, second.conversationId]);
  expect(json[0].messages.map(({ id }: { id: number }) => id)).toEqual(first.messageIds);
  const etag = headers.get('etag') ?? '';
  expect((await call(`${url}/conversations`, 'GET', undefined, { 'if-none-match': etag })).status).toBe(304);
});

test('answers 404 for an unknown id, an id that is no number and a conversation of somebody else', async () => {
  const { id } = await newConversation(server);
  const stranger = await newContact(server);
  for (const wrong of ['999999', 'abc', String(id)]) {
    const { status, json } = await call(`${stranger.url}/conversations/${wrong}`);
    expect([status, json]).toEqual([404, NOT_FOUND]);
  }
  expect((await call(`${stranger.url}x/conversations`, 'POST', {})).status).toBe(404);
});

test('shows a verified session the conversations of the contact in its other verified sessions', async () => {
  const proof = { identifier: 'ida', identifier_hash: identifierHash('strict-hmac-secret-demo', 'ida') };
  const { id, contact } = await newConversation(server, proof, 'strict-inbox-demo');
  const second = await newContact(server, proof, 'strict-inbox-demo');
  expect(second.id).toBe(contact.id);
  expect((await call(`${second.url}/conversations`)).json).toEqual([]);
  await call(second.url, 'PATCH', proof);
  const { json } = await call(`${second.url}/conversations`);
  expect(json.map((conversation: { id: number }) => conversation.id)).toEqual([id]);
});

test('resolves by toggle_status and never reopens by it', async () => {
  const { url } = await newConversation(server);
  expect((await call(`${url}/toggle_status`, 'POST')).json.status).toBe('resolved');
  expect((await call(`${url}/toggle_status`, 'POST')).json.status).toBe('resolved');
  expect((await call(url)).json.status).toBe('resolved');
});

test.each(['resolved', 'snoozed', 'pending'] as const)(
  'takes a message in a %s conversation and reopens it unless it is pending',
  async (status) => {
    const { source_id, url } = await newContact(server);
    const { conversationId } = server.control.seed({ source_id, count: 2, status });
    const conversation = `${url}/conversations/${conversationId}`;
    expect((await call(`${conversation}/messages`, 'POST', { content: 'one more' })).status).toBe(200);
    expect((await call(conversation)).json.status).toBe(status === 'pending' ? 'pending' : 'open');
  },
);

test('answers typing and last-seen with 200 and an empty body, whatever they say', async () => {
  const { url } = await newConversation(server);
  for (const [path, body] of [
    ['toggle_typing', { typing_status: 'on' }],
    ['toggle_typing', { typing_status: 'maybe' }],
    ['toggle_typing', undefined],
    ['update_last_seen', undefined],
  ] as const) {
    const { status, text, headers } = await call(`${url}/${path}`, 'POST', body);
    expect([status, text, headers.get('content-type')]).toEqual([200, '', 'application/json']);
  }
  expect((await call(url)).json.contact_last_seen_at).toBeGreaterThan(1_700_000_000);
  expect((await call(`${url}9/toggle_typing`, 'POST')).status).toBe(404);
});

test('keeps a blocked contact out: messages are taken, a resolved conversation stays so, a new one is born resolved', async () => {
  const { contact, url } = await newConversation(server);
  await call(`${url}/toggle_status`, 'POST');
  const record = server.store.contacts.find(({ id }) => id === contact.id);
  if (record === undefined) throw new Error('the contact is gone');
  record.blocked = true;
  expect((await call(`${url}/messages`, 'POST', { content: 'blocked?' })).status).toBe(200);
  expect((await call(url)).json.status).toBe('resolved');
  expect((await call(`${contact.url}/conversations`, 'POST', {})).json.status).toBe('resolved');
});
