// Where a secret must never come: places that can be read, and that a test can leak into. And the memory of all that was in
// them, because what an error says is gone a moment later.
import type { Page } from '@playwright/test';
import type { VisitorBrowser } from '../driver/browser';
import { opening } from '../hostile/forged';
import { readLogged, readTold, readToolbar, writeToolbar } from './in-contexts';
import { leakInto, type Place, places, readPlace } from './in-document';
import { found } from './secrets';

export interface Sink {
  name: string;
  /** Everything in it now, or that was since it is watched. */
  read(): Promise<string>;
  leak(text: string): Promise<unknown>;
}

export class Sinks {
  readonly #sinks: readonly Sink[];
  readonly #seen = new Map<string, string>();

  constructor(sinks: readonly Sink[]) {
    this.#sinks = sinks;
  }

  /** Looks into all of them. To be called at every moment at which something else can be there. */
  async look(): Promise<void> {
    for (const { name, read } of this.#sinks)
      this.#seen.set(name, `${this.#seen.get(name) ?? ''}\n${await read()}`);
  }

  /** Leaks a text of its own into each. */
  async leak(text: string): Promise<void> {
    for (const sink of this.#sinks) await sink.leak(leakOf(sink, text));
  }

  /** The sinks in which their own leak of this text was not seen. */
  unseen(text: string): string[] {
    const blind = this.#sinks.filter(
      (sink) => !found(this.#seen.get(sink.name) ?? '', [leakOf(sink, text)]).length,
    );
    return blind.map(({ name }) => name);
  }

  /** Which of the values were seen, each with the sink that held it. */
  hits(values: readonly string[]): string[] {
    return [...this.#seen].flatMap(([name, text]) =>
      found(text, [...new Set(values)]).map((value) => `${value} in ${name}`),
    );
  }
}

/** What the extension of a browser writes and says, and what its documents and the page's show and keep. */
export function commonSinks(
  visitor: VisitorBrowser,
  panelPlaces: readonly Place[],
  leakToPanel: (text: string) => Promise<unknown>,
): Sink[] {
  const sinksIn = (whose: string, where: readonly Place[], document: () => Promise<Page>): Sink[] =>
    where.map((place) => ({
      name: `${place} of ${whose}`,
      read: async () => (await document()).evaluate(readPlace, place),
      leak: async (text) => (await document()).evaluate(leakInto, { place, text }),
    }));
  return [
    ...sinksIn('the page', places, async () => visitor.page),
    ...sinksIn('the panel', panelPlaces, () => visitor.panel()),
    {
      name: 'what the panel is told',
      read: async () => (await visitor.panel()).evaluate(readTold, opening),
      leak: leakToPanel,
    },
    {
      name: 'the toolbar',
      read: () => visitor.evaluateInWorker(readToolbar),
      leak: (text) => visitor.evaluateInWorker(writeToolbar, text),
    },
    {
      name: 'console of the background',
      read: () => visitor.evaluateInWorker(readLogged),
      leak: (text) => visitor.evaluateInWorker(writeToConsole, text),
    },
    {
      name: 'errors that nobody caught in the background',
      read: () => visitor.evaluateInWorker(readLogged),
      leak: (text) => visitor.evaluateInWorker(failWith, text),
    },
  ];
}

/** A request of a page's own. */
export async function ask({
  url,
  ...init
}: { url: string } & Pick<RequestInit, 'method' | 'headers' | 'body'>) {
  await fetch(url, init);
}

export function writeToConsole(text: string): void {
  console.warn(text);
}

function failWith(text: string): void {
  setTimeout(() => Promise.reject(new Error(text)));
}

/** Told apart from those of other sinks: what is in a cookie is in a header as well. */
function leakOf({ name }: Sink, text: string): string {
  return `${text}-${name.replaceAll(' ', '-')}`;
}
