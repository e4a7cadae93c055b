// Owns the web server of Ledgerly, an invented company whose pages show the Help button.
// Must not know CarbonChat: it is an ordinary page of somebody else, on its own origin, with its own strict policy.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { folderOf, serveFile } from '../static-files';

const FOLDER = join(folderOf(import.meta.url), 'public');
const ROUTES = ['/', '/invoices', '/customers', '/reports'];

export type DemoSite = { url: string; port: number; close(): Promise<void> };

/** Starts the site on loopback. Every client-side route is served for deep links; other paths are 404. */
export async function startDemoSite({
  port = 0,
  host = '127.0.0.1',
}: {
  port?: number;
  host?: '127.0.0.1';
} = {}): Promise<DemoSite> {
  const app = new Hono();
  for (const route of ROUTES)
    app.get(route, async (c) => (await serveFile(FOLDER, 'index.html')) ?? c.notFound());
  app.get('/:file', async (c) => (await serveFile(FOLDER, c.req.param('file'))) ?? c.notFound());

  const http = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  http.listen(port, host);
  await once(http, 'listening');
  const bound = (http.address() as AddressInfo).port;
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}
