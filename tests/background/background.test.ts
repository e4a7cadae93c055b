// What the background shows outside the panel: the panel opened and closed, the Help buttons, the toolbar.
import { expect, it } from 'vitest';
import { oneSite } from '../site/sites';
import { FakeBrowser, fromPage, fromPanel } from '../support/fake-platform';
import { conversation, echoId, persisted } from './samples';
import { seededBrowser } from './seeded';

const toggle = { type: 'panel.toggle' };
const notOpened = {
  ok: false,
  error: { code: 'failed', message: 'The browser did not open the panel.' },
};
const done = { ok: true, value: null };

it('opens the panel in the turn of the click, also when nothing is loaded yet', async () => {
  const life = new FakeBrowser().start();
  const answer = life.send(toggle, fromPage);
  expect(life.panelsOpened).toEqual([1]);
  expect(await answer).toEqual(done);
});

it('closes the panel that is open in the window, and opens one in another window', async () => {
  const browser = new FakeBrowser();
  const life = browser.start();
  life.connect().open(null, 1);
  await browser.settle();
  expect(await life.send(toggle, fromPage)).toEqual(done);
  expect(await life.send(toggle, { ...fromPage, windowId: 2 })).toEqual(done);
  expect([life.panelsClosed, life.panelsOpened]).toEqual([[1], [2]]);
});

it('does not close a panel that is wished open, nor open one that is wished closed', async () => {
  const browser = new FakeBrowser();
  const life = browser.start();
  life.connect().open(null, 1);
  await browser.settle();
  const elsewhere = { ...fromPage, windowId: 2 };
  expect(await life.send({ ...toggle, want: 'open' }, fromPage)).toEqual(done);
  expect(await life.send({ ...toggle, want: 'close' }, elsewhere)).toEqual(done);
  expect([life.panelsClosed, life.panelsOpened]).toEqual([[], []]);
  expect(await life.send({ ...toggle, want: 'close' }, fromPage)).toEqual(done);
  expect(await life.send({ ...toggle, want: 'open' }, elsewhere)).toEqual(done);
  expect([life.panelsClosed, life.panelsOpened]).toEqual([[1], [2]]);
});

it('tells the page to close itself where the browser cannot close it', async () => {
  const browser = new FakeBrowser();
  browser.canClosePanel = false;
  const life = browser.start();
  const panel = life.connect();
  panel.open(null, 1);
  await browser.settle();
  expect(await life.send(toggle, fromPage)).toEqual(done);
  expect(panel.updates.at(-1)).toEqual({ type: 'panel.close' });
});

it('opens the panel again after its page is gone', async () => {
  const browser = new FakeBrowser();
  const life = browser.start();
  const panel = life.connect();
  panel.open(null, 1);
  await browser.settle();
  panel.close();
  await life.send(toggle, fromPage);
  expect(life.panelsOpened).toEqual([1]);
});

it('answers when the browser refuses to open the panel, however it does that', async () => {
  const browser = new FakeBrowser();
  const life = browser.start();
  browser.refusePanel = () => Promise.reject(new Error('no gesture'));
  expect(await life.send(toggle, fromPage)).toEqual(notOpened);
  browser.refusePanel = () => {
    throw new TypeError('not a function');
  };
  expect(await life.send(toggle, fromPage)).toMatchObject({ ok: false, error: { code: 'failed' } });
});

const colors = { fill: expect.any(String), fillHover: expect.any(String) };

it('gives a page its button, and says where the site wants none', async () => {
  const life = new FakeBrowser().start();
  expect(await life.send({ type: 'button.show' }, fromPage)).toEqual({
    ok: true,
    value: {
      shown: true,
      label: 'Ask us',
      name: 'Ask us',
      reloadLabel: 'helpReload',
      count: '',
      unread: 0,
      position: 'bottom-start',
      colors: expect.objectContaining(colors),
      panelOpen: false,
      user: 'none',
    },
  });
  const without = new FakeBrowser(undefined, oneSite()).start();
  expect(await without.send({ type: 'button.show' }, fromPage)).toMatchObject({ value: { shown: false } });
});

it('names the button by the word for help where the site gives no label', async () => {
  const config = oneSite({ launcher: { ...oneSite().sites[0]?.launcher, enabled: true, label: null } });
  const life = new FakeBrowser(undefined, config).start();
  expect(await life.send({ type: 'button.show' }, fromPage)).toMatchObject({ value: { label: 'help' } });
});

it.each([
  [0, '', 'Ask us', '', 'toolbarTitle Acme'],
  [2, '2', 'helpUnread 2', '2', 'toolbarTitleUnread Acme 2'],
  [10, '9+', 'helpUnreadMany Ask us', '10', 'toolbarTitleUnread Acme 10'],
  [100, '9+', 'helpUnreadMany Ask us', '99+', 'toolbarTitleUnread Acme 100'],
])('shows %i unread messages on button and toolbar', async (count, shown, name, badge, title) => {
  const unread = Array.from({ length: count }, (_, index) => index + 1);
  const half = Math.floor(count / 2);
  const browser = await seededBrowser(
    persisted({
      conversations: {
        7: conversation(7, { unread: unread.slice(0, half) }),
        8: conversation(8, { unread: unread.slice(half) }),
      },
    }),
  );
  const life = browser.start();
  await browser.settle();
  expect(await life.send({ type: 'button.show' }, fromPage)).toMatchObject({
    value: { count: shown, unread: count, name },
  });
  expect(browser.badge).toEqual({ text: badge, color: '#ffd400', title });
});

