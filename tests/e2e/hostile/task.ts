// What a test has the hostile extension do, and what came of it. Runs in the extension and in the test.
import type { Attempt, Verdicts } from './attack';

/** The parts of the hostile extension: its background, a page of its own, its script in the pages of the web. */
export type HostileWorld = 'background' | 'page' | 'content';

export interface Task {
  world: HostileWorld;
  attempt: Attempt;
  /** Addresses to read. */
  files: readonly string[];
}

export interface Report {
  verdicts: Verdicts;
  /** Those of the files that it could read. */
  read: string[];
  /** Addresses of the tabs in which it could run a script; none from the page. */
  scripted: string[];
  /** Addresses of all requests of this browser that it was told of. */
  requests: string[];
}
