// What goes wrong between a request and its answer on the line: armed by a test, taken by the request that it hits.
// Carries nothing out.

/**
 * What becomes of a request. `lose request`: the installation never sees it; `lose answer`: it does, the browser never
 * hears; `hold answer`: the browser hears when the test releases it; a status: the line refuses it by itself.
 */
export type Mishap = 'lose request' | 'lose answer' | 'hold answer' | { status: number };

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

  /** The oldest mishap that hits this request; it hits no other one. */
  take(method: string, path: string): Armed | undefined {
    const hit = this.#armed.find((one) => one.method === method && one.path.test(path));
    this.#armed = this.#armed.filter((one) => one !== hit);
    return hit;
  }

  /** Disarms what has hit nothing yet. */
  clear(): void {
    this.#armed = [];
  }
}
