// Builds the extension for a test run or the demo, through the same command line that a company uses.
import { resolve } from 'node:path';
import { run } from './run';

/** Times of a test build: design of sending, request time-out and settle time, both in milliseconds. */
export const TEST_TIMES = { CARBONCHAT_REQUEST_TIMEOUT_MS: '800', CARBONCHAT_SETTLE_MS: '1000' };

/**
 * Builds for Chromium with the configuration `configFile` into `.output/<name>` and returns the absolute path of the
 * unpacked extension. `env` sets build settings, such as TEST_TIMES. Rejects when the build fails.
 */
export async function buildExtension(
  configFile: string,
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const outDir = `.output/${name}`;
  const code = await run('npx', ['wxt', 'build'], {
    ...env,
    CARBONCHAT_CONFIG: configFile,
    CARBONCHAT_OUT_DIR: outDir,
  });
  if (code !== 0) throw new Error(`wxt build failed with exit code ${code}`);
  return resolve(outDir, 'chrome-mv3');
}
