// No secret of a session is ever told to a panel, a page, the answer to a command or the diagnostics.
import { expect, it } from 'vitest';
import type { Session } from '@/lib/core/types';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, fromPage, fromPanel } from '../support/fake-platform';
import { echoId, localId } from './samples';

const send = { type: 'message.send', sessionId: 's1', echoId, conversationKey: localId, text: 'Hello' };

/** Which of the secrets occur in what was said, in any of the ways in which an address or JSON may write them. */
function leaked(said: unknown, secrets: readonly string[]): string[] {
  const text = JSON.stringify(said);
  return secrets.filter((secret) =>
    [secret, encodeURIComponent(secret), btoa(secret), secret.replaceAll('-', '')].some((form) =>
      text.includes(form),
    ),
  );
}

async function secretsOf(browser: FakeBrowser): Promise<string[]> {
  const items = await browser.store.read('session/');
  const key = Object.keys(items).find((name) => name.endsWith('/contact')) ?? '';
  const { sourceId, pubsubToken } = items[key] as Session;
  expect([sourceId, pubsubToken]).toEqual([expect.any(String), expect.any(String)]);
  return [sourceId, pubsubToken as string];
}

/** A conversation with everything in it that a session can meet, good and bad. */
async function wholeConversation() {
  const browser = new FakeBrowser();
  browser.tabs.push({ url: 'https://app.acme.com/', windowId: 1, heard: [] });
  const server = new FakeInstallation(browser);
  let life = browser.start();
  const panel = life.connect();
  panel.open(localId);
  await life.send({ type: 'button.show' }, fromPage);
  await life.send(
    { type: 'draft.change', sessionId: 's1', conversationKey: localId, text: 'Hel' },
    fromPanel,
  );
  await life.send(send, fromPanel);
  await browser.pass(5_000);
  server.reply('Hi there');
  await browser.pass(5_000);
  panel.say({ type: 'view.seen', messageId: 2 });
  await browser.pass(10_000);
  const { answer } = browser;
  const secrets = await secretsOf(browser);
  const [sourceId, pubsubToken] = secrets;
  // The server, or whoever answers in its place, says the secrets in every way that an error has.
  const spoken = { error: `no ${sourceId}`, message: `no ${sourceId} ${pubsubToken}`, id: sourceId };
  for (const status of [200, 404, 422, 500]) {
    browser.answer = async () => new Response(JSON.stringify([spoken, { ...spoken, id: 1 }]), { status });
    await life.send({ ...send, echoId: crypto.randomUUID(), text: `After ${status}` }, fromPanel);
    await life.send({ type: 'link.retry', sessionId: 's1' }, fromPanel);
    await browser.pass(90_000);
  }
  browser.answer = async (url) => {
    throw new TypeError(`Failed to fetch ${url}`);
  };
  browser.store.failNextWrite(new Error(`cannot write ${sourceId}`));
  await life.send({ ...send, echoId: crypto.randomUUID() }, fromPanel);
  browser.network.socket.receive({
    identifier: 'x',
    message: { event: 'message.created', data: { id: sourceId } },
  });
  browser.network.socket.drop();
  await life.send({ type: pubsubToken }, fromPanel);
  await browser.pass(60_000);
  life.kill();
  await browser.store.write({ 'session/x/contact': { sourceId }, 'session/x/draft/7': sourceId }, []);
  browser.failReads = 1;
  browser.answer = answer;
  life = browser.start();
  life.connect().open('1');
  await browser.pass(90_000);
  return { browser, server, secrets };
}

it('tells nobody a secret in a whole conversation with all that can go wrong', async () => {
  const { browser, server, secrets } = await wholeConversation();
  expect(server.store.sessions[0]).toMatchObject({ source_id: secrets[0], pubsub_token: secrets[1] });
  const kinds = new Set(browser.said.flatMap((what) => Object.keys(what as object)));
  expect([...kinds].sort()).toEqual(['answer', 'posted', 'report', 'toTab']);
  expect(server.texts.slice(0, 2)).toEqual(['Hello', 'Hi there']);
  expect(leaked([browser.said, browser.badge], secrets)).toEqual([]);
});

it('would notice a secret in any of the things that are said', async () => {
  const secrets = ['00000000-0000-4000-8000-000000000002', 'f00dfacef00dfacef00dface'];
  const [sourceId, pubsubToken] = secrets;
  const said = [
    { report: `GET /contacts/${sourceId} failed` },
    { posted: { type: 'patch', patches: [{ session: { pubsubToken } }] } },
    { answer: { ok: false, error: { message: btoa(sourceId ?? '') } } },
  ];
  expect(said.map((what) => leaked(what, secrets))).toEqual([[sourceId], [pubsubToken], [sourceId]]);
  expect(leaked([{ posted: { rev: 1 } }], secrets)).toEqual([]);
});
