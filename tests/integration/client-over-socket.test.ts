// @vitest-environment node
// The client over real HTTP against the in-memory server: what a fake fetch cannot show is that paths, bodies,
// headers and time-outs mean to a server what we mean by them.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CarbonChatClient, createClient } from '@/lib/carbonchat/client';
import type { Answer } from '@/lib/core/content';
import type { Outcome } from '@/lib/core/server-types';
import { identity } from '../carbonchat/client-rig';
import { type CarbonChatServer, startServer } from '../server/server';

type Page = Extract<Awaited<ReturnType<CarbonChatClient['messages']>>, { ok: true }>['value'];
const sourceId = '3f8a4b52-8d0f-4a9e-9c6b-0d9a1f1f2a11';
let server: CarbonChatServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const clientOf = (installationUrl: string, inboxIdentifier = 'plain-inbox-demo', requestTimeoutMs = 5000) =>
  createClient({ installationUrl, inboxIdentifier, fetch, requestTimeoutMs });

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`failed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

it('answers each kind of question so that the server, and every other device, reads the same', async () => {
  const client = clientOf(server.url);
  await client.createContact({ sourceId, identity: null });
  const { id } = unwrap(await client.createConversation(sourceId));
  const option = { title: 'Yes', value: 'yes' };
  const questions: [{ id: number }, Answer, object][] = [
    [await server.agent.select(id, 'Sure?', [option]), { kind: 'option', option }, [option]],
    [
      await server.agent.form(id, 'Who?', [{ name: 'who', type: 'text' }]),
      { kind: 'fields', fields: [{ name: 'who', value: 'Mira' }] },
      [{ name: 'who', value: 'Mira' }],
    ],
    [
      await server.agent.askEmail(id, 'Where?'),
      { kind: 'email', email: 'mira@reader.test' },
      [{ name: 'email', value: 'mira@reader.test' }],
    ],
    [
      await server.agent.askRating(id, 'Well?'),
      { kind: 'rating', rating: 4, comment: 'Good' },
      { csat_survey_response: { rating: 4, feedback_message: 'Good' } },
    ],
  ];
  for (const [question, answer] of questions) {
    const answered = unwrap(await client.answerMessage(sourceId, id, question.id, answer));
    expect(answered).toMatchObject({ id: question.id, answer });
  }
  const stored = await server.agent.messages(id);
  for (const [question, , submitted_values] of questions)
    expect(stored.find((message) => message.id === question.id)?.content_attributes).toMatchObject({
      submitted_values,
    });
  const { messages } = unwrap(await client.messages(sourceId, id, null));
  for (const [question, answer] of questions)
    expect(messages.find((message) => message.id === question.id)).toMatchObject({ answer });
});

it('marks a conversation as resolved, and leaves one that is as it is', async () => {
  const client = clientOf(server.url);
  await client.createContact({ sourceId, identity: null });
  const { id } = unwrap(await client.createConversation(sourceId));
  expect(unwrap(await client.resolve(sourceId, id))).toMatchObject({ id, status: 'resolved' });
  expect(unwrap(await client.resolve(sourceId, id))).toMatchObject({ id, status: 'resolved' });
  expect(await client.resolve(sourceId, id + 1)).toMatchObject({ ok: false, failure: { status: 404 } });
});

describe('a conversation over real HTTP', () => {
  it('is begun, written in, answered, paged and read', async () => {
    const client = clientOf(server.url);
    expect(unwrap(await client.inbox())).toEqual({
      name: 'Ledgerly help',
      identityRequired: false,
      hours: 'always',
    });

    const contact = unwrap(await client.createContact({ sourceId, identity: identity({ name: 'Mira' }) }));
    expect(contact).toMatchObject({ sourceId, name: 'Mira' });
    expect(unwrap(await client.createContact({ sourceId, identity: null }))).toEqual(contact);
    expect(unwrap(await client.contact(sourceId, null))).toEqual(contact);

    const { id } = unwrap(await client.createConversation(sourceId));
    const sent = unwrap(await client.createMessage(sourceId, id, 'Grüße 👋', 'echo-1'));
    expect(sent).toMatchObject({
      conversationId: id,
      text: 'Grüße 👋',
      echoId: 'echo-1',
      author: { kind: 'contact', name: 'Mira' },
    });
    expect(server.control.requests({ method: 'POST', path: /messages$/ })).toHaveLength(1);

    await server.agent.note(id, 'not for you');
    await server.agent.reply(id, 'Hello **Mira**');
    const page = unwrap(await client.messages(sourceId, id, null));
    expect(page.complete).toBe(true);
    expect(page.messages.map(({ author, text }) => [author.kind, author.name, text])).toEqual([
      ['contact', 'Mira', 'Grüße 👋'],
      ['agent', 'Grace', 'Hello **Mira**'],
    ]);

    expect(await client.updateLastSeen(sourceId, id)).toEqual({ ok: true, value: null });
    const list = unwrap(await client.conversations(sourceId, null));
    if (list === 'unchanged') throw new Error('unchanged without an ETag');
    expect(list.conversations).toMatchObject([{ id, status: 'open', messages: page.messages }]);
    expect(list.conversations[0]?.contactLastSeenAt).toBeGreaterThan(0);
    expect(await client.conversations(sourceId, list.etag)).toEqual({ ok: true, value: 'unchanged' });
  });

  it('is paged back to its beginning', async () => {
    const client = clientOf(server.url);
    await client.createContact({ sourceId, identity: null });
    server.control.seed({ count: 45 });
    const { id } = server.store.conversations[0] ?? { id: 0 };
    const pages: number[][] = [];
    let before: number | null = null;
    for (let complete = false; !complete; ) {
      const page: Page = unwrap(await client.messages(sourceId, id, before));
      pages.push(page.messages.map((message) => message.id));
      before = page.before;
      complete = page.complete;
    }
    expect(pages.map((page) => page.length)).toEqual([20, 20, 5]);
    expect(new Set(pages.flat()).size).toBe(45);
  });
});

describe('a failure over real HTTP', () => {
  const inbox = () => clientOf(server.url).inbox();

  it.each<[string, number, string, () => Promise<unknown>, string[]?]>([
    ['a contact that is gone', 404, 'Not Found', () => clientOf(server.url).contact('nobody', null)],
    ['an unknown inbox', 404, 'Not Found', () => clientOf(server.url, 'no-such-inbox').inbox()],
    [
      'a missing proof of identity',
      500,
      'Internal Server Error',
      () => clientOf(server.url, 'strict-inbox-demo').createContact({ sourceId, identity: null }),
    ],
    [
      'a refused name',
      422,
      'Name is too long (maximum is 255 characters)',
      () => clientOf(server.url).createContact({ sourceId, identity: identity({ name: 'x'.repeat(300) }) }),
      ['name'],
    ],
  ])('such as %s brings status and reason', async (_, status, message, ask, fields = []) => {
    expect(await ask()).toEqual({ ok: false, failure: { kind: 'status', status, message, fields } });
  });

  it('such as the rate limit brings the status alone', async () => {
    server.control.fail({ how: { status: 429, body: 'Retry later\n' } });
    const failure = { kind: 'status', status: 429, message: null, fields: [] };
    expect(await inbox()).toEqual({ ok: false, failure });
  });

  it('such as a broken connection or a server that is down is unreachable', async () => {
    server.control.fail({ how: 'destroy' });
    expect(await inbox()).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    await server.stop();
    expect(await inbox()).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  });

  it('such as no answer in time is a time-out', async () => {
    server.control.fail({ how: 'hang' });
    expect(await clientOf(server.url, 'plain-inbox-demo', 50).inbox()).toEqual({
      ok: false,
      failure: { kind: 'timeout' },
    });
  });
});

describe('a network that answers in the place of the server', () => {
  let portal: Server;
  const visited: string[] = [];
  beforeEach(async () => {
    visited.length = 0;
    portal = createServer(({ url = '' }, response) => {
      visited.push(url);
      if (url.startsWith('/public')) response.writeHead(302, { location: '/sign-in' }).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => portal.close());

  it('is not followed where it redirects to', async () => {
    const { port } = portal.address() as AddressInfo;
    const client = clientOf(`http://127.0.0.1:${port}`);
    expect(await client.conversations(sourceId, null)).toEqual({
      ok: false,
      failure: { kind: 'unreachable' },
    });
    expect(visited).toHaveLength(1);
  });
});
