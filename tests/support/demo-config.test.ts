// The addresses that a run takes from its config file.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configForInbox, readDemoConfig } from './demo-config';

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

test('changes the inbox of a config file and nothing else', () => {
  const file = 'tests/e2e/other.config.json';
  const expected = JSON.parse(readFileSync(file, 'utf8'));
  expected.sites[0].inboxIdentifier = 'another';
  expect(JSON.parse(configForInbox(file, 'another'))).toEqual(expected);
});
