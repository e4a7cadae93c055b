// What one client told, in order, and the waiting for what it will tell. Fails in few words, fit for a table.

import type { ClientEvent } from './client';

type Name = ClientEvent['name'];

const MISSING: Record<Name, string> = {
  trying: 'does not try again',
  connected: 'is not connected',
  disconnected: 'is not told that the connection is lost',
  silence: 'is not told of the silence',
  rejected: 'is not told of the rejection',
  ended: 'is not told that it is over',
  received: 'does not hear',
  threw: 'throws nothing',
};

export class Transcript {
  readonly #patience: number;
  readonly #events: ClientEvent[] = [];
  /** Everything before has been asked for. */
  #read = 0;
  #watch = () => {};

  /** `patience` in milliseconds. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  readonly tell = (event: ClientEvent): void => {
    this.#events.push(event);
    this.#watch();
  };

  /** Resolves at the next event of that name, and passes over those before it. Rejects when it does not come. */
  async next(name: Name, fits: (event: ClientEvent) => boolean = () => true): Promise<void> {
    const find = () =>
      this.#events.findIndex((event, at) => at >= this.#read && event.name === name && fits(event));
    await this.#until(() => find() >= 0, MISSING[name]);
    this.#read = find() + 1;
  }

  /** Resolves when a message with such a content has come. */
  hears(content: string): Promise<void> {
    return this.next('received', (event) => contentOf(event) === content);
  }

  count(name: Name): number {
    return this.#events.filter((event) => event.name === name).length;
  }

  /** How often a message with such a content came. */
  heard(content: string): number {
    return this.#events.filter((event) => contentOf(event) === content).length;
  }

  /** Resolves when there are so many events of that name, from the start on. */
  async reaches(name: Name, count: number): Promise<void> {
    await this.#until(() => this.count(name) >= count, MISSING[name]);
  }

  /** Throws when an exception of the client's reached the page. */
  expectNothingThrown(): void {
    for (const event of this.#events)
      if (event.name === 'threw') throw new Error(`throws ${(event.error as Error).name} into the page`);
  }

  /** What was told instead of what was waited for. */
  #lastTold(): string {
    const told = this.#events
      .slice(this.#read)
      .filter(({ name }) => name !== 'received' && name !== 'trying');
    const last = told.at(-1);
    return last ? ` (but: ${last.name})` : '';
  }

  async #until(holds: () => boolean, otherwise: string): Promise<void> {
    let giveUp: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      giveUp = setTimeout(() => reject(new Error(otherwise + this.#lastTold())), this.#patience);
      this.#watch = () => holds() && resolve();
      this.#watch();
    }).finally(() => clearTimeout(giveUp));
    this.#watch = () => {};
  }
}

function contentOf(event: ClientEvent): unknown {
  const message = event.name === 'received' && (event.message as { data?: { content?: unknown } } | null);
  return message ? message.data?.content : undefined;
}
