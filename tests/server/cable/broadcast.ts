// Owns when a frame leaves: before or after the HTTP answer that caused it, doubled, shuffled or held for a test.
// Must not know sockets (it is given `deliver`) nor what a payload means.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import { seededRandom } from '../testing/seeded-random';

type Frame = { tokens: string[]; event: string; data: () => unknown };
type Waiting = { frames: Frame[]; answered: boolean };
export type FrameSettings = {
  /** Whether frames leave before or after the answer of the request that caused them. */
  order: 'before' | 'after' | 'random';
  /** Send every frame twice. */
  duplicate: boolean;
  /** Frames of one request leave in a random order; implies waiting for its answer. */
  shuffle: boolean;
};

const DEFAULTS: FrameSettings = { order: 'before', duplicate: false, shuffle: false };

export class Broadcast {
  settings = { ...DEFAULTS };
  #request = new AsyncLocalStorage<Waiting>();
  #held: Frame[] | null = null;
  #random: () => number;

  constructor(
    private readonly deliver: (token: string, event: string, data: unknown) => void,
    private readonly seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  /** Back to the defaults; held frames are dropped and the random sequence starts again. */
  reset(): void {
    this.settings = { ...DEFAULTS };
    this.#held = null;
    this.#random = seededRandom(this.seed);
  }

  /** Sends an event to every token, now or when the settings say. `data` is called when the frame leaves. */
  publish(tokens: string[], event: string, data: () => unknown): void {
    const frame = { tokens, event, data };
    const waiting = this.#request.getStore();
    if (waiting === undefined || waiting.answered) this.#send(frame);
    else waiting.frames.push(frame);
  }

  /** Runs a request; its frames leave at once or when `outgoing` has finished or broken, by the settings. */
  async runRequest(outgoing: EventEmitter, next: () => Promise<void>): Promise<void> {
    const { order, shuffle } = this.settings;
    if (!shuffle && (order === 'before' || (order === 'random' && this.#random() < 0.5))) {
      await next();
      // One turn of the event loop, so that the frames are on their way before the answer is.
      await new Promise(setImmediate);
      return;
    }
    const waiting: Waiting = { frames: [], answered: false };
    // 'close' comes after a finished answer and after a broken connection alike.
    outgoing.once('close', () => {
      waiting.answered = true;
      if (shuffle) this.#shuffle(waiting.frames);
      for (const frame of waiting.frames) this.#send(frame);
    });
    await this.#request.run(waiting, next);
  }

  /** From now on frames are kept instead of sent. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was kept, in order or reversed, and keeps no more. */
  release({ reverse = false }: { reverse?: boolean } = {}): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of reverse ? held.reverse() : held) this.#send(frame);
  }

  #shuffle(frames: Frame[]): void {
    for (let i = frames.length - 1; i > 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      const moved = frames[i] as Frame;
      frames[i] = frames[j] as Frame;
      frames[j] = moved;
    }
  }

  #send(frame: Frame): void {
    if (this.#held !== null) {
      this.#held.push(frame);
      return;
    }
    for (const token of frame.tokens) {
      const data = frame.data();
      this.deliver(token, frame.event, data);
      if (this.settings.duplicate) this.deliver(token, frame.event, data);
    }
  }
}
