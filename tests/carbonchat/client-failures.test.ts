// @vitest-environment node
// Every way in which a request can go wrong, as the caller is told about it. Nothing here may throw.
import { describe, expect, it } from 'vitest';
import { identity, json, page, rig, sourceId, untilAborted } from './client-rig';
import * as samples from './samples';

const fails = (failure: object) => ({ ok: false, failure });
const calls: [string, (client: ReturnType<typeof rig>['client']) => Promise<unknown>][] = [
  ['inbox', (client) => client.inbox()],
  ['createContact', (client) => client.createContact({ sourceId, identity: null })],
  ['contact', (client) => client.contact(sourceId, null)],
  ['updateContact', (client) => client.updateContact(sourceId, { name: 'Mira' }, null)],
  ['conversations', (client) => client.conversations(sourceId, null)],
  ['createConversation', (client) => client.createConversation(sourceId)],
  ['messages', (client) => client.messages(sourceId, 2, null)],
  ['createMessage', (client) => client.createMessage(sourceId, 2, 'x', 'echo-1')],
  ['updateLastSeen', (client) => client.updateLastSeen(sourceId, 2)],
  ['setTyping', (client) => client.setTyping(sourceId, 2, true)],
];

describe.each(calls)('%s', (name, call) => {
  it('tells an unreachable server', async () => {
    const { client } = rig(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await call(client)).toEqual(fails({ kind: 'unreachable' }));
  });

  it('tells an answer that does not come in time', async () => {
    const { client } = rig(untilAborted, 1);
    expect(await call(client)).toEqual(fails({ kind: 'timeout' }));
  });

  it.each([500, 408, 418])('tells the status %i', async (status) => {
    const { client } = rig(() => new Response(null, { status }));
    expect(await call(client)).toEqual(fails({ kind: 'status', status, message: null, fields: [] }));
  });

  it.each([
    ['the page of a captive portal', () => page(200)],
    ['broken JSON', () => page(200, 'application/json', '{"id": 1')],
    ['an empty body', () => page(200, 'application/json', '')],
    ['JSON of somebody else', () => json({ hello: 'world' })],
    ['null', () => json(null)],
  ])('does not take %s for an answer', async (_, respond) => {
    const { client } = rig(respond);
    const expected =
      name === 'updateLastSeen' || name === 'setTyping'
        ? { ok: true, value: null }
        : fails({ kind: 'unreadable', status: 200 });
    expect(await call(client)).toEqual(expected);
  });
});

describe('the reason of a refusal', () => {
  const reason = async (response: Response) => {
    const answer = await rig(() => response).client.createMessage(sourceId, 2, 'x', 'echo-1');
    return answer.ok ? answer : answer.failure;
  };

  it.each([
    ['not found', json({ status: 404, error: 'Not Found' }, 404), 404, 'Not Found'],
    [
      'a validation',
      json({ message: 'Too many messages', attributes: ['base'] }, 422),
      422,
      'Too many messages',
    ],
    [
      'a locked survey',
      json({ error: 'You cannot update the CSAT survey after 14 days' }, 422),
      422,
      'You cannot update the CSAT survey after 14 days',
    ],
    ['a rate limit in plain text', page(429, 'text/plain', 'Retry later\n'), 429, null],
    ['a page', page(404), 404, null],
    ['nothing at all', page(400, 'text/html; charset=UTF-8', ''), 400, null],
    ['a number', json({ message: 7 }, 422), 422, null],
    ['null', json(null, 500), 500, null],
  ])('is read from %s', async (_, response, status, message) => {
    expect(await reason(response)).toMatchObject({ kind: 'status', status, message });
  });

  it('is cut to 200 characters', async () => {
    expect(await reason(json({ message: 'too long '.repeat(99) }, 422))).toMatchObject({
      message: 'too long '.repeat(99).slice(0, 200),
    });
  });

  it('never repeats a credential', async () => {
    const { source_id, pubsub_token } = samples.contact();
    const message = `no session ${source_id} with "${pubsub_token}" here`;
    expect(await reason(json({ message }, 422))).toMatchObject({ message: 'no session … with "…" here' });
  });

  it('never repeats an identity hash or an e-mail address, however long', async () => {
    const long = `${'x.'.repeat(90)}@reader.test`;
    const message = `${'0a'.repeat(32)} is not of mira.r@reader.test, @ or <${long}>`;
    const { message: told } = (await reason(json({ message }, 422))) as { message: string };
    expect(told).toMatch(/^… is not of … … or /);
    expect(told).not.toMatch(/reader|mira|@/);
  });

  it('is read at once, however much there is of it', async () => {
    const message = 'x.'.repeat(500_000);
    expect(await reason(json({ message }, 422))).toMatchObject({ message: message.slice(0, 200) });
  });
});

describe('the fields of a refusal', () => {
  const fields = async (body: unknown, status = 422) => {
    const { client } = rig(() => json(body, status));
    const answer = await client.updateContact(sourceId, { email: 'x' }, identity());
    return answer.ok || answer.failure.kind !== 'status' ? answer : answer.failure.fields;
  };

  it('are those that a validation names, in its order', async () => {
    const message = 'Phone number should be in e164 format, Email Invalid email';
    expect(await fields({ message, attributes: ['phone_number', 'email'] })).toEqual([
      'phone_number',
      'email',
    ]);
  });

  it('are none where none are named, or the server did not validate', async () => {
    for (const body of [{ message: 'no' }, { attributes: 'email' }, { attributes: null }, null, 'email'])
      expect(await fields(body)).toEqual([]);
    expect(await fields({ status: 500, attributes: ['email'] }, 500)).toEqual([]);
  });

  it('are names and nothing else, and not more than any record has', async () => {
    const secrets = [
      'mira@reader.test',
      'hKeC9vsEDr5cR9dENSu9snoE',
      '+49151',
      'a b',
      'Email',
      '',
      7,
      null,
      ['email'],
    ];
    const long = ['a'.repeat(40), 'a'.repeat(41)];
    expect(await fields({ attributes: [...secrets, 'email', ...long] })).toEqual(['email', 'a'.repeat(40)]);
    expect(await fields({ attributes: Array(1000).fill('email') })).toHaveLength(20);
  });
});

describe('a body that breaks off', () => {
  const stream = (start: (controller: ReadableStreamDefaultController) => void) =>
    new Response(new ReadableStream({ start }));

  it('is no answer', async () => {
    const { client } = rig(() => stream((controller) => controller.error(new TypeError('terminated'))));
    expect(await client.inbox()).toEqual(fails({ kind: 'unreachable' }));
  });

  it('or never ends is a time-out', async () => {
    const { client } = rig(
      (signal) => stream((c) => signal.addEventListener('abort', () => c.error(signal.reason))),
      1,
    );
    expect(await client.inbox()).toEqual(fails({ kind: 'timeout' }));
  });

  it('leaves a refusal its status', async () => {
    const broken = new ReadableStream({ start: (c) => c.error(new TypeError('terminated')) });
    const { client } = rig(() => new Response(broken, { status: 503 }));
    expect(await client.inbox()).toEqual(fails({ kind: 'status', status: 503, message: null, fields: [] }));
  });
});
