// Reads the one configuration file of a run and tells which addresses the server and the demo site take.
// The extension's build reads the same file with its own, strict schema; this is only what the tests need.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a run needs of a configuration file (its first site; the tests never use a second one from the file). */
export interface DemoConfig {
  /** Absolute path of the file. */
  file: string;
  /** The extension's name. */
  name: string;
  /** The company's name as the panel shows it. */
  siteName: string;
  /** Label of the injected button. */
  helpLabel: string;
  installationUrl: URL;
  inboxIdentifier: string;
  /** Origin of the company's pages, for example `http://ledgerly.localhost:17811`. */
  siteUrl: URL;
}

/** Reads `file` (relative to the repository's root). Throws when it is missing or is not of the documented shape. */
export function readDemoConfig(file: string): DemoConfig {
  const { name, sites } = JSON.parse(readFileSync(file, 'utf8'));
  const [site] = sites;
  return {
    file: resolve(file),
    name,
    siteName: site.name,
    helpLabel: site.launcher.label ?? 'Help',
    installationUrl: new URL(site.installationUrl),
    inboxIdentifier: site.inboxIdentifier,
    siteUrl: new URL(site.matches[0].replace(/\*$/, '')),
  };
}

/** The text of `file` with another inbox in its first site. */
export function configForInbox(file: string, inboxIdentifier: string): string {
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.sites[0].inboxIdentifier = inboxIdentifier;
  return JSON.stringify(config);
}
