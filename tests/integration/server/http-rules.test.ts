// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, inboxUrl, newContact } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const ORIGIN = { origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' };

test('gives a weak ETag and answers a matching conditional GET with an empty 304', async () => {
  const { url } = await newContact(server);
  const first = await call(url);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
  expect(first.headers.get('cache-control')).toBe('max-age=0, private, must-revalidate');
  const again = await call(url, 'GET', undefined, { 'if-none-match': etag });
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
  await call(url, 'PATCH', { name: 'Changed' });
  expect((await call(url, 'GET', undefined, { 'if-none-match': etag })).status).toBe(200);
});

test('answers broken JSON with 400 and an empty body of type text/html', async () => {
  const headers = { 'content-type': 'application/json' };
  const {
    status,
    text,
    headers: got,
  } = await call(`${inboxUrl(server)}/contacts`, 'POST', '{"name":', headers);
  expect([status, text, got.get('content-type')]).toEqual([400, '', 'text/html; charset=UTF-8']);
});

test('answers an unrouted path with JSON to who takes nothing else', async () => {
  const url = `${server.url}/public/api/v1/nothing/here`;
  const { status, text } = await call(url, 'GET', undefined, { accept: 'application/json' });
  expect([status, JSON.parse(text)]).toEqual([404, { status: 404, error: 'Not Found' }]);
});

test('answers an unrouted path or method with an HTML 404, and a routed one without action with JSON', async () => {
  const { url } = await newContact(server);
  for (const answer of [await call(`${server.url}/public/api/v1/nothing/here`), await call(url, 'DELETE')]) {
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(answer.text).toContain('<!DOCTYPE html>');
  }
  const index = await call(`${server.url}/public/api/v1/inboxes`);
  expect([index.status, index.json]).toEqual([404, { status: 404, error: 'Not Found' }]);
});

test('allows any origin to call the client API, on errors too', async () => {
  for (const url of [inboxUrl(server), inboxUrl(server, 'nosuchinbox')]) {
    const { headers } = await call(url, 'GET', undefined, ORIGIN);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('vary')).toBe('Origin');
  }
  expect((await call(inboxUrl(server))).headers.get('access-control-allow-origin')).toBeNull();
});

test('answers a preflight with 200, echoing the asked headers, and without CORS outside the client API', async () => {
  const ask = { ...ORIGIN, 'access-control-request-method': 'PATCH' };
  const asked = { ...ask, 'access-control-request-headers': 'content-type,if-none-match' };
  const { status, text, headers } = await call(`${inboxUrl(server)}/contacts/x`, 'OPTIONS', undefined, asked);
  expect([status, text]).toEqual([200, '']);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
  expect(headers.get('access-control-allow-headers')).toBe('content-type,if-none-match');
  expect(headers.get('access-control-max-age')).toBe('7200');
  const account = await call(`${server.url}/api/v1/accounts/1/conversations`, 'OPTIONS', undefined, ask);
  expect([account.status, account.headers.get('access-control-allow-origin')]).toEqual([200, null]);
});

test('answers a plain GET of the cable with 404 as text', async () => {
  const { status, text, headers } = await call(`${server.url}/cable`);
  expect([status, text]).toEqual([404, 'Page not found']);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-cache');
});

test('answers a handshake on another path with the HTML page', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/cabel`);
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response));
  });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
  expect((await answer.toArray()).join('')).toContain('<!DOCTYPE html>');
});

test('takes .json behind a path for nothing', async () => {
  const { url } = await newContact(server);
  expect((await call(`${url}.json`)).json).toEqual((await call(url)).json);
  expect((await call(`${inboxUrl(server)}.json?x=1`)).status).toBe(200);
});

test('reads nested names of a form as objects', async () => {
  const { url } = await newContact(server);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const form = 'custom_attributes[plan]=gold&custom_attributes[a][b]=c&__proto__[polluted]=1';
  const { json } = await call(url, 'PATCH', form, headers);
  expect(json.custom_attributes).toEqual({ plan: 'gold', a: { b: 'c' } });
  expect({}).not.toHaveProperty('polluted');
});
