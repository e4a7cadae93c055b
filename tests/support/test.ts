// `npm test`: everything that a change must pass, in order, stopping at the first step that fails with its exit code.
// The last line is the number of tests, alone.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureActionCable } from '../action-cable/real-server';
import { type BrowserKind, ensureChromium, ensureFirefox } from './browsers';
import { ensureInterpreters } from './interpreters';
import { countTests } from './reports';
import { run } from './run';
import { startServerProcess } from './server-process';

interface Step {
  heading: string;
  script: string;
  config?: string;
  /** Chromium unless said. */
  browser?: BrowserKind;
  /** Writes a report of its tests to the file named by CARBONCHAT_TEST_REPORT. */
  counts?: boolean;
  /** Runs against an installation in a process of its own, where some tests may be left out. */
  elsewhere?: boolean;
  /** Handed on to the script. */
  args?: string[];
}

const steps: Step[] = [
  { heading: 'Format, lint, types, unit and integration tests, unused code', script: 'check', counts: true },
  { heading: 'Build for Chromium', script: 'build' },
  { heading: 'Build for Firefox', script: 'build:firefox' },
  { heading: 'Packages, made twice and from their own source', script: 'test:packages' },
  { heading: 'End to end', script: 'test:e2e', config: 'tests/e2e/default.config.json', counts: true },
  {
    heading: 'End to end, built for another company, on an installation that runs elsewhere',
    script: 'test:e2e',
    config: 'tests/e2e/other.config.json',
    counts: true,
    elsewhere: true,
    // What an installation has a say in; everything else runs in both browsers above and below.
    args: [
      ...['conversation', 'identity', 'inboxes', 'limits', 'outage', 'sites'].map((name) => `${name}.spec`),
      ...['--grep-invert', '@long'],
    ],
  },
  {
    heading: 'End to end in Firefox, built for another company',
    script: 'test:e2e',
    browser: 'firefox',
    config: 'tests/e2e/other.config.json',
    counts: true,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-test-'));
const report = join(folder, 'report.json');
const total = { passed: 0, failed: 0 };

console.log('=== Browsers');
await ensureChromium();
await ensureFirefox();

console.log('\n=== Action Cable');
await ensureActionCable();

console.log('\n=== Languages of the documentation');
await ensureInterpreters();

for (const { heading, script, config, browser, counts, elsewhere, args = [] } of steps) {
  console.log(`\n=== ${heading}`);
  const installation = elsewhere && (await startServerProcess(join(folder, 'installation.json')));
  process.exitCode = await run('npm', ['run', '--silent', script, '--', ...args], {
    ...(config && { CARBONCHAT_CONFIG: config }),
    ...(browser && { CARBONCHAT_BROWSER: browser }),
    ...(counts && { CARBONCHAT_TEST_REPORT: report }),
    ...(installation && { CARBONCHAT_TEST_INSTALLATION: installation.file }),
  });
  if (installation) await installation.stop();
  // Only a step that failed before its tests ran may leave no report.
  if (counts && (process.exitCode === 0 || existsSync(report))) {
    const { passed, failed } = countTests(JSON.parse(readFileSync(report, 'utf8')), elsewhere);
    total.passed += passed;
    total.failed += failed;
    rmSync(report);
  }
  if (process.exitCode !== 0) break;
}

rmSync(folder, { recursive: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
