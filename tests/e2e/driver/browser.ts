// A person's browser with the extension in it, whichever browser it is: all that a scenario may do to it.
import type { BrowserContext, Page } from '@playwright/test';

export interface VisitorBrowser {
  /** The first tab. Another one after each restart. */
  readonly page: Page;
  /** Opens further tabs. The panel is not in it. */
  readonly context: Pick<BrowserContext, 'newPage'>;
  /** The address of one of the extension's own pages, for example `options.html`. */
  extensionPage(path: string): string;
  /** Clicks the help button of the first tab, or of `page`, with the mouse. */
  clickHelpButton(page?: Page): Promise<void>;
  /** Reaches the help button with Tab and presses Enter. */
  pressHelpButton(page?: Page): Promise<void>;
  /** The open panel; waits until one is open. Ask again after each reopening. */
  panel(): Promise<Page>;
  /** The panels of all windows. */
  panels(): Promise<Page[]>;
  panelIsOpen(): Promise<boolean>;
  /** The panel in a window of its own, where the browser has no other place for it; waits until it is open. */
  panelWindow(): Promise<Page>;
  /** Has the first tab open its own address in a window without toolbars, as web applications do. */
  openBareWindow(): Promise<Page>;
  /** Closes the panel and waits until it is gone. */
  closePanel(): Promise<void>;
  /** Runs `body` in the background. Waits while it is stopped: it does not wake it. */
  evaluateInWorker<Argument = undefined, Value = unknown>(
    body: (argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Value>;
  /** Stops the background; resolves when it has stopped. */
  stopWorker(): Promise<void>;
  workerIsRunning(): Promise<boolean>;
  /** A value that differs from one life of the background to the next. Waits while it is stopped. */
  workerBirth(): Promise<number>;
  /** Cuts pages and background off the network. */
  setOffline(offline: boolean): Promise<void>;
  /** Quits the browser, if it still runs, and starts it again on the same profile. */
  restart(): Promise<void>;
  /** Kills the browser, as a crash does; resolves when all of it is gone. Only `restart` and `close` make sense then. */
  killBrowser(): Promise<void>;
  /** Quits the browser. The profile stays. */
  close(): Promise<void>;
}
