// `npm test`: everything that a change must pass, in order, stopping at the first step that fails with its exit code. What mostly
// waits for browsers goes on in two rows side by side. The last line is the number of tests, alone.
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

const before: Step[] = [
  { heading: 'Format, lint, types, unit and integration tests, unused code', script: 'check', counts: true },
  { heading: 'Build for Chromium', script: 'build' },
  { heading: 'Build for Firefox', script: 'build:firefox' },
];
/** Each has ports, builds and results of its own. */
const inChromium: Step[] = [
  {
    heading: 'End to end',
    script: 'test:e2e',
    config: 'tests/e2e/default.config.json',
    counts: true,
    // About a minute each, mostly of waiting; `npm run test:e2e` alone runs both, `npm run test:alive` more of the first.
    args: ['--grep-invert', '(alive|agreement)\\.spec'],
  },
  {
    heading: 'End to end, built for another company, on an installation that runs elsewhere',
    script: 'test:e2e',
    config: 'tests/e2e/other.config.json',
    counts: true,
    elsewhere: true,
    // What an installation has a say in; everything else runs in both browsers above and below.
    args: [
      ...['answers', 'conversation', 'events', 'identity', 'inboxes', 'sites'].map((name) => `${name}.spec`),
      ...['--grep-invert', '@long'],
    ],
  },
];
const inFirefox: Step[] = [
  // Here for no other reason than that the other row takes longer.
  { heading: 'Packages, made twice and from their own source', script: 'test:packages' },
  {
    heading: 'End to end in Firefox, built for another company',
    script: 'test:e2e',
    browser: 'firefox',
    config: 'tests/e2e/firefox.config.json',
    counts: true,
    // What a server does to the background is the same in both browsers; `npm run test:e2e` alone runs it in this one, too.
    args: ['--grep-invert', '(limits|link|outage)\\.spec'],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-test-'));
const total = { passed: 0, failed: 0 };

console.log('=== Browsers');
await ensureChromium();
await ensureFirefox();

console.log('\n=== Action Cable');
await ensureActionCable();

console.log('\n=== Languages of the documentation');
await ensureInterpreters();

const isGood = (await runAll(before)) && (await sideBySide());
process.exitCode = isGood ? 0 : 1;

rmSync(folder, { recursive: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);

async function sideBySide(): Promise<boolean> {
  console.log('\n=== Both browsers at once; what the packages and Firefox say is shown when they are done');
  const rows = await Promise.all([runAll(inChromium), runAll(inFirefox, true)]);
  return rows.every((row) => row);
}

/** Answers whether all steps passed; the first that fails is the last. */
async function runAll(steps: readonly Step[], atEnd = false): Promise<boolean> {
  for (const step of steps) if (!(await runStep(step, atEnd))) return false;
  return true;
}

async function runStep(step: Step, atEnd: boolean): Promise<boolean> {
  const { heading, script, config, browser, counts, elsewhere, args = [] } = step;
  const begin = Date.now();
  const report = join(folder, `${script}-${browser ?? ''}-${config?.replaceAll('/', '-') ?? ''}.json`);
  console.log(`\n=== ${heading}`);
  const installation = elsewhere && (await startServerProcess(join(folder, 'installation.json')));
  const env = {
    ...(config && { CARBONCHAT_CONFIG: config }),
    ...(browser && { CARBONCHAT_BROWSER: browser }),
    ...(counts && { CARBONCHAT_TEST_REPORT: report }),
    ...(installation && { CARBONCHAT_TEST_INSTALLATION: installation.file }),
  };
  const exitCode = await run('npm', ['run', '--silent', script, '--', ...args], env, undefined, atEnd);
  if (installation) await installation.stop();
  // Only a step that failed before its tests ran may leave no report.
  if (counts && (exitCode === 0 || existsSync(report))) {
    const { passed, failed } = countTests(JSON.parse(readFileSync(report, 'utf8')), elsewhere);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(
    `=== ${exitCode === 0 ? 'Passed' : 'FAILED'} after ${Math.round((Date.now() - begin) / 1000)} s: ${heading}`,
  );
  return exitCode === 0;
}
