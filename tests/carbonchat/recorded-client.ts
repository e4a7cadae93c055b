// Asks the client what it would have asked at an exchange of the recording, and answers it with what was answered then.
import { createClient } from '@/lib/carbonchat/client';
import { toContactRecord, toServerConversation } from '@/lib/carbonchat/mapping';
import { createRequest, failed, parseJson } from '@/lib/carbonchat/request';
import type { Report } from '@/lib/carbonchat/wire';
import type { ContactChanges, Outcome } from '@/lib/core/server-types';
import type { Identity } from '@/lib/core/types';
import type { HttpExchange } from '../support/recording';

export interface Replayed {
  outcome: Outcome<unknown>;
  /** The request that the client made: path without query, body parsed, null for none. */
  asked: { method: string; path: string; query: string; body: unknown };
  problems: string[];
}

/** The path that was asked for, without its query. */
export function pathOf({ request }: HttpExchange): string {
  return request.path.replace(/\?.*/, '');
}

/** The path with what differs between exchanges replaced by a word, below `inbox`; null outside the client API. */
export function endpointOf(exchange: HttpExchange): string | null {
  const { request } = exchange;
  const path = pathOf(exchange);
  if (!path.startsWith('/public/')) return null;
  const below = /^\/public\/api\/v1\/inboxes\/[^/]+(.*)$/.exec(path)?.[1];
  if (below === undefined) return `${request.method} nowhere`;
  const words = below
    .replace(/^\/contacts\/[^/]+/, '/contact')
    .replace(/\/conversations\/[^/]+/, '/conversation')
    .replace(/\/messages\/[^/]+/, '/message');
  return `${request.method} inbox${words}`;
}

/** Replays one exchange of the client API. */
export async function replay(exchange: HttpExchange): Promise<Replayed> {
  const { request, response } = exchange;
  const [, , , , , inboxIdentifier = '', , sourceId = '', , conversation, , message] =
    pathOf(exchange).split('/');
  const conversationId = Number(conversation);
  const problems: string[] = [];
  const asked: Replayed['asked'] = { method: '', path: '', query: '', body: null };
  const options = {
    installationUrl: 'https://chat.example.com',
    inboxIdentifier,
    requestTimeoutMs: 60_000,
    onProblem: (problem: string) => void problems.push(problem),
    fetch: async (url: string, init: RequestInit) => {
      const { pathname: path, search: query } = new URL(url);
      Object.assign(asked, { method: init.method, path, query, body: JSON.parse(String(init.body)) });
      return answerOf(exchange);
    },
  };
  const client = createClient(options);
  const body = Object(request.body) as Record<string, unknown>;
  const said = (key: string) => String(body[key] ?? '');
  const who = identityOf({ ...body, ...queryOf(exchange) });

  /** For what the client has no method for yet: its way of asking, and the reading of the shape that comes. */
  async function plain<T>(parse: (body: unknown, report: Report) => T | null): Promise<Outcome<T>> {
    const answer = await createRequest(options)({ method: 'GET', path: [] });
    if (!answer.ok) return answer;
    const value = parse(parseJson(answer.value.text), options.onProblem);
    return value === null ? failed({ kind: 'unreadable', status: answer.value.status }) : { ok: true, value };
  }

  const ask: Record<string, () => Promise<Outcome<unknown>>> = {
    'GET inbox': () => client.inbox(),
    'POST inbox/contacts': () => client.createContact({ sourceId: said('source_id'), identity: who }),
    'GET inbox/contact': () => client.contact(sourceId, who),
    'PATCH inbox/contact': () => client.updateContact(sourceId, changesOf(body), who),
    'PUT inbox/contact': () => plain(toContactRecord),
    'GET inbox/contact/conversations': () => client.conversations(sourceId, null),
    'POST inbox/contact/conversations': () => client.createConversation(sourceId),
    'GET inbox/contact/conversation': () => plain(toServerConversation),
    'POST inbox/contact/conversation/toggle_status': () => client.resolve(sourceId, conversationId),
    'POST inbox/contact/conversation/update_last_seen': () => client.updateLastSeen(sourceId, conversationId),
    'POST inbox/contact/conversation/toggle_typing': () =>
      client.setTyping(sourceId, conversationId, said('typing_status') === 'on'),
    'GET inbox/contact/conversation/messages': () => client.messages(sourceId, conversationId, null),
    'POST inbox/contact/conversation/messages': () =>
      client.createMessage(sourceId, conversationId, said('content'), said('echo_id')),
    // What was answered is another test's; here it is how the answer to it is read.
    'PATCH inbox/contact/conversation/message': () =>
      client.answerMessage(sourceId, conversationId, Number(message), { kind: 'email', email: 'a@b.test' }),
  };
  const inFull = () => plain((value) => value ?? response.body);
  const outcome = await (ask[endpointOf(exchange) ?? ''] ?? inFull)();
  return { outcome, asked, problems };
}

/** The query that was asked with. */
export function queryOf({ request }: HttpExchange): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(/\?(.*)/.exec(request.path)?.[1]));
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** Who was said to ask; null where nobody was. A number was an identifier, too, but never ours. */
function identityOf(said: Record<string, unknown>): Identity | null {
  const identifier = textOf(said.identifier);
  if (identifier === null) return null;
  return {
    identifier,
    hash: textOf(said.identifier_hash),
    name: textOf(said.name),
    email: textOf(said.email),
    phoneNumber: textOf(said.phone_number),
    avatarUrl: textOf(said.avatar_url),
    customAttributes: {},
  };
}

function changesOf({ name, email }: Record<string, unknown>): ContactChanges {
  return Object.fromEntries(Object.entries({ name, email }).filter(([, value]) => typeof value === 'string'));
}

/** The exchange's answer as a browser hands it over. */
function answerOf({ response }: HttpExchange): Response {
  const { status, headers, body, body_is_json } = response;
  const text = body_is_json ? JSON.stringify(body) : String(body);
  return new Response(status === 304 ? null : text, { status, headers });
}
