// Owns serving the agent console, a web page that speaks the account API like any dashboard.
// Must not give it anything else than an agent's name and token and the inboxes' names and kinds. Loopback only, as the whole server.

import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Env } from '../http/responses';
import type { World } from '../world';
import { kindOf } from './inbox-kinds';
import { folderOf, serveFile } from './static-files';

const FOLDER = join(folderOf(import.meta.url), 'console');

export function routeConsole(app: Hono<Env>, { accountId, agents, inboxes }: World): void {
  app.get('/console', async (c) => (await serveFile(FOLDER, 'index.html')) ?? c.notFound());
  app.get('/console/session', (c) => {
    const agent = agents[0];
    c.header('cache-control', 'no-store');
    return c.json({
      account_id: accountId,
      agent: agent?.name,
      api_access_token: agent?.apiAccessToken,
      inboxes: inboxes.map((inbox) => ({ id: inbox.id, name: inbox.name, kind: kindOf(inbox) })),
    });
  });
  app.get('/console/:file', async (c) => (await serveFile(FOLDER, c.req.param('file'))) ?? c.notFound());
}
