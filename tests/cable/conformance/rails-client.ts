// @rails/actioncable behind the interface of the suite, with its own times.

import { adapters, createConsumer } from '@rails/actioncable';
import { BrowserSocket, ownSockets } from './browser-socket';
import type { ClientKind } from './client';

// What it wants of a page. Nothing is ever hidden here, so that nobody calls the listener.
Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {} });
adapters.WebSocket = BrowserSocket as unknown as typeof adapters.WebSocket;

export const railsClient: ClientKind = {
  name: '@rails/actioncable',
  patience: 45_000,
  lull: 15_000,
  start({ url, identifier, tell }) {
    const disown = ownSockets(url, tell);
    const consumer = createConsumer(url);
    const subscription = consumer.subscriptions.create(JSON.parse(identifier), {
      connected: () => tell({ name: 'connected' }),
      disconnected: ({ willAttemptReconnect: goesOn }: { willAttemptReconnect: boolean | undefined }) =>
        tell({ name: goesOn ? 'disconnected' : 'ended' }),
      rejected: () => tell({ name: 'rejected' }),
      received: (message: unknown) => tell({ name: 'received', message }),
    });
    return {
      perform: (action) => void subscription.perform(action),
      close() {
        consumer.disconnect();
        disown();
      },
    };
  },
};
