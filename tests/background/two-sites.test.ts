// One extension of two companies: each has a session, buttons and panels of its own, and nothing of one shows at the other.
import { beforeEach, expect, it } from 'vitest';
import { commitOf } from '@/lib/background/repository';
import type { Config } from '@/lib/site/config';
import { oneSite } from '../site/sites';
import { FakeBrowser, type FakeLife, fromPage, fromPanel } from '../support/fake-platform';
import { conversation, echoId, entry, localId, persisted, session } from './samples';
import { write } from './seeded';

const launcher = { enabled: true, label: null, position: 'bottom-end', color: '#ffd400' };
const [acme] = oneSite({ launcher }).sites;
const [harp] = oneSite({
  id: 'harp',
  name: 'Harp',
  matches: ['https://app.harp.com/*'],
  installationUrl: 'https://support.harp.com',
  inboxIdentifier: 'harps',
  launcher: { ...launcher, color: '#0a7d33' },
}).sites;
const config = { name: 'Both Companies', sites: [acme, harp] } as Config;
const fromHarp = { ...fromPage, url: 'https://app.harp.com/a' };
const toggle = { type: 'panel.toggle' };
const done = { ok: true, value: null };
const unreadAt = (siteId: string, unread: number[]) =>
  persisted({
    session: session({ id: `session-${siteId}`, siteId, sourceId: `source-${siteId}` }),
    conversations: { 7: conversation(7, { unread }) },
  });

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser(undefined, config);
});

/** What earlier lives have left of a site. */
async function seed(record: ReturnType<typeof unreadAt>): Promise<void> {
  await write(browser.store, browser.history, record.session.id, commitOf(null, record, []));
}

async function started(): Promise<FakeLife> {
  const life = browser.start();
  await browser.settle();
  return life;
}

it('opens the panel of the site whose button was pressed, in the turn of the click', async () => {
  const life = await started();
  const answer = life.send(toggle, fromHarp);
  expect(life.panelsOpened).toEqual([1]);
  expect(await answer).toEqual(done);
  const panel = life.connect();
  panel.open(null, 1);
  await browser.settle();
  expect(panel.snapshot?.site).toMatchObject({ siteId: 'harp', name: 'Harp', color: '#0a7d33' });
});

it('opens from the toolbar beside a page of a site with that site, elsewhere with the one used last', async () => {
  browser.shownUrls.set(2, 'https://app.harp.com/b');
  browser.shownUrls.set(3, 'https://example.com/');
  const life = await started();
  const shown: (string | undefined)[] = [];
  for (const windowId of [1, 2, 3, null]) {
    const panel = life.connect();
    panel.open(null, windowId);
    await browser.settle();
    shown.push(panel.snapshot?.site.siteId);
  }
  expect(shown).toEqual(['acme', 'harp', 'harp', 'harp']);
});

it('keeps the site of a panel that connects again, whatever page it stands beside', async () => {
  browser.shownUrls.set(1, 'https://app.harp.com/b');
  const life = await started();
  const panel = life.connect();
  panel.open('7', 1, 'acme');
  await browser.settle();
  expect(panel.snapshot).toMatchObject({ site: { siteId: 'acme' }, window: { conversationKey: '7' } });
});

it('sends the open panel to the site whose button was pressed, instead of opening another', async () => {
  const life = await started();
  const panel = life.connect();
  panel.open(null, 1, 'acme');
  const elsewhere = life.connect();
  elsewhere.open(null, 2, 'acme');
  await browser.settle();
  expect(await life.send(toggle, fromHarp)).toEqual(done);
  expect(panel.updates.at(-1)).toEqual({ type: 'panel.show', siteId: 'harp' });
  expect(elsewhere.updates.at(-1)?.type).toBe('snapshot');
  expect([life.panelsOpened, life.panelsClosed]).toEqual([[], []]);
  // It begins anew; then the same button closes it.
  panel.close();
  const anew = life.connect();
  anew.open(null, 1, 'harp');
  await browser.settle();
  expect(anew.snapshot?.site.siteId).toBe('harp');
  await life.send(toggle, fromHarp);
  expect(life.panelsClosed).toEqual([1]);
});

