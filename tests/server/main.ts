// Owns `npm run server`: the CarbonChat, its agent console and the demo site, for a person to try the panel against.
// Must not hold behaviour of its own. PORT moves the server, the demo site is one port above it.

import { startDemoSite } from './demo-site/site';
import { DEMO_AGENTS, DEMO_INBOXES } from './inboxes';
import { startServer } from './server';

const port = Number(process.env.PORT ?? 7810);
const server = await startServer({ port });
const site = await startDemoSite({ port: port + 1 });

async function stop(): Promise<void> {
  await Promise.all([server.close(), site.close()]);
  process.exit(0);
}
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

console.log(`CarbonChat       ${server.url}
Agent console    ${server.url}/console
Demo site        http://ledgerly.localhost:${site.port}
Agent token      ${DEMO_AGENTS[0]?.apiAccessToken}`);
for (const inbox of DEMO_INBOXES)
  console.log(
    `Inbox            ${inbox.identifier}${inbox.hmacMandatory ? ` (verified identity only, key ${inbox.hmacToken})` : ''}`,
  );
console.log('Stop with Ctrl+C.');
