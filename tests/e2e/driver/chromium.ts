// Starts Chromium with the unpacked extension and knows its flags. Drives nothing.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';

/** How a browser of a test is started. */
export interface LaunchOptions {
  /** Executable path of a Chromium (see tests/support/browsers.ts). */
  chromiumPath: string;
  /** Absolute path of the unpacked extension. */
  extensionPath: string;
  /** Those of further extensions that the person has, strangers to ours. */
  otherExtensions?: readonly string[];
  /** The user's profile; the same folder again is the same user again. */
  profileDir: string;
  /** Default true. */
  headless?: boolean;
  /** What pages and the panel see as prefers-color-scheme. Default light. */
  colorScheme?: 'light' | 'dark';
  /** The browser's own language, for example `ar`. Default `en-US`. */
  language?: string;
  /** In CSS pixels, the browser's own bars included. Default 1280 x 800. */
  windowSize?: { width: number; height: number };
  /** Of the person's computer, an IANA name. Default that of the tests. */
  timeZone?: string;
}

/** Starts the browser on its profile. Resolves when its first tab is there. */
export function startChromium(options: LaunchOptions): Promise<BrowserContext> {
  const { headless = true, colorScheme = 'light' } = options;
  forgetDebugger(options.profileDir);
  return chromium.launchPersistentContext(options.profileDir, {
    executablePath: options.chromiumPath,
    headless,
    // Root cannot have the sandbox, containers seldom do; someone's own screen should.
    chromiumSandbox: !headless && process.getuid?.() !== 0,
    // On someone's screen Ctrl+C is the demo's to handle; elsewhere it must leave no browser behind.
    handleSIGINT: headless,
    handleSIGTERM: headless,
    viewport: null,
    colorScheme,
    // Linux takes the browser's language from LANGUAGE, Windows from the flag.
    env: {
      ...process.env,
      LANGUAGE: languageOf(options),
      ...(options.timeZone && { TZ: options.timeZone }),
    } as Record<string, string>,
    args: extensionFlags(options),
  });
}

/** The command line of a browser with the extension, whoever starts it. */
export function extensionFlags(options: LaunchOptions): string[] {
  const { width, height } = options.windowSize ?? { width: 1280, height: 800 };
  const extensions = [options.extensionPath, ...(options.otherExtensions ?? [])].join(',');
  return [
    `--lang=${languageOf(options)}`,
    `--disable-extensions-except=${extensions}`,
    `--load-extension=${extensions}`,
    `--window-size=${width},${height}`,
    '--remote-debugging-port=0',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-quic',
    '--disable-sync',
    '--no-first-run',
  ];
}

/** The language in which the browser is to be started. */
export function languageOf({ language = 'en-US' }: LaunchOptions): string {
  return language;
}

/** Before a browser is started: a killed one leaves the port of its former life behind. */
export function forgetDebugger(profileDir: string): void {
  rmSync(portFile(profileDir), { force: true });
}

/** The address at which a second connection finds the browser that runs on this profile. */
export function debuggerUrl(profileDir: string): string {
  const [port] = readFileSync(portFile(profileDir), 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}

/** `chrome-extension://<id>/`. The browser derives an unpacked extension's id from the bytes of its path. */
export function extensionUrl(extensionPath: string): string {
  const bytes = Buffer.from(extensionPath, process.platform === 'win32' ? 'utf16le' : 'utf8');
  const digits = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const id = [...digits].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
  return `chrome-extension://${id}/`;
}

function portFile(profileDir: string): string {
  return join(profileDir, 'DevToolsActivePort');
}
