// The bench's end of a fleet: its process, the proxies on its way, and what it told when. Judges nothing.

import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startTcpProxy, type TcpProxy } from '../../proxy/tcp-proxy';
import { now } from './clock';
import type { Installation } from './installation';
import type { Command, FromFleet, Kind, Shown, Told } from './protocol';

const PROCESS = fileURLToPath(new URL('fleet-process.ts', import.meta.url));
/** Milliseconds after which a client that is not back is given up. */
const patience = 90_000;

export class Fleet extends EventEmitter<{ told: [Told]; answer: [Shown[][]] }> {
  readonly kind: Kind;
  readonly size: number;
  /** The way of the sockets. */
  readonly cable: TcpProxy;
  /** The way of the requests. */
  readonly http: TcpProxy;
  /** Up to here it has been reported what is shown. */
  reported = 0;
  readonly #process: ChildProcess;
  readonly #told: Told[] = [];

  private constructor(kind: Kind, size: number, cable: TcpProxy, http: TcpProxy) {
    super();
    this.kind = kind;
    this.size = size;
    this.cable = cable;
    this.http = http;
    this.#process = fork(PROCESS, { execArgv: ['--import', 'tsx'] });
    this.#process.on('message', (words: FromFleet) => {
      if (words.type === 'answer') this.emit('answer', words.value);
      else {
        this.#told.push(words);
        this.emit('told', words);
      }
    });
    this.#process.once('exit', () => {
      throw new Error(`the process of ${kind} has ended`);
    });
  }

  /** Starts so many clients; resolves when all are subscribed. */
  static async start(kind: Kind, clients: number, seed: number, installation: Installation): Promise<Fleet> {
    const cable = await startTcpProxy({ port: installation.cablePort });
    const http = await startTcpProxy({ port: installation.httpPort });
    const fleet = new Fleet(kind, clients, cable, http);
    const { contact } = installation;
    const ports = { cablePort: cable.port, httpPort: http.port };
    const startedAt = now();
    await fleet.ask({ type: 'start', assignment: { kind, clients, seed, ...contact, ...ports } });
    await fleet.live(startedAt);
    return fleet;
  }

  /** One question at a time. */
  async ask(command: Command): Promise<Shown[][]> {
    this.#process.send(command);
    const [value] = await once(this, 'answer');
    return value;
  }

  /** When a client first told something after a time; null: it did not. */
  firstTold(type: Told['type'], client: number, after: number): number | null {
    const first = this.#told.find((told) => told.type === type && told.client === client && told.at > after);
    return first?.at ?? null;
  }

  /** Resolves when every client was subscribed after that time, or when one never is. */
  async live(after: number): Promise<void> {
    const clients = Array.from({ length: this.size }, (_, client) => client);
    const isMissing = () => clients.some((client) => this.firstTold('live', client, after) === null);
    const end = AbortSignal.timeout(patience);
    while (isMissing() && !end.aborted) await once(this, 'told', { signal: end }).catch(() => {});
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    await Promise.all([this.cable.close(), this.http.close()]);
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }
}
