// Starts and ends a Firefox on a profile and knows its preferences. Drives nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from '../chromium';
import { type Bidi, connectBidi } from './bidi';

/** How a Firefox of a test is started. */
export interface FirefoxOptions extends Omit<LaunchOptions, 'chromiumPath'> {
  /** Executable path of a Firefox (see tests/support/browsers.ts). */
  firefoxPath: string;
  /** Where a scenario's panel lives: in the popup that Help opens, or, a click later, in the sidebar. Default sidebar. */
  home?: 'sidebar' | 'popup';
}

/** The extension's own origin in every Firefox of the tests, the same after a restart, so that its storage is found again. */
const UUID = 'c4b0c4a7-0000-4000-8000-000000000001';
export const EXTENSION_URL = `moz-extension://${UUID}/`;

/** A running Firefox. */
export interface FirefoxProcess {
  bidi: Bidi;
  processId: number;
  /** Resolves when the process has ended. */
  ended: Promise<unknown>;
}

/** Starts Firefox on its profile with one empty tab, and the extension in it. */
export async function startFirefox(options: FirefoxOptions): Promise<FirefoxProcess> {
  writeFileSync(join(options.profileDir, 'user.js'), preferences(options));
  // A killed one leaves its lock behind.
  rmSync(join(options.profileDir, 'lock'), { force: true });
  const { width, height } = options.windowSize ?? { width: 1280, height: 800 };
  const child = spawn(
    options.firefoxPath,
    [
      ...(options.headless === false ? [] : ['--headless']),
      '--no-remote',
      '--profile',
      options.profileDir,
      '--remote-debugging-port=0',
      '--remote-allow-system-access',
      `--width=${width}`,
      `--height=${height}`,
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        ...(options.timeZone && { TZ: options.timeZone }),
        MOZ_CRASHREPORTER_DISABLE: '1',
        MOZ_HEADLESS_WIDTH: String(width),
        MOZ_HEADLESS_HEIGHT: String(height),
      },
    },
  );
  // A test run that is broken off leaves no browser behind.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const ended = once(child, 'exit').finally(() => process.off('exit', end));
  const bidi = await connectBidi(await addressOf(child));
  for (const path of [options.extensionPath, ...(options.otherExtensions ?? [])])
    await bidi.send('webExtension.install', { extensionData: { type: 'path', path } });
  return { bidi, processId: child.pid ?? 0, ended };
}

/** The add-on id in the manifest of an unpacked extension. */
export function extensionIdOf(extensionPath: string): string {
  const manifest = JSON.parse(readFileSync(join(extensionPath, 'manifest.json'), 'utf8'));
  return manifest.browser_specific_settings.gecko.id;
}

/** Reads the address at which the browser takes commands from what it says at its start. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const [, address] = said.match(/WebDriver BiDi listening on (ws:\S+)/) ?? [];
      if (address) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`Firefox ended with ${code} before it listened:\n${said}`)),
    );
  });
}

/** Firefox sets further ones by itself while it is driven: no updates, no first-run pages, no calls home. */
function preferences({ extensionPath, colorScheme = 'light', language = 'en-US' }: FirefoxOptions): string {
  const all = {
    'extensions.webextensions.uuids': JSON.stringify({ [extensionIdOf(extensionPath)]: UUID }),
    // An extension installed from a folder goes when the browser ends; what it stored, and its address, must not.
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    'browser.sessionstore.resume_from_crash': false,
    'toolkit.startup.max_resumed_crashes': -1,
    'browser.shell.checkDefaultBrowser': false,
    'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? 0 : 1,
    'intl.locale.requested': language,
    // Firefox takes no click for a person's wish in a page that has only just been painted; a test clicks that soon.
    'dom.input_events.security.minNumTicks': 0,
    'dom.input_events.security.minTimeElapsedInMS': 0,
    // "Work offline" means this machine, too: the tests' servers are here.
    'network.disable-localhost-when-offline': true,
  };
  return Object.entries(all)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