it('sends a panel on that connects again as the wrong one, or as one that is no more', async () => {
  const life = await started();
  await life.send(toggle, fromHarp);
  const late = life.connect();
  late.open('7', 1, 'acme');
  const old = life.connect();
  old.open('7', 5, 'gone');
  await browser.settle();
  expect(late.updates).toEqual([{ type: 'panel.show', siteId: 'harp' }]);
  expect(old.updates).toEqual([{ type: 'panel.show', siteId: 'harp' }]);
  late.say({ type: 'view.seen', messageId: 3 });
  late.close();
  const anew = life.connect();
  anew.open(null, 1, 'harp');
  await browser.settle();
  expect(anew.snapshot?.site.siteId).toBe('harp');
});

it('sends a window of its own to the site as well, where the panel opens in one', async () => {
  browser.panelWindow = 9;
  const life = await started();
  const panel = life.connect();
  panel.open(null, 9, 'acme');
  await browser.settle();
  await life.send(toggle, fromHarp);
  expect(panel.updates.at(-1)).toEqual({ type: 'panel.show', siteId: 'harp' });
});

it('shows each page the unread messages and the panel of its own site, and the toolbar all', async () => {
  await seed(unreadAt('acme', [1, 2]));
  await seed(unreadAt('harp', [3]));
  const tabs = ['https://app.acme.com/', 'https://app.harp.com/'].map((url) => ({
    url,
    windowId: 1,
    heard: [] as { button?: object }[],
  }));
  browser.tabs.push(...tabs);
  const life = await started();
  expect(await life.send({ type: 'button.show' }, fromPage)).toMatchObject({ value: { count: '2' } });
  expect(await life.send({ type: 'button.show' }, fromHarp)).toMatchObject({ value: { count: '1' } });
  expect(browser.badge).toEqual({
    text: '3',
    color: '#ffd400',
    title: 'toolbarTitleUnread Both Companies 3',
  });
  const panel = life.connect();
  panel.open('7', 1, 'harp');
  await browser.settle();
  expect(tabs.map(({ heard }) => heard.at(-1)?.button)).toMatchObject([
    { count: '2', panelOpen: false },
    { count: '1', panelOpen: true },
  ]);
  expect(panel.snapshot?.others).toEqual([{ siteId: 'acme', name: 'Acme', unread: 2 }]);
});

it('tells a page nothing while the session of its site is still being read', async () => {
  await seed(unreadAt('acme', [1, 2]));
  await seed(unreadAt('harp', [3]));
  const page = { url: 'https://app.harp.com/', windowId: 1, heard: [] as { button?: { unread: number } }[] };
  browser.tabs.push(page);
  await started();
  expect(new Set(page.heard.map(({ button }) => button?.unread))).toEqual(new Set([1]));
});

it('tells a panel how many messages wait at the other site', async () => {
  await seed(unreadAt('harp', [3]));
  const life = await started();
  const [here, there] = [life.connect(), life.connect()];
  here.open(null, 1, 'acme');
  there.open('7', 2, 'harp');
  life.focus(2);
  await browser.settle();
  expect(here.snapshot?.others).toEqual([{ siteId: 'harp', name: 'Harp', unread: 1 }]);
  there.say({ type: 'view.seen', messageId: 3 });
  await browser.settle();
  expect(here.patches.filter(({ type }) => type === 'others.changed')).toEqual([
    { type: 'others.changed', others: [{ siteId: 'harp', name: 'Harp', unread: 0 }] },
  ]);
  expect(browser.badge).toMatchObject({ text: '', color: '#ffd400' });
});

