// Before the first test of a run: the browser is there, and the extension is built for every kind of inbox with the run's
// one config file. All of them speak to the config's installation, where the line is; only the inbox differs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { inboxesFor } from '../server/demo/inbox-kinds';
import { askedBrowser, ensureChromium, ensureFirefox } from '../support/browsers';
import { buildExtension, TEST_TIMES } from '../support/build';
import { configForInboxes, readDemoConfig } from '../support/demo-config';
import { askedInstallation } from '../support/installation';
import { describeOwn } from '../support/own-installation';

/** The kinds that scenarios use. */
const KINDS = ['plain', 'csat', 'single', 'bot', 'strict'] as const;

/** Leaves what it found in the environment, from where the workers' fixtures read it. */
export default async function globalSetup(): Promise<void> {
  const browser = askedBrowser();
  if (browser === 'firefox') process.env.FIREFOX_PATH = await ensureFirefox();
  else process.env.CHROMIUM_PATH = await ensureChromium();
  const { file, inboxIdentifier, siteName } = readDemoConfig(process.env.CARBONCHAT_CONFIG ?? '');
  const own = inboxesFor('plain', inboxIdentifier, siteName);
  const { inboxes } = askedInstallation() ?? describeOwn('', own);
  const extensions: Record<string, string> = {};
  mkdirSync('.output', { recursive: true });
  for (const kind of KINDS) {
    const name = `e2e-${basename(file, '.config.json')}-${kind}`;
    const configFile = `.output/${name}.config.json`;
    // Whatever the first site's inbox is, a second site has one of its own.
    const second = inboxes[kind === 'single' ? 'plain' : 'single'];
    writeFileSync(configFile, configForInboxes(file, [inboxes[kind].identifier, second.identifier]));
    extensions[kind] = await buildExtension(configFile, name, TEST_TIMES, browser);
  }
  process.env.CARBONCHAT_EXTENSIONS = JSON.stringify(extensions);
}
