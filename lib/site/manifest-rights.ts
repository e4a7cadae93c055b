// What the manifest grants because of a configuration: hosts and the content security policy (design §8).
// Pure text work for the build; adds no right that a site does not need.
import type { Config } from './config';
import { manifestPattern } from './match-pattern';

/** Match patterns of the pages, as the browser wants them: without ports, each once. */
export function pagePatterns(config: Config): string[] {
  return unique(config.sites.flatMap((site) => site.matches.map(manifestPattern)));
}

/** Everything that the extension may reach: the pages and the installations. */
export function hostPermissions(config: Config): string[] {
  const installations = config.sites.map((site) => manifestPattern(`${site.installationUrl}/*`));
  return unique([...pagePatterns(config), ...installations]);
}

/** The policy of all pages and of the worker; installations with plain http are named one by one. */
export function contentSecurityPolicy(config: Config): string {
  const plain = unique(
    config.sites.map((site) => site.installationUrl).filter((url) => url.startsWith('http:')),
  );
  const sockets = plain.map((url) => url.replace('http:', 'ws:'));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["connect-src 'self' https: wss:", ...plain, ...sockets].join(' '),
    ["img-src 'self' blob: https:", ...plain].join(' '),
    ["media-src 'self' blob: https:", ...plain].join(' '),
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function unique(items: string[]): string[] {
  return [...new Set(items)];
}
