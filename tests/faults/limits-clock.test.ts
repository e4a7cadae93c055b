// The computer's clock is set, or the computer sleeps, while messages are on their way: the background goes on.
import { expect, it } from 'vitest';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, fromPanel } from '../support/fake-platform';

const hour = 3_600_000;
const key = '10000000-0000-4000-8000-000000000009';

/** A panel is open on a conversation with one message; the second was posted, and its answer got lost. */
async function uncertain() {
  const browser = new FakeBrowser();
  const server = new FakeInstallation(browser);
  const life = browser.start();
  const panel = life.connect();
  panel.open(key);
  const send = (n: number, conversationKey: string, text: string) =>
    void life.send(
      {
        type: 'message.send',
        sessionId: 's1',
        echoId: `20000000-0000-4000-8000-00000000000${n}`,
        conversationKey,
        text,
      },
      fromPanel,
    );
  send(1, key, 'one');
  await browser.pass(9_000);
  const { answer } = browser;
  const { onSocket } = browser.network;
  let posts = 0;
  const lose = (store: boolean) => {
    browser.answer = async (url, init) => {
      const isMessage = init.method === 'POST' && url.endsWith('/messages');
      if (isMessage) posts += 1;
      if (!isMessage) return answer(url, init);
      if (store) await answer(url, init);
      throw new TypeError('Failed to fetch');
    };
  };
  return {
    browser,
    server,
    life,
    send,
    lose,
    posts: () => posts,
    heal: () => {
      browser.answer = answer;
      browser.network.onSocket = onSocket;
    },
  };
}

it.each([-5 * hour, 5 * hour])(
  'settles a message without sending it twice when the clock moves by %i ms',
  async (by) => {
    const { browser, server, send, lose, posts, heal } = await uncertain();
    lose(false);
    send(2, '1', 'two');
    await browser.pass(3_000);
    expect(posts()).toBe(1);
    heal();
    browser.clock.turnTo(browser.clock.now() + by);
    await browser.pass(30_000);
    expect(server.texts).toEqual(['one']);
    await browser.pass(90_000);
    expect(server.texts).toEqual(['one', 'two']);
  },
);

it('sends what was slowed down soon after the clock was set back', async () => {
  const { browser, server, send, heal } = await uncertain();
  const { answer } = browser;
  browser.answer = async (url, init) =>
    init.method === 'POST' ? new Response('Retry later', { status: 429 }) : answer(url, init);
  send(2, '1', 'two');
  await browser.pass(3_000);
  heal();
  browser.clock.turnTo(browser.clock.now() - 5 * hour);
  await browser.pass(120_000);
  expect(server.texts).toEqual(['one', 'two']);
});

it('asks for no more after a night of sleep than after a moment, and goes on', async () => {
  const { browser, server, send } = await uncertain();
  const before = browser.log.length;
  browser.clock.turnTo(browser.clock.now() + 9 * hour);
  await browser.pass(60_000);
  expect(browser.log.slice(before).filter((what) => /^(GET|POST)/.test(what)).length).toBeLessThanOrEqual(6);
  send(2, '1', 'good morning');
  await browser.pass(9_000);
  expect(server.texts).toEqual(['one', 'good morning']);
});

it('goes on after a restart with a clock that was set back', async () => {
  const { browser, server, life, send, lose, heal } = await uncertain();
  lose(true);
  for (const socket of browser.network.alive) socket.drop();
  browser.network.onSocket = (socket) => void Promise.resolve().then(() => socket.drop());
  send(2, '1', 'two');
  await browser.pass(9_000);
  heal();
  life.kill();
  browser.clock.turnTo(browser.clock.now() - 5 * hour);
  browser.start();
  await browser.pass(180_000);
  expect(server.texts).toEqual(['one', 'two']);
  const left = Object.keys(await browser.store.read('session/')).filter((item) => item.includes('/outbox/'));
  expect(left).toEqual([]);
});
