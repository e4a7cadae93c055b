// A WebDriver BiDi client: commands with their answers over one WebSocket. Knows the protocol's frame, none of its
// commands.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A command that the browser refused. `code` is the protocol's name of the error, such as `no such frame`. */
export class BidiError extends Error {
  readonly code: string;

  constructor(method: string, code: string, message: string) {
    super(`${method}: ${code}: ${message}`);
    this.code = code;
  }
}

interface Answer {
  /** An event has none. */
  id?: number | null;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: string;
  message?: string;
}

const GONE = { error: 'closed', message: 'the browser is gone' };

/** Connects to a browser's BiDi address, `ws://127.0.0.1:<port>`, and begins its one session. */
export async function connectBidi(address: string): Promise<Bidi> {
  const socket = new WebSocket(`${address}/session`);
  await once(socket, 'open');
  const bidi = new Bidi(socket);
  await bidi.send('session.new', { capabilities: {} });
  return bidi;
}

export class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Omit<Answer, 'id'>) => void>();
  readonly #listeners = new Map<string, (params: never) => void>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as Answer));
    socket.on('close', () => this.#end());
    // What follows is a close.
    socket.on('error', () => {});
  }

  /** Whether the browser is gone. */
  get isClosed(): boolean {
    return this.#socket.readyState !== WebSocket.OPEN;
  }

  /** Sends a command; its result. Rejects with a BidiError; with the code `closed` when the browser is gone. */
  async send<Result>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    const answer = await new Promise<Omit<Answer, 'id'>>((resolve) => {
      if (this.isClosed) return resolve(GONE);
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.error !== undefined) throw new BidiError(method, answer.error, answer.message ?? '');
    return answer.result as Result;
  }

  /** Hears an event of every document from now on. One listener each. */
  async hear<Params>(event: string, listener: (params: Params) => void): Promise<void> {
    this.#listeners.set(event, listener);
    await this.send('session.subscribe', { events: [event] });
  }

  #receive({ id, ...answer }: Answer): void {
    if (id === undefined) this.#listeners.get(answer.method ?? '')?.(answer.params as never);
    if (typeof id !== 'number') return;
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #end(): void {
    for (const answered of this.#waiting.values()) answered(GONE);
    this.#waiting.clear();
  }
}
