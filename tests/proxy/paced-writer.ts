// One direction of a connection: writes in order, at the pace of a slow network when there is one. Owns only what
// waits to be written; holds no limit, since tests send little.

import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A slow network. Both are for each direction. */
export interface Pace {
  /** Unlimited when absent. Below 100, one byte at a time. */
  bytesPerSecond?: number;
  /** Milliseconds by which every byte is late. */
  latency?: number;
}

/** Under a limited pace so many pieces are written in a second, each a TCP segment of its own. */
const PIECES_PER_SECOND = 100;

export class PacedWriter {
  readonly #to: Socket;
  readonly #pace: () => Pace;
  /** null stands for the end. */
  #waiting: { bytes: Buffer | null; at: number }[] = [];
  #isPumping = false;
  #isStopped = false;
  #finish = () => {};

  constructor(to: Socket, pace: () => Pace) {
    this.#to = to;
    this.#pace = pace;
  }

  write(bytes: Buffer): void {
    this.#add(bytes);
  }

  /** Calls `finish` after everything before has been written; nothing is written any more. */
  end(finish: () => void): void {
    this.#finish = finish;
    this.#add(null);
  }

  /** Nothing is written any more, what waits included. */
  stop(): void {
    this.#isStopped = true;
    this.#waiting = [];
  }

  #add(bytes: Buffer | null): void {
    if (this.#isStopped) return;
    const { bytesPerSecond, latency = 0 } = this.#pace();
    const isFast = bytesPerSecond === undefined && latency === 0;
    if (isFast && !this.#isPumping) {
      this.#put(bytes);
      return;
    }
    this.#waiting.push({ bytes, at: performance.now() + latency });
    if (!this.#isPumping) void this.#pump();
  }

  #put(bytes: Buffer | null): void {
    if (this.#isStopped) return;
    if (bytes) this.#to.write(bytes);
    else {
      this.stop();
      this.#finish();
    }
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const left = next.at - performance.now();
      if (left > 0) await wait(left);
      if (next.bytes) await this.#putSlowly(next.bytes);
      else this.#put(null);
    }
    this.#isPumping = false;
  }

  async #putSlowly(bytes: Buffer): Promise<void> {
    for (let from = 0; from < bytes.length && !this.#isStopped; ) {
      const { bytesPerSecond } = this.#pace();
      const size = Math.max(1, Math.floor((bytesPerSecond ?? Number.POSITIVE_INFINITY) / PIECES_PER_SECOND));
      const piece = bytes.subarray(from, from + size);
      this.#put(piece);
      from += piece.length;
      if (bytesPerSecond !== undefined) await wait((piece.length / bytesPerSecond) * 1000);
    }
  }
}
