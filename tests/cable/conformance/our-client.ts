// lib/cable behind the interface of the suite, with times so short that the suite is.

import { Cable } from '@/lib/cable/cable';
import type { CableState } from '@/lib/cable/types';
import type { Clock, Socket } from '@/lib/platform/types';
import { BrowserSocket, ownSockets } from './browser-socket';
import type { ClientEvent, ClientKind } from './client';

const clock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, delay) => setTimeout(run, delay),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** The servers ping every 3 s; the rest is far above what a busy machine takes. */
const timings = {
  staleAfter: 5_000,
  subscribeTimeout: 2_000,
  openTimeout: 3_000,
  firstDelay: 20,
  maxDelay: 200,
};

function openSocket(url: string, protocols: readonly string[]): Socket {
  const ws = new BrowserSocket(url, [...protocols]);
  const socket: Socket = {
    get protocol() {
      return ws.protocol;
    },
    send: (text) => ws.send(text),
    close: () => ws.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  ws.on('open', () => socket.onopen?.());
  ws.on('message', (data) => socket.onmessage?.(String(data)));
  ws.on('close', () => socket.onclose?.());
  return socket;
}

function told(state: CableState): ClientEvent[] {
  if (state.name === 'live') return [{ name: 'connected' }];
  if (state.name === 'waiting') return [{ name: 'disconnected' }];
  if (state.name === 'closed') return [{ name: state.reason === 'rejected' ? 'rejected' : 'ended' }];
  return [];
}

export const ourClient: ClientKind = {
  name: 'ours',
  patience: 15_000,
  lull: 1_000,
  start({ url, identifier, tell }) {
    const disown = ownSockets(url, tell);
    const cable = new Cable({
      url,
      identifier,
      socket: openSocket,
      clock,
      random: { fraction: () => Math.random(), uuid: () => crypto.randomUUID() },
      listener: {
        onState: (state) => told(state).forEach(tell),
        onMessage: (message) => tell({ name: 'received', message }),
        onSubscribeTimeout: () => tell({ name: 'silence' }),
      },
      timings,
    });
    cable.connect();
    return {
      perform: (action) => void cable.perform(action),
      close() {
        cable.disconnect();
        disown();
      },
    };
  },
};
