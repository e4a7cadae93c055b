// @vitest-environment node
// How a request is read: JSON, forms and queries come to the same, scalars are scalars, ids end at a dot.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, inboxUrl, newContact, newConversation, RawCable } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => server.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const AGENT = { api_access_token: 'grace-api-access-token-1' };
const BROKEN = [400, '', 'text/html; charset=UTF-8'];
const multipart = (text: string) => {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(text)) form.append(name, value);
  return form;
};

test.each([
  ['an object', { a: 1 }, null],
  ['a list', ['a'], null],
  ['a number', 5, '5'],
  ['a boolean', true, 'true'],
])('takes %s as content for what a scalar parameter makes of it', async (_what, given, kept) => {
  const { url, id } = await newConversation(server);
  const own = await call(`${url}/messages`, 'POST', { content: given, echo_id: given });
  expect([own.status, own.json.content]).toEqual([200, kept]);
  const agents = `${server.url}/api/v1/accounts/1/conversations/${id}/messages`;
  expect((await call(agents, 'POST', { content: given }, AGENT)).json.content).toBe(kept);
});

test('drops fields of a contact that are no scalars', async () => {
  const fields = { name: { a: 1 }, email: ['a@b.test'], phone_number: {}, identifier: [1], source_id: {} };
  const { json } = await call(`${inboxUrl(server)}/contacts`, 'POST', fields);
  expect(json).toMatchObject({
    email: null,
    phone_number: null,
    name: expect.stringMatching(/^\w+-\w+-\d+$/),
  });
  expect(json.source_id).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  [
    'a list of objects',
    'v[][title]=A&v[][value]=1&v[][title]=B&v[][value]=2',
    [
      { title: 'A', value: '1' },
      { title: 'B', value: '2' },
    ],
  ],
  [
    'objects with other keys',
    'v[][name]=A&v[][value]=1&v[][name]=B',
    [{ name: 'A', value: '1' }, { name: 'B' }],
  ],
  ['one object', 'v[csat_survey_response][rating]=4', { csat_survey_response: { rating: '4' } }],
])('reads from a form, a multipart form and a query %s', async (_what, text, kept) => {
  const { url, id } = await newConversation(server);
  const named = text.replaceAll(/(^|&)v/g, '$1submitted_values');
  const answer = async (query: string, body?: unknown, headers = {}) => {
    const message = await server.agent.reply(id, 'Well?');
    const to = `${url}/messages/${message.id}${query}`;
    return (await call(to, 'PATCH', body, headers)).json.content_attributes;
  };
  const expected = { submitted_values: kept };
  expect(await answer('', named, FORM)).toEqual(expected);
  expect(await answer('', multipart(named))).toEqual(expected);
  expect(await answer(`?${named}`)).toEqual(expected);
});

test('reads lists within objects of a form, and lists of the account API', async () => {
  const { url } = await newContact(server);
  const form = 'custom_attributes[t][]=1&custom_attributes[t][]=2&custom_attributes[u][v]=3';
  expect((await call(url, 'PATCH', form, FORM)).json.custom_attributes).toEqual({
    t: ['1', '2'],
    u: { v: '3' },
  });
  const { id } = await newConversation(server);
  const labels = `${server.url}/api/v1/accounts/1/conversations/${id}/labels`;
  const { json } = await call(labels, 'POST', 'labels[]=vip&labels[]=cart', { ...FORM, ...AGENT });
  expect(json).toEqual({ payload: ['vip', 'cart'] });
});

test('reads nested names of a query, of which those of the body win', async () => {
  const { url } = await newContact(server);
  const query = 'custom_attributes[plan]=gold&custom_attributes[list][]=a&name=Query';
  const { json } = await call(`${url}?${query}`, 'PATCH', { name: 'Body' });
  expect(json).toMatchObject({ name: 'Body', custom_attributes: { plan: 'gold', list: ['a'] } });
});

test('refuses a name that is a list and an object at once with 400', async () => {
  const { url } = await newContact(server);
  for (const form of ['custom_attributes=1&custom_attributes[a]=2', 'name[a]=1&name[]=2']) {
    const { status, text, headers } = await call(url, 'PATCH', form, FORM);
    expect([status, text, headers.get('content-type')]).toEqual(BROKEN);
  }
});

test('takes no files from JSON: an empty list and a name with brackets pass, anything else is 500', async () => {
  const { url } = await newConversation(server);
  const post = async (body: object) => (await call(`${url}/messages`, 'POST', body)).status;
  expect(await post({ attachments: [] })).toBe(200);
  expect(await post({ 'attachments[]': 'not-a-file' })).toBe(200);
  expect(await post({ attachments: ['signed-id'] })).toBe(500);
  expect(await post({ attachments: { 0: 'x' } })).toBe(500);
});

