// `npm start [-- <kind of inbox>]`: the whole thing to try out. With a display, a browser with the extension on the demo
// site beside the agent console, until Ctrl+C; without one, one conversation played headless, with pictures.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchBrowser } from '../e2e/driver/extension-browser';
import { startDemoBot } from '../server/demo/demo-bot';
import { DEMO_AGENTS, DEMO_INBOXES } from '../server/demo/demo-inboxes';
import { ensureChromium } from './browsers';
import { buildExtension } from './build';
import { readDemoConfig } from './demo-config';
import { playConversation } from './demo-conversation';
import { readKind, stepsFor, unknownKind } from './demo-kinds';
import { startGround } from './ground';

const kind = readKind(process.argv[2]);
if (kind === null) {
  console.error(unknownKind(process.argv[2]));
  process.exit(1);
}
const config = readDemoConfig(process.env.CARBONCHAT_CONFIG ?? 'carbonchat.config.json');
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const chromiumPath = await ensureChromium();
const extensionPath = await buildExtension(config.file, 'start');
const ground = await startGround(config, kind);
const bot = kind === 'bot' ? startBot() : undefined;
const profileDir = mkdtempSync(join(tmpdir(), 'carbonchat-start-'));
const browser = await launchBrowser({ chromiumPath, extensionPath, profileDir, headless: !hasDisplay });
const consoleUrl = `${ground.server.url}/console`;

try {
  console.log(`
Demo site      ${config.siteUrl.href}
Agent console  ${consoleUrl}
CarbonChat     ${ground.server.url}, inbox ${config.inboxIdentifier} (${kind})
Extension      ${extensionPath}
`);
  await browser.page.goto(config.siteUrl.href);
  if (hasDisplay) await showUntilClosed(stepsFor(kind, config.helpLabel));
  else await playHeadless(stepsFor(kind, config.helpLabel));
} finally {
  await browser.close();
  await bot?.stop();
  await ground.close();
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
}

function startBot() {
  return startDemoBot({
    url: ground.server.url,
    accountId: 1,
    agentToken: DEMO_AGENTS[0]?.apiAccessToken ?? '',
    botToken: DEMO_INBOXES.find((inbox) => inbox.bot)?.bot?.apiAccessToken ?? '',
  });
}

async function showUntilClosed(steps: string): Promise<void> {
  const agent = await browser.context.newPage();
  await agent.goto(consoleUrl);
  await browser.page.bringToFront();
  console.log(`${steps}
Ctrl+C, or closing the browser, ends it all.`);
  const closed = browser.context.waitForEvent('close', { timeout: 0 });
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), closed]);
}

async function playHeadless(steps: string): Promise<void> {
  const folder = resolve('.screenshots');
  console.log(
    `There is no display: playing one conversation without one. With one you would try this:\n${steps}\n`,
  );
  const outcome = await playConversation(browser, { consoleUrl, folder, kind: kind ?? 'plain' });
  console.log(`${outcome} Pictures: ${folder}`);
}
