// A socket of the proxy's tests: keeps what came and how it ended. Knows nothing of frames.

import type { Socket } from 'node:net';
import { expect } from 'vitest';

/** A plain socket that keeps what came and how it ended. */
export class Plain {
  readonly socket: Socket;
  received = '';
  error: string | null = null;
  readonly ended: Promise<unknown>;
  readonly closed: Promise<unknown>;
  #watch = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    this.ended = new Promise((resolve) => socket.once('end', resolve));
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? '';
    });
    socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1');
      this.#watch();
    });
  }

  say(text: string | Buffer): void {
    this.socket.write(text);
  }

  /** Resolves when everything received is `text`, rejects when the socket ends before. */
  async hears(text: string): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#watch = () => this.received.length >= text.length && resolve();
    });
    this.#watch();
    await Promise.race([heard, this.closed]);
    expect(this.received).toBe(text);
  }
}
