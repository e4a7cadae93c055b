// Runs other programs for the runners beside it, their output shown as it comes. Decides nothing.
import { spawn } from 'node:child_process';

/**
 * Runs a program with the terminal's own input and output, from `cwd` (the repository's root unless said).
 * `env` is added to this process's environment. `atEnd`: shows its output when it is over, because something else
 * is shown meanwhile. Resolves with the exit code (1 when a signal ended it); rejects when the program cannot be started.
 */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
  atEnd = false,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: atEnd ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      cwd,
      env: { ...process.env, ...env },
      // npm and npx are .cmd files on Windows, which only a shell starts.
      shell: process.platform === 'win32',
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => said.push(part));
    child.once('error', reject);
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}
