// The line between the browser and the installation: a passage on loopback that a test can cut, and on which requests,
// answers and frames can be lost or late. It knows HTTP and upgrades, nothing of chat, and rewrites no message:
// only the host and the headers that belong to one connection are its own.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { type ArmedMishap, type Mishap, Mishaps } from './mishaps';
import { askOnward, headOf, ownHeaders } from './onward';

/** A request as it came from the browser; `body` grows until it has come whole. */
export interface LineRequest {
  method: string;
  path: string;
  body: string;
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
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }

  /** Takes connections again. */
  async restore(): Promise<void> {
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
    for (const [near, far] of this.#sockets) far.pipe(near);
  }

  /** Arms a mishap for the next request that matches; several for the same one happen to one request each, in order. */
  next(method: string, path: RegExp, mishap: Mishap): ArmedMishap {
    return this.#mishaps.arm(method, path, mishap);
  }

  /** As after the start: nothing armed, nothing held, nobody connected. */
  async reset(): Promise<void> {
    await this.cut();
    this.#mishaps.clear();
    this.#framesHeld = false;
    this.requests = [];
    await this.restore();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, path } = this.#note(request);
    const armed = this.#mishaps.take(method, path);
    const mishap = armed?.mishap;
    if (mishap === 'lose request') return armed?.happen();
    if (typeof mishap === 'object') {
      response.writeHead(mishap.status).end();
      return armed?.happen();
    }
    const answer = await askOnward(this.#target, request);
    armed?.happen();
    if (mishap === 'lose answer') return void answer?.message.destroy();
    if (mishap === 'hold answer') await armed?.released;
    if (!answer) return void response.destroy();
    response.writeHead(answer.message.statusCode ?? 0, ownHeaders(answer.message));
    // An answer that breaks off in the middle breaks off here too.
    pipeline(answer.message, response, () => {});
  }

  async #passUpgrade(request: IncomingMessage, near: Duplex, head: Buffer): Promise<void> {
    near.on('error', () => near.destroy());
    this.#note(request);
    const answer = await askOnward(this.#target, request);
    const far = answer?.socket;
    if (near.destroyed) far?.destroy();
    if (!answer || near.destroyed) return void near.destroy();
    near.write(headOf(answer.message));
    if (!far) return void near.end();
    // The first frame may have come with the head.
    far.unshift(answer.head);
    far.write(head);
    this.#sockets.set(near, far);
    near.once('close', () => this.#sockets.delete(near) && far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far);
    if (!this.#framesHeld) far.pipe(near);
  }

  #note(request: IncomingMessage): LineRequest {
    const noted = { method: request.method ?? '', path: request.url ?? '', body: '' };
    this.requests.push(noted);
    request.on('data', (bytes: Buffer) => {
      noted.body += bytes.toString();
    });
    return noted;
  }
}
