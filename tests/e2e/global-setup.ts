// Before the first test of a run: the browser is there and the extension is built with the run's one config file.
import { basename } from 'node:path';
import { ensureChromium } from '../support/browsers';
import { buildExtension, TEST_TIMES } from '../support/build';

/** Leaves what it found in the environment, from where the workers' fixtures read it. */
export default async function globalSetup(): Promise<void> {
  process.env.CARBONCHAT_CONFIG ??= 'tests/e2e/default.config.json';
  process.env.CHROMIUM_PATH = await ensureChromium();
  const name = `e2e-${basename(process.env.CARBONCHAT_CONFIG, '.config.json')}`;
  process.env.CARBONCHAT_EXTENSION = await buildExtension(process.env.CARBONCHAT_CONFIG, name, TEST_TIMES);
}
