// @vitest-environment node
// What the client asks for, and what it makes of good answers.
import { describe, expect, it } from 'vitest';
import { createClient } from '@/lib/carbonchat/client';
import { toMessage, toServerConversation } from '@/lib/carbonchat/mapping';
import { contactRoot, identity, json, page, rig, root, sourceId } from './client-rig';
import * as samples from './samples';

const ignore = () => {};
const hash = 'f'.repeat(64);

describe('every request', () => {
  it('is bounded in time, not cached, without cookies and referrer, and follows no redirect', async () => {
    const { client, requests } = rig(() => json(samples.inbox()));
    await client.inbox();
    expect(requests).toEqual([
      {
        url: root,
        init: {
          method: 'GET',
          headers: { accept: 'application/json' },
          body: null,
          signal: expect.any(AbortSignal),
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
          referrerPolicy: 'no-referrer',
        },
      },
    ]);
  });

  it('encodes what stands in a path', async () => {
    const { client, requests } = rig(() => json(samples.contact()));
    await client.contact('a b/c?d#e', null);
    await client.updateContact('a b/c?d#e', { name: 'Mira' }, null);
    expect(requests.map(({ url }) => url)).toEqual(Array(2).fill(`${root}/contacts/a%20b%2Fc%3Fd%23e`));
  });

  it('is not made where a path would climb out of the API, or cannot be written', async () => {
    const { client, requests } = rig(() => json(samples.contact()));
    for (const id of ['..', '.', '\ud800']) {
      const failed = { ok: false, failure: { kind: 'unreachable' } };
      expect(await client.contact(id, identity({ hash }))).toEqual(failed);
      expect(await client.updateContact(id, { name: 'Mira' }, identity({ hash }))).toEqual(failed);
    }
    expect(requests).toEqual([]);
  });

  it('goes to the origin of the installation, whatever else its address says', async () => {
    const urls: string[] = [];
    const client = createClient({
      installationUrl: 'https://user:pw@chat.example.com:8443/app?x#y',
      inboxIdentifier: '@evil.test/',
      requestTimeoutMs: 1000,
      fetch: async (url) => {
        urls.push(url);
        return json(samples.inbox());
      },
    });
    await client.inbox();
    expect(urls).toEqual(['https://chat.example.com:8443/public/api/v1/inboxes/%40evil.test%2F']);
  });

  it('needs an installation address that is one', () => {
    const options = { inboxIdentifier: 'i', requestTimeoutMs: 1, fetch: async () => json({}) };
    expect(() => createClient({ ...options, installationUrl: 'chat' })).toThrow();
  });
});

it('reads the inbox', async () => {
  const { client } = rig(() => json(samples.inbox()));
  expect(await client.inbox()).toEqual({
    ok: true,
    value: { name: 'Web API inbox', identityRequired: true, hours: 'always' },
  });
});

describe('the list of conversations', () => {
  const conversations = [toServerConversation(samples.httpConversation(), ignore)];

  it('comes with its ETag, and a bad conversation leaves the others', async () => {
    const body = [{ id: 'x' }, samples.httpConversation(), null];
    const { client, requests, problems } = rig(() => json(body, 200, { etag: 'W/"1"' }));
    expect(await client.conversations(sourceId, null)).toEqual({
      ok: true,
      value: { conversations, etag: 'W/"1"', partial: true },
    });
    expect(problems).toEqual(['conversation: id', 'conversation: not an object']);
    expect(requests[0]?.url).toBe(`${contactRoot}/conversations`);
    expect(requests[0]?.init.headers).not.toHaveProperty('if-none-match');
  });

  it('is asked for with the ETag of the last answer, and may be unchanged', async () => {
    const { client, requests } = rig(() => new Response(null, { status: 304 }));
    expect(await client.conversations(sourceId, 'W/"1"')).toEqual({ ok: true, value: 'unchanged' });
    expect(requests[0]?.init.headers).toMatchObject({ 'if-none-match': 'W/"1"' });
  });

  it('is whole where nothing was left out, also when it is empty', async () => {
    const { client } = rig(() => json([]));
    expect(await client.conversations(sourceId, null)).toEqual({
      ok: true,
      value: { conversations: [], etag: null },
    });
  });

  it.each([{ payload: [] }, [1, null], [{}]])('is unreadable where it is %j', async (body) => {
    const { client } = rig(() => json(body));
    expect(await client.conversations(sourceId, null)).toEqual({
      ok: false,
      failure: { kind: 'unreadable', status: 200 },
    });
  });
});

it('creates a conversation without a body', async () => {
  const { client, requests } = rig(() => json({ ...samples.httpConversation(), messages: [] }));
  expect(await client.createConversation(sourceId)).toMatchObject({
    ok: true,
    value: { id: 2, messages: [] },
  });
  expect(requests[0]).toMatchObject({
    url: `${contactRoot}/conversations`,
    init: { method: 'POST', body: null },
  });
});

