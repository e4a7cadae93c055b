// Reads the one configuration file of a run and tells which addresses the server and the demo site take.
// The extension's build reads the same file with its own, strict schema; this is only what the tests need.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What a run needs of a configuration file: its first site, on which the scenarios play, and where a second one is. */
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
  second: { siteName: string; siteUrl: URL } | null;
}

/** Reads `file` (relative to the repository's root). Throws when it is missing or is not of the documented shape. */
export function readDemoConfig(file: string): DemoConfig {
  const { name, sites } = JSON.parse(readFileSync(file, 'utf8'));
  const [site, second] = sites;
  return {
    file: resolve(file),
    name,
    siteName: site.name,
    helpLabel: site.launcher.label ?? 'Help',
    installationUrl: new URL(site.installationUrl),
    inboxIdentifier: site.inboxIdentifier,
    siteUrl: pagesOf(site),
    second: second ? { siteName: second.name, siteUrl: pagesOf(second) } : null,
  };
}

function pagesOf({ matches }: { matches: [string] }): URL {
  return new URL(matches[0].replace(/\*$/, ''));
}

/** The text of `file` with these inboxes in its sites, for a file at another place. */
export function configForInboxes(file: string, inboxIdentifiers: readonly string[]): string {
  const config = JSON.parse(readFileSync(file, 'utf8'));
  for (const [index, site] of config.sites.entries()) site.inboxIdentifier = inboxIdentifiers[index];
  if (config.icon) config.icon = resolve(dirname(file), config.icon);
  return JSON.stringify(config);
}
