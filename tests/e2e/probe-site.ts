// A web site of somebody else, one page without any policy, for tests that look at what an extension leaves in a page or
// what a page can reach. Under every host name of this machine.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProbeSite {
  port: number;
  close(): Promise<void>;
}

/** Serves `html` under every path. Closing it is the caller's. */
export async function startProbeSite(html: string): Promise<ProbeSite> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
