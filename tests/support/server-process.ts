// `npm run server` as a process of its own: an installation that shares nothing with the tests but its addresses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Away from the ports of the demo and of the two configs of the end-to-end tests. */
const PORT = '17830';

/** A server that runs elsewhere, described in `file`. */
export interface ServerProcess {
  file: string;
  /** Ends it. Rejects when it has ended before by itself. */
  stop(): Promise<void>;
}

/** Starts it and has it described in `file`; resolves when it listens, rejects when it does not come up. */
export async function startServerProcess(file: string): Promise<ServerProcess> {
  const command = ['--import', 'tsx', 'tests/server/main.ts', '--write-installation', file];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, PORT },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  for await (const words of child.stdout.iterator({ destroyOnReturn: false })) {
    said += words;
    if (said.includes('Stop with')) break;
  }
  if (child.exitCode !== null || !said.includes('Stop with'))
    throw new Error(`The server did not come up:\n${said}`);
  child.stdout.resume();
  return {
    file,
    async stop() {
      if (child.exitCode !== null) throw new Error('The server ended before the tests did.');
      child.kill();
      await ended;
    },
  };
}
