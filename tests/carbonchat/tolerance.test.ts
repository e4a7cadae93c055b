// @vitest-environment node
// What other installations may send: more fields, fewer, nulls, other formats of time, large ids, bad neighbours and
// every kind of refusal. Starts from real shapes; nothing that is shown may be lost on the way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  toContactSession,
  toConversationFrame,
  toInbox,
  toMessage,
  toServerConversation,
} from '@/lib/carbonchat/mapping';
import { parseFrame } from '@/lib/carbonchat/room-channel';
import { verdictOf } from '@/lib/core/failures';
import { json, page, rig, sourceId } from './client-rig';
import * as samples from './samples';

type Raw = Record<string, unknown>;

const problems: string[] = [];
const report = (problem: string) => problems.push(problem);
const message = (raw: unknown) => toMessage(raw, 5, report);
const event = (name: string) => (data: unknown) => parseFrame({ event: name, data }, 5, report);

/** Every shape that comes from outside, with what must be there for it to mean anything. */
const shapes: [string, Raw, (raw: unknown) => unknown, string[]][] = [
  ['a message', samples.httpMessage(), message, ['id', 'conversation_id', 'message_type', 'created_at']],
  [
    'a message frame',
    samples.messageFrame(),
    message,
    ['id', 'conversation_id', 'message_type', 'created_at'],
  ],
  ['a conversation', samples.httpConversation(), (raw) => toServerConversation(raw, report), ['id']],
  ['a conversation frame', samples.conversationFrame(), (raw) => toConversationFrame(raw, 5, report), ['id']],
  [
    'a contact',
    samples.contact(),
    (raw) => toContactSession(raw, report),
    ['id', 'source_id', 'pubsub_token'],
  ],
  ['an inbox', samples.inbox(), (raw) => toInbox(raw, report), ['name']],
  ['typing', samples.typingFrame(), event('conversation.typing_on'), ['conversation']],
  ['presence', { account_id: 1, users: { 2: 'busy' } }, event('presence.update'), ['users']],
];

/** The same with `more` in every object but those that are carried whole or have a key for each agent. */
function grown(value: unknown, more: Raw): unknown {
  if (Array.isArray(value)) return value.map((item) => grown(item, more));
  if (value === null || typeof value !== 'object') return value;
  const inner = Object.entries(value).map(([key, one]) => [
    key,
    key === 'content_attributes' || key === 'users' ? one : grown(one, more),
  ]);
  return { ...more, ...Object.fromEntries(inner) };
}

type Place = (string | number)[];

/** Where in a raw thing something stands that may be missing: all but what gives an object its meaning. */
function optionalPlaces(value: unknown, path: Place = []): Place[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => optionalPlaces(item, [...path, i]));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    return [...(neededIn(value).includes(key) ? [] : [here]), ...optionalPlaces(inner, here)];
  });
}

function neededIn(value: object): string[] {
  if ('message_type' in value) return ['id', 'conversation_id', 'message_type', 'created_at'];
  return 'file_type' in value || 'messages' in value ? ['id'] : [];
}

