// @vitest-environment node
// Every answer of a real installation to a contact, through the client: nothing is refused and nothing is lost.
import { describe, expect, it } from 'vitest';
import { toInbox } from '@/lib/carbonchat/mapping';
import { type HttpExchange, readRecording } from '../support/recording';
import { endpointOf, pathOf, queryOf, replay } from './recorded-client';
import {
  conversationOf,
  hoursOf,
  messageOf,
  objectsIn,
  type RawConversation,
  type RawInbox,
  type RawMessage,
} from './recorded-shapes';

const exchanges = readRecording().http.filter((exchange) => endpointOf(exchange) !== null);

const record = (raw: Record<string, unknown>) => ({
  contactId: raw.id,
  name: raw.name,
  email: raw.email,
  phoneNumber: raw.phone_number,
});
const session = (raw: Record<string, unknown>) => ({
  sourceId: raw.source_id,
  pubsubToken: raw.pubsub_token,
  ...record(raw),
});
const sent = (raw: RawMessage, { request }: HttpExchange) => ({
  ...messageOf(raw, null),
  echoId: String(Object(request.body).echo_id ?? ''),
});

/** What each endpoint's good answer must become, by its raw body. The first nine have a method of the client. */
const expected: Record<string, (body: never, exchange: HttpExchange) => unknown> = {
  'GET inbox': (raw: Record<string, unknown>) => ({
    name: raw.name,
    identityRequired: raw.identity_validation_enabled,
    hours: hoursOf(raw as unknown as RawInbox),
  }),
  'POST inbox/contacts': session,
  'GET inbox/contact': session,
  'PATCH inbox/contact': record,
  'GET inbox/contact/conversations': (list: RawConversation[], { response }) => ({
    conversations: list.map(conversationOf),
    etag: response.headers.etag,
  }),
  'POST inbox/contact/conversations': conversationOf,
  'GET inbox/contact/conversation/messages': (list: RawMessage[]) => ({
    messages: list.map((message) => messageOf(message, null)),
    before: list.length === 0 ? null : list.map(({ id }) => id).sort((a, b) => a - b)[0],
    complete: list.length < 20,
  }),
  'POST inbox/contact/conversation/messages': sent,
  'POST inbox/contact/conversation/update_last_seen': () => null,
  'POST inbox/contact/conversation/toggle_typing': () => null,
  'GET inbox/contact/conversation': conversationOf,
  'POST inbox/contact/conversation/toggle_status': conversationOf,
  'PATCH inbox/contact/conversation/message': (raw: RawMessage) => messageOf(raw, null),
  'PUT inbox/contact': record,
  // Nothing of these is shown: empty bodies, preflights.
  'OPTIONS inbox/contacts': () => '',
  'OPTIONS inbox/contact/conversation/message': () => '',
};
const withMethod = Object.keys(expected).slice(0, 10);

describe('the recorded answer', () => {
  it.each(exchanges)('$n, $name', async (exchange) => {
    const { response } = exchange;
    const endpoint = endpointOf(exchange) ?? '';
    const { outcome, asked, problems } = await replay(exchange);

    expect(problems).toEqual([]);
    if (withMethod.includes(endpoint)) {
      expect(asked).toMatchObject({ method: exchange.request.method, path: pathOf(exchange) });
    }
    if (response.status === 200) {
      const value = expected[endpoint]?.(response.body as never, exchange);
      expect(value).toBeDefined();
      expect(outcome).toEqual({ ok: true, value });
    } else {
      const said = Object(response.body) as { message?: string; error?: string; attributes?: string[] };
      const failure = {
        kind: 'status',
        status: response.status,
        message: said.message ?? said.error ?? null,
        fields: said.attributes ?? [],
      };
      expect(outcome).toEqual({ ok: false, failure });
    }
  });
});

it('the recorded weeks are hours to rely on where an inbox keeps them', () => {
  const inboxes = exchanges.filter(
    (exchange) => endpointOf(exchange) === 'GET inbox' && exchange.response.status === 200,
  );
  expect(inboxes.length).toBeGreaterThan(0);
  for (const { response } of inboxes) {
    const raw = { ...(response.body as object), working_hours_enabled: true };
    const hours = toInbox(raw, (problem) => expect.unreachable(problem))?.hours;
    expect(hours).toEqual(hoursOf(raw as RawInbox));
  }
});

/** Who asked, what proved it, and what was to change: in the recording's words but for what proves nothing (41). */
const aboutPeople = [26, 27, 28, 36, 38, 42, 43, 44, 47, 48, 49, 51, 52, 53, 57, 126, 175, 177, 187];

it.each(aboutPeople.map((n) => exchanges.find((exchange) => exchange.n === n) as HttpExchange))(
  'what is said of a person in $n, $name, is said in the same words',
  async (exchange) => {
    const { asked } = await replay(exchange);
    const { source_id: _, ...body } = Object(asked.body);
    const query = Object.fromEntries(new URLSearchParams(asked.query));
    expect({ query, body }).toEqual({ query: queryOf(exchange), body: Object(exchange.request.body) });
  },
);

it('all of them together hold as many messages as the recording has', async () => {
  const outcomes = (await Promise.all(exchanges.map(replay))).map(({ outcome }) => outcome);
  const isMessage = (one: object) => 'content' in one && 'conversationId' in one;
  const isRawMessage = (one: object) => 'content_type' in one && 'conversation_id' in one;
  const answers = outcomes.length;
  const refusals = outcomes.filter(({ ok }) => !ok).length;
  const messages = objectsIn(outcomes).filter(isMessage).length;
  console.info(`Recorded answers read: ${answers}, ${refusals} of them refusals, with ${messages} messages.`);
  expect({ answers, refusals, messages }).toEqual({ answers: 193, refusals: 43, messages: 311 });
  const raw = objectsIn(exchanges.map(({ response }) => response.body)).filter(isRawMessage);
  expect(raw).toHaveLength(messages);
});
