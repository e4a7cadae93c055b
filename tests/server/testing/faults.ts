// Owns what a test makes go wrong between a request and its answer: delays, failures before or after the commit.
// Must not touch frames (broadcast.ts, cable.ts do) nor know what a request means.

export type Fault = {
  /** Any method when absent. */
  method?: string;
  /** A regular expression, or the source of one, on path and query; the client API and the cable when absent. */
  path?: string | RegExp;
  /** How many requests it hits: 1 when absent, 0 means until `clearFaults`. */
  times?: number;
  /** Before the commit (default): the server has done nothing. After: it has, and only the answer suffers. */
  when?: 'before' | 'after';
  /**
   * `destroy` the connection, `hang` without an answer for ever, `hold` until released, answer with a `status`,
   * or go on after `delay` ms. Held and delayed requests go on although their client has gone.
   */
  how: 'destroy' | 'hang' | 'hold' | { status: number; body?: string } | { delay: number };
};

type Armed = { fault: Fault; path: string | RegExp; left: number };

export class Faults {
  #armed: Armed[] = [];
  #held: (() => void)[] = [];

  /** Arms a fault; several may hit the same request, in the order they were armed. */
  add(fault: Fault): void {
    const path = fault.path ?? '^/(public/api|cable)';
    const times = fault.times ?? 1;
    this.#armed.push({ fault, path, left: times === 0 ? Number.POSITIVE_INFINITY : times });
  }

  /** Disarms everything and releases what is held. */
  clear(): void {
    this.#armed = [];
    this.release();
  }

  /** Waits for the next release. */
  hold(): Promise<void> {
    return new Promise((resolve) => this.#held.push(resolve));
  }

  /** Lets all held requests go on. */
  release(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }

  /** Faults that were armed and have not hit as often as they should. */
  get pending(): number {
    return this.#armed.length;
  }

  /** Takes what hits this request, counting it down. */
  take(method: string, path: string): Fault[] {
    const hits = this.#armed.filter(
      (armed) => (armed.fault.method ?? method).toUpperCase() === method && path.search(armed.path) !== -1,
    );
    for (const hit of hits) hit.left -= 1;
    this.#armed = this.#armed.filter((armed) => armed.left > 0);
    return hits.map((hit) => hit.fault);
  }
}
