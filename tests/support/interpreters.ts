// The languages besides Node in which docs/host-page.md shows code: finds them, installs what is missing where this is
// Debian, and says what to do where it cannot. Runs no example.
import { execFile } from 'node:child_process';
import { installFromDebian, isDebian } from './debian';

export type Interpreter = 'python3' | 'ruby';

/** What to do when one is missing. */
export function adviceFor(program: Interpreter): string {
  return `No ${program} was found, which runs the examples of docs/host-page.md. "npm test" installs it on Debian
(apt-get install ${program}); elsewhere install it so that "${program}" is on the PATH.`;
}

/** Sees to it that both are there. Prints one line for each. Rejects with advice when nothing helps. */
export async function ensureInterpreters(): Promise<void> {
  for (const program of ['python3', 'ruby'] as const) {
    let version = await versionOf(program);
    if (!version && isDebian()) {
      console.log(`${program}: not found, installing.`);
      await installFromDebian([program]);
      version = await versionOf(program);
    }
    if (!version) throw new Error(adviceFor(program));
    console.log(`${program}: ${version}`);
  }
}

/** Undefined when it does not run. */
function versionOf(program: Interpreter): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], (error, answer) => resolve(error ? undefined : answer.trim()));
  });
}
