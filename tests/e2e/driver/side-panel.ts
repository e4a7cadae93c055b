// The browser's real side panel. Playwright's own context never lists it, a second connection made after it opened
// does. The panel of a window is the extension's page in no tab.
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  expect,
  type Page,
} from '@playwright/test';

export interface PanelPlace {
  context: BrowserContext;
  browser: CDPSession;
  /** Asked when it is needed: the browser writes its port while it starts. */
  debuggerUrl(): string;
  panelUrl: string;
  colorScheme: 'light' | 'dark';
}

/** The side panels of one browser process. */
export class SidePanel {
  readonly #place: PanelPlace;
  readonly #connections: Browser[] = [];
  #page: Page | null = null;

  constructor(place: PanelPlace) {
    this.#place = place;
  }

  /** The open panel, as a page with everything Playwright can do. Waits until one is open; the newest of several. */
  async page(): Promise<Page> {
    if (this.#page && !this.#page.isClosed()) return this.#page;
    await expect.poll(() => this.isOpen(), { message: 'the side panel opens', intervals: [50] }).toBe(true);
    const [page] = await this.pages();
    if (!page) throw new Error('The side panel closed again while the test was connecting to it.');
    this.#page = page;
    return page;
  }

  /** The panels of all windows, found anew. Pages handed out before stay good while their panel is open. */
  async pages(): Promise<Page[]> {
    const connection = await chromium.connectOverCDP(this.#place.debuggerUrl());
    this.#connections.push(connection);
    const pages = connection.contexts().flatMap((context) => context.pages());
    const panels: Page[] = [];
    for (const page of pages.filter((it) => it.url().startsWith(this.#place.panelUrl))) {
      if (await isInTab(page)) continue;
      await page.emulateMedia({ colorScheme: this.#place.colorScheme });
      panels.push(page);
    }
    return panels;
  }

  /** Whether a panel is open in any window. Asks the browser, so that a stopped worker stays stopped. */
  async isOpen(): Promise<boolean> {
    const { targetInfos } = await this.#place.browser.send('Target.getTargets');
    const shown = targetInfos.filter((target) => target.url.startsWith(this.#place.panelUrl)).length;
    const tabs = this.#place.context
      .pages()
      .filter((page) => page.url().startsWith(this.#place.panelUrl)).length;
    return shown > tabs;
  }

  /** Closes the panel and resolves when it is gone. */
  async close(): Promise<void> {
    const page = await this.page();
    const closed = page.waitForEvent('close');
    // The page goes while it answers, or before.
    await page.evaluate(() => window.close()).catch(() => undefined);
    await closed;
    await expect.poll(() => this.isOpen(), { message: 'the side panel closes', intervals: [50] }).toBe(false);
  }

  /** Lets go of the connections made for panels. The panels stay open. */
  async disconnect(): Promise<void> {
    for (const connection of this.#connections.splice(0)) await connection.close();
  }
}

async function isInTab(page: Page): Promise<boolean> {
  await page.waitForLoadState();
  return page.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: { tabs: { getCurrent(): Promise<unknown> } } };
    return (await chrome.tabs.getCurrent()) !== undefined;
  });
}
