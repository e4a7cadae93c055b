// The whole background against an installation: from the first word to the answer.
import { expect, it } from 'vitest';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, fromPanel } from '../support/fake-platform';
import { echoId, localId } from './samples';

const send = { type: 'message.send', sessionId: 's1', echoId, conversationKey: localId, text: 'Hello' };

function started() {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  const life = browser.start();
  const panel = life.connect();
  panel.open(localId);
  return { browser, server, life, panel };
}

it('asks nothing of the server before there is something to say but when somebody is there, once', async () => {
  const { browser } = started();
  await browser.pass(60_000);
  expect(browser.log).toEqual(['store schemaVersion,contact', 'GET ', 'store inbox']);
  expect(browser.network.sockets).toEqual([]);
  expect(browser.alarmAt).toBeNull();
});

it('creates contact, conversation and message, each once and each saved before it is asked for', async () => {
  const { browser, server, life } = started();
  expect(await life.send(send, fromPanel)).toEqual({ ok: true, value: null });
  await browser.pass(3_000);
  const { log } = browser;
  const posts = ['POST contacts', 'POST contacts/conversations', 'POST contacts/conversations/messages'];
  expect(log.filter((what) => what.startsWith('POST'))).toEqual(posts);
  expect(log.indexOf('store schemaVersion,contact')).toBeLessThan(log.indexOf(posts[0] ?? ''));
  expect(log.indexOf('store outbox,creation')).toBeLessThan(log.indexOf(posts[0] ?? ''));
  expect(log.indexOf('store contact,creation')).toBeLessThan(log.indexOf(posts[1] ?? ''));
  expect(log.lastIndexOf('store outbox,creation')).toBeLessThan(log.indexOf(posts[2] ?? ''));
  expect(server.texts).toEqual(['Hello']);
});

it('creates the contact under the source id that it has stored', async () => {
  const { browser, server, life } = started();
  let storedThen: unknown;
  const { answer } = browser;
  browser.answer = async (url, init) => {
    if (init.method === 'POST') storedThen ??= await browser.store.read('session/');
    return answer(url, init);
  };
  await life.send(send, fromPanel);
  await browser.pass(3_000);
  const sourceId = server.store.sessions[0]?.source_id;
  expect(sourceId).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(storedThen)).toContain(`"sourceId":"${sourceId}"`);
});

it('shows the message from queued to sent, and then the answer', async () => {
  const { browser, server, life, panel } = started();
  await life.send(send, fromPanel);
  await browser.pass(3_000);
  const [conversationId] = server.store.conversations.map(({ id }) => id);
  server.reply('Hi there');
  await browser.settle();
  const shown = panel.updates.flatMap((update) => (update.type === 'patch' ? update.patches : []));
  const steps = shown.flatMap((patch) => {
    if (patch.type === 'outbox.changed') return [patch.entry.status];
    if (patch.type === 'outbox.removed') return ['removed'];
    if (patch.type === 'conversation.mapped') return [`mapped to ${patch.conversationId}`];
    return patch.type === 'messages.changed' ? patch.messages.map(({ text }) => text) : [];
  });
  expect(steps.slice(steps.indexOf(`mapped to ${conversationId}`))).toEqual([
    `mapped to ${conversationId}`,
    'sending',
    'removed',
    'Hello',
    'Hi there',
  ]);
});

it('goes live, and shows a second message that is sent into the same conversation', async () => {
  const { browser, server, life, panel } = started();
  await life.send(send, fromPanel);
  await browser.pass(3_000);
  expect(panel.patches.findLast(({ type }) => type === 'link.changed')).toMatchObject({
    link: { name: 'live' },
  });
  const again = { ...send, echoId: echoId.replaceAll('2', '4'), text: 'Anybody?' };
  await life.send(again, fromPanel);
  await browser.pass(3_000);
  expect(server.texts).toEqual(['Hello', 'Anybody?']);
  expect(server.store.conversations).toHaveLength(1);
});

it.each([
  ['the contact', /contacts$/],
  ['the conversation', /conversations$/],
  ['the message', /messages$/],
])('ends live and with one message when %s that came cannot be saved at first', async (_, path) => {
  const { browser, server, life, panel } = started();
  const { answer } = browser;
  let failures = 3;
  browser.answer = (url, init) => {
    if (init.method === 'POST' && path.test(url) && failures-- > 0) browser.store.failNextWrite();
    return answer(url, init);
  };
  await life.send(send, fromPanel);
  await browser.pass(120_000);
  expect(browser.reports).toContain('saving failed: QuotaExceededError');
  expect(server.texts).toEqual(['Hello']);
  expect(server.store.conversations).toHaveLength(1);
  expect(panel.patches.findLast(({ type }) => type === 'link.changed')).toMatchObject({
    link: { name: 'live' },
  });
  expect(panel.patches).toContainEqual({ type: 'outbox.removed', echoId });
});

it('asks the server at a calm pace while nothing can be saved, and sends when it can be', async () => {
  const { browser, server, life } = started();
  await life.send(send, fromPanel);
  const write = browser.store.write.bind(browser.store);
  browser.store.write = async () => {
    throw new DOMException('no space left', 'QuotaExceededError');
  };
  await browser.pass(30_000);
  expect(browser.log.filter((what) => /GET|POST/.test(what)).length).toBeLessThan(10);
  expect(server.texts).toEqual([]);
  browser.store.write = write;
  await browser.pass(120_000);
  expect(server.texts).toEqual(['Hello']);
  expect(server.store.conversations).toHaveLength(1);
});

it('accepts the same command twice as one message', async () => {
  const { browser, server, life } = started();
  await Promise.all([life.send(send, fromPanel), life.send(send, fromPanel)]);
  await browser.pass(3_000);
  expect(server.texts).toEqual(['Hello']);
});

it('keeps a message while there is no network, and sends it when there is', async () => {
  const { browser, server, life } = started();
  const { answer } = browser;
  browser.answer = async () => {
    throw new TypeError('Failed to fetch');
  };
  expect(await life.send(send, fromPanel)).toEqual({ ok: true, value: null });
  await browser.pass(20_000);
  expect(browser.alarmAt).toBeGreaterThan(browser.clock.now() - 1);
  browser.answer = answer;
  await browser.pass(40_000);
  expect(server.texts).toEqual(['Hello']);
});
