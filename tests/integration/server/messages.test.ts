// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, newConversation } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

type Listed = { id: number; content: string };
const ids = (list: Listed[]) => list.map(({ id }) => id);

test('answers a new message without echo_id, status or attachments, and with its sender', async () => {
  const { url } = await newConversation(server);
  const { status, json } = await call(`${url}/messages`, 'POST', { content: '**hi**', echo_id: 'e-1' });
  expect(status).toBe(200);
  expect(Object.keys(json)).toEqual([
    'id',
    'content',
    'message_type',
    'content_type',
    'content_attributes',
    'created_at',
    'conversation_id',
    'sender',
  ]);
  expect(json).toMatchObject({
    content: '**hi**',
    message_type: 0,
    content_type: 'text',
  });
  expect(json.content_attributes).toEqual({});
  expect(Number.isInteger(json.created_at)).toBe(true);
  expect(json.sender).toMatchObject({ type: 'contact', thumbnail: '', blocked: false });
});

test('ignores what a contact may not say: private, type, attributes', async () => {
  const { url } = await newConversation(server);
  const { json } = await call(`${url}/messages`, 'POST', {
    content: 'sneaky',
    private: true,
    message_type: 'outgoing',
    content_type: 'input_email',
    content_attributes: { in_reply_to: 2 },
  });
  expect(json).toMatchObject({ message_type: 0, content_type: 'text' });
  expect(json.content_attributes).toEqual({});
  expect(ids((await call(`${url}/messages`)).json)).toEqual([json.id]);
});

test('makes two messages of one echo_id posted twice', async () => {
  const { url } = await newConversation(server);
  await call(`${url}/messages`, 'POST', { content: 'same', echo_id: 'e' });
  await call(`${url}/messages`, 'POST', { content: 'same', echo_id: 'e' });
  expect((await call(`${url}/messages`)).json).toHaveLength(2);
});

test.each([
  ['empty', { content: '' }, ''],
  ['no', {}, null],
  ['null', { content: null }, null],
  ['blank', { content: '   ' }, '   '],
])('takes %s content as it is', async (_name, body, content) => {
  const { url } = await newConversation(server);
  const answer = await call(`${url}/messages`, 'POST', body);
  expect([answer.status, answer.json.content]).toEqual([200, content]);
});

test('counts characters, not bytes or UTF-16 units, up to 150,000', async () => {
  const { url } = await newConversation(server);
  expect((await call(`${url}/messages`, 'POST', { content: '😀'.repeat(100_000) })).status).toBe(200);
  expect((await call(`${url}/messages`, 'POST', { content: 'b'.repeat(150_000) })).status).toBe(200);
  const { status, json } = await call(`${url}/messages`, 'POST', { content: 'c'.repeat(150_001) });
  expect([status, json]).toEqual([
    422,
    { message: 'Content is too long (maximum is 150000 characters)', attributes: ['content'] },
  ]);
});

test('refuses the message after 200 of any type within a minute, in one conversation only', async () => {
  const { contact, id, url } = await newConversation(server);
  const conversation = server.store.conversations.find((one) => one.id === id);
  if (conversation === undefined) throw new Error('the conversation is gone');
  const post = (to = url) => call(`${to}/messages`, 'POST', { content: 'x' });
  const twoMinutesAgo = server.store.now() - 120_000;
  for (let n = 0; n < 300; n++)
    server.store.addMessage(conversation, { message_type: 0, created_at: twoMinutesAgo });
  // A little ahead of now, so that a slow machine cannot let them grow old during the test.
  const soon = server.store.now() + 600_000;
  for (let n = 0; n < 199; n++)
    server.store.addMessage(conversation, { message_type: n % 2 === 0 ? 2 : 1, created_at: soon });
  expect((await post()).status).toBe(200);
  const { status, json } = await post();
  expect([status, json]).toEqual([422, { message: 'Too many messages', attributes: ['base'] }]);
  const other = await call(`${contact.url}/conversations`, 'POST', {});
  expect((await post(`${contact.url}/conversations/${other.json.id}`)).status).toBe(200);
});

test('pages back from the newest 20 by before, oldest first, and ignores after and page', async () => {
  const { source_id, url } = await newContact(server);
  const { conversationId, messageIds } = server.control.seed({ source_id, count: 47 });
  await server.agent.note(conversationId, 'for us only');
  await server.agent.resolve(conversationId);
  const list = async (query = '') => {
    const { json } = await call(`${url}/conversations/${conversationId}/messages${query}`);
    return ids(json);
  };
  const newest = messageIds.slice(27);
  expect(await list()).toEqual(newest);
  expect(await list(`?before=${messageIds[27]}`)).toEqual(messageIds.slice(7, 27));
  expect(await list(`?before=${messageIds[7]}`)).toEqual(messageIds.slice(0, 7));
  expect(await list(`?before=${messageIds[0]}`)).toEqual([]);
  expect(await list('?before=abc')).toEqual([]);
  expect(await list(`?after=${messageIds[40]}`)).toEqual(newest);
  expect(await list('?page=2')).toEqual(newest);
});

test('lists by time, then by id, so that order need not follow ids', async () => {
  const { source_id, url } = await newContact(server);
  const { conversationId, messageIds } = server.control.seed({ source_id, count: 3 });
  const last = server.store.conversations.at(-1)?.messages[2];
  if (last === undefined) throw new Error('nothing was seeded');
  last.created_at -= 10 * 60_000;
  const { json } = await call(`${url}/conversations/${conversationId}/messages`);
  expect(ids(json)).toEqual([messageIds[2], messageIds[0], messageIds[1]]);
});

