// A TCP proxy on loopback in front of one server, for tests and benches of what a network does to a cable.
//
//   const proxy = await startTcpProxy({ port: server.port });
//   … connect to `ws://127.0.0.1:${proxy.port}/cable` …
//   proxy.drop();                     every connection is reset now ('fin': ended without a close frame)
//   await proxy.refuse();             nobody listens; open connections stay
//   proxy.hang();                     new connections are taken and never answered; open ones go on
//   proxy.blackHole();                open and new connections stay open and carry nothing, in both directions
//   proxy.halfClose('client');        FIN in one direction only
//   proxy.slow({ bytesPerSecond, latency });
//   proxy.cutNextFrame(5);            5 bytes of the server's next frame, then the connection is gone
//   proxy.changeFrames((text) => [text, text]);     doubled, dropped ([]), replaced, with others before it …
//   proxy.changeHead((head) => head.replace(…));    the answer to the handshake
//   proxy.injectFrame('{"type":"?"}'); proxy.injectRaw(bytes);      between two frames of the server
//   await proxy.restore();            everything above is over for connections to come; those that died in a black
//                                     hole or hung stay dead: `blackHole()` and then `restore()` makes half-open sockets
//   proxy.accepted, proxy.open        counters; events 'accepted' and 'closed' (of the client's side)
//   await proxy.close();
//
// What is asked for concerns all connections of a proxy: to treat one client by itself, give it a proxy of its own.
// It knows TCP and the frames of an unextended WebSocket, nothing of Action Cable.

import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { textFrame } from './frames';
import type { Pace } from './paced-writer';
import { type FrameChange, type HeadChange, Passage, type Rules } from './passage';

/** Below the ports that the system hands out: so the port is still ours after `refuse`, and nobody dials itself. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

interface Events {
  /** A client has connected; it may not have been connected onward yet. */
  accepted: [Passage];
  /** The client's side of a connection is gone, for whatever reason. */
  closed: [Passage];
}

/** Starts a proxy to a port of loopback. */
export async function startTcpProxy(target: { port: number }): Promise<TcpProxy> {
  for (;;) {
    const proxy = new TcpProxy(FIRST_PORT + Math.floor(Math.random() * PORTS), target.port);
    try {
      await proxy.restore();
      return proxy;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

export class TcpProxy extends EventEmitter<Events> {
  readonly port: number;
  /** How many connections were taken since the start. */
  accepted = 0;
  readonly #target: number;
  readonly #passages = new Set<Passage>();
  /** Connections whose client has gone without their server having heard of it. */
  readonly #unheard = new Set<Passage>();
  readonly #rules: Rules = { pace: {}, changeFrame: null, changeHead: null };
  #mode: 'pass' | 'hang' | 'black hole' = 'pass';
  #listener: Server | null = null;

  /** Use `startTcpProxy`. */
  constructor(port: number, target: number) {
    super();
    this.port = port;
    this.#target = target;
  }

  /** How many connections a client has now. */
  get open(): number {
    return this.#passages.size;
  }

  /** Ends every connection now, dead ones included; new ones are welcome. */
  drop(how: 'rst' | 'fin' = 'rst'): void {
    for (const passage of this.#passages) passage.end(how);
  }

  /** New connections are refused by the system; open ones stay. Resolves when that is so. */
  async refuse(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    // Its callback would wait for the connections; the port is closed in this turn.
    listener?.close();
  }

  /** New connections are accepted and never answered. */
  hang(): void {
    this.#mode = 'hang';
  }

  /** Open and new connections stay open, and bytes go nowhere in both directions. */
  blackHole(): void {
    this.#mode = 'black hole';
    for (const passage of this.#passages) passage.die();
  }

  /** Sends a FIN to one side of every open connection, and drops what was still to come there. */
  halfClose(towards: 'client' | 'server'): void {
    for (const passage of this.#passages) passage.halfClose(towards);
  }

  /** All connections are slow from now on, in both directions. */
  slow(pace: Pace): void {
    this.#rules.pace = pace;
  }

  /** Every open connection ends inside the next frame that its server sends, after `bytes` bytes of it. */
  cutNextFrame(bytes: number): void {
    for (const passage of this.#passages) passage.cutNextFrame(bytes);
  }

  /** From now on every whole text frame of the server becomes what `change` says; null passes it as it is. */
  changeFrames(change: FrameChange | null): void {
    this.#rules.changeFrame = change;
  }

  /** From now on the head of every granted handshake becomes what `change` says; null passes it as it is. */
  changeHead(change: HeadChange | null): void {
    this.#rules.changeHead = change;
  }

  /** Sends a text frame to every client with a WebSocket; `changeFrames` does not see it. Answers how many got it. */
  injectFrame(text: string): number {
    return this.injectRaw(textFrame(text));
  }

  /** Like `injectFrame`, for bytes that need not be a frame. */
  injectRaw(bytes: Buffer): number {
    return [...this.#passages].filter((passage) => passage.inject(bytes)).length;
  }

  /** Listens and passes, as after the start. Dead connections stay dead. Rejects when the port was taken meanwhile. */
  async restore(): Promise<void> {
    this.#mode = 'pass';
    this.#rules.pace = {};
    this.#rules.changeFrame = null;
    this.#rules.changeHead = null;
    for (const passage of [...this.#passages, ...this.#unheard]) passage.letServerHear();
    this.#unheard.clear();
    if (this.#listener) return;
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    listener.listen(this.port, '127.0.0.1');
    await once(listener, 'listening');
    this.#listener = listener;
  }

  /** The end: no listener and no connection is left. */
  async close(): Promise<void> {
    await this.refuse();
    this.drop();
    for (const passage of this.#unheard) passage.letServerHear();
    while (this.open > 0) await once(this, 'closed');
  }

  #accept(client: Socket): void {
    const server =
      this.#mode === 'pass'
        ? connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
        : null;
    this.accepted += 1;
    const passage = new Passage(this.accepted, client, server, this.#rules);
    this.#passages.add(passage);
    client.once('close', () => {
      this.#passages.delete(passage);
      if (this.#mode === 'black hole') this.#unheard.add(passage);
      this.emit('closed', passage);
    });
    this.emit('accepted', passage);
  }
}
