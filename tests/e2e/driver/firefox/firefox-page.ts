// A document of Firefox (in a tab, the sidebar, the popup or the background) with the names of the parts of Playwright's
// Page that scenarios use. Speaks the protocol; what the protocol cannot do it asks of internals.ts.
import { writeFile } from 'node:fs/promises';
import { type Bidi, BidiError } from './bidi';
import { FirefoxLocator } from './firefox-locator';
import type { inPage } from './in-page';
import type { Internals } from './internals';
import { chord, type KeyAction, typing } from './keys';
import { patiently } from './patience';
import { callFunction, Realm, runScript } from './realm';
import type { Step } from './steps';

interface Media {
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
}

export class FirefoxPage {
  readonly context: string;
  readonly #bidi: Bidi;
  readonly #internals: Internals;
  readonly #realm: Realm<typeof inPage>;
  #mouseAt = { x: 0, y: 0 };

  constructor(bidi: Bidi, internals: Internals, context: string) {
    this.context = context;
    this.#bidi = bidi;
    this.#internals = internals;
    this.#realm = new Realm(bidi, { context, sandbox: 'carbonchat-test' }, './in-page.ts');
  }

  getByRole(...how: Parameters<FirefoxLocator['getByRole']>): FirefoxLocator {
    return this.#locate([]).getByRole(...how);
  }

  getByText(...how: Parameters<FirefoxLocator['getByText']>): FirefoxLocator {
    return this.#locate([]).getByText(...how);
  }

  locator(selector: string): FirefoxLocator {
    return this.#locate([{ by: 'css', selector }]);
  }

  readonly keyboard = {
    press: (keys: string) => this.#press(chord(keys)),
    type: (text: string) => this.#press(typing(text)),
  };

  readonly mouse = {
    move: (x: number, y: number) => this.#point(x, y, []),
    click: (x: number, y: number) => this.pressButton(x, y, 0),
    wheel: (deltaX: number, deltaY: number) => {
      const scroll = { type: 'scroll', ...this.#mouseAt, deltaX, deltaY };
      return this.#perform({ type: 'wheel', id: 'wheel', actions: [scroll] });
    },
  };

  /** Presses a button of the mouse and lets it go; its number is that of the DOM. */
  pressButton(x: number, y: number, button: number): Promise<void> {
    return this.#point(x, y, [
      { type: 'pointerDown', button },
      { type: 'pointerUp', button },
    ]);
  }

  /** Loads an address; resolves when it is loaded. */
  async goto(url: string): Promise<void> {
    await this.#load(() => this.#send('browsingContext.navigate', { url, wait: 'none' }));
  }

  async reload(): Promise<void> {
    await this.#load(() => this.#send('browsingContext.reload', { wait: 'none' }));
  }

  /** Runs a function, or a whole script, among the page's own scripts; a function's argument and value go as JSON. */
  async evaluate<Value, Argument>(
    body: string | ((argument: Argument) => Value | Promise<Value>),
    argument?: Argument,
  ): Promise<Value> {
    if (typeof body === 'string') {
      await runScript(this.#bidi, { context: this.context }, body);
      return undefined as Value;
    }
    const source = `async (argument) => JSON.stringify(await (${body})(JSON.parse(argument))) ?? 'null'`;
    const given = [JSON.stringify(argument ?? null)];
    const answer = await callFunction(this.#bidi, { context: this.context }, source, given);
    return JSON.parse(answer ?? 'null');
  }

  content(): Promise<string> {
    return this.inPage('content');
  }

  title(): Promise<string> {
    return this.inPage('title');
  }

  async setViewportSize(viewport: { width: number; height: number }): Promise<void> {
    await this.#send('browsingContext.setViewport', { viewport });
  }

  async emulateMedia({ colorScheme, reducedMotion }: Media): Promise<void> {
    if (colorScheme) await this.#internals.setColorScheme(this.context, colorScheme);
    if (reducedMotion) await this.#internals.setReducedMotion(reducedMotion === 'reduce');
  }

  async screenshot({ path }: { path?: string } = {}): Promise<Buffer> {
    const { data } = await this.#send<{ data: string }>('browsingContext.captureScreenshot', {});
    const picture = Buffer.from(data, 'base64');
    if (path) await writeFile(path, picture);
    return picture;
  }

  /** Resolves when the document is gone for good. */
  async waitForEvent(_event: 'close'): Promise<void> {
    await patiently('the page closes', async () =>
      (await this.isGone()) ? { done: true, value: undefined } : { done: false, reason: 'it is there' },
    );
  }

  async isGone(): Promise<boolean> {
    try {
      await this.#send('browsingContext.getTree', { root: this.context }, {});
      return false;
    } catch (error) {
      if (error instanceof BidiError && ['no such frame', 'closed'].includes(error.code)) return true;
      throw error;
    }
  }

  /** Whether the whole browser is gone; a document that was closed by itself is asked with `isGone`. */
  isClosed(): boolean {
    return this.#bidi.isClosed;
  }

  /** Calls one of the functions of in-page.ts. */
  readonly inPage: Realm<typeof inPage>['call'] = (name, ...args) => this.#realm.call(name, ...args);

  #locate(steps: readonly Step[]): FirefoxLocator {
    return new FirefoxLocator(this, steps);
  }

  /** The protocol hears of the end of loading in tabs only: a mark tells the old document from the new one. */
  async #load(start: () => Promise<unknown>): Promise<void> {
    await this.evaluate(() => void Object.assign(globalThis, { carbonchatLeaving: true }));
    await start();
    await patiently('the page loads', async () => {
      const state = await this.evaluate(() =>
        'carbonchatLeaving' in globalThis ? 'the old document' : document.readyState,
      );
      return state === 'complete' ? { done: true, value: undefined } : { done: false, reason: state };
    });
  }

  async #point(x: number, y: number, actions: object[]): Promise<void> {
    this.#mouseAt = { x: Math.round(x), y: Math.round(y) };
    const move = { type: 'pointerMove', ...this.#mouseAt };
    if (actions.length > 0) await this.#takeFocus();
    await this.#perform({ type: 'pointer', id: 'mouse', actions: [move, ...actions] });
  }

  async #press(actions: KeyAction[]): Promise<void> {
    await this.#takeFocus();
    await this.#perform({ type: 'key', id: 'keyboard', actions });
  }

  /** The protocol's keys and clicks reach any document; a person's only the one with the focus. */
  #takeFocus(): Promise<void> {
    return this.#internals.focus(this.context);
  }

  async #perform(source: { type: string; id: string; actions: object[] }): Promise<void> {
    await this.#send('input.performActions', { actions: [source] });
  }

  #send<Result>(method: string, params: object, place: object = { context: this.context }): Promise<Result> {
    return this.#bidi.send(method, { ...place, ...params });
  }
}
