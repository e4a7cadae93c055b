// Unit, component, integration and build tests. The browsers' own tests run under Playwright.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { parseConfig } from './lib/site/config';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const report = process.env.CARBONCHAT_TEST_REPORT;
const config = parseConfig(JSON.parse(readFileSync(`${root}/carbonchat.config.json`, 'utf8')));

export default defineConfig({
  resolve: { alias: { '@': root } },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  define: {
    __CARBONCHAT_CONFIG__: JSON.stringify(config),
    __REQUEST_TIMEOUT_MS__: '15000',
    __SETTLE_MS__: '60000',
  },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    // A run of everything counts the tests of every step from their reports.
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['lib/**'],
      thresholds: { 'lib/core/**': { branches: 95 }, 'lib/cable/**': { branches: 95 } },
    },
  },
});
