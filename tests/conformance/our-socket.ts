// Owns one socket of the conformance test: opens it as recorded, keeps what came, and tells when all has come.

import { once } from 'node:events';
import WebSocket from 'ws';

export type Frame = Record<string, unknown> & {
  type?: string;
  identifier?: string;
  message?: { event: string; data: Record<string, unknown> };
};

/** A frame; `at` is when it came on the recording's clock, `arrived` when on ours (`performance.now()`), both in ms. */
export type Told = { frame: Frame; at: number; arrived: number };
export type SocketOptions = {
  subprotocols: string[];
  headers?: Record<string, string>;
  /** Offers permessage-deflate, as browsers do. */
  deflate?: boolean;
  /** The recording's clock, ms. */
  now?: () => number;
};

export class OurSocket {
  /** Everything but pings, in the order of arrival. */
  readonly frames: Told[] = [];
  readonly pings: Frame[] = [];
  /** Of the answer to the handshake; null where there was none. */
  handshake: { status: number; subprotocol: string | null; headers: Record<string, unknown> } | null = null;
  /** As the recorder notes an end: 1006 also where no connection came about. */
  closeCode: number | null = null;
  #socket: WebSocket;
  #ready: Promise<unknown>;
  #ended: Promise<void>;

  /** Connects to `url`, which may be one of http. */
  constructor(url: string, { subprotocols, headers = {}, deflate = false, now = () => 0 }: SocketOptions) {
    this.#socket = new WebSocket(url.replace('http', 'ws'), subprotocols, {
      perMessageDeflate: deflate,
      headers,
    });
    this.#ended = new Promise((resolve) => {
      this.#socket.on('close', (code) => {
        this.closeCode = code;
        resolve();
      });
    });
    this.#ready = Promise.race([once(this.#socket, 'open').catch(() => this.#ended), this.#ended]);
    this.#socket.on('upgrade', ({ statusCode, headers }) => {
      const subprotocol = headers['sec-websocket-protocol'] ?? null;
      this.handshake = { status: statusCode ?? 0, subprotocol, headers };
    });
    this.#socket.on('unexpected-response', (_request, answer) => {
      this.handshake = { status: answer.statusCode ?? 0, subprotocol: null, headers: answer.headers };
      answer.resume();
      this.closeCode = 1006;
      answer.once('end', () => this.#socket.terminate());
    });
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type === 'ping') this.pings.push(frame);
      else this.frames.push({ frame, at: now(), arrived: performance.now() });
    });
  }

  /** Resolves when the connection is open or has failed. */
  async ready(): Promise<void> {
    await this.#ready;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Resolves when what the server had sent before this call has arrived. */
  async settle(): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) {
      const answered = new Promise((resolve) => this.#socket.once('pong', resolve));
      this.#socket.ping();
      await Promise.race([answered, this.#ended]);
    }
    if (this.#socket.readyState === WebSocket.CLOSING) await this.#ended;
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(1000);
    await this.#ended;
  }
}
