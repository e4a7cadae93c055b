// P8: from the instant at which the server sends a broadcast until its words are painted: in the real side panel, through the
// worker, beside Rails' own client in a page of the same browser; and the least that a worker can do, beside the same.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, type Page } from '@playwright/test';
import { WebSocket } from 'ws';
import type { ExtensionBrowser } from '../e2e/driver/extension-browser';
import { printedSeed } from '../faults/plan-scale';
import type { CarbonChatServer } from '../server/server';
import { seededRandom } from '../server/testing/seeded-random';
import { startCablePage } from './cable-page';
import { appearanceIn } from './painted';
import { compare, type Series } from './stats';

interface Place {
  browser: ExtensionBrowser;
  /** Shows the end of the conversation. */
  panel: Page;
  conversationId: number;
  /** A browser with the bare hop in it. */
  bare: ExtensionBrowser;
  /** In the process of the bench: its frames are timed where they are sent. */
  server: CarbonChatServer;
  inboxIdentifier: string;
  rounds: number;
}

/** One message at a time, to each in turn; the first round warms all up. */
export async function measureReceived(place: Place): Promise<Record<string, ReturnType<typeof compare>>> {
  const { browser, panel, bare, server, inboxIdentifier, rounds } = place;
  const cableUrl = `${server.url.replace('http', 'ws')}/cable`;
  const [ofPeer, ofHop] = [
    await newContact(server.url, inboxIdentifier),
    await newContact(server.url, inboxIdentifier),
  ];
  const cablePage = await startCablePage(cableUrl, ofPeer.pubsubToken);
  const peer = await browser.context.newPage();
  await peer.goto(cablePage.url);
  await peer.bringToFront();
  const hop = bare.page;
  const query = new URLSearchParams({ cableUrl, pubsubToken: ofHop.pubsubToken });
  await hop.goto(bare.extensionPage(`page.html?${query}`));
  for (const page of [peer, hop]) await expect(page.locator('ul[data-connected]')).toBeAttached();

  const ours: Series = { values: [] };
  const theirs: Series = { values: [] };
  const least: Series = { values: [] };
  const { conversationId } = place;
  const sides = [
    { page: panel, conversationId, selector: '[role=log] article', series: ours },
    { page: peer, conversationId: ofPeer.conversationId, selector: 'li', series: theirs },
    { page: hop, conversationId: ofHop.conversationId, selector: 'li', series: least },
  ];
  for (const { page } of sides) await printClock(page);
  const random = seededRandom(printedSeed('Moments of the broadcasts'));
  for (let round = 0; round <= rounds; round++) {
    for (const { page, conversationId, selector, series } of sides) {
      const text = `Broadcast number ${round}`;
      const appearance = await appearanceIn(page, selector);
      // At no fixed place between two frames of the screen.
      await pause(random() * 50);
      const sent = momentOfSending(text);
      await server.agent.reply(conversationId, text);
      const took = (await appearance()) - (await sent);
      if (round > 0) series.values.push(took);
    }
    await expect(panel.locator('[role=log] article').last()).toBeInViewport();
  }
  await peer.close();
  cablePage.close();
  return {
    'P8 broadcast to painted, beside @rails/actioncable in a page': compare(ours, theirs),
    'P8 the same by a worker that only hands it on to a list': compare(least, theirs),
  };
}

/** Another contact with a conversation, as a page of anybody would make them. */
async function newContact(url: string, inboxIdentifier: string) {
  const contacts = `${url}/public/api/v1/inboxes/${inboxIdentifier}/contacts`;
  const post = async (address: string) => (await fetch(address, { method: 'POST' })).json();
  const { source_id, pubsub_token } = await post(contacts);
  const { id } = await post(`${contacts}/${source_id}/conversations`);
  return { pubsubToken: pubsub_token as string, conversationId: id as number };
}

/** When the server hands the message with these words to a socket, in epoch milliseconds. */
function momentOfSending(text: string): Promise<number> {
  const { send } = WebSocket.prototype;
  return new Promise((resolve) => {
    WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]) {
      const frame = String(args[0]);
      if (frame.includes('"message.created"') && frame.includes(text)) {
        WebSocket.prototype.send = send;
        resolve(now());
      }
      return Reflect.apply(send, this, args);
    } as typeof send;
  });
}

/** Says how far a page's clock is from ours: of many questions the one that was answered fastest. */
async function printClock(page: Page): Promise<void> {
  let best = { trip: Number.POSITIVE_INFINITY, ahead: 0 };
  for (let question = 0; question < 50; question++) {
    const asked = now();
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now());
    const trip = now() - asked;
    if (trip < best.trip) best = { trip, ahead: theirs - asked - trip / 2 };
  }
  const { ahead, trip } = best;
  console.log(
    `clock of ${await page.title()}: ahead by ${ahead.toFixed(2)} ms, ± ${(trip / 2).toFixed(2)} ms`,
  );
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
