// Owns the door of the cable: which upgrade requests become sockets, and the faults that hit a handshake.
// Must not know frames.

import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { CableServer } from './cable';
import type { Faults } from './faults';
import type { RequestLog } from './request-log';

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** Handles one upgrade: /cable and /cable/ connect, anything else is 404. */
export async function handleUpgrade(
  { cable, faults, log }: { cable: CableServer; faults: Faults; log: RequestLog },
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const path = request.url ?? '/';
  log.add({ method: 'GET', path, body: null, status: /^\/cable\/?(\?|$)/.test(path) ? 101 : 404 });
  for (const { how } of faults.take('GET', path)) {
    if (how === 'hang') return;
    if (how === 'destroy') {
      socket.destroy();
      return;
    }
    if (how === 'hold') await faults.hold();
    else if ('status' in how) return refuse(socket, how.status);
    else await wait(how.delay);
  }
  if (!/^\/cable\/?(\?|$)/.test(path)) return refuse(socket, 404);
  if (!socket.destroyed) cable.accept(request, socket, head);
}
