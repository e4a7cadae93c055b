// End-to-end tests: in the one browser that CARBONCHAT_BROWSER names, one at a time, against the server and the extension
// that one config file describes.
import { basename } from 'node:path';
import { defineConfig } from '@playwright/test';
import { askedBrowser } from './tests/support/browsers';
import { readDemoConfig } from './tests/support/demo-config';

process.env.CARBONCHAT_CONFIG ??= 'tests/e2e/default.config.json';
const { second } = readDemoConfig(process.env.CARBONCHAT_CONFIG);
const report = process.env.CARBONCHAT_TEST_REPORT;

export default defineConfig({
  testDir: 'tests/e2e',
  // Runs with different config files may go on side by side.
  outputDir: `test-results/${basename(process.env.CARBONCHAT_CONFIG, '.config.json')}`,
  globalSetup: './tests/e2e/global-setup.ts',
  workers: 1,
  forbidOnly: true,
  // What takes many minutes of the real clock has its own command, `npm run test:alive`. What can be in one browser only is
  // tagged with its name, the reason beside it; what needs two sites runs where the config file has them.
  grepInvert: [
    ...(process.env.CARBONCHAT_ALIVE ? [] : [/@alive/]),
    askedBrowser() === 'firefox' ? /@chromium/ : /@firefox/,
    ...(second ? [] : [/@two-sites/]),
  ],
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['./tests/e2e/summary.ts'],
    ...(report ? [['json', { outputFile: report }] as const] : []),
  ],
});
