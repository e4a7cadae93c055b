// The agent console as it is served: its files, their policy, and what its session tells.
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_INBOXES } from '../../server/demo/demo-inboxes';
import { type InboxKind, inboxesFor, kindOf } from '../../server/demo/inbox-kinds';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call } from './support';

let server: CarbonChatServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

test('serves every file of the console with its type and a policy that allows only its own origin', async () => {
  const files = await readdir('tests/server/demo/console');
  expect(files).toContain('index.html');
  for (const file of files) {
    const { status, headers } = await call(`${server.url}/console/${file}`);
    expect([file, status]).toEqual([file, 200]);
    expect(headers.get('content-type')).toBe(TYPES[file.split('.').at(-1) ?? '']);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  }
});

test('every script, style and picture that the console names is served', async () => {
  const page = (await call(`${server.url}/console`)).text;
  const named = [...page.matchAll(/(?:src|href)="(\/console\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(named).toEqual(
    expect.arrayContaining(['/console/console.js', '/console/console.css', '/console/messages.css']),
  );
  for (let index = 0; index < named.length; index++) {
    const { status, text } = await call(server.url + named[index]);
    expect([named[index], status]).toEqual([named[index], 200]);
    for (const [, file = ''] of text.matchAll(/from '\.\/([^']+)'/g))
      if (!named.includes(`/console/${file}`)) named.push(`/console/${file}`);
  }
  expect(named).toContain('/console/examples.js');
});

test('keeps inline scripts and styles out of the page, which its policy would refuse', async () => {
  const { text } = await call(`${server.url}/console`);
  expect(text).not.toMatch(/<script(?![^>]*src=)|<style| style=| on[a-z]+=/);
});

test('serves nothing from outside its folder', async () => {
  for (const path of ['..%2Fserver.ts', 'nothing.js', '%2e%2e%2fseed.ts'])
    expect((await call(`${server.url}/console/${path}`)).status).toBe(404);
});

test('the session names the agent, its token, and each inbox with its kind', async () => {
  const { json, headers } = await call(`${server.url}/console/session`);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(json).toEqual({
    account_id: 1,
    agent: 'Grace Agent',
    api_access_token: 'grace-api-access-token-1',
    inboxes: [
      { id: 1, name: 'Ledgerly help', kind: 'plain' },
      { id: 2, name: 'Ledgerly help (verified)', kind: 'strict' },
      { id: 3, name: expect.any(String), kind: 'csat' },
      { id: 4, name: expect.any(String), kind: 'single' },
      { id: 5, name: expect.any(String), kind: 'bot' },
    ],
  });
});

describe('the inboxes of a demo', () => {
  test.each<InboxKind>(['plain', 'csat', 'strict', 'single', 'bot'])(
    'of the kind %s give the chosen inbox its settings and keep the other kinds beside it',
    (kind) => {
      const [chosen, ...others] = inboxesFor(kind, 'my-inbox', 'Mine');
      const model = DEMO_INBOXES.find((inbox) => kindOf(inbox) === kind);
      expect(chosen).toEqual({ ...model, identifier: 'my-inbox', name: 'Mine' });
      expect([kind, ...others.map(kindOf)].sort()).toEqual(['bot', 'csat', 'plain', 'single', 'strict']);
    },
  );

  test('do not hold one identifier twice', () => {
    const identifiers = inboxesFor('csat', 'plain-inbox-demo', 'Mine').map(({ identifier }) => identifier);
    expect(new Set(identifiers).size).toBe(identifiers.length);
  });
});
