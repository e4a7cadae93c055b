// Finds or installs the browser that the end-to-end tests and the demo drive. Starts no browser.
import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { installFromDebian, isDebian } from './debian';
import { run } from './run';

// `chromium-l10n` holds every language but English: without it no test can see a right-to-left panel.
const DEBIAN_PACKAGES = ['chromium', 'chromium-l10n', 'fonts-liberation'];

const ADVICE = `No Chromium that loads unpacked extensions was found, and none could be installed.
Install one (Debian: apt-get install ${DEBIAN_PACKAGES.join(' ')}; elsewhere: npx playwright install chromium)
or name its executable in CHROMIUM_PATH. Branded Google Chrome does not do: since version 137 it ignores --load-extension.`;

/**
 * The path of a Chromium that loads unpacked extensions: CHROMIUM_PATH, Playwright's own, or the system's.
 * When there is none it is installed: from Debian's packages as root or with a sudo that asks nothing, else by
 * Playwright. Prints one line on what was found. Rejects with advice when nothing helps.
 */
export async function ensureChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return found(named);
  }
  const present = installedChromium();
  if (present && !lacksLanguages(present)) return found(present);
  console.log(`Chromium: ${present ? 'its languages are missing' : 'not found'}, installing.`);
  if (isDebian()) await installFromDebian(DEBIAN_PACKAGES);
  if (!installedChromium()) await run('npx', ['playwright', 'install', 'chromium']);
  const installed = installedChromium();
  if (!installed) throw new Error(ADVICE);
  return found(installed);
}

function found(path: string): string {
  console.log(`Chromium: ${path}`);
  return path;
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = ['chromium', 'chromium-browser'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return [
    chromium.executablePath(),
    ...onPath,
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    join(process.env.LOCALAPPDATA ?? '', 'Chromium', 'Application', 'chrome.exe'),
  ].find((path) => existsSync(path) && !isSnap(path));
}

function lacksLanguages(path: string): boolean {
  return path.endsWith('/bin/chromium') && isDebian() && !existsSync('/usr/lib/chromium/locales/ar.pak');
}

/** A snap sees neither a profile in the temporary folder nor an extension outside the user's home. */
function isSnap(path: string): boolean {
  if (/\/snap(\/|$)/.test(realpathSync(path))) return true;
  const start = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  readSync(file, start);
  closeSync(file);
  return start.includes('/snap/bin/');
}
