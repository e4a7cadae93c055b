// A configuration with nothing left to the defaults, for tests to bend.
import type { Config } from '@/lib/site/config';

/** A fresh valid configuration of one site; `site` replaces fields of it. */
export function oneSite(site: Record<string, unknown> = {}): Config {
  return {
    name: 'Acme Support',
    sites: [
      {
        id: 'acme',
        name: 'Acme',
        matches: ['https://app.acme.com/*'],
        installationUrl: 'https://support.acme.com',
        inboxIdentifier: 'aB3_-x',
        launcher: { enabled: false, label: 'Ask us', position: 'bottom-start', color: '#ffd400' },
        ...site,
      },
    ],
  };
}
