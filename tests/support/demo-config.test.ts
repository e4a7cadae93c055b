// The addresses that a run takes from its config file.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { configForInboxes, readDemoConfig } from './demo-config';

test('reads where the server and the site are and what the button says', () => {
  const config = readDemoConfig('tests/e2e/other.config.json');
  expect(config.installationUrl.href).toBe('http://support.localhost:17820/');
  expect(config.siteUrl.href).toBe('http://app.pluck.localhost:17821/');
  expect(config).toMatchObject({
    siteName: 'Pluck',
    helpLabel: 'Ask us',
    inboxIdentifier: 'plain-inbox-pluck',
    second: { siteName: 'Harp', siteUrl: new URL('http://app.harp.localhost:17821/') },
  });
  expect(readDemoConfig('tests/e2e/default.config.json').second).toBeNull();
});

test('changes the inboxes of a config file, and names its icon from anywhere', () => {
  const file = 'tests/e2e/other.config.json';
  const expected = JSON.parse(readFileSync(file, 'utf8'));
  expected.sites[0].inboxIdentifier = 'another';
  expected.sites[1].inboxIdentifier = 'one more';
  expected.icon = resolve('tests/e2e/other-icon.svg');
  expect(JSON.parse(configForInboxes(file, ['another', 'one more']))).toEqual(expected);
});
