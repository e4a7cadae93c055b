// A person's Firefox with the extension in it: what a scenario does to it, through restarts and kills.
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { VisitorBrowser } from '../browser';
import { clickHelpButton, pressHelpButton } from '../help-button';
import { isRunning } from '../processes';
import {
  EXTENSION_URL,
  extensionIdOf,
  type FirefoxOptions,
  type FirefoxProcess,
  startFirefox,
} from './firefox';
import { FirefoxPage } from './firefox-page';
import type { View } from './in-chrome';
import { type Internals, openInternals } from './internals';
import { type Look, patiently } from './patience';

/** Everything that ends with one browser process. */
interface Life {
  firefox: FirefoxProcess;
  internals: Internals;
  page: Page;
}

/** A tab of any window, as the protocol tells it. */
interface Tab {
  context: string;
  url: string;
}

/** Starts a Firefox with the extension. Closing it is the caller's. */
export async function launchFirefox(options: FirefoxOptions): Promise<FirefoxBrowser> {
  return new FirefoxBrowser(options, await begin(options));
}

export class FirefoxBrowser implements VisitorBrowser {
  readonly #options: FirefoxOptions;
  #life: Life;

  constructor(options: FirefoxOptions, life: Life) {
    this.#options = options;
    this.#life = life;
  }

  get page(): Page {
    return this.#life.page;
  }

  readonly context = {
    newPage: async (): Promise<Page> => {
      const { firefox } = this.#life;
      const { context } = await firefox.bidi.send<{ context: string }>('browsingContext.create', {
        type: 'tab',
      });
      return this.#pageOf(context);
    },
  };

  extensionPage(path: string): string {
    return EXTENSION_URL + path;
  }

  async clickHelpButton(page = this.page): Promise<void> {
    await this.#help(() => clickHelpButton(page));
  }

  async pressHelpButton(page = this.page): Promise<void> {
    await this.#help(() => pressHelpButton(page));
  }

  /** The sidebar or the popup, whichever is open. */
  async panel(): Promise<Page> {
    return this.#pageOf((await this.#panel(['sidebar', 'popup'])).context);
  }

