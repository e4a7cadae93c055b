// Owns the sockets of /cable: an Action Cable server with one channel (contract §5), silences included.
// Must not decide who hears what: it delivers to a token.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Subscriber } from '../records/records';

const PROTOCOLS = ['actioncable-v1-json', 'actioncable-unsupported'];

/** One socket. `subscriptions` maps an identifier, byte for byte, to its subscriber, or null for a dead subscription. */
type Connection = { socket: WebSocket; subscriptions: Map<string, Subscriber | null>; silent: boolean };

export type CableOptions = {
  pingInterval: number;
  /** The server's clock, in milliseconds, for pings. */
  now: () => number;
  /** Whom the keys of an identifier name; null when there is nobody. */
  find: (keys: Record<string, unknown>) => Subscriber | null;
  /** Somebody subscribed or asked for presence: answer on the token. */
  present: (subscriber: Subscriber) => void;
};

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export class CableServer {
  #connections = new Set<Connection>();
  #pings: NodeJS.Timeout | null = null;
  #muteNew = false;
  /** How often somebody asked for presence, beside subscribing. */
  presenceAsked = 0;
  #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => [...offered].find((name) => PROTOCOLS.includes(name)) ?? false,
  });

  constructor(private readonly options: CableOptions) {}

  /** Sockets open now; of one token when given. */
  count(token?: string): number {
    const all = [...this.#connections];
    if (token === undefined) return all.length;
    return all.filter(({ subscriptions }) => [...subscriptions.values()].some((one) => one?.token === token))
      .length;
  }

  startPings(): void {
    this.#pings ??= setInterval(() => {
      for (const connection of this.#connections)
        this.#send(connection, { type: 'ping', message: Math.floor(this.options.now() / 1000) });
    }, this.options.pingInterval);
  }

  stopPings(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    this.#pings = null;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const connection: Connection = { socket: webSocket, subscriptions: new Map(), silent: this.#muteNew };
      this.#connections.add(connection);
      webSocket.on('close', () => this.#connections.delete(connection));
      webSocket.on('error', () => webSocket.terminate());
      webSocket.on('message', (data) => this.#receive(connection, String(data)));
      this.#send(connection, { type: 'welcome' });
    });
  }

  /** Sends an event on every subscription of a token, on all its sockets. */
  deliver(token: string, event: string, data: unknown): void {
    for (const connection of this.#connections)
      for (const [identifier, subscribed] of connection.subscriptions)
        if (subscribed?.token === token) this.#send(connection, { identifier, message: { event, data } });
  }

  /** Closes every socket abnormally: clients see 1006 and no frame. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** What a restart of the cable itself does: a disconnect frame, then 1000. */
  restart(): void {
    for (const connection of this.#connections) {
      this.#send(connection, { type: 'disconnect', reason: 'server_restart', reconnect: true });
      connection.socket.close(1000);
    }
  }

  /** Half-open: sockets stay open, hear nothing and are not heard. With `newToo`, later ones as well. */
  mute({ newToo = false }: { newToo?: boolean } = {}): void {
    for (const connection of this.#connections) connection.silent = true;
    this.#muteNew = newToo;
  }

  /** Sockets are heard and hear again; what was not sent stays lost. */
  unmute(): void {
    for (const connection of this.#connections) connection.silent = false;
    this.#muteNew = false;
  }

  #send(connection: Connection, frame: object): void {
    if (!connection.silent) connection.socket.send(JSON.stringify(frame));
  }

  #receive(connection: Connection, text: string): void {
    const frame = connection.silent ? null : parseObject(text);
    if (typeof frame?.identifier !== 'string') return;
    const { command, identifier } = frame;
    if (command === 'subscribe') this.#subscribe(connection, identifier);
    else if (command === 'unsubscribe') connection.subscriptions.delete(identifier);
    else if (command === 'message') {
      const subscriber = connection.subscriptions.get(identifier);
      const data = typeof frame.data === 'string' ? parseObject(frame.data) : null;
      if (!subscriber || data?.action !== 'update_presence') return;
      this.presenceAsked += 1;
      this.options.present(subscriber);
    }
  }

  /** Confirms a right token once; everything else is silence (§0, §5.4). */
  #subscribe(connection: Connection, identifier: string): void {
    const keys = parseObject(identifier);
    if (keys?.channel !== 'RoomChannel' || connection.subscriptions.has(identifier)) return;
    const subscriber = this.options.find(keys);
    connection.subscriptions.set(identifier, subscriber);
    if (subscriber === null) return;
    this.#send(connection, { identifier, type: 'confirm_subscription' });
    this.options.present(subscriber);
  }
}
