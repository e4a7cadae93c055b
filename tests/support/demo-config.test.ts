// The addresses that a run takes from its config file.
import { expect, test } from 'vitest';
import { readDemoConfig } from './demo-config';

test('reads where the server and the site are and what the button says', () => {
  const config = readDemoConfig('tests/e2e/other.config.json');
  expect(config.installationUrl.href).toBe('http://support.localhost:17820/');
  expect(config.siteUrl.href).toBe('http://app.pluck.localhost:17821/');
  expect(config).toMatchObject({
    siteName: 'Pluck',
    helpLabel: 'Ask us',
    inboxIdentifier: 'plain-inbox-pluck',
  });
});