  /** Clicks the button of the popup that opens the sidebar in its place, and waits until that has happened. */
  async keepOpen(): Promise<void> {
    const popup = this.#pageOf((await this.#panel(['popup'])).context);
    await patiently('the sidebar takes the place of the popup', async () => {
      // A popup grows while it opens, and a click that comes then meets nothing. Its name has many languages.
      const clicked = popup.locator('.keep-open').click();
      const opened = clicked.then(() => this.#panel(['sidebar'], 1_000));
      return opened.then(
        () => ({ done: true, value: undefined }),
        async ({ message }: Error) =>
          (await this.panelKinds()).includes('sidebar')
            ? { done: true, value: undefined }
            : { done: false, reason: message },
      );
    });
    await popup.waitForEvent('close');
  }

  /** Clicks the extension's button in the toolbar, which opens and closes the sidebar. */
  clickToolbarButton(): Promise<void> {
    return this.#life.internals.clickToolbarButton();
  }

  async panels(): Promise<Page[]> {
    const views = await this.#life.internals.panels();
    return views.map(({ context }) => this.#pageOf(context));
  }

  panelWindow(): Promise<Page> {
    return this.#tab('a window of the panel', ({ url }) => url.startsWith(`${EXTENSION_URL}sidepanel.html`));
  }

  async openBareWindow(): Promise<Page> {
    const known = (await this.#tabs()).map(({ context }) => context);
    await this.page.evaluate(() => void window.open(location.href, '', 'popup,width=640,height=480'));
    return this.#tab(
      'a bare window',
      ({ context, url }) => !known.includes(context) && url !== 'about:blank',
    );
  }

  async panelIsOpen(): Promise<boolean> {
    return (await this.panelKinds()).length > 0;
  }

  /** What the open panels are: `sidebar` or `popup`. */
  async panelKinds(): Promise<string[]> {
    return (await this.#life.internals.panels()).map(({ kind }) => kind);
  }

  async closePanel(): Promise<void> {
    const panel = await this.panel();
    // The page goes while it answers, or before.
    await panel.evaluate(() => window.close()).catch(() => undefined);
    await panel.waitForEvent('close');
  }

  async evaluateInWorker<Argument = undefined, Value = unknown>(
    body: (argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Value> {
    const context = await patiently('a background lives', async () => {
      const background = await this.#life.internals.background();
      return background
        ? { done: true, value: background.context }
        : { done: false, reason: 'there is none' };
    });
    const { firefox, internals } = this.#life;
    return new FirefoxPage(firefox.bidi, internals, context).evaluate(body, argument);
  }

  /** Firefox itself never stops a persistent background; a crash of the extension's process does. */
  stopWorker(): Promise<void> {
    return this.#life.internals.terminateBackground();
  }

  async workerIsRunning(): Promise<boolean> {
    return (await this.#life.internals.background()) !== undefined;
  }

  workerBirth(): Promise<number> {
    return this.evaluateInWorker(() => performance.timeOrigin);
  }

  /** Hears an event of the WebDriver BiDi protocol, until the browser ends. */
  hear<Params>(event: string, listener: (params: Params) => void): Promise<void> {
    return this.#life.firefox.bidi.hear(event, listener);
  }

  /** A picture of the whole window as a person sees it: the page and the sidebar beside it. */
  async screenshotWindow(path: string): Promise<void> {
    await writeFile(path, await this.#life.internals.picture());
  }

  /** "Work offline". An open socket stays open and, on this machine, is heard: the line can silence it. */
  setOffline(offline: boolean): Promise<void> {
    return this.#life.internals.setOffline(offline);
  }

  async restart(): Promise<void> {
    await this.close();
    this.#life = await begin(this.#options);
  }

  async killBrowser(): Promise<void> {
    const { firefox, internals } = this.#life;
    const helpers = await internals.helperProcesses();
    process.kill(firefox.processId, 'SIGKILL');
    await firefox.ended;
    await patiently('the helper processes end', async () =>
      helpers.some(isRunning) ? { done: false, reason: 'some run' } : { done: true, value: undefined },
    );
  }

  async close(): Promise<void> {
    const { bidi, ended } = this.#life.firefox;
    // It may be gone, and goes while it answers.
    await bidi.send('browser.close').catch(() => undefined);
    await ended;
  }

  /** Uses the help button, and takes the panel that this opens to where it lives. */
  async #help(press: () => Promise<void>): Promise<void> {
    const opens = !(await this.panelIsOpen());
    await press();
    if (opens && this.#options.home !== 'popup') await this.keepOpen();
  }

  async #tabs(): Promise<Tab[]> {
    const tree = await this.#life.firefox.bidi.send<{ contexts: Tab[] }>('browsingContext.getTree');
    return tree.contexts;
  }

  async #tab(what: string, isMeant: (tab: Tab) => boolean): Promise<Page> {
    const tab = await patiently(`${what} opens`, async () => {
      const value = (await this.#tabs()).find(isMeant);
      return value ? { done: true, value } : { done: false, reason: 'there is none' };
    });
    return this.#pageOf(tab.context);
  }

  #panel(kinds: View['kind'][], timeout?: number): Promise<View> {
    const look = async (): Promise<Look<View>> => {
      const view = (await this.#life.internals.panels()).find(({ kind }) => kinds.includes(kind));
      return view ? { done: true, value: view } : { done: false, reason: 'there is none' };
    };
    return patiently(`a ${kinds.join(' or ')} opens`, look, timeout);
  }

  #pageOf(context: string): Page {
    return pageOf(this.#life.firefox, this.#life.internals, context);
  }
}

/** Scenarios are written against Playwright's Page and use no more of it than FirefoxPage has. */
function pageOf(firefox: FirefoxProcess, internals: Internals, context: string): Page {
  return new FirefoxPage(firefox.bidi, internals, context) as unknown as Page;
}

async function begin(options: FirefoxOptions): Promise<Life> {
  const firefox = await startFirefox(options);
  const internals = await openInternals(firefox.bidi, extensionIdOf(options.extensionPath));
  const { contexts } = await firefox.bidi.send<{ contexts: Tab[] }>('browsingContext.getTree');
  const [tab] = contexts;
  if (!tab) throw new Error('Firefox started without a tab.');
  return { firefox, internals, page: pageOf(firefox, internals, tab.context) };
}
