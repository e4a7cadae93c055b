// `npm run pictures`: takes the README's pictures from the real side panel and the real sidebar into docs/pictures/. Not a
// test.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type ExtensionBrowser, launchBrowser } from '../e2e/driver/extension-browser';
import { type FirefoxBrowser, launchFirefox } from '../e2e/driver/firefox/firefox-browser';
import { expect } from '../e2e/expect';
import { backToList, expectSent, message, row, send, startConversation } from '../e2e/panel-page';
import { startDemoSite } from '../server/demo/demo-site/site';
import { startServer } from '../server/server';
import { ensureChromium, ensureFirefox } from './browsers';
import { buildExtension } from './build';
import { readDemoConfig } from './demo-config';

const folder = 'docs/pictures';
const config = readDemoConfig('tests/e2e/default.config.json');
const chromiumPath = await ensureChromium();
const firefoxPath = await ensureFirefox();
const forChromium = await buildExtension(config.file, 'pictures');
const forFirefox = await buildExtension(config.file, 'pictures', {}, 'firefox');
const profiles = mkdtempSync(join(tmpdir(), 'carbonchat-pictures-'));
const profileDir = (name: string) => mkdtempSync(join(profiles, name));
const server = await startServer({
  port: Number(config.installationUrl.port),
  inboxes: [{ identifier: config.inboxIdentifier, name: config.siteName, hmacToken: 'demo-hmac-secret' }],
  agents: [
    { name: 'Mara Lindqvist', apiAccessToken: 'pictures-1' },
    { name: 'Jonas Weber', apiAccessToken: 'pictures-2' },
  ],
});
const site = await startDemoSite({ port: Number(config.siteUrl.port), secret: 'demo-hmac-secret' });
mkdirSync(folder, { recursive: true });

/** An answer by the second agent: the server's own client speaks as the first. */
async function replyAsJonas(conversationId: number, content: string): Promise<void> {
  await fetch(`${server.url}/api/v1/accounts/1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { api_access_token: 'pictures-2', 'content-type': 'application/json' },
    body: JSON.stringify({ content }),
  });
}

async function take(panel: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await panel.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [320, 480]) {
      await panel.setViewportSize({ width, height: 640 });
      await panel.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) });
    }
  }
  await panel.emulateMedia({ colorScheme: 'light' });
}

/** The company's page and the panel beside it, as the browser's window shows them. */
async function takeBoth(browser: ExtensionBrowser, panel: Page): Promise<void> {
  await panel.setViewportSize({ width: 360, height: 640 });
  const pictures = [
    await browser.page.screenshot({ clip: { x: 0, y: 0, width: 840, height: 640 } }),
    await panel.screenshot(),
  ];
  const sheet = await browser.context.newPage();
  await sheet.setViewportSize({ width: 1202, height: 640 });
  const images = pictures.map((bytes) => `<img src="data:image/png;base64,${bytes.toString('base64')}">`);
  await sheet.setContent(
    `<style>body{margin:0;display:flex;gap:2px;background:#c8ccd2}img{display:block}</style>${images.join('')}`,
  );
  await sheet.screenshot({ path: join(folder, 'demo.png') });
  await sheet.close();
}

async function play(browser: ExtensionBrowser): Promise<void> {
  await browser.page.setViewportSize({ width: 840, height: 640 });
  await browser.page.goto(config.siteUrl.href);
  await browser.clickHelpButton();
  const panel = await browser.panel();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
  await take(panel, 'first-open');

  await startConversation(panel, 'Do credit notes carry the VAT rate?');
  await replyAsJonas(1, 'They do now: credit notes carry the VAT rate of the original invoice.');
  await expect(message(panel, 'They do now')).toBeVisible();
  await server.agent.resolve(1);
  await backToList(panel);
  await startConversation(panel, 'The export stops at row 500.');
  await replyAsJonas(2, 'Thanks, I can see it. Which file name do you get?');
  await expect(message(panel, 'Which file name')).toBeVisible();
  await panel
    .getByRole('textbox', { name: 'Message' })
    .fill('The export still stops at row 500, and the file name is');
  await backToList(panel);

  await startConversation(panel, 'Two charges for invoice 2041?');
  await server.agent.reply(
    3,
    'Sorry about that, Ana. The first try timed out and was charged again, see https://ledgerly.example/help/charges',
  );
  await server.agent.reply(3, 'Could you tell me the last 4 digits?');
  await expect(message(panel, 'last 4 digits')).toBeVisible();
  await send(panel, 'Sure, 4417.');
  await expectSent(panel, 'Sure, 4417.');
  await backToList(panel);
  await server.agent.reply(3, 'I have refunded the duplicate charge.');
  await server.agent.reply(3, 'It reaches your card in 3 to 5 days.');
  await expect(row(panel, 'It reaches your card')).toHaveAccessibleName(/2 unread/);
  await take(panel, 'list');
  await row(panel, 'It reaches your card').click();
  await expect(message(panel, 'It reaches your card')).toBeVisible();
  server.control.fail({ method: 'POST', path: /messages$/, how: { status: 403 } });
  await send(panel, 'And does invoice 2041 stay paid?');
  await expect(message(panel, 'stay paid')).toHaveAccessibleName(/Not sent/);
  await server.agent.typing(3, 'on');
  await expect(panel.getByText(/is typing/)).toBeVisible();
  await panel
    .getByRole('textbox', { name: 'Message' })
    .fill(
      'Our accountant closes the month tomorrow, so I need the corrected receipt today, if that is possible',
    );
  await take(panel, 'conversation');
  await takeBoth(browser, panel);
}

/** The popup that Help opens, and the sidebar that it is kept open in, with the company's page beside it. */
async function playInFirefox(browser: FirefoxBrowser): Promise<void> {
  await browser.page.goto(config.siteUrl.href);
  await browser.clickHelpButton();
  const popup = await browser.panel();
  await startConversation(popup, 'Two charges for invoice 2041?');
  await server.agent.reply(4, 'Sorry about that, Ana. I have refunded the duplicate charge.');
  await expect(message(popup, 'I have refunded')).toBeVisible();
  await popup.screenshot({ path: join(folder, 'firefox-popup.png') });
  await browser.keepOpen();
  const sidebar = await browser.panel();
  await expect(message(sidebar, 'I have refunded')).toBeVisible();
  await send(sidebar, 'Thank you, that was quick.');
  await expectSent(sidebar, 'Thank you, that was quick.');
  await browser.screenshotWindow(join(folder, 'firefox.png'));
}

try {
  const chromium = await launchBrowser({
    chromiumPath,
    extensionPath: forChromium,
    profileDir: profileDir('chromium-'),
    windowSize: { width: 1280, height: 800 },
  });
  await play(chromium).finally(() => chromium.close());
  const firefox = await launchFirefox({
    firefoxPath,
    extensionPath: forFirefox,
    profileDir: profileDir('firefox-'),
    windowSize: { width: 1200, height: 720 },
    home: 'popup',
  });
  await playInFirefox(firefox).finally(() => firefox.close());
} finally {
  await site.close();
  await server.close();
  rmSync(profiles, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`Pictures: ${folder}`);
