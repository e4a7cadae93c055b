// Builds the extension as `npm run build` does, into a directory of its own, for tests that look at the result.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Build {
  /** The unpacked extension. */
  dir: string;
  code: number;
  /** Everything that the build printed. */
  output: string;
  remove(): Promise<void>;
}

/** Builds with this configuration and further environment variables. A build that stops is a result, not an error. */
export async function buildExtension(
  browser: 'chrome' | 'firefox',
  config: unknown,
  environment: Record<string, string> = {},
): Promise<Build> {
  const home = await mkdtemp(join(tmpdir(), 'carbonchat-build-'));
  const configFile = join(home, 'config.json');
  await writeFile(configFile, JSON.stringify(config));
  const child = spawn(process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build', '-b', browser], {
    // Vitest's own NODE_ENV would make it a development build.
    env: {
      ...process.env,
      NODE_ENV: 'production',
      CARBONCHAT_CONFIG: configFile,
      CARBONCHAT_OUT_DIR: home,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return {
    dir: join(home, browser === 'firefox' ? 'firefox-mv2' : 'chrome-mv3'),
    code,
    output: stdout + stderr,
    remove: () => rm(home, { recursive: true }),
  };
}
