// A port between a panel and its background in one process, with the manners of a browser's. Loses nothing.

import type { Port } from '@/lib/platform/types';

/** Two ends of one port; what is posted arrives as a copy in a later turn, as in a browser. */
export function portPair(): [Port, Port] {
  const listeners: [(message: unknown) => void, (message: unknown) => void] = [() => {}, () => {}];
  const end = (own: 0 | 1): Port => ({
    name: 'panel',
    post(message) {
      const copy = structuredClone(message);
      setImmediate(() => listeners[own === 0 ? 1 : 0](copy));
    },
    disconnect() {},
    onMessage(listener) {
      listeners[own] = listener;
    },
    onDisconnect() {},
  });
  return [end(0), end(1)];
}
