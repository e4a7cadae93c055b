// Owns `npm run server`: the CarbonChat, its agent console and the demo site, for a person to try the panel against.
// Must not hold behaviour of its own. PORT moves the server, the demo site is one port above it.
// `--write-installation <file>` describes it for the end-to-end tests (docs/your-installation.md).

import { writeFileSync } from 'node:fs';
import { describeOwn } from '../support/own-installation';
import { startDemoSite } from './demo-site/site';
import { kindOf } from './inbox-kinds';
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
    `Inbox            ${inbox.identifier} (${kindOf(inbox)}${inbox.hmacMandatory ? `: verified identity only, key ${inbox.hmacToken}` : ''})`,
  );
const [option, file] = process.argv.slice(2);
if (option === '--write-installation' && file) {
  writeFileSync(file, `${JSON.stringify(describeOwn(server.url, DEMO_INBOXES), null, 2)}\n`);
  console.log(`Described in     ${file}`);
}
console.log('Stop with Ctrl+C.');
