// The WebSocket of the ws package with the manners of a browser's: an exception in a handler is reported and harms
// nothing else. Tells the client that it belongs to of every socket; clients are told apart by their address.

import WebSocket from 'ws';
import type { ClientEvent } from './client';

type Tell = (event: ClientEvent) => void;

const owners = new Map<string, { tell: Tell; sockets: Set<BrowserSocket> }>();

/** Nobody listens there: for clients that go on after they were closed. */
const NOWHERE = 'ws://127.0.0.1:1/';

/** From now on sockets to `url` are told of. The answer ends that, and every one of them. */
export function ownSockets(url: string, tell: Tell): () => void {
  const sockets = new Set<BrowserSocket>();
  owners.set(url, { tell, sockets });
  return () => {
    owners.delete(url);
    for (const socket of sockets) socket.terminate();
  };
}

export class BrowserSocket extends WebSocket {
  readonly #tell: Tell | undefined;

  constructor(url: string, protocols?: string | string[]) {
    const owner = owners.get(url);
    super(owner ? url : NOWHERE, protocols, { perMessageDeflate: false });
    this.#tell = owner?.tell;
    owner?.sockets.add(this);
    this.on('error', () => {}); // always followed by close
    owner?.tell({ name: 'trying' });
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    try {
      return super.emit(event, ...values);
    } catch (error) {
      this.#tell?.({ name: 'threw', error });
      return true;
    }
  }
}