describe('a page of messages', () => {
  const list = (count: number, changes: object = {}) =>
    Array.from({ length: count }, (_, i) => ({ ...samples.httpMessage(), id: i + 1, ...changes }));

  it('is the newest one, or the one before a message', async () => {
    const { client, requests } = rig(() => json(list(1)));
    await client.messages(sourceId, 2, null);
    await client.messages(sourceId, 2, 26);
    expect(requests.map(({ url }) => url)).toEqual([
      `${contactRoot}/conversations/2/messages`,
      `${contactRoot}/conversations/2/messages?before=26`,
    ]);
  });

  it.each([
    [0, true],
    [19, true],
    [20, false],
  ])('of %i messages is the last one: %j', async (count, complete) => {
    const { client } = rig(() => json(list(count)));
    const answer = await client.messages(sourceId, 2, null);
    expect(answer).toMatchObject({ ok: true, value: { complete } });
    expect(answer.ok && answer.value.messages).toHaveLength(count);
  });

  it('is full by what the server sent, even where nothing of it is for the contact', async () => {
    const { client } = rig(() => json(list(20, { message_type: 2 })));
    expect(await client.messages(sourceId, 2, null)).toEqual({
      ok: true,
      value: { messages: [], before: 1, complete: false },
    });
  });

  it.each<[string, unknown[], number | null]>([
    [
      'that cannot be read',
      [
        { ...samples.httpMessage(), id: 9 },
        { id: 4, created_at: 'never' },
      ],
      4,
    ],
    ['that is none', [null, 'text', { id: 'x' }, { ...samples.httpMessage(), id: 9 }], 9],
    ['at all', [], null],
  ])('goes on before its smallest id, also with an item %s', async (_, items, before) => {
    const { client } = rig(() => json(items));
    expect(await client.messages(sourceId, 2, null)).toMatchObject({ ok: true, value: { before } });
  });

  it('is unreadable where nothing in it has an id, for it would end the history', async () => {
    for (const body of [[{}], ['x', null], [[]]]) {
      const answer = await rig(() => json(body)).client.messages(sourceId, 2, null);
      expect(answer).toEqual({ ok: false, failure: { kind: 'unreadable', status: 200 } });
    }
  });

  it('may be longer than a function has arguments', async () => {
    const body = Array.from({ length: 200_000 }, (_, index) => ({ id: index + 5 }));
    const answer = await rig(() => json(body)).client.messages(sourceId, 2, null);
    expect(answer).toMatchObject({ ok: true, value: { before: 5, complete: false } });
  });
});

it('creates a message, and answers with the echo id that the server does not repeat', async () => {
  const { client, requests } = rig(() => json(samples.ownHttpMessage()));
  expect(await client.createMessage(sourceId, 2, 'see "picture"', 'echo-1')).toEqual({
    ok: true,
    value: { ...toMessage(samples.ownHttpMessage(), null, ignore), echoId: 'echo-1' },
  });
  expect(requests[0]).toMatchObject({
    url: `${contactRoot}/conversations/2/messages`,
    init: { method: 'POST', body: JSON.stringify({ content: 'see "picture"', echo_id: 'echo-1' }) },
  });
});

it('marks a conversation as read without reading the empty answer', async () => {
  const { client, requests } = rig(() => page(200, 'application/json', ''));
  expect(await client.updateLastSeen(sourceId, 2)).toEqual({ ok: true, value: null });
  expect(requests[0]).toMatchObject({
    url: `${contactRoot}/conversations/2/update_last_seen`,
    init: { method: 'POST', body: null },
  });
});

it.each([
  [true, 'on'],
  [false, 'off'],
])('tells that the contact is typing (%j) without reading the empty answer', async (on, word) => {
  const { client, requests } = rig(() => page(200, 'application/json', ''));
  expect(await client.setTyping(sourceId, 2, on)).toEqual({ ok: true, value: null });
  expect(requests[0]).toMatchObject({
    url: `${contactRoot}/conversations/2/toggle_typing`,
    init: { method: 'POST', body: JSON.stringify({ typing_status: word }) },
  });
});

it('answers a message with the values alone, and asks with nothing that a conversation be resolved', async () => {
  const answer = { kind: 'option', option: { title: 'A', value: 'a' } } as const;
  const answering = rig(() => json(samples.httpMessage()));
  const given = await answering.client.answerMessage(sourceId, 2, 26, answer);
  expect(given).toMatchObject({ ok: true, value: { id: 26, echoId: null } });
  expect(answering.requests[0]).toMatchObject({
    url: `${contactRoot}/conversations/2/messages/26`,
    init: { method: 'PATCH', body: JSON.stringify({ submitted_values: [answer.option] }) },
  });
  const resolving = rig(() => json(samples.httpConversation()));
  expect(await resolving.client.resolve(sourceId, 2)).toMatchObject({ ok: true });
  expect(resolving.requests[0]).toMatchObject({
    url: `${contactRoot}/conversations/2/toggle_status`,
    init: { method: 'POST', body: null },
  });
});
