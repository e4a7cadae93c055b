// Owns what the server's tests share: a client of the HTTP API that keeps raw answers, and a raw socket of the cable.
// Must not hide anything a test asserts: no parsing of frames beyond JSON, no retry.

import WebSocket from 'ws';
import type { CarbonChatServer } from '../../server/server';

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries and assert its shape themselves
type Wire = any;
export type Answer = { status: number; headers: Headers; text: string; json: Wire };
export type Frame = {
  type?: string;
  identifier?: string;
  message?: Wire;
  reason?: string;
  reconnect?: boolean;
};

/** One request; `body` is sent as JSON unless it is a string or a form. */
export async function call(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const raw = body === undefined || typeof body === 'string' || body instanceof FormData;
  const response = await fetch(url, {
    method,
    headers: { ...(raw ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') && text !== '';
  const answer: Answer = { status: response.status, headers: response.headers, text, json: null };
  if (isJson) answer.json = JSON.parse(text);
  return answer;
}

export const inboxUrl = (server: CarbonChatServer, identifier = 'plain-inbox-demo') =>
  `${server.url}/public/api/v1/inboxes/${identifier}`;

/** A contact session with its own addresses. */
export async function newContact(server: CarbonChatServer, fields: object = {}, identifier?: string) {
  const { json } = await call(`${inboxUrl(server, identifier)}/contacts`, 'POST', fields);
  const url = `${inboxUrl(server, identifier)}/contacts/${json.source_id}`;
  return { ...json, url } as { source_id: string; pubsub_token: string; id: number; url: string };
}

/** A contact with one conversation. */
export async function newConversation(server: CarbonChatServer, fields: object = {}, identifier?: string) {
  const contact = await newContact(server, fields, identifier);
  const { json } = await call(`${contact.url}/conversations`, 'POST', {});
  return { contact, id: json.id as number, url: `${contact.url}/conversations/${json.id}` };
}

/** What a contact subscribes with; an agent adds `{account_id, user_id}`. */
export const roomIdentifier = (token: unknown, keys: object = {}) =>
  JSON.stringify({ channel: 'RoomChannel', pubsub_token: token, ...keys });

/** A raw socket that keeps every frame but pings, and lets tests await the next one that fits. */
export class RawCable {
  frames: Frame[] = [];
  pings: Frame[] = [];
  closed: Promise<number>;
  opened: Promise<void>;
  readonly socket: WebSocket;
  #watchers = new Set<() => void>();

  constructor(
    server: CarbonChatServer,
    protocols = ['actioncable-v1-json', 'actioncable-unsupported'],
    path = '/cable',
  ) {
    this.socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols);
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    this.opened = new Promise((resolve, reject) => {
      this.socket.on('open', resolve);
      this.socket.on('error', reject);
    });
    this.opened.catch(() => {});
    this.socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      (frame.type === 'ping' ? this.pings : this.frames).push(frame);
      for (const watch of this.#watchers) watch();
    });
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Resolves as soon as the condition holds, now or after a later frame. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = () => {
        if (!condition()) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
      watch();
    });
  }

  /** Names of the events so far, in order. */
  events(): string[] {
    return this.frames.flatMap(({ message }) => (message ? [message.event as string] : []));
  }

  /** Data of the n-th event of a name, awaited. */
  async event(name: string, n = 1): Promise<Wire> {
    const found = () => this.frames.filter(({ message }) => message?.event === name);
    await this.until(() => found().length >= n);
    return found()[n - 1]?.message.data;
  }

  /** Subscribes and waits for the confirmation and the presence that follows it. */
  async subscribe(token: string, keys: object = {}): Promise<this> {
    await this.opened;
    this.send({ command: 'subscribe', identifier: roomIdentifier(token, keys) });
    await this.event('presence.update');
    return this;
  }

  /** Proves that everything sent so far was handled: a right subscription answers after it. */
  async settle(token: string, keys: object = {}): Promise<void> {
    const before = this.events().length;
    this.send({
      command: 'message',
      identifier: roomIdentifier(token, keys),
      data: '{"action":"update_presence"}',
    });
    await this.until(() => this.events().length > before);
  }
}
