// @vitest-environment node
// Every answer of a real installation to a contact, through the client: nothing is refused and nothing is lost.
import { describe, expect, it } from 'vitest';
import { type HttpExchange, readRecording } from '../support/recording';
import { endpointOf, pathOf, replay } from './recorded-client';
import {
  conversationOf,
  messageOf,
  objectsIn,
  type RawConversation,
  type RawMessage,
} from './recorded-shapes';

const exchanges = readRecording().http.filter((exchange) => endpointOf(exchange) !== null);

const session = (raw: Record<string, unknown>) => ({
  sourceId: raw.source_id,
  pubsubToken: raw.pubsub_token,
  contactId: raw.id,
  name: raw.name,
});
const sent = (raw: RawMessage, { request }: HttpExchange) => ({
  ...messageOf(raw, null),
  echoId: String(Object(request.body).echo_id ?? ''),
});

/** What each endpoint's good answer must become, by its raw body. The first eight have a method of the client. */
const expected: Record<string, (body: never, exchange: HttpExchange) => unknown> = {
  'GET inbox': (raw: Record<string, unknown>) => ({
    name: raw.name,
    identityRequired: raw.identity_validation_enabled,
  }),
  'POST inbox/contacts': session,
  'GET inbox/contact': session,
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
  'GET inbox/contact/conversation': conversationOf,
  'POST inbox/contact/conversation/toggle_status': conversationOf,
  'PATCH inbox/contact/conversation/message': (raw: RawMessage) => messageOf(raw, null),
  // Nothing of these is shown: the record of a changed contact (contract §4.3), empty bodies, preflights.
  'PATCH inbox/contact': (record: unknown) => record,
  'PUT inbox/contact': (record: unknown) => record,
  'POST inbox/contact/conversation/toggle_typing': () => '',
  'OPTIONS inbox/contacts': () => '',
  'OPTIONS inbox/contact/conversation/message': () => '',
};
const withMethod = Object.keys(expected).slice(0, 8);

describe('the recorded answer', () => {
  it.each(exchanges)('$n, $name', async (exchange) => {
    const { response } = exchange;
    const endpoint = endpointOf(exchange) ?? '';
    const { outcome, asked, problems } = await replay(exchange);

    expect(problems).toEqual([]);
    if (withMethod.includes(endpoint)) {
      expect(asked).toEqual({ method: exchange.request.method, path: pathOf(exchange) });
    }
    if (response.status === 200) {
      const value = expected[endpoint]?.(response.body as never, exchange);
      expect(value).toBeDefined();
      expect(outcome).toEqual({ ok: true, value });
    } else {
      const said = Object(response.body) as { message?: string; error?: string };
      const failure = {
        kind: 'status',
        status: response.status,
        message: said.message ?? said.error ?? null,
      };
      expect(outcome).toEqual({ ok: false, failure });
    }
  });
});

it('all of them together hold as many messages as the recording has', async () => {
  const outcomes = (await Promise.all(exchanges.map(replay))).map(({ outcome }) => outcome);
  const isMessage = (one: object) => 'contentType' in one && 'conversationId' in one;
  const isRawMessage = (one: object) => 'content_type' in one && 'conversation_id' in one;
  const answers = outcomes.length;
  const refusals = outcomes.filter(({ ok }) => !ok).length;
  const messages = objectsIn(outcomes).filter(isMessage).length;
  console.info(`Recorded answers read: ${answers}, ${refusals} of them refusals, with ${messages} messages.`);
  expect({ answers, refusals, messages }).toEqual({ answers: 193, refusals: 43, messages: 311 });
  const raw = objectsIn(exchanges.map(({ response }) => response.body)).filter(isRawMessage);
  expect(raw).toHaveLength(messages);
});
