// Time for ten thousand computers in one process: one heap of timers, and computers that may sleep. Owns the order in
// which things happen; knows nothing of sockets. No real time passes.
import type { Clock, TimerId } from '@/lib/platform/types';

interface Entry {
  at: number;
  /** Of two that are due at the same time, the one that was made first runs first. */
  order: number;
  /** Null once it ran or was cancelled. */
  run: (() => void) | null;
}

const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap of timers: making one and running one cost the logarithm of their number. */
export class VirtualClock {
  #now: number;
  #made = 0;
  readonly #heap: Entry[] = [];

  /** `startAt`: epoch milliseconds. */
  constructor(startAt = 1_781_700_000_000) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  /** Calls `run` after `delay` milliseconds; a delay below zero counts as zero. */
  after(delay: number, run: () => void): Entry {
    const entry: Entry = { at: this.#now + Math.max(0, delay), order: this.#made++, run };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry;
  }

  /** Runs all that falls due up to `end`, also what is made on the way, and leaves the time there. */
  runUntil(end: number): void {
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      this.#takeFirst();
      if (!next.run) continue;
      this.#now = next.at;
      const { run } = next;
      next.run = null;
      run();
    }
    this.#now = Math.max(this.#now, end);
  }

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(start: number): void {
    for (let index = start; index > 0; ) {
      const above = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, above)) return;
      index = above;
    }
  }

  #sink(start: number): void {
    for (let index = start; ; ) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      if (!left) return;
      const below = right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
      if (!this.#swapIfBefore(below, index)) return;
      index = below;
    }
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const [a, b] = [this.#heap[lower], this.#heap[upper]];
    if (!a || !b || !isBefore(a, b)) return false;
    this.#heap[lower] = b;
    this.#heap[upper] = a;
    return true;
  }
}

/**
 * One computer. Asleep, its timers stand still while the time of day goes on, and nothing reaches it; awake again,
 * each timer still has to run for as long as it had when the computer fell asleep.
 */
export class Computer implements Clock {
  /** The one whose code is running: what a replaced global must know. */
  static current: Computer | null = null;
  readonly #clock: VirtualClock;
  readonly #timers = new Set<{ entry: Entry; run: () => void }>();
  #asleepSince: number | null = null;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  get isAsleep(): boolean {
    return this.#asleepSince !== null;
  }

  now(): number {
    return this.#clock.now();
  }

  setTimeout(run: () => void, delay: number): TimerId {
    const timer = { entry: this.#entry(delay, () => fire()), run };
    const fire = () => {
      this.#timers.delete(timer);
      this.act(run);
    };
    timer.run = fire;
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: TimerId | undefined): void {
    const known = timer as { entry: Entry; run: () => void } | undefined;
    if (!known || !this.#timers.delete(known)) return;
    known.entry.run = null;
  }

  /** Lets code of this computer run: a callback of its browser. Does nothing while it sleeps. */
  act(run: () => void): void {
    if (this.isAsleep) return;
    const before = Computer.current;
    Computer.current = this;
    run();
    Computer.current = before;
  }

  sleep(): void {
    this.#asleepSince = this.now();
    for (const { entry } of this.#timers) entry.run = null;
  }

  wake(): void {
    const since = this.#asleepSince;
    if (since === null) return;
    this.#asleepSince = null;
    for (const timer of this.#timers) timer.entry = this.#entry(timer.entry.at - since, timer.run);
  }

  #entry(delay: number, run: () => void): Entry {
    return this.#clock.after(delay, run);
  }
}
