// The operating system's processes, as far as a test that kills a browser must know of them.
import { readFileSync } from 'node:fs';

/** Whether there is such a process. One that has ended, and that nobody has asked for its exit code, is not running. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
