// The browser deletes the history's database, while it is used or between two lives: everything is read again.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { deleteDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { openIdbHistory } from '@/lib/platform/idb-history';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife, fromPanel } from '../support/fake-platform';

const localId = '11111111-1111-4111-8111-111111111111';
let sent = 0;
const send = (life: FakeLife, text: string) =>
  life.send(
    {
      type: 'message.send',
      sessionId: 's1',
      echoId: `1000000${++sent}-0000-4000-8000-000000000000`,
      conversationKey: localId,
      text,
    },
    fromPanel,
  );

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  sent = 0;
});

/** IndexedDB takes turns of its own: time passes until nothing of it is under way. */
async function pass(browser: FakeBrowser, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await browser.pass(1_000);
    while (browser.pending > 0) await browser.settle();
  }
}

async function talked(): Promise<{ browser: FakeBrowser; server: FakeInstallation; life: FakeLife }> {
  const browser = new FakeBrowser(openIdbHistory());
  const server = new FakeInstallation(browser);
  const life = browser.start();
  life.connect().open(localId);
  await send(life, 'Hello');
  await pass(browser, 3);
  server.reply('Hello Mira');
  server.reply('How can I help?');
  await pass(browser, 40);
  return { browser, server, life };
}

/** The words in the history of the first conversation, as a later life reads them. */
async function stored(browser: FakeBrowser): Promise<string[]> {
  const [key] = Object.keys(await browser.store.read('session/'));
  const rows = await openIdbHistory().page(key?.split('/')[1] ?? '', 1, null, 99);
  return rows.map(({ record }) => (record as { text: string }).text);
}

it('has everything back when the history was deleted while it was used', async () => {
  const { browser, server, life } = await talked();
  expect(await stored(browser)).toEqual(['Hello', 'Hello Mira', 'How can I help?']);
  await deleteDB('carbonchat-history');
  server.reply('Still there?');
  await pass(browser, 3);
  await send(life, 'Yes');
  await pass(browser, 60);
  expect(browser.reports).toContain('the history is lost');
  const all = ['Hello', 'Hello Mira', 'How can I help?', 'Still there?', 'Yes'];
  expect(server.texts).toEqual(all);
  expect(await stored(browser)).toEqual(all);
});

it('has everything back when the history was deleted between two lives', async () => {
  const { browser, server, life } = await talked();
  life.kill();
  browser.platformOf = (fakes) => ({ ...fakes, history: openIdbHistory() });
  await deleteDB('carbonchat-history');
  server.reply('Still there?');
  const panel = browser.start().connect();
  panel.open('1');
  await pass(browser, 60);
  const all = ['Hello', 'Hello Mira', 'How can I help?', 'Still there?'];
  expect(await stored(browser)).toEqual(all);
  const shown = panel.patches.flatMap((patch) => (patch.type === 'messages.changed' ? patch.messages : []));
  expect([...(panel.snapshot?.window?.messages ?? []), ...shown].map(({ text }) => text)).toEqual(all);
});
