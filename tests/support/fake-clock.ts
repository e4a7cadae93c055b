// A clock that only moves when told to. Owns time and timers of one test; touches no real timer.

import type { Clock, TimerId } from '@/lib/platform/types';

interface Entry {
  at: number;
  order: number;
  run: () => void;
}

/** Timers fire in the order of their time, and of their making where times are equal. */
export class FakeClock implements Clock {
  #now: number;
  #made = 0;
  readonly #entries = new Set<Entry>();

  /** `startAt`: epoch milliseconds. */
  constructor(startAt = 1_781_700_000_000) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, delay: number): TimerId {
    const entry = { at: this.#now + Math.max(0, delay), order: this.#made++, run };
    this.#entries.add(entry);
    return entry;
  }

  clearTimeout(timer: TimerId): void {
    this.#entries.delete(timer as unknown as Entry);
  }

  /** How many timers are waiting. */
  get pending(): number {
    return this.#entries.size;
  }

  /** Lets `ms` pass, firing all that falls due on the way, also what was set on the way. */
  elapse(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#fire(next);
    }
    this.#now = end;
  }

  /** Like `elapse`, but lets promises run to their end before, between and after the timers. */
  async elapseSettled(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#fire(next);
      await this.settle();
    }
    this.#now = end;
  }

  /** Resolves when every promise that can go on without the passing of time has done so. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Sets the time of day without firing anything, as a user or a time server does. */
  turnTo(now: number): void {
    const shift = now - this.#now;
    this.#now = now;
    for (const entry of this.#entries) entry.at += shift;
  }

  #nextUntil(end: number): Entry | undefined {
    return [...this.#entries]
      .filter(({ at }) => at <= end)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  #fire(entry: Entry): void {
    this.#entries.delete(entry);
    this.#now = entry.at;
    entry.run();
  }
}
