// Finds or installs the browsers that the end-to-end tests and the demo drive. Starts no browser.
import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { installFromDebian, isDebian } from './debian';
import { run } from './run';

export type BrowserKind = 'chromium' | 'firefox';

/** The browser that CARBONCHAT_BROWSER asks for. Chromium unless said. Throws when it is another one. */
export function askedBrowser(): BrowserKind {
  const asked = process.env.CARBONCHAT_BROWSER ?? 'chromium';
  if (asked !== 'chromium' && asked !== 'firefox')
    throw new Error(`CARBONCHAT_BROWSER is ${asked}, which is neither chromium nor firefox.`);
  return asked;
}

// `chromium-l10n` holds every language but English: without it no test can see a right-to-left panel.
const DEBIAN_PACKAGES = ['chromium', 'chromium-l10n', 'fonts-liberation'];

// The language pack is for the test in German.
const FIREFOX_PACKAGES = ['firefox-esr', 'firefox-esr-l10n-de', 'fonts-liberation'];

const FIREFOX_ADVICE = `No Firefox was found, and none could be installed.
Install one (Debian: apt-get install ${FIREFOX_PACKAGES.join(' ')}) or name its executable in FIREFOX_PATH.`;

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
    return found('Chromium', named);
  }
  const present = installedChromium();
  if (present && !lacksLanguages(present)) return found('Chromium', present);
  console.log(`Chromium: ${present ? 'its languages are missing' : 'not found'}, installing.`);
  if (isDebian()) await installFromDebian(DEBIAN_PACKAGES);
  if (!installedChromium()) await run('npx', ['playwright', 'install', 'chromium']);
  const installed = installedChromium();
  if (!installed) throw new Error(ADVICE);
  return found('Chromium', installed);
}

/**
 * The path of a Firefox: FIREFOX_PATH, or the system's. When there is none it is installed from Debian's packages, as root
 * or with a sudo that asks nothing. Prints one line on what was found. Rejects with advice when nothing helps.
 */
export async function ensureFirefox(): Promise<string> {
  const named = process.env.FIREFOX_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`FIREFOX_PATH names ${named}, which does not exist.`);
    return found('Firefox', named);
  }
  const present = installedFirefox();
  if (present && !lacksGerman(present)) return found('Firefox', present);
  console.log(`Firefox: ${present ? 'its languages are missing' : 'not found'}, installing.`);
  if (isDebian()) await installFromDebian(FIREFOX_PACKAGES);
  const installed = installedFirefox();
  if (!installed) throw new Error(FIREFOX_ADVICE);
  return found('Firefox', installed);
}

function found(name: string, path: string): string {
  console.log(`${name}: ${path}`);
  return path;
}

function installedChromium(): string | undefined {
  return [
    chromium.executablePath(),
    ...onPath('chromium', 'chromium-browser'),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    join(process.env.LOCALAPPDATA ?? '', 'Chromium', 'Application', 'chrome.exe'),
  ].find((path) => existsSync(path) && !isSnap(path));
}

function installedFirefox(): string | undefined {
  return [
    ...onPath('firefox-esr', 'firefox'),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    join(process.env.PROGRAMFILES ?? '', 'Mozilla Firefox', 'firefox.exe'),
  ].find((path) => existsSync(path) && !isSnap(path));
}

/** Where these programs would be on the PATH. */
function onPath(...names: string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function lacksGerman(path: string): boolean {
  const pack = '/usr/lib/firefox-esr/browser/extensions/langpack-de@firefox-esr.mozilla.org.xpi';
  return path.endsWith('/bin/firefox-esr') && isDebian() && !existsSync(pack);
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
