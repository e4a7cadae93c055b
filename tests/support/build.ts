// Builds the extension for a test run or the demo, through the same command line that a company uses.
import { resolve } from 'node:path';
import type { BrowserKind } from './browsers';
import { run } from './run';

/** Times of a test build: design of sending, request time-out and settle time, both in milliseconds. */
export const TEST_TIMES = { CARBONCHAT_REQUEST_TIMEOUT_MS: '800', CARBONCHAT_SETTLE_MS: '1000' };

/** What the build calls the browser, and the folder that it fills. */
const TARGETS = { chromium: ['chrome', 'chrome-mv3'], firefox: ['firefox', 'firefox-mv2'] } as const;

/**
 * Builds with the configuration `configFile` into `.output/<name>` and returns the absolute path of the
 * unpacked extension. `env` sets build settings, such as TEST_TIMES. The browser is
 * Chromium unless said. Rejects when the build fails.
 */
export async function buildExtension(
  configFile: string,
  name: string,
  env: Readonly<Record<string, string>> = {},
  browser: BrowserKind = 'chromium',
): Promise<string> {
  const [target, folder] = TARGETS[browser];
  const outDir = `.output/${name}`;
  const code = await run('npx', ['wxt', 'build', '-b', target], {
    ...env,
    CARBONCHAT_CONFIG: configFile,
    CARBONCHAT_OUT_DIR: outDir,
  });
  if (code !== 0) throw new Error(`wxt build failed with exit code ${code}`);
  return resolve(outDir, folder);
}
