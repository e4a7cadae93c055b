// lib/cable behind the interface of the suite, with times so short that the suite is.

import { Cable } from '@/lib/cable/cable';
import type { CableState } from '@/lib/cable/types';
import { systemClock } from '@/lib/platform/system';
import { asSocket } from '../../support/ws-socket';
import { BrowserSocket, ownSockets } from './browser-socket';
import type { ClientEvent, ClientKind } from './client';

/** The servers ping every 3 s; the rest is far above what a busy machine takes. */
const timings = {
  staleAfter: 5_000,
  subscribeTimeout: 2_000,
  openTimeout: 3_000,
  firstDelay: 20,
  maxDelay: 200,
};

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
      socket: (url, protocols) => asSocket(new BrowserSocket(url, [...protocols])),
      clock: systemClock,
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
