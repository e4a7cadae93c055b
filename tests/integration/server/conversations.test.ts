// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifierHash } from '../../server/records/inboxes';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, newConversation, RawCable } from './support';

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

test('limits custom attributes in length and size', async () => {
  const { url } = await newContact(server);
  const create = (custom_attributes: object) => call(`${url}/conversations`, 'POST', { custom_attributes });
  expect((await create({ text: '😀'.repeat(1500), number: 9_999_999_999 })).status).toBe(200);
  const long = await create({ text: 'x'.repeat(1501) });
  expect([long.status, long.json]).toEqual([
    422,
    { message: 'Custom attributes text length should be < 1500', attributes: ['custom_attributes'] },
  ]);
  const big = await create({ number: 10_000_000_000 });
  expect([big.status, big.json]).toEqual([
    422,
    { message: 'Custom attributes number value should be < 9999999999', attributes: ['custom_attributes'] },
  ]);
});

test('gives the one conversation of a locked inbox back, even resolved, and tells of it once', async () => {
  const { contact, id, url } = await newConversation(server, {}, 'single-inbox-demo');
  const cable = await new RawCable(server).subscribe(contact.pubsub_token);
  await call(`${url}/messages`, 'POST', { content: 'hello' });
  await server.agent.resolve(id);
  const again = await call(`${contact.url}/conversations`, 'POST', { custom_attributes: { a: 1 } });
  expect(again.json).toMatchObject({ id, status: 'resolved', messages: [{ content: 'hello' }] });
  const other = await newConversation(server, {}, 'single-inbox-demo');
  expect(other.id).not.toBe(id);
  await cable.settle(contact.pubsub_token);
  cable.socket.terminate();
  expect(cable.events()).not.toContain('conversation.created');
});

test('lets every session of a contact reach the messages of its conversations, though not the conversations', async () => {
  const { id, url } = await newConversation(server, { identifier: 'two-devices' });
  await call(`${url}/messages`, 'POST', { content: 'hello' });
  const second = await newContact(server, { identifier: 'two-devices' });
  const theirs = `${second.url}/conversations/${id}`;
  expect((await call(theirs)).status).toBe(404);
  expect((await call(`${theirs}/toggle_status`, 'POST')).status).toBe(404);
  expect((await call(`${theirs}/messages`)).json).toMatchObject([{ content: 'hello' }]);
  expect((await call(`${theirs}/messages`, 'POST', { content: 'from here' })).status).toBe(200);
  const stranger = await newContact(server);
  expect((await call(`${stranger.url}/conversations/${id}/messages`)).status).toBe(404);
});

test('shows what an inbox is set to', async () => {
  const { json } = await call(`${server.url}/public/api/v1/inboxes/csat-inbox-demo`);
  expect(json).toMatchObject({
    csat_survey_enabled: true,
    greeting_enabled: true,
    working_hours_enabled: false,
  });
  expect(json.working_hours).toHaveLength(7);
  expect(json.working_hours[1]).toEqual({
    day_of_week: 1,
    closed_all_day: false,
    open_hour: 9,
    open_minutes: 0,
    close_hour: 17,
    close_minutes: 0,
    open_all_day: false,
  });
});
