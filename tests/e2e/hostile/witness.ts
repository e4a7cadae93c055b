// Sees whether anything was done in the person's name: what is stored, what was asked of the installation, which documents
// of ours are open. Its own window with the panel is how a test speaks as the panel does.
import type { Page } from '@playwright/test';
import type { Snapshot } from '@/lib/messaging/view-updates';
import type { VisitorBrowser } from '../driver/browser';
import type { Line } from '../driver/line';
import { expect } from '../expect';
import { openWindow, readDocuments, readSnapshot, readStored, say } from '../in-extension';
import { forgedCommands, opening } from './forged';

/** The key of a conversation that nobody has begun: only the witness writes drafts for it. */
const MARK = '99999999-9999-4999-8999-999999999999';

interface Facts {
  stored: Record<string, unknown>;
  requests: string[];
  documents: string[];
}

/** Opens the panel in a window of its own: a panel that somebody opens beside the page is another document. */
export async function openWitness(visitor: VisitorBrowser, line: Line): Promise<Witness> {
  await visitor.evaluateInWorker(openWindow, visitor.extensionPage('sidepanel.html'));
  return new Witness(visitor, line, await visitor.panelWindow());
}

export class Witness {
  readonly page: Page;
  readonly #visitor: VisitorBrowser;
  readonly #line: Line;
  #marks = 0;

  constructor(visitor: VisitorBrowser, line: Line, page: Page) {
    this.#visitor = visitor;
    this.#line = line;
    this.page = page;
  }

  /** What a panel that opens now is shown. */
  snapshot(): Promise<Snapshot> {
    return this.page.evaluate(readSnapshot, opening);
  }

  /**
   * What there is, once everything that was asked before has been dealt with: the panel itself has something written,
   * which is seen to be stored.
   */
  async facts(): Promise<Facts> {
    const text = `mark ${++this.#marks}`;
    const draft = forgedCommands(await this.snapshot())['draft.change'];
    await this.page.evaluate(say, { ...draft, conversationKey: MARK, text });
    const marks = async () =>
      Object.entries(await this.#stored()).flatMap(([key, value]) => (key.endsWith(MARK) ? value : []));
    await expect.poll(marks, { message: 'what the panel writes is stored' }).toMatchObject([{ text }]);
    const stored = Object.entries(await this.#stored()).filter(([key]) => !key.endsWith(MARK));
    return {
      stored: Object.fromEntries(stored),
      requests: this.#line.requests.map(({ method, path }) => `${method} ${path}`),
      documents: (await this.#visitor.evaluateInWorker(readDocuments)).sort(),
    };
  }

  #stored(): Promise<Record<string, unknown>> {
    return this.#visitor.evaluateInWorker(readStored);
  }
}
