// An outage while the panel is closed and an answer is awaited: the background is stopped in it again and again, and
// still comes back by itself and tells what was said.
import { expect, it } from 'vitest';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife, fromPanel } from '../support/fake-platform';
import { echoId, localId } from './samples';

/** A message was sent, its answer is awaited, and no panel is open. */
async function awaiting() {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  const life = browser.start();
  const panel = life.connect();
  panel.open(localId);
  await life.send(
    { type: 'message.send', sessionId: 's1', echoId, conversationKey: localId, text: 'Hello' },
    fromPanel,
  );
  await browser.pass(3_000);
  panel.port.disconnect();
  await browser.pass(3_000);
  expect(browser.network.alive).toHaveLength(1);
  return { browser, server, life };
}

/** The server is away: requests fail, sockets are refused. Answers how to bring it back. */
function takeAway(browser: FakeBrowser): () => void {
  const { answer, network } = browser;
  const { onSocket } = network;
  browser.answer = () => Promise.reject(new TypeError('refused'));
  network.onSocket = (socket) => void Promise.resolve().then(() => socket.drop());
  for (const socket of network.alive) socket.drop();
  return () => {
    browser.answer = answer;
    network.onSocket = onSocket;
  };
}

/** The browser stops an idle background; its alarm starts the next one. */
async function stopped(browser: FakeBrowser, life: FakeLife): Promise<FakeLife> {
  const { alarmAt } = browser;
  expect(alarmAt).not.toBeNull();
  expect((alarmAt ?? 0) - browser.clock.now()).toBeLessThanOrEqual(30_000);
  life.kill();
  browser.clock.elapse(30_000);
  const next = browser.start();
  next.ringAlarm();
  await browser.settle();
  return next;
}

it('is tried at once by every background that an alarm starts, and the tries go on counting', async () => {
  const { browser, life } = await awaiting();
  takeAway(browser);
  await browser.pass(30_000);
  let last = life;
  for (let lives = 0; lives < 3; lives += 1) {
    const tried = browser.network.sockets.length;
    const counted = await attempts(browser);
    last = await stopped(browser, last);
    expect(browser.network.sockets.length).toBe(tried + 1);
    expect(await attempts(browser)).toBe(counted + 1);
  }
});

it('ends with the answer told in the badge, whichever background it was that found the server again', async () => {
  const { browser, server, life } = await awaiting();
  const bringBack = takeAway(browser);
  await browser.pass(60_000);
  server.reply('here I am');
  const next = await stopped(browser, life);
  expect(browser.badge.text).toBe('');
  bringBack();
  await stopped(browser, next);
  await browser.pass(3_000);
  expect(browser.badge.text).toBe('1');
  expect(await attempts(browser)).toBe(0);
});

async function attempts(browser: FakeBrowser): Promise<number> {
  const items = await browser.store.read('session/');
  const [session] = Object.entries(items).flatMap(([key, value]) =>
    key.endsWith('/contact') ? [value] : [],
  );
  return (session as { cableAttempt: number }).cableAttempt;
}
