// `npm run bench [rounds] [figure]`: speeds beside a peer or a floor, measured in turn in the real browser; all figures, or
// one, such as P8. Prints a table and puts it into bench-results/latest.json. Not part of the test suite: it judges nothing.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type ExtensionBrowser, launchBrowser } from '../e2e/driver/extension-browser';
import { backToList, row, startConversation } from '../e2e/panel-page';
import { ensureChromium } from '../support/browsers';
import { buildExtension } from '../support/build';
import { readDemoConfig } from '../support/demo-config';
import { startGround } from '../support/ground';
import { openUntilPainted, pressUntilPainted, watchPaint } from './painted';
import { startPeerPage } from './peer-page';
import { measureMessages } from './reading';
import { measureReceived } from './received';
import { compare, type Series } from './stats';

const rounds = Number(process.argv[2] ?? 25);
const isWanted = (figure: string) => [undefined, figure].includes(process.argv[3]);
const config = readDemoConfig(process.env.CARBONCHAT_CONFIG ?? 'tests/e2e/default.config.json');
const chromiumPath = await ensureChromium();
const extensionPath = await buildExtension(config.file, 'bench');
const ground = await startGround(config);
const profiles = mkdtempSync(join(tmpdir(), 'carbonchat-bench-'));
const launch = (name: string, path: string) =>
  launchBrowser({ chromiumPath, extensionPath: path, profileDir: join(profiles, name) });
const results: Record<string, ReturnType<typeof compare>> = {};
const file = 'bench-results/latest.json';

/** P7: press Send until the own bubble is painted, in the real side panel, beside the peer in a tab. */
async function measureSend(browser: ExtensionBrowser, panel: Page): Promise<void> {
  const texts = ground.server.store.conversations.at(-1)?.messages.map(({ content }) => content ?? '') ?? [];
  const peerPage = await startPeerPage(texts);
  const peer = await browser.context.newPage();
  await peer.goto(peerPage.url);
  await peer.bringToFront();
  const input = peer.locator('deep-chat #text-input');
  for (const slowdown of [1, 4]) {
    const ours: Series = { values: [] };
    const theirs: Series = { values: [] };
    const sessions = await Promise.all([panel, peer].map((page) => page.context().newCDPSession(page)));
    for (const session of sessions) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    for (let round = 0; round <= rounds; round++) {
      await panel.getByRole('textbox', { name: 'Message' }).fill(`Message number ${round}`);
      const own = await pressUntilPainted(panel, '[role=log] article, [role=log] [role=article]', null);
      await input.click();
      await peer.keyboard.type(`Message number ${round}`);
      const other = await pressUntilPainted(peer, '.user-message-text', 'deep-chat');
      // The first round warms both up.
      if (round > 0) {
        ours.values.push(own);
        theirs.values.push(other);
      }
    }
    for (const session of sessions) await session.detach();
    results[`P7 send, CPU ${slowdown}x slower, beside deep-chat`] = compare(ours, theirs);
  }
  await peer.close();
  peerPage.close();
}

/** P9: with the worker stopped, open the panel's page until the stored conversations are painted. */
async function measureColdOpen(browser: ExtensionBrowser): Promise<void> {
  const empty = await launch('empty', resolve('tests/bench/empty-extension'));
  const ours: Series = { values: [] };
  const theirs: Series = { values: [] };
  const pages = [
    { browser, page: await browser.context.newPage(), selector: '[role=list] li, ul li', series: ours },
    { browser: empty, page: await empty.context.newPage(), selector: 'li', series: theirs },
  ];
  for (const { page, selector } of pages) await watchPaint(page, selector);
  for (let round = 0; round <= rounds; round++) {
    for (const { browser, page, selector, series } of pages) {
      await page.goto('about:blank');
      await browser.stopWorker();
      const value = await openUntilPainted(page, browser.extensionPage('sidepanel.html'), selector);
      if (round > 0) series.values.push(value);
    }
  }
  await empty.close();
  results['P9 stopped worker to painted list, beside an empty extension'] = compare(ours, theirs);
}

/** Opens a conversation of 50 messages, the last of which is `last`. Its display id. */
async function openSeeded(panel: Page, last: string): Promise<number> {
  const { conversationId } = ground.server.control.seed({ count: 49 });
  await ground.server.agent.reply(conversationId, last);
  await row(panel, last).click();
  return conversationId;
}

const browser = await launch('ours', extensionPath);
try {
  await browser.page.goto(config.siteUrl.href);
  await browser.clickHelpButton();
  const panel = await browser.panel();
  await startConversation(panel, 'to begin with');
  await backToList(panel);
  if (isWanted('P7')) {
    await openSeeded(panel, 'The fiftieth message');
    await panel.getByRole('log').hover();
    await expect(async () => {
      await panel.mouse.wheel(0, -600);
      await expect(panel.getByRole('article')).toHaveCount(50, { timeout: 200 });
    }).toPass();
    await measureSend(browser, panel);
    await backToList(panel);
  }
  if (isWanted('P8')) {
    const conversationId = await openSeeded(panel, 'The last one before the broadcasts');
    const bare = await launch('bare', resolve('tests/bench/bare-hop'));
    const { inboxIdentifier } = config;
    const place = { browser, panel, conversationId, bare, server: ground.server, inboxIdentifier, rounds };
    Object.assign(results, await measureReceived(place));
    await bare.close();
    await backToList(panel);
  }
  if (isWanted('R10')) Object.assign(results, await measureMessages(browser.page, rounds));
  await browser.closePanel();
  if (isWanted('P9')) await measureColdOpen(browser);
} finally {
  await browser.close();
  await ground.close();
  rmSync(profiles, { recursive: true, force: true, maxRetries: 5 });
}
console.table(results);
mkdirSync('bench-results', { recursive: true });
// One figure alone leaves the others as they were.
const others = process.argv[3] && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
writeFileSync(file, `${JSON.stringify({ ...others, ...results }, null, 2)}\n`);
