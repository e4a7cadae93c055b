// The extension's service worker as a test sees it: evaluate in it, stop it, tell one life from the next.
import type { BrowserContext, CDPSession, Page, Worker } from '@playwright/test';

/** One browser process's worker. Playwright's handle stays the same while the worker dies and is born again. */
export class ExtensionWorker {
  readonly #context: BrowserContext;
  readonly #browser: CDPSession;
  readonly #extensionUrl: string;

  constructor(context: BrowserContext, browser: CDPSession, extensionUrl: string) {
    this.#context = context;
    this.#browser = browser;
    this.#extensionUrl = extensionUrl;
  }

  /** Runs `body` in the worker. While the worker is stopped this waits: it does not wake it. */
  async evaluate<Argument, Value>(
    body: (argument: Argument) => Value | Promise<Value>,
    argument: Argument,
  ): Promise<Value> {
    const worker = await this.#handle();
    for (;;) {
      try {
        return (await worker.evaluate(body as never, argument as never)) as Value;
      } catch (error) {
        // Asked in one life, answered by none: ask the next one.
        if (!String(error).includes('Service worker restarted')) throw error;
      }
    }
  }

  /** A value that no other life of the worker has. Waits for a stopped worker to be woken by somebody else. */
  birth(): Promise<number> {
    return this.evaluate(() => performance.timeOrigin, undefined);
  }

  /** The running service workers of the extension: none or one. */
  async targets(): Promise<{ targetId: string; url: string }[]> {
    const { targetInfos } = await this.#browser.send('Target.getTargets');
    return targetInfos.filter(
      (target) => target.type === 'service_worker' && target.url.startsWith(this.#extensionUrl),
    );
  }

  /**
   * Stops the worker as the browser does when it is idle and resolves when it has stopped; at once when it was not
   * running. `tab` is any tab of the browser: only a page's session hears of workers.
   */
  async stop(tab: Page): Promise<void> {
    const [target] = await this.targets();
    if (!target) return;
    const session = await this.#context.newCDPSession(tab);
    const stopped = new Promise<void>((resolve) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        if (versions.some((it) => it.scriptURL === target.url && it.runningStatus === 'stopped')) resolve();
      });
    });
    await session.send('ServiceWorker.enable');
    await this.#browser.send('Target.closeTarget', { targetId: target.targetId });
    await stopped;
    await session.detach();
  }

  async #handle(): Promise<Worker> {
    const mine = (worker: Worker) => worker.url().startsWith(this.#extensionUrl);
    return (
      this.#context.serviceWorkers().find(mine) ??
      (await this.#context.waitForEvent('serviceworker', { predicate: mine }))
    );
  }
}
