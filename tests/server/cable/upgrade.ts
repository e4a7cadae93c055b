// Owns the door of the cable: which upgrade requests become sockets, and the faults that hit a handshake.
// Must not know frames.

import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { RateLimit } from '../http/rate-limit';
import { TOO_MANY, UNROUTED } from '../http/responses';
import type { Faults } from '../testing/faults';
import type { RequestLog } from '../testing/request-log';
import type { CableServer } from './cable';

type Refusal = { status: number; headers?: Record<string, string>; body?: string };

function refuse(socket: Duplex, { status, headers = {}, body = '' }: Refusal): void {
  const all = { connection: 'close', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}

/** Handles one upgrade: /cable and /cable/ connect, anything else is 404, and 429 over the request limit. */
export async function handleUpgrade(
  { cable, faults, log, limit }: { cable: CableServer; faults: Faults; log: RequestLog; limit: RateLimit },
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const path = request.url ?? '/';
  const isCable = /^\/cable\/?(\?|$)/.test(path);
  const allowed = limit.allows(request);
  log.add({ method: 'GET', path, body: null, status: !allowed ? TOO_MANY.status : isCable ? 101 : 404 });
  if (!allowed) return refuse(socket, TOO_MANY);
  for (const { how } of faults.take('GET', path)) {
    if (how === 'hang') return;
    if (how === 'destroy') {
      socket.destroy();
      return;
    }
    if (how === 'hold') await faults.hold();
    else if ('status' in how) return refuse(socket, how);
    else await wait(how.delay);
  }
  if (!isCable) return refuse(socket, UNROUTED);
  if (!socket.destroyed) cable.accept(request, socket, head);
}
