// The seeded plan of everything that goes wrong between a browser and the server: which fault hits which request and
// which frame, and how long things take. Owns the luck and the count of it; carries nothing out.
import { seededRandom } from '../server/testing/seeded-random';

/** How often each thing happens to a request, in parts of the sum. `none` is a request to which nothing happens. */
const requestWeights = {
  none: 56,
  refused: 5,
  lostBefore: 4,
  lostAfter: 7,
  hangsBefore: 2,
  hangsAfter: 3,
  slow: 4,
  late: 6,
  lateBehindProxy: 2,
  errorBefore: 4,
  errorAfter: 4,
  tooFast: 2,
  portal: 2,
  mangled: 2,
};
/** What can also happen where something is written: the contract's flood limit, and a refusal for good. */
const writeWeights = { ...requestWeights, tooMany: 2, refusedForGood: 2 };

const frameWeights = { none: 70, doubled: 12, delayed: 12, muchDelayed: 2, withSocket: 4 };

export type RequestFault = keyof typeof writeWeights;
export type FrameFault = keyof typeof frameWeights;

export class Plan {
  /** While true, things go wrong. */
  ill = true;
  /** What happens to the next request that writes, in any weather. */
  nextWrite: RequestFault | null = null;
  readonly counts = new Map<string, number>();
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  note(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** What happens to a request; `writes`: it makes a conversation or a message. */
  request(writes: boolean): RequestFault {
    const next = writes ? this.nextWrite : null;
    if (writes) this.nextWrite = null;
    if (next) return next;
    return this.#pick(
      'request',
      writes ? writeWeights : { ...requestWeights, tooMany: 0, refusedForGood: 0 },
    );
  }

  /** What happens to a frame on its way from the server's job to the sockets. */
  frame(): FrameFault {
    return this.#pick('frame', frameWeights);
  }

  /** Whether something happens that happens once in `times`. */
  oneIn(times: number, what: string): boolean {
    if (!this.ill || this.#random() * times >= 1) return false;
    this.note(what);
    return true;
  }

  /** A number between two, whatever the weather. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least));
  }

  /** How long one way takes, in ms. */
  travel(): number {
    return this.ill ? this.between(5, 1_200) : 10;
  }

  oneOf<T>(...values: readonly [T, ...T[]]): T {
    return values[this.between(0, values.length)] as T;
  }

  #pick<K extends string>(whom: string, weights: Readonly<Record<K, number>>): K | 'none' {
    if (!this.ill) return 'none';
    const entries = Object.entries<number>(weights);
    let luck = this.#random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      luck -= weight;
      if (luck >= 0) continue;
      if (name !== 'none') this.note(`${whom} ${name}`);
      return name as K;
    }
    return 'none';
  }
}
