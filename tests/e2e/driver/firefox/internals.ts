// Node's end of in-chrome.ts: what the protocol cannot do, asked of the browser's own window.
import type { Bidi } from './bidi';
import type { inChrome, View } from './in-chrome';
import { Realm } from './realm';

/** Finds the browser's window and opens the extension's sidebar, popup and background to the protocol. */
export async function openInternals(bidi: Bidi, extensionId: string): Promise<Internals> {
  const { contexts } = await bidi.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  const [window] = contexts;
  if (!window) throw new Error('Firefox has no window.');
  const internals = new Internals(bidi, window.context, extensionId);
  await internals.reachViews();
  return internals;
}

export class Internals {
  readonly #window: Realm<typeof inChrome>;
  readonly #extensionId: string;

  constructor(bidi: Bidi, windowContext: string, extensionId: string) {
    this.#window = new Realm(bidi, { context: windowContext }, './in-chrome.ts');
    this.#extensionId = extensionId;
  }

  async reachViews(): Promise<void> {
    await this.#window.call('reachViews', this.#extensionId);
  }

  /** The extension's sidebars and popups that are open. */
  async panels(): Promise<View[]> {
    return (await this.#views()).filter(({ kind }) => kind !== 'background');
  }

  /** The background's page; undefined while it is stopped. */
  async background(): Promise<View | undefined> {
    return (await this.#views()).find(({ kind }) => kind === 'background');
  }

  /** Clicks the extension's button in the toolbar. */
  async clickToolbarButton(): Promise<void> {
    await this.#window.call('clickToolbarButton', this.#extensionId);
  }

  /** Ends the background. */
  async terminateBackground(): Promise<void> {
    await this.#window.call('terminateBackground', this.#extensionId);
  }

  /** Gives a document the keyboard. */
  async focus(context: string): Promise<void> {
    await this.#window.call('focus', context);
  }

  /** Takes the whole browser off the network, or brings it back. */
  async setOffline(offline: boolean): Promise<void> {
    await this.#window.call('setOffline', offline);
  }

  /** What one document sees as the person's preferred colour scheme. */
  async setColorScheme(context: string, scheme: 'light' | 'dark'): Promise<void> {
    await this.#window.call('setColorScheme', context, scheme);
  }

  /** What all documents see as the person's wish for less motion. */
  async setReducedMotion(reduced: boolean): Promise<void> {
    await this.#window.call('setReducedMotion', reduced);
  }

  /** A picture of the whole window, as a PNG. */
  async picture(): Promise<Buffer> {
    return Buffer.from(await this.#window.call('picture'), 'base64');
  }

  /** Ids of the browser's helper processes. */
  helperProcesses(): Promise<number[]> {
    return this.#window.call('helperProcesses');
  }

  #views(): Promise<View[]> {
    return this.#window.call('views', this.#extensionId);
  }
}
