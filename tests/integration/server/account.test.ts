// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_INBOXES } from '../../server/demo/demo-inboxes';
import { startDemoSite } from '../../server/demo/demo-site/site';
import { type CarbonChatServer, startServer } from '../../server/server';
import { createAgentClient } from '../../server/testing/agent-client';
import { call, inboxUrl, newConversation } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const TOKEN = { api_access_token: 'grace-api-access-token-1' };

test('lets nobody in without a right access token', async () => {
  for (const headers of [{}, { api_access_token: 'wrong' }] as Record<string, string>[]) {
    const answer = await call(`${server.url}/api/v1/accounts/1/conversations`, 'GET', undefined, headers);
    expect([answer.status, answer.json]).toEqual([401, { error: 'Invalid Access Token' }]);
  }
});

test('answers a posted message and a changed status with the recorded keys', async () => {
  const { id } = await newConversation(server);
  const url = `${server.url}/api/v1/accounts/1/conversations/${id}`;
  const message = await call(`${url}/messages`, 'POST', { content: 'hello' }, TOKEN);
  expect(Object.keys(message.json)).toEqual([
    'id',
    'content',
    'inbox_id',
    'conversation_id',
    'message_type',
    'content_type',
    'status',
    'content_attributes',
    'created_at',
    'private',
    'source_id',
    'sender',
  ]);
  const status = await call(`${url}/toggle_status`, 'POST', { status: 'resolved' }, TOKEN);
  expect(status.json).toEqual({
    payload: { success: true, conversation_id: id, current_status: 'resolved', snoozed_until: null },
  });
  const assigned = await call(`${url}/assignments`, 'POST', { assignee_id: 2 }, TOKEN);
  expect(assigned.json).toMatchObject({ id: 2, name: 'Linus Agent', email: 'linus.agent@ledgerly.test' });
  expect((await call(`${url}/assignments`, 'POST', { assignee_id: null }, TOKEN)).text).toBe('null');
  const typing = await call(`${url}/toggle_typing_status`, 'POST', { typing_status: 'on' }, TOKEN);
  expect([typing.status, typing.text]).toEqual([200, '']);
});

test('lists conversations, most recently active first, and counts unread until the agent reads', async () => {
  const first = await newConversation(server, { name: 'First' });
  const second = await newConversation(server, { name: 'Second' });
  await call(`${first.url}/messages`, 'POST', { content: 'newest' });
  const [top, next] = await server.agent.conversations();
  expect([top?.id, top?.unread_count, next?.id]).toEqual([first.id, 1, second.id]);
  expect(top?.last_non_activity_message).toMatchObject({ content: 'newest' });
  await server.agent.read(first.id);
  expect((await server.agent.conversation(first.id)).unread_count).toBe(0);
});

test('lets an agent start a conversation and write with every content type', async () => {
  const { contact } = await newConversation(server);
  const { id } = await server.agent.startConversation(contact.source_id);
  await server.agent.reply(id, 'Pick one', {
    content_type: 'input_select',
    content_attributes: { items: [{ title: 'Books', value: 'books' }] },
  });
  const { json } = await call(`${contact.url}/conversations/${id}/messages`);
  expect(json).toMatchObject([
    {
      content: 'Pick one',
      content_type: 'input_select',
      content_attributes: { items: [{ title: 'Books', value: 'books' }] },
      sender: { type: 'user', available_name: 'Grace' },
    },
  ]);
});

