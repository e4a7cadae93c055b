// How long the background lives and how it comes back, in a browser that nobody watches: a debugger would keep it alive. So
// a person asks something, closes the panel and quits the browser; then the same profile is started with no debugger, and
// seen from outside only: by the server, and by the operating system's processes. A minute of it with every run; the whole
// by `npm run test:alive`, which needs Linux to see processes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { holdFor } from '../../lib/core/cable-hold';
import { printedSeed } from '../faults/plan-scale';
import type { CarbonChatServer } from '../server/server';
import { seededRandom } from '../server/testing/seeded-random';
import { buildExtension } from '../support/build';
import { type BareBrowser, startBareBrowser } from './driver/bare-browser';
import { helpButtonName } from './driver/help-button';
import { test as base, expect } from './fixtures';
import { startConversation } from './panel-page';

/** A browser stops an idle worker after this long, in ms. */
const IDLE = 30_000;
/** The user is told no later than this after an outage, in ms (design §7). */
const TOLD_WITHIN = 35_000;

/** Who has asked and waits, with the panel closed, in a browser that nobody watches. */
interface Waiting {
  browser: BareBrowser;
  conversationId: number;
  pubsubToken: string;
  /** When the server says that the contact has spoken last; whole seconds, as it tells, in epoch ms. */
  spokenAt: number;
}

const test = base.extend<{ extensionPath: string; waiting: Waiting }>({
  // The times of a build for tests are no matter of life and death in a minute.
  extensionPath: [JSON.parse(process.env.CARBONCHAT_EXTENSIONS ?? '{}').plain, { option: true }],

  waiting: async ({ launch, extensionPath, config, traces, door }, use) => {
    const profileDir = await mkdtemp(join(tmpdir(), 'carbonchat-alive-'));
    const options = { chromiumPath: process.env.CHROMIUM_PATH ?? '', extensionPath, profileDir };
    const visitor = await launch(options);
    await visitor.page.goto(config.siteUrl.href);
    await visitor.clickHelpButton();
    await startConversation(await visitor.panel(), 'Is anybody there?');
    await visitor.closePanel();
    await visitor.close();

    const conversationId = await traces.conversationId();
    const conversation = door.store.conversations.find(({ id }) => id === conversationId);
    const spokenAt = Math.floor((conversation?.messages.at(-1)?.created_at ?? 0) / 1000) * 1000;
    const pubsubToken = conversation?.session.pubsub_token ?? '';
    door.control.clearRequests();
    const browser = startBareBrowser(options, config.siteUrl.href);
    await expect.poll(() => door.control.sockets({ token: pubsubToken }), { timeout: 20_000 }).toBe(1);
    await use({ browser, conversationId, pubsubToken, spokenAt });
    await browser.close();
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
  },
});

test('with the panel closed and nobody watching, the background outlives its idle time while an answer is awaited', {
  // Firefox never stops a persistent background.
  tag: ['@chromium', '@door', '@long', '@fault'],
}, async ({ waiting: _waiting, door }) => {
  test.setTimeout(120_000);
  await expectOneSocket(door, Date.now() + 2 * IDLE + 5_000);
});

test.describe('in full', { tag: ['@chromium', '@door', '@alive'] }, () => {
  test.use({
    // With the times that people get.
    extensionPath: async ({ config }, use) => use(await buildExtension(config.file, 'alive')),
  });

  test('with the panel closed the cable is held for ten minutes from the last word, and no longer', async ({
    waiting,
    door,
  }) => {
    test.setTimeout(holdFor + 180_000);
    const { browser, spokenAt } = waiting;
    const began = Date.now();
    const life = browser.extensionProcesses();
    expect(life).toHaveLength(1);
    await expectOneSocket(door, spokenAt + holdFor, () => expect(browser.extensionProcesses()).toEqual(life));
    await expect.poll(() => door.control.sockets(), { timeout: IDLE, intervals: [50] }).toBe(0);
    const letGoAt = Date.now();
    // What could be seen all the time: without the cable the browser stops the background.
    await expect
      .poll(() => browser.extensionProcesses(), { timeout: 2 * IDLE, intervals: [100] })
      .toEqual([]);
    console.log(
      `one socket and one process for ${seconds(letGoAt - began)} with nobody watching; let go ` +
        `${seconds(letGoAt - spokenAt)} after the last word; the background was stopped ${seconds(Date.now() - letGoAt)} later`,
    );
    expect(handshakes(door)).toHaveLength(1);
  });

  test('a background that was stopped in an outage comes back by itself and tells the user', async ({
    waiting,
    door,
    line,
    agent,
    config,
  }) => {
    test.setTimeout(holdFor);
    const { browser, pubsubToken, conversationId } = waiting;
    const random = seededRandom(printedSeed('Stops in an outage'));
    const took: number[] = [];
    // The server is back when the background is stopped: the worst moment, as nobody tries until the alarm rings.
    for (const stops of [1, 1, 1, 2]) {
      await line.cut();
      door.control.clearRequests();
      await expect.poll(() => door.control.sockets()).toBe(0);
      for (let stop = 0; stop < stops; stop++) {
        await pause(IDLE + random() * 10_000);
        await expect.poll(() => browser.extensionProcesses(), { timeout: 2 * IDLE }).toHaveLength(1);
        await browser.stopBackground();
      }
      if (stops > 1) await agent.reply(conversationId, 'Now there is.');
      const restoredAt = performance.now();
      await line.restore();
      await expect
        .poll(() => answeredReads(door), { timeout: 2 * TOLD_WITHIN, intervals: [20] })
        .toBeGreaterThan(0);
      took.push(performance.now() - restoredAt);
      expect(handshakes(door)).toHaveLength(1);
      if (stops === 1) await expect.poll(() => door.control.sockets({ token: pubsubToken })).toBe(1);
    }
    console.log(`told after the outage within ${took.map(seconds).join(', ')}`);
    expect(Math.max(...took)).toBeLessThanOrEqual(TOLD_WITHIN);
    // The answer has come: nobody is waited for any more.
    await expect.poll(() => door.control.sockets()).toBe(0);
    const page = await browser.attach();
    expect(await helpButtonName(page)).toBe(`${config.helpLabel}, 1 unread message`);
  });
});

/** Watches until a time in epoch ms: there is one socket and has been no other one, and what else is expected holds. */
async function expectOneSocket(door: CarbonChatServer, until: number, expectMore = () => {}): Promise<void> {
  while (Date.now() < until) {
    const seen = { sockets: door.control.sockets(), handshakes: handshakes(door).length };
    expect(seen).toEqual({ sockets: 1, handshakes: 1 });
    expectMore();
    await pause(100);
  }
}

function handshakes(door: CarbonChatServer) {
  return door.control.requests({ path: /^\/cable/ });
}

/** How often the messages of a conversation were asked for, and answered. */
function answeredReads(door: CarbonChatServer): number {
  return door.control
    .requests({ method: 'GET', path: /\/messages/ })
    .filter(({ status }) => status === 200 || status === 304).length;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
