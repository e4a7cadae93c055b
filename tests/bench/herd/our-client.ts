// A client of the herd with our cable. Its policy is the real one of lib/cable; only clock, chance and socket are lent.
import { Cable } from '@/lib/cable/cable';
import type { Socket } from '@/lib/platform/types';
import type { Client, Seat } from './client';
import { Line } from './installation';

export function ourClient({ installation, way, fraction, subscribed }: Seat): Client {
  const cable = new Cable({
    url: 'ws://herd/cable',
    identifier: '{"channel":"RoomChannel"}',
    clock: way.computer,
    random: { fraction, uuid: () => 'not used' },
    socket: () => {
      const socket: Socket = {
        protocol: 'actioncable-v1-json',
        send: (text) => line.send(text),
        close: () => line.close(),
        onopen: null,
        onmessage: null,
        onclose: null,
      };
      const line = new Line(installation, way, {
        open: () => socket.onopen?.(),
        hear: (text) => socket.onmessage?.(text),
        closed: () => socket.onclose?.(),
      });
      return socket;
    },
    listener: {
      onState: ({ name }) => name === 'live' && subscribed(),
      onMessage() {},
      onSubscribeTimeout() {},
    },
  });
  return {
    start: () => cable.connect(),
    // What the background is to do when the browser is online again, also with a cable that looks live.
    isTold: () => cable.reconnectNow(),
    isWatched: (watched) => {
      cable.isWatched = watched;
    },
  };
}