it('keeps drafts and messages of one site out of the other, also in conversations of the same number', async () => {
  await seed(unreadAt('acme', []));
  await seed(unreadAt('harp', []));
  const life = await started();
  const [atAcme, atHarp] = [life.connect(), life.connect()];
  atAcme.open('7', 1, 'acme');
  atHarp.open('7', 2, 'harp');
  const draft = {
    type: 'draft.change',
    sessionId: 'session-harp',
    conversationKey: '7',
    text: 'To the harps',
  };
  expect(await life.send(draft, fromPanel)).toEqual(done);
  const message = {
    type: 'message.send',
    sessionId: 'session-acme',
    echoId,
    conversationKey: localId,
    text: 'To Acme',
  };
  expect(await life.send(message, fromPanel)).toEqual(done);
  await browser.pass(1_000);
  expect(JSON.stringify(atAcme.updates)).not.toContain('harps');
  expect(JSON.stringify(atHarp.updates)).not.toContain('To Acme');
  expect(Object.keys(await browser.store.read('session/session-harp/draft/'))).toHaveLength(1);
  expect(Object.keys(await browser.store.read('session/session-acme/outbox/'))).toHaveLength(1);
});

it('asks each installation only for its own customer', async () => {
  await seed(unreadAt('acme', []));
  await seed(unreadAt('harp', []));
  const asked: string[] = [];
  browser.answer = async (url) => {
    asked.push(url);
    throw new TypeError('no network');
  };
  const life = await started();
  life.connect().open(null, 1, 'acme');
  life.connect().open(null, 2, 'harp');
  await browser.pass(3_000);
  const hosts = asked.map((url) => new URL(url).host);
  expect(new Set(hosts)).toEqual(new Set(['support.acme.com', 'support.harp.com']));
  // An inbox is asked when it is open by whoever shows it, whose customer does not matter.
  const personal = asked.filter((url) => url.includes('/contacts/'));
  expect(personal.length).toBeLessThan(asked.length);
  for (const url of personal) expect(url.includes('source-acme')).toBe(!url.includes('source-harp'));
  for (const url of personal) expect(url.includes('source-harp')).toBe(url.includes('harp.com'));
});

it('refuses a command about a site that there is not', async () => {
  const life = await started();
  expect(await life.send({ type: 'link.retry', sessionId: 'gone' }, fromPanel)).toMatchObject({
    error: { code: 'notAllowed' },
  });
});

it('sends after a stop what waits at either site, woken by one alarm', async () => {
  const waiting = (siteId: string) => ({ ...unreadAt(siteId, []), outbox: { [echoId]: entry() } });
  await seed(waiting('acme'));
  await seed(waiting('harp'));
  browser.online = false;
  const life = await started();
  expect(browser.alarmAt).not.toBeNull();
  life.kill();
  browser.online = true;
  const hosts = new Set<string>();
  browser.answer = async (url) => {
    hosts.add(new URL(url).host);
    throw new TypeError('no network');
  };
  browser.start();
  await browser.pass(120_000);
  expect(hosts).toEqual(new Set(['support.acme.com', 'support.harp.com']));
});

it('mends what is broken at one site, and leaves the other’s alone', async () => {
  await seed(unreadAt('acme', [1]));
  await seed(unreadAt('harp', [2, 3]));
  const key = 'session/session-harp/contact';
  await browser.store.write({ [key]: { ...unreadAt('harp', []).session, polledAt: 'never' } }, []);
  const life = await started();
  expect(await life.send({ type: 'button.show' }, fromHarp)).toMatchObject({ value: { count: '2' } });
  expect(await life.send({ type: 'button.show' }, fromPage)).toMatchObject({ value: { count: '1' } });
  expect(await browser.store.read(key)).toMatchObject({ [key]: { siteId: 'harp', polledAt: 0 } });
  expect(browser.reports).toEqual(['a stored item could not be read: contact']);
});
