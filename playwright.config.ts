// End-to-end tests: one browser at a time, against the server and the extension that one config file describes.
import { defineConfig } from '@playwright/test';

const report = process.env.CARBONCHAT_TEST_REPORT;

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/global-setup.ts',
  workers: 1,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['./tests/e2e/summary.ts'],
    ...(report ? [['json', { outputFile: report }] as const] : []),
  ],
});