test('takes a single file without brackets for a mistake', async () => {
  const { url } = await newConversation(server);
  for (const name of ['attachments', 'attachments[0]']) {
    const form = new FormData();
    form.append(name, new File(['hello'], 'a.txt', { type: 'text/plain' }));
    expect((await call(`${url}/messages`, 'POST', form)).status).toBe(500);
  }
});

test('refuses broken JSON where no body is asked for, and before it looks for anything', async () => {
  const { url } = await newConversation(server);
  const agents = `${server.url}/api/v1/accounts/1/conversations/1`;
  const asked = [
    ...['/toggle_status', '/update_last_seen', '/toggle_typing'].map((what) => url + what),
    `${inboxUrl(server, 'nosuchinbox')}/contacts`,
    `${agents}/mute`,
    `${agents}/update_last_seen`,
  ];
  for (const to of asked) {
    const { status, text, headers } = await call(to, 'POST', '{"a":', { ...JSON_TYPE, ...AGENT });
    expect([status, text, headers.get('content-type')]).toEqual(BROKEN);
  }
  expect((await call(url)).json).toMatchObject({ status: 'open', contact_last_seen_at: 0 });
});

test('refuses a multipart body that is none with 400', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const { status, text } = await call(`${inboxUrl(server)}/contacts`, 'POST', 'no part', headers);
  expect([status, text]).toEqual([400, '']);
});

test('takes what follows the last dot of a path for a format, and routes no id with a dot', async () => {
  const contact = await newContact(server, { source_id: 'dotless' });
  await newContact(server, { source_id: 'dot.ted' });
  expect((await call(`${contact.url}.json`)).json.source_id).toBe('dotless');
  expect((await call(`${contact.url}.anything`)).json.source_id).toBe('dotless');
  expect((await call(`${inboxUrl(server)}/contacts/dot.ted`)).json).toEqual({
    status: 404,
    error: 'Not Found',
  });
  for (const path of ['dot.ted.json', 'dot.ted/conversations', 'dotless./conversations']) {
    const { status, headers } = await call(`${inboxUrl(server)}/contacts/${path}`);
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
  }
});

test('reads numbers and truths of the account API from text as well', async () => {
  const { id } = await newConversation(server);
  const one = `${server.url}/api/v1/accounts/1/conversations/${id}`;
  const post = (what: string, body: unknown) => call(`${one}/${what}`, 'POST', body, AGENT);
  expect((await post('assignments', { assignee_id: '2' })).json).toMatchObject({ id: 2 });
  expect((await server.agent.conversation(id)).meta.assignee).toMatchObject({ id: 2 });
  const note = await post('messages', { content: 'for us', private: 'true' });
  expect(note.json.private).toBe(true);
  expect((await post('messages', { content: 'for all', private: 'false' })).json.private).toBe(false);
});

test('tells of a private typing that was sent as text', async () => {
  const { contact, id } = await newConversation(server);
  const cable = await new RawCable(server).subscribe(contact.pubsub_token);
  const typing = `${server.url}/api/v1/accounts/1/conversations/${id}/toggle_typing_status`;
  await call(typing, 'POST', { typing_status: 'on', is_private: 'true' }, AGENT);
  expect((await cable.event('conversation.typing_on')).is_private).toBe(true);
  cable.socket.terminate();
});

test('answers what it did not expect with 500 and CORS, and says on its console what it was', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const fault = new Error('a fault of ours');
  vi.spyOn(server.store, 'findSession').mockImplementation(() => {
    throw fault;
  });
  const { status, json, headers } = await call(`${inboxUrl(server)}/contacts/x`, 'GET', undefined, {
    origin: 'http://a.test',
  });
  expect([status, json]).toEqual([500, { status: 500, error: 'Internal Server Error' }]);
  expect(headers.get('content-type')).toBe('application/json; charset=UTF-8');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(said).toHaveBeenCalledExactlyOnceWith(fault);
});

test('answers inbox routes that no action stands behind with 404 as JSON', async () => {
  const inboxes = `${server.url}/public/api/v1/inboxes`;
  for (const [method, url] of [
    ['GET', inboxes],
    ['POST', inboxes],
    ['PATCH', inboxUrl(server)],
    ['PUT', inboxUrl(server)],
    ['DELETE', inboxUrl(server)],
  ] as const) {
    const { status, json } = await call(url, method);
    expect([status, json]).toEqual([404, { status: 404, error: 'Not Found' }]);
  }
});
