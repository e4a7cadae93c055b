// Owns `npm run server`: the CarbonChat, its agent console, the demo site and bot, for a person to try the panel against.
// Must not hold behaviour of its own. PORT moves the server, the demo site is one port above it.
// `--write-installation <file>` describes it for the end-to-end tests (docs/your-installation.md).

import { writeFileSync } from 'node:fs';
import { describeOwn } from '../support/own-installation';
import { startDemoBot } from './demo/demo-bot';
import { DEMO_AGENTS, DEMO_INBOXES } from './demo/demo-inboxes';
import { startDemoSite } from './demo/demo-site/site';
import { kindOf } from './demo/inbox-kinds';
import { startServer } from './server';

const port = Number(process.env.PORT ?? 7810);
const server = await startServer({ port });
const site = await startDemoSite({ port: port + 1, secret: DEMO_INBOXES[0]?.hmacToken ?? null });
const [option, file] = process.argv.slice(2);
const described = option === '--write-installation' ? file : undefined;
const agentToken = DEMO_AGENTS[0]?.apiAccessToken ?? '';
const botToken = DEMO_INBOXES.find((inbox) => inbox.bot)?.bot?.apiAccessToken ?? '';
// What is described for tests answers nobody by itself.
const bot = described ? null : startDemoBot({ url: server.url, accountId: 1, agentToken, botToken });

async function stop(): Promise<void> {
  await bot?.stop();
  await Promise.all([server.close(), site.close()]);
  process.exit(0);
}
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

console.log(`CarbonChat       ${server.url}
Agent console    ${server.url}/console
Demo site        http://ledgerly.localhost:${site.port}
Agent token      ${agentToken}`);
for (const inbox of DEMO_INBOXES)
  console.log(
    `Inbox            ${inbox.identifier} (${kindOf(inbox)}${inbox.hmacMandatory ? `: verified identity only, key ${inbox.hmacToken}` : ''})`,
  );
if (described) {
  writeFileSync(described, `${JSON.stringify(describeOwn(server.url, DEMO_INBOXES), null, 2)}\n`);
  console.log(`Described in     ${described}`);
}
console.log('Stop with Ctrl+C.');
