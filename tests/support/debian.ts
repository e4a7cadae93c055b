// Installs what Debian packages, where this is Debian. Knows no package by name.
import { existsSync, readFileSync } from 'node:fs';
import { run } from './run';

export function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Installs packages as root or with a sudo that asks nothing. Whether that worked is for the caller to find out. */
export async function installFromDebian(packages: readonly string[]): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const aptGet = (...args: string[]) => {
    const [command = 'apt-get', ...rest] = [...asRoot, 'apt-get', ...args];
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' }).catch(() => 1);
  };
  if ((await aptGet('update', '-qq')) !== 0) return;
  await aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