it('tells the pages of the site of an open panel, each by its own window, and no other page', async () => {
  const browser = new FakeBrowser();
  const [here, elsewhere, port, stranger] = [
    { url: 'https://app.acme.com/a', windowId: 1, heard: [] as unknown[] },
    { url: 'https://app.acme.com/b', windowId: 2, heard: [] as unknown[] },
    { url: 'https://app.acme.com:8443/', windowId: 1, heard: [] as unknown[] },
    { url: 'https://example.com/', windowId: 1, heard: [] as unknown[] },
  ];
  browser.tabs.push(here, elsewhere, port, stranger);
  const panel = browser.start().connect();
  await browser.settle();
  panel.open(null, 1);
  await browser.settle();
  expect(here.heard.at(-1)).toMatchObject({ type: 'button.changed', button: { panelOpen: true } });
  expect(elsewhere.heard.at(-1)).toMatchObject({ type: 'button.changed', button: { panelOpen: false } });
  panel.close();
  await browser.settle();
  expect(here.heard.at(-1)).toMatchObject({ button: { panelOpen: false } });
  expect([port.heard, stranger.heard]).toEqual([[], []]);
});

it('tells pages and toolbar only of what changed', async () => {
  const browser = new FakeBrowser();
  const tab = { url: 'https://app.acme.com/', windowId: 1, heard: [] as unknown[] };
  browser.tabs.push(tab);
  const life = browser.start();
  await browser.settle();
  const before = tab.heard.length;
  await life.send({ type: 'draft.change', sessionId: 's1', conversationKey: '7', text: 'Hel' }, fromPanel);
  life.setOnline(false);
  life.connect().open(null, 1);
  await browser.settle();
  expect(tab.heard).toHaveLength(before + 1);
  life.connect().open('7', 1);
  await browser.settle();
  expect(tab.heard).toHaveLength(before + 1);
});

it('tells the pages with the next change where the browser did not let it before', async () => {
  const browser = new FakeBrowser();
  const tab = { url: 'https://app.acme.com/', windowId: 1, heard: [] as unknown[] };
  browser.tabs.push(tab);
  browser.failTabs = 1;
  const life = browser.start();
  life.connect().open(null, 1);
  await browser.settle();
  expect(browser.reports).toEqual(['the pages could not be told how their button looks']);
  expect(tab.heard.at(-1)).toMatchObject({ type: 'button.changed', button: { panelOpen: true } });
});

it('tells the panel when the network goes and comes', async () => {
  const browser = await seededBrowser();
  const life = browser.start();
  const panel = life.connect();
  panel.open(null);
  await browser.settle();
  life.setOnline(false);
  await browser.settle();
  expect(panel.patches.at(-1)).toMatchObject({ type: 'link.changed', link: { name: 'offline' } });
});

it('asks the browser about the network with whatever happens, because nobody tells a service worker', async () => {
  const browser = await seededBrowser();
  const life = browser.start();
  const panel = life.connect();
  panel.open(null);
  await browser.settle();
  browser.online = false;
  life.ringAlarm();
  await browser.settle();
  expect(panel.patches.at(-1)).toMatchObject({ type: 'link.changed', link: { name: 'offline' } });
  browser.online = true;
  life.ringAlarm();
  await browser.settle();
  expect(panel.patches.at(-1)).toMatchObject({ type: 'link.changed', link: { name: 'connecting' } });
  browser.online = false;
  life.ringAlarm();
  await browser.settle();
  browser.online = true;
  await life.send({ type: 'link.retry', sessionId: panel.snapshot?.site.sessionId }, fromPanel);
  expect(panel.patches.at(-1)).toMatchObject({ type: 'link.changed', link: { name: 'connecting' } });
});

it('counts a message as read only in the window that has the focus', async () => {
  const record = persisted({ conversations: { 7: conversation(7, { unread: [2], newestId: 2 }) } });
  const browser = await seededBrowser(record);
  const life = browser.start();
  const panel = life.connect();
  panel.open('7', 2);
  panel.say({ type: 'view.seen', messageId: 2 });
  await browser.settle();
  expect(browser.badge.text).toBe('1');
  life.focus(2);
  await browser.settle();
  expect(browser.badge.text).toBe('');
});

it('believes a window that gets the focus while it is started, not what it was asked before', async () => {
  const record = persisted({ conversations: { 7: conversation(7, { unread: [2], newestId: 2 }) } });
  const browser = await seededBrowser(record);
  const life = browser.start();
  life.focus(2);
  const panel = life.connect();
  panel.open('7', 2);
  await browser.settle();
  panel.say({ type: 'view.seen', messageId: 2 });
  await browser.settle();
  expect(browser.badge.text).toBe('');
});

it('reads storage again when it could not be read at the start, and loses nothing asked for meanwhile', async () => {
  const browser = await seededBrowser();
  browser.failReads = 2;
  const life = browser.start();
  const answer = life.send(
    { type: 'message.send', sessionId: 's1', echoId, conversationKey: '7', text: 'Hello' },
    fromPanel,
  );
  await browser.pass(6_000);
  expect(await answer).toEqual(done);
  expect(browser.reports).toEqual(Array(2).fill('storage could not be read: Error'));
  expect(Object.keys(await browser.store.read('session/s1/outbox/'))).toHaveLength(1);
});

it('writes nothing when it is started on a session that has nothing to do', async () => {
  const browser = await seededBrowser();
  browser.start();
  await browser.pass(10_000);
  expect(browser.log).toEqual([]);
  expect(browser.alarmAt).toBeNull();
});

it('writes nothing when it is started again before anybody has asked for anything', async () => {
  const unknown = { ...persisted().session, pubsubToken: null, contactId: null };
  const browser = await seededBrowser({
    ...persisted({ session: unknown }),
    conversations: {},
    syncedTo: {},
  });
  browser.start();
  await browser.pass(10_000);
  expect(browser.log).toEqual([]);
});
