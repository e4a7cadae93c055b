// Owns the web server of Ledgerly, an invented company whose pages show the Help button.
// Must not know CarbonChat: it is an ordinary page of somebody else, on its own origin, with its own strict policy. What it
// does for the button is what docs/host-page.md asks of any company: it signs who is signed in.

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { folderOf, serveFile } from '../static-files';

const FOLDER = join(folderOf(import.meta.url), 'public');
const ROUTES = ['/', '/invoices', '/customers', '/reports'];

export type DemoSite = {
  url: string;
  port: number;
  /** With which it signs its customers from the next sign-in on; null: it does not. */
  secret: string | null;
  close(): Promise<void>;
};

/**
 * Starts the site on loopback. Every client-side route is served for deep links; other paths are 404. Whoever says a name
 * and an e-mail address is signed in as that customer.
 */
export async function startDemoSite({
  port = 0,
  host = '127.0.0.1',
  secret = null,
}: {
  port?: number;
  host?: '127.0.0.1';
  secret?: string | null;
} = {}): Promise<DemoSite> {
  const app = new Hono();
  app.post('/session', async (c) => {
    const { name, email } = await c.req.json();
    const identifier = `ledgerly:${email.toLowerCase()}`;
    const sign = (key: string) => createHmac('sha256', key).update(identifier).digest('hex');
    return c.json({
      identifier,
      name,
      email,
      ...(site.secret !== null && { identifierHash: sign(site.secret) }),
    });
  });
  for (const route of ROUTES)
    app.get(route, async (c) => (await serveFile(FOLDER, 'index.html')) ?? c.notFound());
  app.get('/:file', async (c) => (await serveFile(FOLDER, c.req.param('file'))) ?? c.notFound());

  const http = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  http.listen(port, host);
  await once(http, 'listening');
  const bound = (http.address() as AddressInfo).port;
  const site: DemoSite = {
    url: `http://${host}:${bound}`,
    port: bound,
    secret,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
  return site;
}
