// Sockets without a network: the test plays the server. Knows Action Cable no further than its JSON.

import type { Socket, SocketFactory } from '@/lib/platform/types';

/** One socket as the browser would hand it out, with handles for what the server and the network do to it. */
export class FakeSocket implements Socket {
  protocol = '';
  onopen: (() => void) | null = null;
  onmessage: ((text: string) => void) | null = null;
  onclose: (() => void) | null = null;
  /** What the client sent, parsed. */
  readonly sent: unknown[] = [];
  status: 'connecting' | 'open' | 'closed' = 'connecting';

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {}

  send(text: string): void {
    if (this.status === 'connecting') throw new Error('InvalidStateError: still connecting');
    if (this.status === 'open') this.sent.push(JSON.parse(text));
  }

  /** Closed by the client. A browser tells of it later, or never in a test that does not care. */
  close(): void {
    this.status = 'closed';
  }

  /** The handshake succeeds. */
  open(protocol = 'actioncable-v1-json'): void {
    if (this.status === 'connecting') this.status = 'open';
    this.protocol = protocol;
    this.onopen?.();
  }

  /** The server sends an object as JSON, or a string as it is. */
  receive(frame: object | string): void {
    this.onmessage?.(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The socket ends, by the network or the server. */
  drop(): void {
    this.status = 'closed';
    this.onclose?.();
  }
}

/** Hands out fake sockets and remembers them all. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  /** What the next call of the factory throws, once. */
  refuseOnce: { error: unknown } | null = null;
  /** Called with every new socket, before the client has set its handlers. */
  onSocket: ((socket: FakeSocket) => void) | null = null;

  readonly factory: SocketFactory = (url, protocols) => {
    const refusal = this.refuseOnce;
    this.refuseOnce = null;
    if (refusal) throw refusal.error;
    const socket = new FakeSocket(url, protocols);
    this.sockets.push(socket);
    this.onSocket?.(socket);
    return socket;
  };

  /** The newest socket. */
  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error('no socket was opened');
    return last;
  }

  /** Sockets that neither side has closed. */
  get alive(): FakeSocket[] {
    return this.sockets.filter(({ status }) => status !== 'closed');
  }
}
