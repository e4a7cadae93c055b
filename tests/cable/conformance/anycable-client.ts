// @anycable/core behind the interface of the suite, with its own times.

import { createCable, SubscriptionRejectedError, SubscriptionTimeoutError } from '@anycable/core';
import { BrowserSocket, ownSockets } from './browser-socket';
import type { ClientKind } from './client';

export const anycableClient: ClientKind = {
  name: '@anycable/core',
  patience: 45_000,
  lull: 15_000,
  start({ url, identifier, tell }) {
    const disown = ownSockets(url, tell);
    const cable = createCable(url, {
      websocketImplementation: BrowserSocket,
      logger: { log() {}, debug() {}, info() {}, warn() {}, error() {} } as never,
    });
    const { channel: name, ...params } = JSON.parse(identifier);
    const channel = cable.subscribeTo(name, params);
    channel.on('connect', () => tell({ name: 'connected' }));
    channel.on('disconnect', () => tell({ name: cable.state === 'closed' ? 'ended' : 'disconnected' }));
    channel.on('message', (message) => tell({ name: 'received', message }));
    channel.on('close', (error) => {
      if (error instanceof SubscriptionRejectedError) tell({ name: 'rejected' });
      if (error instanceof SubscriptionTimeoutError) tell({ name: 'silence' });
    });
    return {
      // Rejects where it cannot; then nothing was sent, which is what the caller asked.
      perform: (action) => void channel.perform(action).catch(() => {}),
      close() {
        cable.disconnect();
        disown();
      },
    };
  },
};
