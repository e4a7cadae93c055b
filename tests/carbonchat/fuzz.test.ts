// @vitest-environment node
// Whatever a server sends, reading it never throws, and what is good beside something bad is never lost.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  toContactRecord,
  toContactSession,
  toConversationFrame,
  toInbox,
  toMessage,
  toMessages,
  toServerConversation,
} from '@/lib/carbonchat/mapping';
import { parseFrame } from '@/lib/carbonchat/room-channel';
import type { Message } from '@/lib/core/types';
import * as samples from './samples';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const ignore = () => {};

function pathsOf(value: Json, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** `value` with the thing at `path` replaced, or taken away where `by` is undefined. */
function replaced(value: Json, [key, ...rest]: string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  const copy = structuredClone(value) as Record<string, Json>;
  if (rest.length === 0 && by === undefined) delete copy[key];
  else copy[key] = replaced(copy[key] ?? null, rest, by);
  return copy;
}

/** A real shape in which one to three things are replaced by random JSON or missing. */
function mutated(sample: Json): fc.Arbitrary<Json> {
  const change = fc.tuple(
    fc.constantFrom(...pathsOf(sample)),
    fc.option(fc.jsonValue() as fc.Arbitrary<Json>, { nil: undefined }),
  );
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((value, [path, by]) => safely(value, path, by), sample));
}

/** A change below something that an earlier one took away has nothing to change. */
function safely(value: Json, path: string[], by: Json | undefined): Json {
  const reachable = path
    .slice(0, -1)
    .reduce<Json | undefined>(
      (inner, key) =>
        inner !== null && typeof inner === 'object' ? (inner as Record<string, Json>)[key] : undefined,
      value,
    );
  return reachable !== null && typeof reachable === 'object' ? replaced(value, path, by) : value;
}

const anything = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  ...[
    samples.httpMessage(),
    samples.messageFrame(),
    samples.httpConversation(),
    samples.conversationFrame(),
    samples.typingFrame(),
    samples.contact(),
    samples.contactRecord(),
    samples.inbox(),
  ].map((sample) => mutated(sample as Json)),
);

function checkMessage(message: Message | null): void {
  if (message === null) return;
  expect(Number.isSafeInteger(message.id) && Number.isSafeInteger(message.conversationId)).toBe(true);
  expect(message.createdAt).toBeGreaterThanOrEqual(0);
  expect(new Date(message.createdAt).getTime()).not.toBeNaN();
  expect(typeof message.text).toBe('string');
  for (const { url } of message.attachments) expect(url ?? 'https:').toMatch(/^https?:/);
  expect(message.author.avatarUrl ?? 'https:').toMatch(/^https?:/);
}

it('reads anything without throwing, into well-formed things or nothing', () => {
  fc.assert(
    fc.property(anything, (value) => {
      checkMessage(toMessage(value, null, ignore));
      checkMessage(toMessage(value, 5, ignore));
      toServerConversation(value, ignore)?.messages.forEach(checkMessage);
      checkMessage(toConversationFrame(value, 5, ignore)?.lastMessage ?? null);
      toContactSession(value, ignore);
      toContactRecord(value, ignore);
      toInbox(value, ignore);
    }),
    { numRuns: 2000 },
  );
});

const events = [
  'message.created',
  'message.updated',
  'conversation.created',
  'conversation.status_changed',
  'conversation.updated',
  'conversation.typing_on',
  'conversation.typing_off',
  'presence.update',
];

it('reads any frame without throwing and never hands on a pubsub token', () => {
  const frame = fc.record({ event: fc.oneof(fc.constantFrom(...events), fc.string()), data: anything });
  fc.assert(
    fc.property(fc.oneof(frame, anything), (message) => {
      expect(JSON.stringify(parseFrame(message, 5))).not.toContain('pubsub_token');
    }),
    { numRuns: 2000 },
  );
});

it('keeps every good message beside any number of bad ones, in order', () => {
  const isWanted = (message: Message | null) => message !== null && message.id >= 1000;
  const good = fc
    .integer({ min: 1000, max: 9000 })
    .map((id) => ({ good: true, value: { ...samples.httpMessage(), id } as Json }));
  const bad = fc
    .oneof(fc.jsonValue() as fc.Arbitrary<Json>, mutated({ ...samples.httpMessage(), id: 'bad' }))
    .filter((value) => !isWanted(toMessage(value, null, ignore)))
    .map((value) => ({ good: false, value }));
  fc.assert(
    fc.property(fc.array(fc.oneof(good, bad)), (items) => {
      const wanted = items.filter((item) => item.good).map((item) => toMessage(item.value, null, ignore));
      const list = items.map((item) => item.value);
      expect(toMessages(list, ignore).filter(isWanted)).toEqual(wanted);
      const conversation = toServerConversation({ ...samples.httpConversation(), messages: list }, ignore);
      expect(conversation?.messages.filter(isWanted)).toEqual(wanted);
    }),
  );
});
