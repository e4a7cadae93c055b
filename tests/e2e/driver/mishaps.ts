// What goes wrong between a request and its answer on the line: armed by a test, taken by the request that it hits.
// Carries nothing out.

/**
 * What becomes of a request. `lose request`: the installation never sees it; `lose answer`: it does, the browser never
 * hears; `hold answer`: the browser hears when the test releases it; a status: the line answers by itself, as a page of
 * HTML where it has words.
 */
export type Mishap = 'lose request' | 'lose answer' | 'hold answer' | Refusal;

export interface Refusal {
  status: number;
  body?: string;
}

/** The test's end of a mishap. */
export interface ArmedMishap {
  /** Resolves when it happened: the request came and, unless it was lost or refused, the installation answered it. */
  happened: Promise<void>;
  /** Lets a held answer go. */
  release(): void;
}

interface Armed {
  method: string;
  path: RegExp;
  mishap: Mishap;
  happen: () => void;
  released: Promise<void>;
}

export class Mishaps {
  #armed: Armed[] = [];
  #lasting: { path: RegExp; mishap: Refusal } | null = null;

  arm(method: string, path: RegExp, mishap: Mishap): ArmedMishap {
    let happen = () => {};
    let release = () => {};
    const happened = new Promise<void>((resolve) => {
      happen = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#armed.push({ method, path, mishap, happen, released });
    return { happened, release };
  }

  /** From now on every request with such a path is answered so; the former one of this kind ends. */
  last(path: RegExp, mishap: Refusal): void {
    this.#lasting = { path, mishap };
  }

  /** What every such request meets. */
  lasting(path: string): Refusal | null {
    return this.#lasting?.path.test(path) ? this.#lasting.mishap : null;
  }

  endLasting(): void {
    this.#lasting = null;
  }

  /** The oldest mishap that hits this request; it hits no other one. */
  take(method: string, path: string): Armed | undefined {
    const hit = this.#armed.find((one) => one.method === method && one.path.test(path));
    this.#armed = this.#armed.filter((one) => one !== hit);
    return hit;
  }

  /** Disarms what has hit nothing yet. */
  clear(): void {
    this.#armed = [];
    this.endLasting();
  }
}
