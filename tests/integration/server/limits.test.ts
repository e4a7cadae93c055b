// @vitest-environment node
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, inboxUrl, newContact } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer({ requestsPerMinute: 5 });
});
afterEach(() => server.control.reset());
afterAll(() => server.close());

const FROM = {
  'x-forwarded-for': '203.0.113.9',
  origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
};
const get = (headers: Record<string, string> = FROM) => call(inboxUrl(server), 'GET', undefined, headers);

/** Asks until the limit is used up. */
async function useUp(): Promise<void> {
  for (let count = 0; count < 5; count++) expect((await get()).status).toBe(200);
}

test('answers more requests than the limit with 429 as text, with CORS and without Retry-After', async () => {
  await useUp();
  const { status, text, headers } = await get();
  expect([status, text]).toEqual([429, 'Retry later\n']);
  expect(headers.get('content-type')).toBe('text/plain');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('vary')).toBe('Origin');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  for (const absent of ['retry-after', 'etag', 'x-frame-options']) expect(headers.get(absent)).toBeNull();
  const post = await call(`${inboxUrl(server)}/contacts`, 'POST', { name: 'Late' }, FROM);
  expect([post.status, server.store.contacts]).toEqual([429, []]);
  expect(server.control.requests().map((entry) => entry.status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
});

test('counts every address by itself, the account API too, and lets preflights and the control door pass', async () => {
  await useUp();
  const ask = { ...FROM, 'access-control-request-method': 'POST' };
  expect((await call(inboxUrl(server), 'OPTIONS', undefined, ask)).status).toBe(200);
  expect((await call(`${server.url}/__control/requests`, 'POST', {}, FROM)).status).toBe(200);
  expect((await call(`${server.url}/api/v1/accounts/1/conversations`, 'GET', undefined, FROM)).status).toBe(
    429,
  );
  expect((await get({ 'x-forwarded-for': '203.0.113.10' })).status).toBe(200);
  expect((await get({})).status).toBe(200);
});

test('answers the handshake of the cable with 429 as well', async () => {
  await useUp();
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/cable`, ['actioncable-v1-json'], {
    headers: FROM,
  });
  const response = await new Promise<import('node:http').IncomingMessage>((resolve) => {
    socket.on('unexpected-response', (_request, answer) => resolve(answer));
  });
  const body = (await response.toArray()).join('');
  expect([
    response.statusCode,
    response.headers['content-type'],
    response.headers['cache-control'],
    body,
  ]).toEqual([429, 'text/plain', 'no-cache', 'Retry later\n']);
});

test('forgets after a minute, and takes another limit from a test until the reset', async () => {
  await useUp();
  expect((await get()).status).toBe(429);
  server.control.passTime({ ms: 60_000 });
  expect((await get()).status).toBe(200);
  server.control.limitRequests({ perMinute: 1 });
  expect([(await get()).status, (await get()).status]).toEqual([200, 429]);
  server.control.reset();
  await useUp();
});

test('moves a message back in time by days', async () => {
  const contact = await newContact(server);
  const { messageIds } = server.control.seed({ count: 2, source_id: contact.source_id });
  const before = server.store.conversations[0]?.messages.map(({ created_at }) => created_at) ?? [];
  server.control.moveMessage({ messageId: messageIds[1] ?? 0, days: 20 });
  const after = server.store.conversations[0]?.messages.map(({ created_at }) => created_at) ?? [];
  expect(after).toEqual([before[0], (before[1] ?? 0) - 20 * 86_400_000]);
});
