// What the scenarios of a run stand on besides the browser: an installation (the one that is asked for, else a server of
// our own), the demo site on the config's address, and the line on the address for which the extension is built.
import { type DemoSite, startDemoSite } from '../server/demo/demo-site/site';
import { inboxesFor } from '../server/demo/inbox-kinds';
import type { InboxOptions } from '../server/records/records';
import type { CarbonChatServer } from '../server/server';
import type { DemoConfig } from '../support/demo-config';
import { askedInstallation, type Installation } from '../support/installation';
import { describeOwn } from '../support/own-installation';
import { type Line, startLine } from './driver/line';

export interface Ground {
  installation: Installation;
  line: Line;
  /** The company's pages; signs its customers for the inbox of the scenario, until that says otherwise. */
  site: DemoSite;
  /** The server of our own with its control door; null on an installation that was asked for. */
  door: CarbonChatServer | null;
  close(): Promise<void>;
}

/** Starts what has to be started. Rejects when a port of `config` is taken, or the description is wrong. */
export async function startGround(config: DemoConfig): Promise<Ground> {
  const asked = askedInstallation();
  const inboxes = inboxesFor('plain', config.inboxIdentifier, config.siteName);
  const door = asked ? null : await startOwn(inboxes);
  const installation = asked ?? describeOwn(door?.url ?? '', inboxes);
  const line = await startLine({
    port: Number(config.installationUrl.port),
    target: new URL(installation.url),
  });
  const site = await startDemoSite({
    port: Number(config.siteUrl.port),
    secret: installation.inboxes.plain.hmacToken,
  });
  return {
    installation,
    line,
    site,
    door,
    async close() {
      await site.close();
      await line.cut();
      await door?.close();
    },
  };
}

/** Loads the server only where it is wanted. */
async function startOwn(inboxes: InboxOptions[]): Promise<CarbonChatServer> {
  const { startServer } = await import('../server/server');
  return startServer({ inboxes });
}
