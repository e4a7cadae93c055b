// A real Action Cable server in a process of its own: found or installed, started, told what to do, stopped. What it
// does stands in config.ru and room_channel.rb.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { installFromDebian, isDebian } from '../support/debian';

const RUBY = 'ruby';
const DEBIAN_PACKAGES = ['ruby-actioncable', 'puma', 'ruby-activerecord'];

const ADVICE = `No Ruby with Action Cable and Puma was found, and none could be installed.
Install them (Debian: apt-get install --no-install-recommends ${DEBIAN_PACKAGES.join(' ')};
elsewhere: Ruby 3.1 or newer, then gem install actioncable puma).`;

const CONFIG = fileURLToPath(new URL('config.ru', import.meta.url));

/** A message for everybody who is subscribed with a token. The real server may swap two that follow closely. */
export interface Broadcast {
  token: string;
  message: unknown;
}

/** Every method resolves when the server has done it; what it sends may still be on its way. */
export interface ActionCableServer {
  readonly port: number;
  /** Of `/cable`. */
  readonly url: string;
  /** Of a cable whose connections are all rejected: disconnect `unauthorized`, no way back. */
  readonly unauthorizedUrl: string;
  addToken(token: string): Promise<void>;
  /** Who is subscribed stays so; who asks from now on meets silence. */
  forgetToken(token: string): Promise<void>;
  broadcast(token: string, message: unknown): Promise<void>;
  /** Many in one request, in order. */
  broadcastMany(broadcasts: readonly Broadcast[]): Promise<void>;
  /** `ActionCable.server.restart`: disconnect `server_restart`, reconnect true, to all. */
  restart(): Promise<void>;
  /** A disconnect frame of these words to all, then a close. */
  closeAll(words: { reason: string; reconnect: boolean }): Promise<void>;
  /** How many connections of `/cable` are open. */
  connections(): Promise<number>;
  /** Ends the process; sockets see 1006 and no frame. */
  stop(): Promise<void>;
}

/** Sees to it that `startActionCable` works. Prints one line on what was found. Rejects with advice when nothing helps. */
export async function ensureActionCable(): Promise<void> {
  let version = await installedVersion();
  if (!version && isDebian()) {
    console.log('Action Cable: not found, installing.');
    await installFromDebian(DEBIAN_PACKAGES);
    version = await installedVersion();
  }
  if (!version) throw new Error(ADVICE);
  console.log(`Action Cable: ${version}`);
}

/** Starts a server on loopback, by default on a free port. Rejects when it does not come up. */
export async function startActionCable({ port = 0 }: { port?: number } = {}): Promise<ActionCableServer> {
  const options = ['-b', `tcp://127.0.0.1:${port}`, '-t', '1:8', '-e', 'production'];
  // The server ends when its standard input does: so it never outlives this process, however that ends.
  const child = spawn(RUBY, ['-S', 'puma', ...options, CONFIG], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let said = '';
  let found: RegExpExecArray | null = null;
  for await (const words of child.stdout.iterator({ destroyOnReturn: false })) {
    said += words;
    found = /Listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
    if (found) break;
  }
  if (!found) throw new Error(`Action Cable did not come up:\n${said}`);
  child.stdout.resume();
  const listening = Number(found[1]);
  return {
    ...controlOf(listening),
    port: listening,
    url: `ws://127.0.0.1:${listening}/cable`,
    unauthorizedUrl: `ws://127.0.0.1:${listening}/cable-unauthorized`,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

function controlOf(port: number) {
  const ask = async (verb: string, asked: object = {}): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/control/${verb}`, {
      method: 'POST',
      body: JSON.stringify(asked),
    });
    if (!answer.ok) throw new Error(`${verb} was answered by ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { value: unknown }).value;
  };
  const tell = async (verb: string, asked?: object) => void (await ask(verb, asked));
  const broadcastMany = (messages: readonly Broadcast[]) => tell('broadcast', { messages });
  return {
    addToken: (token: string) => tell('addToken', { token }),
    forgetToken: (token: string) => tell('forgetToken', { token }),
    broadcast: (token: string, message: unknown) => broadcastMany([{ token, message }]),
    broadcastMany,
    restart: () => tell('restart'),
    closeAll: (words: { reason: string; reconnect: boolean }) => tell('closeAll', words),
    connections: async () => Number(await ask('connections')),
  };
}

/** Undefined when Ruby or one of the gems is missing. */
function installedVersion(): Promise<string | undefined> {
  const question =
    'require "puma"; require "action_cable"; print "#{ActionCable.version}, Ruby #{RUBY_VERSION}"';
  return new Promise((resolve) => {
    execFile(RUBY, ['-e', question], (error, answer) => resolve(error ? undefined : answer));
  });
}
