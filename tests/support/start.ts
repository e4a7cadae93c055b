// `npm start`: the whole thing to try out. With a display, a browser with the extension on the demo site beside the
// agent console, until Ctrl+C; without one, one conversation played headless, with pictures.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchBrowser } from '../e2e/driver/extension-browser';
import { ensureChromium } from './browsers';
import { buildExtension } from './build';
import { readDemoConfig } from './demo-config';
import { playConversation } from './demo-conversation';
import { startGround } from './ground';

const config = readDemoConfig(process.env.CARBONCHAT_CONFIG ?? 'carbonchat.config.json');
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const chromiumPath = await ensureChromium();
const extensionPath = await buildExtension(config.file, 'start');
const ground = await startGround(config);
const profileDir = mkdtempSync(join(tmpdir(), 'carbonchat-start-'));
const browser = await launchBrowser({ chromiumPath, extensionPath, profileDir, headless: !hasDisplay });
const consoleUrl = `${ground.server.url}/console`;

try {
  console.log(`
Demo site      ${config.siteUrl.href}
Agent console  ${consoleUrl}
CarbonChat     ${ground.server.url}, inbox ${config.inboxIdentifier}
Extension      ${extensionPath}
`);
  await browser.page.goto(config.siteUrl.href);
  if (hasDisplay) await showUntilClosed();
  else await playHeadless();
} finally {
  await browser.close();
  await ground.close();
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
}

async function showUntilClosed(): Promise<void> {
  const agent = await browser.context.newPage();
  await agent.goto(consoleUrl);
  await browser.page.bringToFront();
  console.log(`1. On the demo site click "${config.helpLabel}" in the corner: the side panel opens.
2. Start a conversation there and answer it in the agent console, the second tab.
Ctrl+C, or closing the browser, ends it all.`);
  const closed = browser.context.waitForEvent('close', { timeout: 0 });
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), closed]);
}

async function playHeadless(): Promise<void> {
  const folder = resolve('.screenshots');
  console.log('There is no display: playing one conversation without one.');
  await playConversation(browser, consoleUrl, folder);
  console.log(`The answer arrived in the side panel, the private note did not. Pictures: ${folder}`);
}