test('keeps the tombstone of a deleted message in every list', async () => {
  const { id, url } = await newConversation(server);
  const reply = await server.agent.reply(id, 'a **mistake**', {
    content_type: 'input_select',
    content_attributes: { items: [{ title: 'A', value: 'a' }] },
  });
  await server.agent.deleteMessage(id, reply.id);
  const tombstone = {
    id: reply.id,
    content: 'This message was deleted',
    content_type: 'text',
    content_attributes: { deleted: true },
  };
  expect((await call(`${url}/messages`)).json[0]).toMatchObject(tombstone);
  expect((await call(url)).json.messages[0]).toMatchObject(tombstone);
});

test('takes files under attachments[] and serves them through a redirect without CORS', async () => {
  const { url } = await newConversation(server);
  const form = new FormData();
  form.append('content', 'see picture');
  form.append(
    'attachments[]',
    new File([new Uint8Array([1, 2, 3])], 'räksmörgås & co.png', { type: 'image/png' }),
  );
  form.append('attachments[]', new File(['hello'], 'a.txt', { type: 'text/plain' }));
  const { json } = await call(`${url}/messages`, 'POST', form);
  expect(json.content).toBe('see picture');
  expect(json.attachments).toHaveLength(2);
  const [picture, note] = json.attachments;
  expect(picture).toMatchObject({
    file_type: 'image',
    extension: 'png',
    file_size: 3,
    width: null,
    message_id: json.id,
  });
  expect(note).toMatchObject({ file_type: 'file', content_type: 'text/plain', thumb_url: '' });
  const origin = { origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' };
  const redirect = await fetch(picture.data_url, { redirect: 'manual', headers: origin });
  expect(redirect.status).toBe(302);
  expect(redirect.headers.get('access-control-allow-origin')).toBeNull();
  expect((await call(note.data_url)).text).toBe('hello');
  expect((await call(picture.thumb_url)).headers.get('content-type')).toBe('image/png');
});

test.each(['attachments', 'attachments[]'])('answers 500 to text under %s', async (name) => {
  const { url } = await newConversation(server);
  const form = new FormData();
  form.append(name, 'not-a-file');
  const { status, json } = await call(`${url}/messages`, 'POST', form);
  expect([status, json]).toEqual([500, { status: 500, error: 'Internal Server Error' }]);
  expect((await call(`${url}/messages`)).json).toEqual([]);
});

const ITEM = { title: 'Books', value: 'books' };

test.each([
  ['an array of objects', [ITEM], [ITEM]],
  ['one object', ITEM, ITEM],
  ['foreign keys', [{ ...ITEM, id: 7 }, { foreign: 1 }], [ITEM, {}]],
  ['values that are no scalars', [{ name: 'a', value: ['x'] }, { value: { b: 1 } }], [{ name: 'a' }, {}]],
  ['scalars in an array', ['books', ITEM], [ITEM]],
  [
    'null, numbers and booleans',
    [{ value: null }, { value: 5 }, { value: true }],
    [{ value: null }, { value: 5 }, { value: true }],
  ],
  ['only foreign keys', { email: 'a@b.test' }, {}],
  [
    'a rating',
    { csat_survey_response: { rating: 9, feedback_message: 'great', extra: 1 } },
    { csat_survey_response: { feedback_message: 'great', rating: 9 } },
  ],
])('keeps of submitted values what is permitted: %s', async (_what, submitted_values, kept) => {
  const { id, url } = await newConversation(server);
  const question = await server.agent.select(id, 'Pick one', [ITEM]);
  const answer = await call(`${url}/messages/${question.id}`, 'PATCH', { submitted_values });
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ id: question.id, content: 'Pick one' });
  expect(answer.json.content_attributes).toEqual({ items: [ITEM], submitted_values: kept });
});

test('replaces an earlier answer as a whole, by PUT as well, and keeps it when none is given', async () => {
  const { id, url } = await newConversation(server);
  const question = await server.agent.askRating(id, 'Rate us');
  const rate = (method: string, body: unknown) => call(`${url}/messages/${question.id}`, method, body);
  const first = { csat_survey_response: { rating: 5, feedback_message: 'great' } };
  await rate('PATCH', { submitted_values: first });
  const second = await rate('PUT', { submitted_values: { csat_survey_response: { rating: 1 } } });
  const kept = { submitted_values: { csat_survey_response: { rating: 1 } } };
  expect(second.json.content_attributes).toEqual(kept);
  for (const body of [
    {},
    { submitted_values: 'text' },
    { submitted_email: 'a@b.test' },
    { content: 'new' },
  ]) {
    const { status, json } = await rate('PATCH', body);
    expect([status, json.content, json.content_attributes]).toEqual([200, 'Rate us', kept]);
  }
});

test('takes an answer to any message of the conversation, and to no other', async () => {
  const { url } = await newConversation(server);
  const own = await call(`${url}/messages`, 'POST', { content: 'mine' });
  const answer = (to: string, id: number) =>
    call(`${to}/messages/${id}`, 'PATCH', { submitted_values: [ITEM] });
  expect((await answer(url, own.json.id)).json.content_attributes).toEqual({ submitted_values: [ITEM] });
  expect((await answer(url, 99_999_999)).status).toBe(404);
  expect((await answer((await newConversation(server)).url, own.json.id)).status).toBe(404);
});