/** A copy with `by` in that place; undefined takes the key away. */
function changed(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const inner = changed(copy[key], rest, by);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

/** The fields of what was read, each as text to compare. */
function fieldsOf(read: unknown): Record<string, string> {
  expect(read).toBeTypeOf('object');
  const fields = Object.entries(read as object).map(([key, field]) => [key, JSON.stringify(field)]);
  return Object.fromEntries(fields);
}

describe.each(shapes)('%s', (_, raw, map, needed) => {
  it('means the same with unknown fields anywhere in it', () => {
    const more = fc.dictionary(
      fc.string({ minLength: 1 }).map((key) => `x_${key}`),
      fc.jsonValue(),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(more, (fields) => {
        problems.length = 0;
        expect(map(grown(raw, fields))).toEqual(map(raw));
        expect(problems).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('is read alike without anything that is not needed, and with null for it, without complaint', () => {
    problems.length = 0;
    const whole = fieldsOf(map(raw));
    const places = optionalPlaces(raw).filter(([first]) => !needed.includes(String(first)));
    for (const place of places) {
      const without = fieldsOf(map(changed(raw, place, undefined)));
      const name = place.join('.');
      // What is not there can change one field at most; all others are as before.
      const lost = Object.keys(whole).filter((key) => whole[key] !== without[key]);
      expect(lost.length, name).toBeLessThanOrEqual(1);
      expect(fieldsOf(map(changed(raw, place, null))), name).toEqual(without);
    }
    expect(places.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it.each(needed)('is not read without %s, which is named', (key) => {
    for (const by of [undefined, null, {}]) {
      problems.length = 0;
      const nothing = [null, 'unknown'].includes(
        (map({ ...raw, [key]: by }) as { type: string } | null)?.type ?? null,
      );
      const emptied = key === 'users' && by !== undefined && by !== null;
      expect([nothing, problems.length]).toEqual(emptied ? [false, 0] : [true, 1]);
      if (!emptied) expect(problems[0]).toContain(key);
    }
  });
});

describe('times', () => {
  const seconds = 1795394574;
  const formats: [string, unknown][] = [
    ['seconds', seconds],
    ['seconds with a fraction', 1795394574.0],
    ['ISO 8601', '2026-11-23T00:42:54.000Z'],
    ['milliseconds', seconds * 1000],
  ];

  it.each(formats)('are read as %s wherever one stands', (_, time) => {
    const at = seconds * 1000;
    expect(message({ ...samples.messageFrame(), created_at: time, updated_at: time })).toMatchObject({
      createdAt: at,
      updatedAt: at,
    });
    const seen = { contact_last_seen_at: time, agent_last_seen_at: time };
    const expected = { contactLastSeenAt: at, agentLastSeenAt: at };
    expect(toServerConversation({ ...samples.httpConversation(), ...seen }, report)).toMatchObject(expected);
    const frame = { ...samples.conversationFrame(), ...seen, updated_at: time };
    expect(toConversationFrame(frame, 5, report)).toMatchObject({ ...expected, version: at });
  });

  it.each([0, null, undefined, '', 'soon', -1])('of %j mean never', (time) => {
    const seen = { contact_last_seen_at: time, agent_last_seen_at: time, updated_at: time };
    expect(toConversationFrame({ ...samples.conversationFrame(), ...seen }, 5, report)).toMatchObject({
      contactLastSeenAt: 0,
      agentLastSeenAt: 0,
      version: 0,
    });
  });
});

describe('ids', () => {
  const everywhere = (id: number) => ({
    ...samples.messageFrame(),
    id,
    conversation_id: id,
    sender: { ...samples.grace(), id },
    attachments: [{ ...samples.attachment(), id }],
  });

  it.each([2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1])('of %i come through whole', (id) => {
    const parsed = JSON.parse(JSON.stringify(everywhere(id)));
    expect(message(parsed)).toMatchObject({ id, conversationId: id, author: { id }, attachments: [{ id }] });
    expect(toContactSession({ ...samples.contact(), id }, report)?.contactId).toBe(id);
    expect(event('presence.update')({ users: { [id]: 'online' } })).toMatchObject({
      users: { [id]: 'online' },
    });
  });

  it('that JSON cannot hold exactly are refused, not rounded', () => {
    problems.length = 0;
    expect(message({ ...samples.messageFrame(), id: JSON.parse('9007199254740993') })).toBeNull();
    expect(problems).toEqual(['message: id']);
  });
});

describe('a list with one thing in it that cannot be read', () => {
  const bad = [null, 4, 'x', [], {}, { id: 'x' }, { id: -1 }];
  const around = (good: unknown, one: unknown) => [good, one, good];

  it.each(bad)('such as %j loses only that', async (one) => {
    const good = samples.httpMessage();
    const mapped = toMessage(good, null, report);
    const twice = [mapped, mapped];
    const conversation = { ...samples.httpConversation(), messages: around(good, one) };
    expect(toServerConversation(conversation, report)?.messages).toEqual(twice);
    const attachments = around(samples.attachment(), one);
    expect(message({ ...good, attachments })?.attachments).toHaveLength(2);

    const page = await rig(() => json(around(good, one))).client.messages(sourceId, 2, null);
    expect(page).toMatchObject({ ok: true, value: { messages: twice, complete: true } });
    const list = await rig(() => json(around(conversation, one))).client.conversations(sourceId, null);
    expect(list.ok && list.value !== 'unchanged' && list.value.conversations).toHaveLength(2);
  });
});

describe('a refusal', () => {
  const send = async (response: Response) => {
    const outcome = await rig(() => response).client.createMessage(sourceId, 2, 'x', 'echo-1');
    if (outcome.ok) throw new Error('it was no refusal');
    return outcome.failure;
  };

  it.each<[string, number, Parameters<typeof send>[0], object]>([
    [
      'status and error',
      404,
      json({ status: 404, error: 'Not Found' }, 404),
      { kind: 'failed', reason: 'gone' },
    ],
    [
      'message and attributes',
      422,
      json({ message: 'Content is too long (maximum is 150000 characters)', attributes: ['content'] }, 422),
      { kind: 'failed', reason: 'tooLong' },
    ],
    ['a flood', 422, json({ message: 'Too many messages', attributes: ['base'] }, 422), { kind: 'slowDown' }],
    ['an error alone', 422, json({ error: 'You cannot' }, 422), { kind: 'failed', reason: 'refused' }],
    ['plain text', 429, page(429, 'text/plain', 'Retry later\n'), { kind: 'slowDown' }],
    ['a page', 404, page(404), { kind: 'failed', reason: 'gone' }],
    ['a page of a proxy', 413, page(413), { kind: 'failed', reason: 'tooLarge' }],
    ['a page of a gateway', 502, page(502), { kind: 'uncertain' }],
    ['nothing', 400, page(400, 'text/html; charset=UTF-8', ''), { kind: 'failed', reason: 'refused' }],
    [
      'a server error',
      500,
      json({ status: 500, error: 'Internal Server Error' }, 500),
      { kind: 'uncertain' },
    ],
  ])('told by %s with %i has a reason that the panel has words for', async (_, status, response, verdict) => {
    const failure = await send(response);
    expect(failure).toMatchObject({ kind: 'status', status });
    expect(verdictOf(failure)).toEqual(verdict);
  });

  it('never repeats a secret, whatever its shape and wherever it stands', async () => {
    const secret = fc.oneof(
      fc.uuid(),
      fc.stringMatching(/^[A-Za-z0-9]{24}$/),
      fc.stringMatching(/^[0-9a-f]{64}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{24}\.[A-Za-z0-9_-]{24}$/),
    );
    const words = fc.tuple(
      fc.constantFrom('', 'no session ', 'path=/x/'),
      secret,
      fc.constantFrom('', ' here', '"'),
    );
    const bodies = [
      (text: string) => json({ status: 500, error: text }, 500),
      (text: string) => json({ message: text, attributes: [text] }, 422),
      (text: string) => json({ error: text }, 422),
      (text: string) => page(500, 'text/plain', text),
      (text: string) => page(500, 'text/html', `<p>${text}</p>`),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bodies), words, async (body, [before, hidden, after]) => {
        const failure = JSON.stringify(await send(body(before + hidden + after)));
        for (const part of hidden.split('.')) expect(failure).not.toContain(part);
      }),
      { numRuns: 200 },
    );
  });
});
