// The last words of an end-to-end run: in which browser and where it ran, how many scenarios ran, and which were left out.
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { askedBrowser } from '../support/browsers';
import { askedInstallation } from '../support/installation';

export default class Summary implements Reporter {
  #suite: Suite | null = null;

  printsToStdio(): boolean {
    return false;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd(): void {
    const tests = this.#suite?.allTests() ?? [];
    const ran = tests.filter(({ results }) => results.some(({ status }) => status !== 'skipped'));
    const left = tests.filter(({ results }) => results.some(({ status }) => status === 'skipped'));
    // A run that failed before its first scenario has said why.
    if (ran.length + left.length === 0) return;
    const where = askedInstallation()?.url ?? 'an in-memory CarbonChat of its own';
    const why = left.length > 0 ? " (they need the server's control door)" : '';
    console.log(
      `\nEnd to end in ${askedBrowser()} on ${where}: ${ran.length} ran, ${left.length} left out${why}`,
    );
    for (const { title } of left) console.log(`  left out: ${title}`);
  }
}
