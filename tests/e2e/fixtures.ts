// What every scenario starts with: the server and the site (one pair for all tests, emptied before each) and a person's
// browser on a fresh profile with the built extension.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page, type TestInfo } from '@playwright/test';
import { type DemoConfig, readDemoConfig } from '../support/demo-config';
import { type Ground, startGround } from '../support/ground';
import type { LaunchOptions } from './driver/chromium';
import { type ExtensionBrowser, launchBrowser } from './driver/extension-browser';

export { expect } from '@playwright/test';

type BrowserOptions = Partial<LaunchOptions>;

interface TestFixtures {
  /** Set with `test.use({ browserOptions: { colorScheme: 'dark', language: 'ar' } })`. */
  browserOptions: BrowserOptions;
  /** The in-memory CarbonChat, empty. */
  server: Ground['server'];
  /** Starts one more person's browser on a fresh profile; it is closed after the test. */
  launch: (options?: BrowserOptions) => Promise<ExtensionBrowser>;
  /** A person's browser, its first tab on the company's site. */
  visitor: ExtensionBrowser;
}

interface WorkerFixtures {
  config: DemoConfig;
  ground: Ground;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  browserOptions: [{}, { option: true }],

  config: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => use(readDemoConfig(setting('CARBONCHAT_CONFIG'))),
    { scope: 'worker' },
  ],

  ground: [
    async ({ config }, use) => {
      const ground = await startGround(config);
      await use(ground);
      await ground.close();
    },
    { scope: 'worker' },
  ],

  server: async ({ ground: { server } }, use) => {
    // The test before may have left it stopped, and its requests under way.
    await server.stop();
    await server.start();
    server.control.reset();
    await use(server);
  },

  launch: async ({ browserOptions }, use, testInfo) => {
    const browsers: { browser: ExtensionBrowser; profileDir: string }[] = [];
    await use(async (options = {}) => {
      const profileDir = await mkdtemp(join(tmpdir(), 'carbonchat-profile-'));
      const browser = await launchBrowser({
        chromiumPath: setting('CHROMIUM_PATH'),
        extensionPath: setting('CARBONCHAT_EXTENSION'),
        profileDir,
        ...browserOptions,
        ...options,
      });
      browsers.push({ browser, profileDir });
      return browser;
    });
    for (const { browser, profileDir } of browsers) {
      if (testInfo.status !== testInfo.expectedStatus) await takePictures(browser, testInfo);
      await browser.close();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },

  visitor: async ({ launch, server: _server, config }, use) => {
    const visitor = await launch();
    await visitor.page.goto(config.siteUrl.href);
    await use(visitor);
  },
});

/** What the person saw when a test failed, into the test's own output folder. */
async function takePictures(browser: ExtensionBrowser, testInfo: TestInfo): Promise<void> {
  const take = async (page: Page, name: string) => {
    const path = testInfo.outputPath(`${name}.png`);
    await page.screenshot({ path });
    await testInfo.attach(name, { path });
  };
  // A killed browser shows nothing.
  if (browser.page.isClosed()) return;
  await take(browser.page, 'page');
  for (const [index, panel] of (await browser.panels()).entries()) await take(panel, `panel-${index + 1}`);
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the run's global setup did not happen.`);
  return value;
}
