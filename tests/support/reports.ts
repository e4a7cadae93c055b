// Counts passed and failed tests in the JSON reports of vitest and Playwright.

export interface Counts {
  passed: number;
  failed: number;
}

/**
 * Counts one report, given as parsed JSON. A test that passed only when repeated has failed, and so has one that was
 * skipped, but where some `mayBeLeftOut`: there it counts as nothing.
 */
export function countTests(report: VitestReport | PlaywrightReport, mayBeLeftOut = false): Counts {
  if ('stats' in report) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected, failed: unexpected + flaky + (mayBeLeftOut ? 0 : skipped) };
  }
  return { passed: report.numPassedTests, failed: report.numTotalTests - report.numPassedTests };
}

interface VitestReport {
  numTotalTests: number;
  numPassedTests: number;
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}
