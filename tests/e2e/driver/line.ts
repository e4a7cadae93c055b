// The line between the browser and the installation: a passage on loopback that a test can cut, and on which requests,
// answers and frames can be lost or late. It knows HTTP and upgrades, nothing of chat, and rewrites no message:
// only the host and the headers that belong to one connection are its own.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { type ArmedMishap, type Mishap, Mishaps, type Refusal } from './mishaps';
import { askOnward, headOf, ownHeaders } from './onward';

/** A request as it came from the browser; `body` grows until it has come whole. */
export interface LineRequest {
  method: string;
  path: string;
  body: string;
  /** Ms since the tests began: when it came, and when the installation had answered it; null where it never did. */
  at: number;
  answeredAt: number | null;
}

/** Starts a line to `target` on a port of loopback. Rejects when the port is taken. */
export async function startLine({ port, target }: { port: number; target: URL }): Promise<Line> {
  const line = new Line(port, target);
  await line.restore();
  return line;
}

export class Line {
  readonly #port: number;
  readonly #target: URL;
  readonly #server = createServer((request, response) => void this.#pass(request, response));
  readonly #connections = new Set<Duplex>();
  readonly #sockets = new Map<Duplex, Duplex>();
  readonly #mishaps = new Mishaps();
  #framesHeld = false;
  /** There while the line is silent; resolves when that ends. */
  #silence: Promise<void> | null = null;
  #endSilence = () => {};
  /** Since the start or the last `reset`, oldest first, handshakes of sockets included. */
  requests: LineRequest[] = [];

  constructor(port: number, target: URL) {
    this.#port = port;
    this.#target = target;
    this.#server.on('connection', (connection) => {
      connection.setNoDelay(true);
      this.#connections.add(connection);
      connection.once('close', () => this.#connections.delete(connection));
    });
    this.#server.on('upgrade', (request, near, head) => void this.#passUpgrade(request, near, head));
  }

  /** Breaks every connection and refuses new ones. */
  async cut(): Promise<void> {
    this.#speak();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }

  /**
   * Passes nothing any more, as a network does that has gone without a word: connections stay open, new ones are taken,
   * and nobody is answered until `restore`.
   */
  fallSilent(): void {
    this.#silence ??= new Promise((resolve) => {
      this.#endSilence = resolve;
    });
    for (const [near, far] of this.#sockets) {
      near.unpipe(far);
      far.unpipe(near);
    }
  }

  /**
   * Takes connections again, and passes again. Requests of a silent line go on late, unless the browser has given them
   * up; its sockets are dead.
   */
  async restore(): Promise<void> {
    this.#speak();
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Breaks the sockets, as a lost network does; new ones are welcome. */
  dropSockets(): void {
    for (const near of this.#sockets.keys()) near.destroy();
  }

  /** Keeps what sockets bring to the browser, those to come included, until `releaseFrames`. */
  holdFrames(): void {
    this.#framesHeld = true;
    for (const [near, far] of this.#sockets) far.unpipe(near);
  }

  releaseFrames(): void {
    this.#framesHeld = false;
    if (!this.#silence) for (const [near, far] of this.#sockets) far.pipe(near);
  }

  /** Arms a mishap for the next request that matches; several for the same one happen to one request each, in order. */
  next(method: string, path: RegExp, mishap: Mishap): ArmedMishap {
    return this.#mishaps.arm(method, path, mishap);
  }

  /** Answers every request and handshake with such a path by itself, until `passAgain`. */
  answerAll(path: RegExp, answer: Refusal): void {
    this.#mishaps.last(path, answer);
  }

  passAgain(): void {
    this.#mishaps.endLasting();
  }

  /** As after the start: nothing armed, nothing held, nobody connected. */
  async reset(): Promise<void> {
    await this.cut();
    this.#mishaps.clear();
    this.#framesHeld = false;
    this.requests = [];
    await this.restore();
  }

  #speak(): void {
    if (!this.#silence) return;
    this.#silence = null;
    this.dropSockets();
    this.#endSilence();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const noted = this.#note(request);
    const { method, path } = noted;
    if (this.#silence && (await this.#isGivenUp(request, this.#silence))) return;
    const armed = this.#mishaps.take(method, path);
    const mishap = armed?.mishap ?? this.#mishaps.lasting(path);
    if (mishap === 'lose request') return armed?.happen();
    if (mishap && typeof mishap === 'object') {
      response.writeHead(mishap.status, { 'content-type': 'text/html' }).end(mishap.body);
      return armed?.happen();
    }
    const answer = await askOnward(this.#target, request);
    if (answer) noted.answeredAt = Math.round(performance.now());
    armed?.happen();
    if (mishap === 'lose answer') return void answer?.message.destroy();
    if (mishap === 'hold answer') await armed?.released;
    if (this.#silence) await this.#silence;
    if (!answer) return void response.destroy();
    response.writeHead(answer.message.statusCode ?? 0, ownHeaders(answer.message));
    // An answer that breaks off in the middle breaks off here too.
    pipeline(answer.message, response, () => {});
  }

  async #passUpgrade(request: IncomingMessage, near: Duplex, head: Buffer): Promise<void> {
    near.on('error', () => near.destroy());
    const { path } = this.#note(request);
    const refusal = this.#mishaps.lasting(path);
    if (refusal) return void near.end(`HTTP/1.1 ${refusal.status} No\r\ncontent-length: 0\r\n\r\n`);
    if (this.#silence && (await this.#isGivenUp(request, this.#silence))) return;
    const answer = await askOnward(this.#target, request);
    const far = answer?.socket;
    if (this.#silence) await this.#silence;
    if (near.destroyed) far?.destroy();
    if (!answer || near.destroyed) return void near.destroy();
    near.write(headOf(answer.message));
    if (!far) return void near.end();
    // The first frame may have come with the head.
    far.unshift(answer.head);
    far.write(head);
    this.#sockets.set(near, far);
    near.once('close', () => void this.#forget(near, far));
    far.on('error', () => near.destroy());
    near.pipe(far);
    if (!this.#framesHeld) far.pipe(near);
  }

  /** Whether the browser has gone when the silence ends: then nobody hears of its request. */
  async #isGivenUp(request: IncomingMessage, silence: Promise<void>): Promise<boolean> {
    // The body must not flow before there is somebody to take it.
    request.pause();
    await silence;
    return request.socket.destroyed;
  }

  /** The far end hears nothing of a close on a silent line. */
  async #forget(near: Duplex, far: Duplex): Promise<void> {
    this.#sockets.delete(near);
    await this.#silence;
    far.destroy();
  }

  #note(request: IncomingMessage): LineRequest {
    const noted: LineRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: '',
      at: Math.round(performance.now()),
      answeredAt: null,
    };
    this.requests.push(noted);
    request.on('data', (bytes: Buffer) => {
      noted.body += bytes.toString();
    });
    return noted;
  }
}
