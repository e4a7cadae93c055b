// What a run stands on besides the browser: the in-memory CarbonChat and the demo site, where the config says.
import { startDemoSite } from '../server/demo-site/site';
import { startServer } from '../server/server';
import type { DemoConfig } from './demo-config';

/** A running server and demo site. */
export interface Ground {
  server: Awaited<ReturnType<typeof startServer>>;
  close(): Promise<void>;
}

/** Starts both on the ports that `config` names, on loopback. Rejects when a port is taken. */
export async function startGround(config: DemoConfig): Promise<Ground> {
  const server = await startServer({
    port: Number(config.installationUrl.port),
    inboxes: [{ identifier: config.inboxIdentifier, name: config.siteName, hmacToken: 'demo-hmac-secret' }],
  });
  const site = await startDemoSite({ port: Number(config.siteUrl.port) });
  return {
    server,
    async close() {
      await site.close();
      await server.close();
    },
  };
}
