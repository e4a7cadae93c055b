// A client by somebody else as one of a fleet. It reads no gap: what it shows is what it was told.

import { anycableClient } from '../../cable/conformance/anycable-client';
import type { ClientKind } from '../../cable/conformance/client';
import { railsClient } from '../../cable/conformance/rails-client';
import { now } from './clock';
import type { Assignment, BenchClient, Kind, Tell } from './protocol';

const peers: Record<Exclude<Kind, 'ours'>, ClientKind> = {
  '@rails/actioncable': railsClient,
  '@anycable/core': anycableClient,
};

/** Connects at once. */
export function startPeer(
  kind: Exclude<Kind, 'ours'>,
  number: number,
  { cablePort, pubsubToken }: Assignment,
  tell: Tell,
): BenchClient {
  const received: number[] = [];
  const times = new Map<number, number>();
  peers[kind].start({
    // The adapters tell clients apart by their address.
    url: `ws://127.0.0.1:${cablePort}/cable?client=${number}`,
    identifier: JSON.stringify({ channel: 'RoomChannel', pubsub_token: pubsubToken }),
    tell(event) {
      if (event.name === 'connected') tell('live');
      if (event.name === 'disconnected' || event.name === 'ended') tell('lost');
      if (event.name === 'threw') throw event.error;
      if (event.name !== 'received') return;
      const { event: name, data } = event.message as { event: string; data: { id: number } };
      if (name !== 'message.created') return;
      received.push(data.id);
      if (!times.has(data.id)) times.set(data.id, now());
    },
  });
  return {
    shown: () => received,
    shownAt: (id) => times.get(id),
    isQuiet: () => true,
    reopen: () => {},
  };
}
