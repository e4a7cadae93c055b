// A browser that nobody watches: no debugger is attached, so the browser stops its background as it does on a person's
// machine. What is known of it comes from the operating system, until `attach`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import { debuggerUrl, extensionFlags, forgetDebugger, type LaunchOptions, languageOf } from './chromium';

/** Starts the browser on its profile, headless, with one tab on `url`. Waits for nothing. Closing it is the caller's. */
export function startBareBrowser(options: LaunchOptions, url: string): BareBrowser {
  forgetDebugger(options.profileDir);
  const flags = [
    '--headless=new',
    `--user-data-dir=${options.profileDir}`,
    '--password-store=basic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...extensionFlags(options),
  ];
  const child = spawn(options.chromiumPath, [...flags, url], {
    stdio: 'ignore',
    env: { ...process.env, LANGUAGE: languageOf(options) },
  });
  return new BareBrowser(child, options.profileDir);
}

export class BareBrowser {
  readonly #child: ChildProcess;
  readonly #profileDir: string;
  readonly #ended: Promise<unknown>;
  readonly #end = () => this.#child.kill();
  #connection: Browser | null = null;

  constructor(child: ChildProcess, profileDir: string) {
    this.#child = child;
    this.#profileDir = profileDir;
    this.#ended = once(child, 'exit');
    // A test run that is broken off leaves no browser behind.
    process.once('exit', this.#end);
  }

  /**
   * Ids of the processes in which the extension runs. With no page of it open there is one while the background lives and
   * none when it has been stopped; another one is another life. Linux only.
   */
  extensionProcesses(): number[] {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const found = all.flatMap((name) => describeProcess(Number(name)) ?? []);
    const ours = new Set([this.#child.pid]);
    // A child may have a lower id than its parent: once more for each generation.
    for (let size = 0; size < ours.size; ) {
      size = ours.size;
      for (const { id, parent } of found) if (ours.has(parent)) ours.add(id);
    }
    return found
      .filter(({ id, command }) => ours.has(id) && command.includes('--extension-process'))
      .map(({ id }) => id);
  }

  /** Ends the background as a computer short of memory does, if it runs; resolves when it has gone. */
  async stopBackground(): Promise<void> {
    for (const id of this.extensionProcesses()) process.kill(id, 'SIGKILL');
    await expect.poll(() => this.extensionProcesses(), { intervals: [20] }).toEqual([]);
  }

  /** Attaches a debugger, which keeps the background alive from now on. The first tab. */
  async attach(): Promise<Page> {
    this.#connection ??= await chromium.connectOverCDP(debuggerUrl(this.#profileDir));
    const [page] = this.#connection.contexts().flatMap((context) => context.pages());
    if (!page) throw new Error('The browser has no tab.');
    return page;
  }

  /** Quits the browser. The profile stays. */
  async close(): Promise<void> {
    process.off('exit', this.#end);
    await this.#connection?.close();
    this.#end();
    await this.#ended;
  }
}

/** A process of this machine; null when it has just ended. */
function describeProcess(id: number): { id: number; parent: number; command: string } | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // After the name, which may hold anything: its state and its parent.
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    return { id, parent: Number(parent), command: readFileSync(`/proc/${id}/cmdline`, 'utf8') };
  } catch {
    return null;
  }
}
