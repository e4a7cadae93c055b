// @vitest-environment node
// Which keys of the recording the client leaves behind. A key is used when some other value of it changes what the
// client makes of some recorded thing, so that the lists below are exact: they grow and shrink with the mapping.
import { expect, it } from 'vitest';
import {
  toContactRecord,
  toContactSession,
  toConversationFrame,
  toInbox,
  toMessage,
  toServerConversation,
} from '@/lib/carbonchat/mapping';
import { parseFrame } from '@/lib/carbonchat/room-channel';
import { readRecording } from '../support/recording';
import { endpointOf } from './recorded-client';
import { objectsIn } from './recorded-shapes';

type Raw = Record<string, unknown>;

const { http, cable } = readRecording();
const exchanges = http.filter(
  (exchange) => endpointOf(exchange) !== null && exchange.response.status === 200,
);
const answersOf = (endpoint: string) =>
  exchanges
    .filter((exchange) => endpointOf(exchange) === endpoint)
    .map(({ response }) => response.body as Raw);
const frames = cable
  .filter(({ name }) => name !== 'agent')
  .flatMap(({ events }) => events)
  .flatMap((event) => (event.dir === 'in' ? [JSON.parse(event.raw).message] : []))
  .filter((message): message is { event: string; data: Raw } => typeof message?.event === 'string');
const having = (key: string, things: Raw[]) => things.filter((thing) => key in thing);
const told = objectsIn(exchanges.map(({ response }) => response.body));
const framed = objectsIn(frames.map(({ data }) => data));
const messages = having('content_type', having('message_type', told));
const framedMessages = having('content_type', having('message_type', framed));

const others = [undefined, true, 7, 'resolved', 'https://shop.test/other.png', {}];
const ignore = () => {};

/** The keys of `things` that make no difference to `map`, in alphabetical order. */
function leftBehind(things: Raw[], map: (thing: Raw) => unknown): string[] {
  const used = new Set<string>();
  const keys = new Set<string>();
  for (const thing of things) {
    const before = JSON.stringify(map(thing));
    for (const key of Object.keys(thing)) {
      keys.add(key);
      if (used.has(key)) continue;
      const matters = others.some((other) => JSON.stringify(map({ ...thing, [key]: other })) !== before);
      if (matters) used.add(key);
    }
  }
  return [...keys].filter((key) => !used.has(key)).sort();
}

const withPart = (part: string) => {
  const owner = framedMessages.find((message) => message.message_type === 1) as Raw;
  return (thing: Raw) => toMessage({ ...owner, [part]: part === 'attachments' ? [thing] : thing }, 5, ignore);
};

it.each<[string, Raw[], (thing: Raw) => unknown, string]>([
  ['a message told by HTTP', messages, (message) => toMessage(message, null, ignore), ''],
  [
    'a message told by a frame',
    framedMessages,
    (message) => toMessage(message, 5, ignore),
    'account_id additional_attributes conversation external_source_ids inbox_id performer previous_changes ' +
      'processed_message_content sender_id sender_type sentiment source_id',
  ],
  [
    'a sender',
    [...messages, ...framedMessages].flatMap(({ sender }) => (sender ? [sender as Raw] : [])),
    withPart('sender'),
    'additional_attributes availability_status blocked custom_attributes email identifier phone_number',
  ],
  [
    'an attachment',
    [...messages, ...framedMessages].flatMap(({ attachments }) => (attachments ?? []) as Raw[]),
    withPart('attachments'),
    'account_id content_type extension message_id thumb_url',
  ],
  [
    'a conversation told by HTTP',
    having('uuid', told),
    (conversation) => toServerConversation(conversation, ignore),
    'contact inbox_id uuid',
  ],
  [
    'a conversation told by a frame',
    having('contact_inbox', having('meta', framed)),
    (conversation) => toConversationFrame(conversation, 5, ignore),
    'account_id additional_attributes can_reply channel created_at custom_attributes first_reply_created_at inbox_id ' +
      'labels last_activity_at priority snoozed_until timestamp unread_count waiting_since',
  ],
  [
    'typing',
    frames.filter(({ event }) => event === 'conversation.typing_on').map(({ data }) => data),
    (data) => parseFrame({ event: 'conversation.typing_on', data }, 5),
    'account_id performer',
  ],
  [
    'presence',
    frames.filter(({ event }) => event === 'presence.update').map(({ data }) => data),
    (data) => parseFrame({ event: 'presence.update', data }, 5),
    'account_id',
  ],
  ['a contact', answersOf('POST inbox/contacts'), (contact) => toContactSession(contact, ignore), ''],
  [
    'a changed contact',
    answersOf('PATCH inbox/contact'),
    (contact) => toContactRecord(contact, ignore),
    'account_id additional_attributes blocked company_id contact_type country_code created_at custom_attributes ' +
      'identifier label_list last_activity_at last_name location middle_name updated_at',
  ],
  [
    'an inbox',
    // None of those that were recorded keeps its hours.
    answersOf('GET inbox').map((inbox) => ({ ...inbox, working_hours_enabled: true })),
    (inbox) => toInbox(inbox, ignore),
    'csat_survey_enabled greeting_enabled identifier',
  ],
])('of %s nothing is left behind but what no panel shows', (_, things, map, left) => {
  expect(things.length).toBeGreaterThan(0);
  expect(leftBehind(things, map).join(' ')).toBe(left);
});

it('finds every message that the recording tells a contact of', () => {
  expect([messages.length, framedMessages.length]).toEqual([311, 185]);
});
