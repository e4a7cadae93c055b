// @vitest-environment happy-dom
// The file that a site may serve: it is small, and nothing that a page says by it is lost, whoever came first.
import { readFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import contentScript from '@/entrypoints/help-button.content/index';
import { parsePageUser } from '@/lib/site/page-user';
import { runtime, view } from '../entrypoints/content-page';

const code = readFileSync('docs/host-page/carbonchat-page.js', 'utf8');
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Runs it as a plain script in the page. */
function serve(): CarbonChatPage {
  new Function(code)();
  if (!window.$carbonchat) throw new Error('It gives the page nothing.');
  return window.$carbonchat;
}

/** What reached the background, parsed. */
function said(): unknown[] {
  const words = runtime.sendMessage.mock.calls.flatMap(([{ type, user, attributes }]) => {
    if (type === 'user.say') return [parsePageUser(user)];
    return type === 'user.attributes' ? [JSON.parse(attributes)] : [];
  });
  runtime.sendMessage.mockClear();
  return words;
}

async function extensionComes(): Promise<void> {
  await contentScript.main({} as never);
  await pass(1000);
}

beforeEach(() => {
  vi.useFakeTimers();
  runtime.sendMessage.mockImplementation(async ({ type }: { type: string }) =>
    type === 'button.show' ? { ok: true, value: view } : { ok: true, value: null },
  );
});

const hash = 'ab'.repeat(32);
const fields = {
  name: 'Ana',
  email: 'ana@example.com',
  phone_number: '+385911234567',
  avatar_url: 'https://example.com/ana.png',
  identifier_hash: hash,
  custom_attributes: { plan_name: 'pro' },
};
const user = {
  identifier: '42',
  hash,
  name: 'Ana',
  email: 'ana@example.com',
  phoneNumber: '+385911234567',
  avatarUrl: 'https://example.com/ana.png',
  customAttributes: { plan_name: 'pro' },
};
const taken = (changes: object = {}) => ({ kind: 'user', user: { ...user, ...changes }, problems: [] });

it('is under 1 KB as it is served', () => {
  expect(Buffer.byteLength(code)).toBeLessThan(1024);
});

it.each(['before', 'after'])('says a user, whole, when it runs %s the extension comes', async (when) => {
  if (when === 'after') await extensionComes();
  serve().setUser(42, fields);
  if (when === 'before') await extensionComes();
  await pass(1000);
  expect(said()).toEqual([taken()]);
});

it('says attributes of a user with the user, and those of a visitor by themselves', async () => {
  const page = serve();
  page.setCustomAttributes({ seen: 1 });
  await extensionComes();
  expect(said()).toEqual([{ seen: 1 }]);
  page.setCustomAttributes({ more: true });
  await pass(1000);
  expect(said()).toEqual([{ seen: 1, more: true }]);
  page.setUser('42', fields);
  page.setCustomAttributes({ seats: 3 });
  await pass(1000);
  expect(said()).toEqual([taken({ customAttributes: { plan_name: 'pro', seats: 3 } })]);
});

it('says nothing of one user of another', async () => {
  await extensionComes();
  const page = serve();
  page.setUser('42', fields);
  page.setCustomAttributes({ seats: 3 });
  await pass(1000);
  page.setUser('43');
  await pass(1000);
  const last = said().at(-1);
  expect(last).toMatchObject({ user: { identifier: '43', name: null } });
  expect(last).toHaveProperty('user.customAttributes', {});
});

it('says that nobody is signed in, and says nothing before it is told to', async () => {
  const page = serve();
  await extensionComes();
  expect(said()).toEqual([]);
  page.reset();
  await pass(1000);
  expect(said()).toEqual([{ kind: 'signedOut' }]);
});

it('says again what is said again only if it changed', async () => {
  await extensionComes();
  const page = serve();
  for (let n = 0; n < 3; n++) {
    page.setUser('42', fields);
    await pass(1000);
  }
  expect(said()).toHaveLength(1);
});

it.each([undefined, 'open', 'close'] as const)('asks for the panel: %j', async (want) => {
  Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: true } });
  await extensionComes();
  runtime.sendMessage.mockClear();
  serve().toggle(want);
  expect(runtime.sendMessage.mock.calls).toEqual([[{ type: 'panel.toggle', want }]]);
});
