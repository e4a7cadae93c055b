// What every scenario starts with: an installation reached over a line that can break, the demo site (one of each for all
// tests, and nobody empties the installation) and a person's browser on a fresh profile with the built extension.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page, type TestInfo } from '@playwright/test';
import type { InboxKind } from '../server/demo/inbox-kinds';
import type { CarbonChatServer } from '../server/server';
import { type AgentClient, createAgentClient } from '../server/testing/agent-client';
import { askedBrowser } from '../support/browsers';
import { type DemoConfig, readDemoConfig } from '../support/demo-config';
import type { VisitorBrowser } from './driver/browser';
import type { LaunchOptions } from './driver/chromium';
import { launchBrowser } from './driver/extension-browser';
import type { FirefoxOptions } from './driver/firefox/firefox';
import { launchFirefox } from './driver/firefox/firefox-browser';
import type { Line } from './driver/line';
import { type Ground, startGround } from './ground';
import { Traces } from './traces';

export { expect } from './expect';

type BrowserOptions = Partial<LaunchOptions & FirefoxOptions>;

interface TestFixtures {
  /** Set with `test.use({ browserOptions: { colorScheme: 'dark', language: 'ar' } })`. */
  browserOptions: BrowserOptions;
  /** The kind of inbox that the panel is built for. Set with `test.use({ inbox: 'csat' })`. */
  inbox: InboxKind;
  /** Leaves a scenario with the tag `@door` out where there is no door. */
  leftOut: undefined;
  /** An agent on the installation, by the account API. */
  agent: AgentClient;
  /** Between the browser and the installation; whole, and with nobody on it, at the start of a scenario. */
  line: Line;
  /** What the scenario's panel has left on the installation. */
  traces: Traces;
  /** The in-memory CarbonChat with its control door and its console. Only for scenarios with the tag `@door`. */
  door: CarbonChatServer;
  /** Starts one more person's browser on a fresh profile; it is closed after the test. */
  launch: (options?: BrowserOptions) => Promise<VisitorBrowser>;
  /** A person's browser, its first tab on the company's site. */
  visitor: VisitorBrowser;
}

interface WorkerFixtures {
  config: DemoConfig;
  ground: Ground;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  browserOptions: [{}, { option: true }],
  inbox: ['plain', { option: true }],

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

  leftOut: [
    async ({ ground }, use, testInfo) => {
      const needsDoor = testInfo.tags.includes('@door');
      testInfo.skip(needsDoor && !ground.door, 'stands on tests/server itself');
      await use(undefined);
    },
    { auto: true },
  ],

  agent: async ({ ground: { installation } }, use) => {
    const { url, accountId, agentToken } = installation;
    await use(createAgentClient(() => url, accountId, agentToken));
  },

  line: async ({ ground: { line } }, use) => {
    await line.reset();
    await use(line);
  },

  traces: async ({ ground: { installation }, line, inbox }, use, testInfo) => {
    const { identifier } = installation.inboxes[inbox];
    const traces = new Traces({ url: installation.url, identifier, line });
    await use(traces);
    await traces.sign(testInfo.title);
  },

  door: async ({ ground: { door } }, use, testInfo) => {
    if (!door || !testInfo.tags.includes('@door')) throw new Error('Tag this scenario @door.');
    await use(door);
  },

  launch: async (
    { browserOptions, inbox, traces: _traces, ground: { site, installation } },
    use,
    testInfo,
  ) => {
    site.secret = installation.inboxes[inbox].hmacToken;
    const browsers: { browser: VisitorBrowser; profileDir: string }[] = [];
    await use(async (options = {}) => {
      const profileDir = await mkdtemp(join(tmpdir(), 'carbonchat-profile-'));
      const extensionPath = JSON.parse(setting('CARBONCHAT_EXTENSIONS'))[inbox];
      const asked = { extensionPath, profileDir, ...browserOptions, ...options };
      const browser =
        askedBrowser() === 'firefox'
          ? await launchFirefox({ firefoxPath: setting('FIREFOX_PATH'), ...asked })
          : await launchBrowser({ chromiumPath: setting('CHROMIUM_PATH'), ...asked });
      browsers.push({ browser, profileDir });
      return browser;
    });
    for (const { browser, profileDir } of browsers) {
      if (testInfo.status !== testInfo.expectedStatus) await takePictures(browser, testInfo);
      await browser.close();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },

  visitor: async ({ launch, config }, use) => {
    const visitor = await launch();
    await visitor.page.goto(config.siteUrl.href);
    await use(visitor);
  },
});

/** What the person saw when a test failed, into the test's own output folder. */
async function takePictures(browser: VisitorBrowser, testInfo: TestInfo): Promise<void> {
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
