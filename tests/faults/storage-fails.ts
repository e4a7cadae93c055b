// Storage that fails on purpose: the k-th write of a store, or all from the k-th on, is refused or ends the background
// before or after it. Knows nothing of what is written.
import type { BackgroundPlatform } from '@/lib/background/platform';
import type { FakeBrowser, FakeLife } from '../support/fake-platform';
import { MemoryHistory } from '../support/memory-stores';

/** `both`: the writes of both stores, counted together. */
export type Where = 'record' | 'history' | 'both';
/** `full` and `broken` last until `heal`. The history is deleted while it is used, or while nobody is there. */
export type Kind =
  | 'no room once'
  | 'refused once'
  | 'full'
  | 'broken'
  | 'dies before'
  | 'dies after'
  | 'deletes the history'
  | 'dies, and deletes the history';

export interface StorageFault {
  where: Where;
  kind: Kind;
  /** Which write, from 1. */
  at: number;
  /** The history cannot be written at all, besides. */
  withoutHistory?: boolean;
}

const noRoom = () => new DOMException('no space left', 'QuotaExceededError');
const refused = () => new DOMException('the disk is broken', 'UnknownError');
const nothing = new MemoryHistory().snapshot();
const never = new Promise<never>(() => {});

export class StorageFails {
  met = false;
  #writes = 0;
  #healed = false;

  constructor(
    browser: FakeBrowser,
    readonly history: MemoryHistory,
    readonly fault: StorageFault | null,
  ) {
    browser.platformOf = (fakes, life) => this.#over(fakes, life);
  }

  heal(): void {
    this.#healed = true;
  }

  #over(fakes: BackgroundPlatform, life: FakeLife): BackgroundPlatform {
    const { store } = fakes;
    const history = fakes.openHistory();
    return {
      ...fakes,
      store: { ...store, write: (...args) => this.#pass('record', life, () => store.write(...args)) },
      openHistory: () => ({
        ...history,
        write: (...args) => this.#pass('history', life, () => history.write(...args)),
        evict: (...args) => this.#pass('history', life, () => history.evict(...args)),
      }),
    };
  }

  async #pass<T>(where: Where, life: FakeLife, work: () => Promise<T>): Promise<T> {
    const { fault } = this;
    if (life.dead) return never;
    if (!fault || this.#healed) return work();
    if (where === 'history' && fault.withoutHistory) throw refused();
    if (fault.where !== 'both' && fault.where !== where) return work();
    this.#writes += 1;
    const lasts = fault.kind === 'full' || fault.kind === 'broken';
    if (lasts ? this.#writes < fault.at : this.#writes !== fault.at) return work();
    this.met = true;
    await Promise.resolve();
    if (fault.kind === 'no room once' || fault.kind === 'full') throw noRoom();
    if (fault.kind === 'refused once' || fault.kind === 'broken') throw refused();
    if (fault.kind === 'deletes the history') {
      this.history.lose();
      return work();
    }
    if (fault.kind !== 'dies before') await work();
    life.kill();
    if (fault.kind === 'dies, and deletes the history') this.history.restore(nothing);
    return never;
  }
}
