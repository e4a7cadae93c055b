// A person's browser with the extension in it: what a scenario does to it, through process restarts and kills.
import { type BrowserContext, type CDPSession, expect, type Page } from '@playwright/test';
import type { VisitorBrowser } from './browser';
import { debuggerUrl, extensionUrl, type LaunchOptions, startChromium } from './chromium';
import { ExtensionWorker } from './extension-worker';
import { clickHelpButton, pressHelpButton } from './help-button';
import { isRunning } from './processes';
import { SidePanel } from './side-panel';

/** Everything that ends with one browser process. */
interface Life {
  context: BrowserContext;
  page: Page;
  browser: CDPSession;
  worker: ExtensionWorker;
  panel: SidePanel;
}

/** Starts a browser with the extension. Closing it is the caller's. */
export async function launchBrowser(options: LaunchOptions): Promise<ExtensionBrowser> {
  return new ExtensionBrowser(options, await begin(options));
}

export class ExtensionBrowser implements VisitorBrowser {
  readonly #options: LaunchOptions;
  #life: Life;

  constructor(options: LaunchOptions, life: Life) {
    this.#options = options;
    this.#life = life;
  }

  /** The first tab. Another one after each restart. */
  get page(): Page {
    return this.#life.page;
  }

  /** Playwright's context: new tabs, cookies, tracing. The side panel is not in it. */
  get context(): BrowserContext {
    return this.#life.context;
  }

  /** The address of one of the extension's own pages, for example `options.html`. */
  extensionPage(path: string): string {
    return extensionUrl(this.#options.extensionPath) + path;
  }

  /** Clicks the help button of the first tab, or of `page`, with the mouse. */
  clickHelpButton(page = this.page): Promise<void> {
    return clickHelpButton(page);
  }

  /** Reaches the help button with Tab and presses Enter. */
  pressHelpButton(page = this.page): Promise<void> {
    return pressHelpButton(page);
  }

  /** The real side panel; waits until it is open. Ask again after each reopening. */
  panel(): Promise<Page> {
    return this.#life.panel.page();
  }

  /** The side panels of all windows. */
  panels(): Promise<Page[]> {
    return this.#life.panel.pages();
  }

  panelIsOpen(): Promise<boolean> {
    return this.#life.panel.isOpen();
  }

  async panelWindow(): Promise<Page> {
    const { context } = this.#life;
    const address = this.extensionPage('sidepanel.html');
    const find = () => context.pages().find((page) => page.url().startsWith(address));
    await expect.poll(() => find() !== undefined, { message: 'a window of the panel opens' }).toBe(true);
    return find() as Page;
  }

  async openBareWindow(): Promise<Page> {
    const opened = this.page.waitForEvent('popup');
    await this.page.evaluate(() => void window.open(location.href, '', 'popup,width=640,height=480'));
    return opened;
  }

  /** Closes the side panel and waits until it is gone. */
  closePanel(): Promise<void> {
    return this.#life.panel.close();
  }

  /** A picture of the panel; with `width` (CSS pixels) as a person sees it who dragged the panel to that width. */
  async screenshotPanel(path: string, width?: number): Promise<void> {
    const panel = await this.panel();
    if (width) await panel.setViewportSize({ width, height: 700 });
    await panel.screenshot({ path, animations: 'disabled' });
  }

  /** Runs `body` in the background. Waits while the worker is stopped: it does not wake it. */
  evaluateInWorker<Argument = undefined, Value = unknown>(
    body: (argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Value> {
    return this.#life.worker.evaluate(body, argument as Argument);
  }

  /** Stops the background as the browser does; resolves when it has stopped. */
  stopWorker(): Promise<void> {
    return this.#life.worker.stop(this.page);
  }

  /** A value that differs from one life of the background to the next. Waits while the worker is stopped. */
  workerBirth(): Promise<number> {
    return this.#life.worker.birth();
  }

  async workerIsRunning(): Promise<boolean> {
    return (await this.#life.worker.targets()).length > 0;
  }

  /** Has the browser take the extension anew from its folder, as it takes an update: pages open, its own ones closed. */
  async reloadExtension(): Promise<void> {
    const { host: id } = new URL(this.extensionPage(''));
    const page = await this.context.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(async (id) => {
      const { developerPrivate } = (globalThis as unknown as { chrome: DeveloperApi }).chrome;
      // Else the browser switches an extension off that was loaded from a folder, once it is loaded again.
      await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
      await developerPrivate.reload(id, { failQuietly: true });
    }, id);
    await page.close();
  }

  /** Cuts pages and background off. A socket that is open stays open and falls silent. */
  setOffline(offline: boolean): Promise<void> {
    return this.context.setOffline(offline);
  }

  /** Quits the browser, if it still runs, and starts it again on the same profile. */
  async restart(): Promise<void> {
    await this.close();
    this.#life = await begin(this.#options);
  }

  /**
   * Kills the browser process, as a crash does; resolves when its helpers have followed it. Only `restart` and `close`
   * make sense afterwards.
   */
  async killBrowser(): Promise<void> {
    const { processInfo } = await this.#life.browser.send('SystemInfo.getProcessInfo');
    const browser = processInfo.find((it) => it.type === 'browser');
    if (!browser) throw new Error('The browser does not tell its process id.');
    const gone = this.context.waitForEvent('close');
    process.kill(browser.id, 'SIGKILL');
    await gone;
    for (const { id } of processInfo)
      await expect.poll(() => isRunning(id), { message: `process ${id} ends`, intervals: [20] }).toBe(false);
  }

  /** Quits the browser. The profile stays. */
  async close(): Promise<void> {
    await this.#life.panel.disconnect();
    await this.context.close();
  }
}

/** What the browser's own page for extensions can do. */
interface DeveloperApi {
  developerPrivate: {
    updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void>;
    reload(id: string, options: { failQuietly: boolean }): Promise<unknown>;
  };
}

async function begin(options: LaunchOptions): Promise<Life> {
  const context = await startChromium(options);
  const process = context.browser();
  const [page] = context.pages();
  if (!process || !page) throw new Error('The browser started without a tab.');
  const browser = await process.newBrowserCDPSession();
  const url = extensionUrl(options.extensionPath);
  const panel = new SidePanel({
    context,
    browser,
    debuggerUrl: () => debuggerUrl(options.profileDir),
    panelUrl: `${url}sidepanel.html`,
    colorScheme: options.colorScheme ?? 'light',
  });
  return { context, page, browser, worker: new ExtensionWorker(context, browser, url), panel };
}
