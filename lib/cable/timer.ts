// One timer that is either running or not. Owns its handle at the clock; knows nothing of what it is for.

import type { Clock, TimerId } from '@/lib/platform/types';

/** A single timer: starting it again replaces it, and once stopped it never acts, however late the clock calls. */
export class Timer {
  readonly #clock: Clock;
  #running: { id?: TimerId } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `run` once after `delay` milliseconds, unless stopped or started again before. */
  start(delay: number, run: () => void): void {
    this.stop();
    const running: { id?: TimerId } = {};
    this.#running = running;
    running.id = this.#clock.setTimeout(() => {
      if (this.#running === running) run();
    }, delay);
  }

  stop(): void {
    if (this.#running?.id !== undefined) this.#clock.clearTimeout(this.#running.id);
    this.#running = null;
  }
}
