// What a run stands on besides the browser: the in-memory CarbonChat and the demo site, where the config says.
import { startDemoSite } from '../server/demo/demo-site/site';
import { type InboxKind, inboxesFor } from '../server/demo/inbox-kinds';
import { startServer } from '../server/server';
import type { DemoConfig } from './demo-config';

/** A running server and demo site. */
export interface Ground {
  server: Awaited<ReturnType<typeof startServer>>;
  close(): Promise<void>;
}

/**
 * Starts both on the ports that `config` names, on loopback; the config's inbox is of that kind.
 * Rejects when a port is taken.
 */
export async function startGround(config: DemoConfig, kind: InboxKind = 'plain'): Promise<Ground> {
  const inboxes = inboxesFor(kind, config.inboxIdentifier, config.siteName);
  const server = await startServer({ port: Number(config.installationUrl.port), inboxes });
  const secret = inboxes[0]?.hmacToken ?? null;
  const site = await startDemoSite({ port: Number(config.siteUrl.port), secret });
  return {
    server,
    async close() {
      await site.close();
      await server.close();
    },
  };
}