test('answers what else agents do with the recorded shapes', async () => {
  const { id, url } = await newConversation(server);
  await call(`${url}/messages`, 'POST', { content: 'hi' });
  const one = `${server.url}/api/v1/accounts/1/conversations/${id}`;
  const post = (what: string, body: unknown) => call(`${one}/${what}`, 'POST', body, TOKEN);
  expect((await post('labels', { labels: ['vip', 'cart'] })).json).toEqual({ payload: ['vip', 'cart'] });
  const attributes = await post('custom_attributes', { custom_attributes: { order: 'A-17' } });
  expect(attributes.json).toEqual({ custom_attributes: { order: 'A-17' } });
  for (const [what, body] of [
    ['toggle_priority', { priority: 'high' }],
    ['mute', {}],
    ['unmute', {}],
  ] as const) {
    const { status, text, headers } = await post(what, body);
    expect([status, text, headers.get('content-type')]).toEqual([200, '', 'application/json']);
  }
  const { json } = await post('update_last_seen', {});
  expect(json).toMatchObject({
    id,
    account_id: 1,
    labels: ['vip', 'cart'],
    custom_attributes: { order: 'A-17' },
    priority: 'high',
    status: 'resolved',
    muted: false,
    unread_count: 0,
    first_reply_created_at: 0,
    last_non_activity_message: { content: 'hi' },
  });
  expect(json.meta).toMatchObject({
    channel: 'Channel::Api',
    hmac_verified: false,
    assignee: { id: 1, availability_status: 'online', role: 'administrator', auto_offline: false },
  });
  expect(json.assignee_last_seen_at).toBe(json.agent_last_seen_at);
});

test('reports the way of a message, but not back from read', async () => {
  const { id } = await newConversation(server);
  const { id: message } = await server.agent.reply(id, 'hi');
  const report = (status: string, error?: string) =>
    server.agent.setMessageStatus(id, message, status, error);
  expect((await report('failed', 'no route')).content_attributes).toEqual({ external_error: 'no route' });
  const delivered = await report('delivered');
  expect([delivered.status, delivered.content_attributes]).toEqual(['delivered', {}]);
  expect((await report('read')).status).toBe('read');
  expect((await report('delivered')).status).toBe('read');
  expect((await report('nonsense')).status).toBe('read');
});

test('lets administrators only delete a conversation', async () => {
  const { id } = await newConversation(server);
  const linus = createAgentClient(() => server.url, 1, 'linus-api-access-token-2');
  await expect(linus.deleteConversation(id)).rejects.toThrow(
    '401: {"error":"You are not authorized to do this action"}',
  );
  await server.agent.deleteConversation(id);
  await expect(server.agent.conversation(id)).rejects.toThrow('404');
});

test('sends files as an agent does', async () => {
  const { id, url } = await newConversation(server);
  await server.agent.sendFiles(id, [new File(['hello'], 'a.txt', { type: 'text/plain' })], 'our flyer');
  const { json } = await call(`${url}/messages`);
  expect(json).toMatchObject([{ content: 'our flyer', attachments: [{ file_type: 'file', file_size: 5 }] }]);
});

test('serves the console and its files, and nothing outside of its folder', async () => {
  const page = await call(`${server.url}/console`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect((await call(`${server.url}/console/console.js`)).status).toBe(200);
  expect((await call(`${server.url}/console/..%2Fserver.ts`)).status).toBe(404);
});

test('serves the demo site on its own origin, with deep links and a strict policy', async () => {
  const site = await startDemoSite();
  for (const path of ['/', '/invoices', '/customers', '/reports']) {
    const { status, text, headers } = await call(site.url + path);
    expect(status).toBe(200);
    expect(text).toContain('Ledgerly');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  }
  expect((await call(`${site.url}/nothing`)).status).toBe(404);
  await site.close();
  await expect(fetch(site.url)).rejects.toThrow();
});

test('has the demo site sign its customers so that the inbox takes them, with the secret of the moment', async () => {
  const secret = DEMO_INBOXES.find(({ hmacMandatory }) => hmacMandatory)?.hmacToken ?? '';
  const site = await startDemoSite({ secret });
  const person = { name: 'Ana', email: 'Ana@ledgerly.example' };
  const signIn = async () => (await call(`${site.url}/session`, 'POST', person)).json;
  const statusOf = async ({ identifier, identifierHash: identifier_hash }: Record<string, string>) => {
    const url = `${inboxUrl(server, 'strict-inbox-demo')}/contacts`;
    return (await call(url, 'POST', { identifier, identifier_hash })).status;
  };
  const signed = await signIn();
  expect(signed).toMatchObject({ identifier: 'ledgerly:ana@ledgerly.example', ...person });
  expect(await statusOf(signed)).toBe(200);
  site.secret = 'another';
  expect(await statusOf(await signIn())).toBe(500);
  site.secret = null;
  expect(await signIn()).not.toHaveProperty('identifierHash');
  await site.close();
});
