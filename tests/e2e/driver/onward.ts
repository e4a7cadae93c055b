// The far half of the line: asks the installation, over http or https, what the browser asked. Decides nothing.
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';

const OF_ONE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];

/** What the installation answered; the socket with the first bytes on it, when it took an upgrade. */
export interface Answer {
  message: IncomingMessage;
  socket?: Duplex;
  head?: Buffer;
}

/** Asks the installation at `target` the same as `request`, in its own host name. Null when there is no answer. */
export function askOnward(target: URL, request: IncomingMessage): Promise<Answer | null> {
  const { connection: _connection, 'keep-alive': _keepAlive, upgrade, ...headers } = request.headers;
  const ask = target.protocol === 'https:' ? requestHttps : requestHttp;
  const onward = ask(new URL(request.url ?? '/', target), {
    method: request.method,
    agent: false,
    headers: { ...headers, host: target.host, ...(upgrade && { upgrade, connection: 'Upgrade' }) },
  });
  if (upgrade) onward.end();
  else request.pipe(onward);
  // Half a request is not passed on as a whole one.
  request.once('close', () => request.complete || onward.destroy());
  return new Promise((resolve) => {
    onward.on('response', (message) => resolve({ message }));
    onward.on('upgrade', (message, socket, head) => resolve({ message, socket, head }));
    onward.on('error', () => resolve(null));
  });
}

/** The headers of an answer, flat, without those that belong to the connection it came on. */
export function ownHeaders(message: IncomingMessage): string[] {
  return headerPairs(message)
    .filter(([name]) => !OF_ONE_CONNECTION.includes(name.toLowerCase()))
    .flat();
}

/** The head of an answer to an upgrade, as it goes over the wire: taken, or refused without a body. */
export function headOf(message: IncomingMessage): string {
  const taken = message.statusCode === 101;
  const headers = taken
    ? headerPairs(message)
    : [
        ['Connection', 'close'],
        ['Content-Length', '0'],
      ];
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${message.statusCode} ${message.statusMessage}\r\n${lines.join('')}\r\n`;
}

function headerPairs({ rawHeaders }: IncomingMessage): [string, string][] {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, rawHeaders[index * 2 + 1] ?? '']);
}
