// Owns how a recorded request is put again with our ids, secrets and texts, and how it is sent.
// Must not look at answers.

import { createHmac } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { deflateSync } from 'node:zlib';
import type { HttpExchange, RecordedMeta } from '../support/recording';
import { type Json, TEXT_KEYS } from './compare';
import type { Correspondence, IdKind } from './correspondence';
import { uncut } from './disguise';

export type OurRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | string | null;
};
/** `arrived`: when, in ms of `performance.now()`. */
export type OurAnswer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; arrived: number };
type Part = { name: string; value?: string; filename?: string; type?: string; bytes?: number };

const ID_PARAMETERS: Record<string, IdKind> = {
  assignee_id: 'agent',
  base_contact_id: 'contact',
  mergee_contact_id: 'contact',
  account_id: 'account',
  before: 'message',
  after: 'message',
  in_reply_to: 'message',
};

export class Requests {
  constructor(
    readonly known: Correspondence,
    private readonly disguise: (text: string) => string,
    private readonly meta: RecordedMeta,
  ) {}

  /** Our text for a recorded one, the same at every call. Throws when it already stands for another one. */
  say(text: string): string {
    const whole = uncut(text);
    const ours = this.known.ourString(whole) ?? this.disguise(whole);
    if (!this.known.pairStrings(whole, ours)) throw new Error(`"${ours}" stands for two texts`);
    return ours;
  }

  /** The recorded request with everything of ours in it. */
  translate({ path, method, headers, body }: HttpExchange['request']): OurRequest {
    const kept = Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([name, value]) => [name, this.known.ourString(String(value)) ?? String(value)] as const);
    const ours = { method, path: this.#path(path), headers: Object.fromEntries(kept), body: null };
    const multipart = (body as { multipart?: Part[] } | null)?.multipart;
    if (multipart) return this.#multipart(ours, multipart);
    if (body === null) return ours;
    if (typeof body === 'object') return { ...ours, body: JSON.stringify(this.#value('', body)) };
    return { ...ours, body: /^\w+=/.test(String(body)) ? this.#form(String(body)) : String(body) };
  }

  /** A command of the cable with our ids and secrets; text that is none stays as it is. */
  translateCommand(raw: string): string {
    const command = parseObject(raw);
    if (typeof command?.identifier !== 'string') return raw;
    return JSON.stringify({ ...command, identifier: translateIdentifier(command.identifier, this.known) });
  }

  /** Our id of a recorded one; of one that nothing had, a number that nothing has here either. */
  ourId(kind: IdKind, recorded: number): number {
    return this.known.ourId(kind, recorded) ?? recorded + 1_000_000;
  }

  #path(recorded: string): string {
    const [pathname = '', query] = recorded.split('?');
    const whole = this.known.ourString(pathname);
    const kinds: Record<string, IdKind> = {
      accounts: 'account',
      contacts: 'contact',
      conversations: 'conversation',
      messages: 'message',
    };
    const parts = pathname.split('/').map((part, index, all) => {
      const kind = kinds[all[index - 1] ?? ''];
      return kind && /^\d+$/.test(part)
        ? String(this.ourId(kind, Number(part)))
        : (this.known.ourString(part) ?? part);
    });
    const path = whole ?? parts.join('/');
    return query === undefined ? path : `${path}?${this.#form(query)}`;
  }

  #form(text: string): string {
    const entries = [...new URLSearchParams(text)];
    const all = Object.fromEntries(entries);
    return new URLSearchParams(
      entries.map(([key, value]) => [key, String(this.#value(key, value, all))]),
    ).toString();
  }

  #value(key: string, value: unknown, parent: Json = {}): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#value(key, item, parent));
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(([name, item]) =>
        key === 'custom_attributes'
          ? [this.say(name), this.#value(key, item)]
          : [name, this.#value(name, item, value as Json)],
      );
      return Object.fromEntries(entries);
    }
    const kind = ID_PARAMETERS[key];
    if (kind && /^\d+$/.test(String(value))) return this.ourId(kind, Number(value));
    if (key === 'snoozed_until') return Number(value) + Math.floor(this.known.secondsLater);
    if (typeof value !== 'string') return value;
    if (key === 'identifier_hash') {
      const { identifier = '' } = parent;
      const ours = typeof identifier === 'string' && identifier !== '' ? this.say(identifier) : identifier;
      return this.#hash(value, String(identifier), String(ours));
    }
    if (!TEXT_KEYS.has(key) && key !== 'custom_attributes') return value;
    const ours = this.say(value);
    // A person's, not a field's of a form.
    const isName = key === 'name' && !('type' in parent) && !('value' in parent);
    if (isName || key === 'labels') this.known.pairNames(value, ours);
    return ours;
  }

  /** A right hash becomes a right one for our text and key; a wrong one stays as it is. */
  #hash(recorded: string, identifier: string, ours: string): string {
    const hash = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
    const inbox = this.meta.ids.inboxes.find(({ hmac_token }) => hash(hmac_token, identifier) === recorded);
    return inbox ? hash(this.known.ourString(inbox.hmac_token) ?? '', ours) : recorded;
  }

  #multipart(request: OurRequest, parts: Part[]): OurRequest {
    const boundary = 'of-the-conformance-test';
    const chunks = parts.map(({ name, value, filename, type, bytes = 0 }) => {
      const file = filename === undefined ? '' : `; filename="${this.#fileName(filename)}"`;
      const mime = type === undefined ? '' : `\r\nContent-Type: ${type}`;
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}${mime}\r\n\r\n`;
      const content =
        filename === undefined ? Buffer.from(String(this.#value(name, value))) : fileOf(type, bytes);
      return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')]);
    });
    return {
      ...request,
      headers: { ...request.headers, 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    };
  }

  #fileName(recorded: string): string {
    const dot = recorded.lastIndexOf('.');
    return this.say(recorded.slice(0, dot)) + recorded.slice(dot);
  }
}

function parseObject(text: string): Json | null {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/**
 * The identifier of a subscription with our ids and secrets, its keys in the recorded order. It is spelled as nobody
 * would spell it: it has to come back byte for byte.
 */
export function translateIdentifier(recorded: string, known: Correspondence): string {
  const identifier = parseObject(recorded);
  if (identifier === null) return recorded;
  const { pubsub_token, user_id, account_id } = identifier;
  const ours = {
    ...identifier,
    ...(typeof pubsub_token === 'string' && { pubsub_token: known.ourString(pubsub_token) ?? pubsub_token }),
    ...(typeof user_id === 'number' && { user_id: known.ourId('agent', user_id) ?? user_id }),
    ...(typeof account_id === 'number' && { account_id: known.ourId('account', account_id) ?? account_id }),
  };
  return JSON.stringify(ours).replace('{', '{ ');
}

/** What is sent as a file of a size; a real picture where it says so. */
export function fileOf(type: string | undefined, size: number): Buffer {
  return type === 'image/png' ? picture(size) : Buffer.alloc(size, 'x');
}

/** A white picture of 10 by 10 points, filled up behind its end. */
function picture(size: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 10, 0, 0, 0, 10, 8, 0, 0, 0, 0]);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(110))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return Buffer.concat([png, Buffer.alloc(Math.max(0, size - png.length))]);
}

/** Sends a request exactly as it is given, over a connection of its own. Rejects when there is no answer. */
export function send(origin: string, { method, path, headers, body }: OurRequest): Promise<OurAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      origin + path,
      { method, headers: { ...headers, Connection: 'close' } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes: Buffer.concat(chunks),
            arrived: performance.now(),
          }),
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body ?? undefined);
  });
}
