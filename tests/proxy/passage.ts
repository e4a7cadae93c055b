// One connection through the proxy: the socket of the client, the socket of the server, and what happens between
// them. Owns both sockets. Must not know the listener, nor other connections.

import type { Socket } from 'node:net';
import { type Piece, ServerBytes, textFrame, textOf } from './frames';
import { type Pace, PacedWriter } from './paced-writer';

/** What a text frame of the server becomes on its way: any number of frames, none included. */
export type FrameChange = (text: string) => readonly string[];

/** What the head of the server's granting answer becomes on its way. */
export type HeadChange = (head: string) => string;

/** What holds for every connection of a proxy; changes while they live. */
export interface Rules {
  pace: Pace;
  changeFrame: FrameChange | null;
  changeHead: HeadChange | null;
}

export class Passage {
  /** The first connection of a proxy is 1. */
  readonly number: number;
  readonly #client: Socket;
  readonly #server: Socket | null;
  readonly #rules: Rules;
  readonly #bytes = new ServerBytes();
  readonly #toClient: PacedWriter;
  readonly #toServer: PacedWriter | null;
  #isDead: boolean;
  #keepsServer = false;
  #cutAt: number | null = null;

  /** Without a server nobody answers, whatever the client says. */
  constructor(number: number, client: Socket, server: Socket | null, rules: Rules) {
    this.number = number;
    this.#client = client;
    this.#server = server;
    this.#rules = rules;
    this.#isDead = server === null;
    this.#toClient = new PacedWriter(client, () => rules.pace);
    this.#toServer = server && new PacedWriter(server, () => rules.pace);
    this.#attendClient();
    this.#attendServer();
  }

  /** Ends both sides at once: by a reset, or orderly in TCP's eyes, but without a word of WebSocket. */
  end(how: 'rst' | 'fin'): void {
    this.#falter();
    for (const socket of [this.#client, this.#server]) {
      if (how === 'fin') socket?.end();
      // Reset while it ends, a socket never tells that it is closed.
      else if (socket?.writableEnded) socket.destroy();
      else socket?.resetAndDestroy();
    }
  }

  /** Stays open for both sides and carries nothing ever again. The server does not hear when the client goes. */
  die(): void {
    this.#falter();
    this.#keepsServer = true;
  }

  /** Ends a silence: from now on the server of a dead connection hears when its client is gone. */
  letServerHear(): void {
    this.#keepsServer = false;
    if (this.#client.destroyed) this.#server?.destroy();
  }

  /** Tells one side that the other will say no more, and drops what the other says; the way back stays open. */
  halfClose(towards: 'client' | 'server'): void {
    const [writer, socket] =
      towards === 'client' ? [this.#toClient, this.#client] : [this.#toServer, this.#server];
    writer?.end(() => socket?.end());
  }

  /** Of the next frame of the server so many bytes come through, one too few at the most; then everything is over. */
  cutNextFrame(bytes: number): void {
    this.#cutAt = bytes;
  }

  /** Puts bytes between two frames of the server. False when there is no WebSocket, or none that is alive. */
  inject(bytes: Buffer): boolean {
    if (!this.#bytes.isFraming || this.#isDead) return false;
    this.#toClient.write(bytes);
    return true;
  }

  #falter(): void {
    this.#isDead = true;
    this.#toClient.stop();
    this.#toServer?.stop();
  }

  #attendClient(): void {
    this.#client.on('data', (bytes) => this.#toServer?.write(bytes));
    this.#client.on('end', () => {
      // A client that has said its last waits for nothing any more.
      if (this.#isDead) this.#client.destroy();
      else this.#toServer?.end(() => this.#server?.end());
    });
    this.#client.on('error', () => {}); // always followed by close
    this.#client.on('close', () => {
      if (!this.#keepsServer) this.#server?.destroy();
    });
  }

  #attendServer(): void {
    this.#server?.on('data', (bytes) => {
      for (const piece of this.#bytes.push(bytes)) this.#handOn(piece);
    });
    this.#server?.on('end', () => this.#toClient.end(() => this.#client.end()));
    // Also where the server cannot be reached at all.
    this.#server?.on('error', () => {
      if (!this.#isDead) this.#client.resetAndDestroy();
    });
  }

  #handOn({ bytes, kind }: Piece): void {
    const { changeHead } = this.#rules;
    if (kind === 'frame') for (const frame of this.#changed(bytes)) this.#handOnFrame(frame);
    else if (kind === 'head' && changeHead) this.#toClient.write(Buffer.from(changeHead(String(bytes))));
    else this.#toClient.write(bytes);
  }

  #changed(frame: Buffer): Buffer[] {
    const { changeFrame } = this.#rules;
    const text = changeFrame && textOf(frame);
    return changeFrame && text !== null ? changeFrame(text).map(textFrame) : [frame];
  }

  #handOnFrame(frame: Buffer): void {
    if (this.#cutAt === null) this.#toClient.write(frame);
    else this.#cut(frame, this.#cutAt);
  }

  #cut(frame: Buffer, at: number): void {
    this.#toClient.write(frame.subarray(0, Math.min(at, frame.length - 1)));
    this.#toClient.end(() => {
      this.#client.destroySoon();
      this.#server?.destroy();
    });
  }
}
