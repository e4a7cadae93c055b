// @vitest-environment node
// Who is asking, over real HTTP against the in-memory server: what a hash proves and when, which values are refused,
// and whom an e-mail address leads to (contract §3.0 to §3.4).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '@/lib/carbonchat/client';
import type { ContactChanges, Outcome } from '@/lib/core/server-types';
import type { Identity } from '@/lib/core/types';
import { identity } from '../carbonchat/client-rig';
import { identifierHash } from '../server/records/inboxes';
import { type CarbonChatServer, startServer } from '../server/server';

let server: CarbonChatServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const [here, there] = ['3f8a4b52-8d0f-4a9e-9c6b-0d9a1f1f2a11', '90aa5a42-3a9f-4a36-8f5e-8f6d5b8c1d22'];
const kinds = ['plain', 'strict'] as const;
type Kind = (typeof kinds)[number];

const clientOf = (kind: Kind) =>
  createClient({
    installationUrl: server.url,
    inboxIdentifier: `${kind}-inbox-demo`,
    fetch,
    requestTimeoutMs: 5000,
  });
const proven = (kind: Kind, identifier = 'user-1', known: Partial<Identity> = {}) =>
  identity({ identifier, hash: identifierHash(`${kind}-hmac-secret-demo`, identifier), ...known });

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`failed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}
const refused = (status: number, message: string, ...fields: string[]) => ({
  ok: false,
  failure: { kind: 'status', status, message, fields },
});
const denied = refused(500, 'Internal Server Error');

/** The ids of the conversations that a session sees. */
async function seenBy(kind: Kind, sourceId: string): Promise<number[]> {
  const list = unwrap(await clientOf(kind).conversations(sourceId, null));
  return list === 'unchanged' ? [] : list.conversations.map(({ id }) => id);
}

describe.each(kinds)('a hash in the %s inbox', (kind) => {
  const ask = (sourceId: string, who: Identity | null) => {
    const client = clientOf(kind);
    return [
      () => client.createContact({ sourceId, identity: who }),
      () => client.contact(sourceId, who),
      () => client.updateContact(sourceId, { name: 'Mira' }, who),
    ];
  };

  it('that is right is accepted everywhere', async () => {
    const person = { name: 'Ida', email: 'ida@reader.test', phoneNumber: '+49151123456' };
    const who = proven(kind, 'user-1', person);
    const client = clientOf(kind);
    const created = unwrap(await client.createContact({ sourceId: here, identity: who }));
    expect(created).toMatchObject({ sourceId: here, ...person });
    expect(unwrap(await client.contact(here, who))).toEqual(created);
    expect(unwrap(await client.updateContact(here, { name: 'Ida B.' }, who))).toEqual({
      contactId: created.contactId,
      ...person,
      name: 'Ida B.',
    });
    expect(server.store.contacts).toMatchObject([{ identifier: 'user-1' }]);
  });

  it('that is wrong is refused everywhere, and changes nothing', async () => {
    const right = proven(kind);
    const contact = unwrap(await clientOf(kind).createContact({ sourceId: here, identity: right }));
    const wrong = [proven(kind, 'user-2').hash, 'f'.repeat(64), 'x', right.hash?.toUpperCase() ?? ''];
    for (const hash of wrong) {
      for (const call of ask(here, { ...right, hash })) expect(await call()).toEqual(denied);
      const anew = { sourceId: there, identity: { ...right, hash } };
      expect(await clientOf(kind).createContact(anew)).toEqual(denied);
    }
    expect(unwrap(await clientOf(kind).contact(here, right))).toEqual(contact);
    expect(server.store.sessions).toHaveLength(1);
  });

  it('that is of another inbox is wrong', async () => {
    const other = proven(kind === 'plain' ? 'strict' : 'plain');
    expect(await clientOf(kind).createContact({ sourceId: here, identity: other })).toEqual(denied);
  });

  it('that is missing matters only where it is demanded', async () => {
    unwrap(await clientOf(kind).createContact({ sourceId: here, identity: proven(kind) }));
    for (const who of [null, identity()])
      for (const call of ask(here, who))
        expect(await call()).toEqual(kind === 'strict' ? denied : { ok: true, value: expect.anything() });
    expect(unwrap(await clientOf(kind).inbox()).identityRequired).toBe(kind === 'strict');
  });

  it('shows a second session the conversations of the first, once a change was asked for with it', async () => {
    const client = clientOf(kind);
    const first = unwrap(await client.createContact({ sourceId: here, identity: proven(kind) }));
    const { id } = unwrap(await client.createConversation(here));
    await client.createMessage(here, id, 'From my other device', 'echo-1');

    const second = unwrap(await client.createContact({ sourceId: there, identity: proven(kind) }));
    expect(second.contactId).toBe(first.contactId);
    expect(second.pubsubToken).not.toBe(first.pubsubToken);
    expect(await seenBy(kind, there)).toEqual([]);
    unwrap(await client.updateContact(there, {}, proven(kind)));
    expect(await seenBy(kind, there)).toEqual([id]);
    const { messages } = unwrap(await client.messages(there, id, null));
    expect(messages).toMatchObject([{ text: 'From my other device', author: { kind: 'contact' } }]);
  });

  it('does so as well once the session is read with it, but never for somebody else', async () => {
    const client = clientOf(kind);
    await client.createContact({ sourceId: here, identity: proven(kind) });
    const { id } = unwrap(await client.createConversation(here));
    await client.createContact({ sourceId: there, identity: proven(kind, 'user-2') });
    await client.updateContact(there, {}, proven(kind, 'user-2'));
    expect(await seenBy(kind, there)).toEqual([]);
    const third = '5d0a61a6-8f0a-4d0b-9f0e-3c7f2c2f1d33';
    await client.createContact({ sourceId: third, identity: proven(kind) });
    unwrap(await client.contact(third, proven(kind)));
    expect(await seenBy(kind, third)).toEqual([id]);
  });
});

it('shows whoever claims to be somebody nothing of them, whatever is changed', async () => {
  const client = clientOf('plain');
  await client.createContact({ sourceId: here, identity: proven('plain') });
  await client.createConversation(here);
  await client.createContact({ sourceId: there, identity: identity() });
  unwrap(await client.updateContact(there, { name: 'Ida' }, identity()));
  unwrap(await client.contact(there, identity()));
  expect(await seenBy('plain', there)).toEqual([]);
});

describe('an identifier', () => {
  // By openssl dgst -sha256 -hmac, so that server and test cannot agree on something wrong.
  const zoe = 'Zoë Müller / 名前 👋';
  const zoesHash = {
    plain: '0d0b39178294982e91a1749e84e97ddcd5ddafad7ab7bd401c8bf3e9094d343a',
    strict: '8679677d27b52fbc51ac21b18da1fdcc77d7d1e67678e400c65241907c3c187f',
  };

  it.each(kinds)('beyond ASCII is proven by its bytes in UTF-8 in the %s inbox', async (kind) => {
    const who = identity({ identifier: zoe, hash: zoesHash[kind] });
    const client = clientOf(kind);
    const created = unwrap(await client.createContact({ sourceId: here, identity: who }));
    expect(unwrap(await client.contact(here, who))).toEqual(created);
    expect(unwrap(await client.updateContact(here, {}, who)).contactId).toBe(created.contactId);
    expect(server.store.contacts).toMatchObject([{ identifier: zoe }]);
    // The same to the eye, and another one: the e and its dots are two signs.
    expect(await client.contact(here, { ...who, identifier: zoe.normalize('NFD') })).toEqual(denied);
  });

  it.each([
    "o'brien",
    'a+b c',
    '100% & more',
    '?#/..',
    '42',
    '__proto__',
    ' padded ',
    '名前=1&identifier_hash=2',
  ])('such as %j is the same in an address and in a body', async (identifier) => {
    const who = proven('strict', identifier);
    const client = clientOf('strict');
    const created = unwrap(await client.createContact({ sourceId: here, identity: who }));
    expect(unwrap(await client.contact(here, who))).toEqual(created);
    expect(unwrap(await client.updateContact(here, {}, who)).contactId).toBe(created.contactId);
    expect(server.store.contacts).toMatchObject([{ identifier }]);
  });
});

describe('a value that is refused', () => {
  const badEmail = ['mira at reader.test', 'Email Invalid email', 'email'] as const;
  const badPhone = ['0151 1234567', 'Phone number should be in e164 format', 'phone_number'] as const;
  const badName = ['n'.repeat(256), 'Name is too long (maximum is 255 characters)', 'name'] as const;

  it.each<[ContactChanges, string, ...string[]]>([
    [{ email: badEmail[0] }, badEmail[1], 'email'],
    [{ phoneNumber: badPhone[0] }, badPhone[1], 'phone_number'],
    [{ name: badName[0] }, badName[1], 'name'],
    [
      { email: badEmail[0], phoneNumber: badPhone[0] },
      `${badEmail[1]}, ${badPhone[1]}`,
      'email',
      'phone_number',
    ],
  ])('is named, but not repeated: %j', async (bad, message, ...fields) => {
    const client = clientOf('plain');
    const created = await client.createContact({ sourceId: here, identity: proven('plain', 'user-1', bad) });
    expect(created).toEqual(refused(422, message, ...fields));
    const before = unwrap(await client.createContact({ sourceId: here, identity: proven('plain') }));
    expect(await client.updateContact(here, { name: 'Mira', ...bad }, null)).toEqual(
      refused(422, message, ...fields),
    );
    expect(unwrap(await client.contact(here, null))).toEqual(before);
  });

  it('leaves the session verified that was proven with it', async () => {
    const client = clientOf('plain');
    await client.createContact({ sourceId: here, identity: proven('plain') });
    const { id } = unwrap(await client.createConversation(here));
    await client.createContact({ sourceId: there, identity: proven('plain') });
    expect(await client.updateContact(there, { email: badEmail[0] }, proven('plain'))).toMatchObject({
      ok: false,
    });
    expect(await seenBy('plain', there)).toEqual([id]);
  });
});

describe('an e-mail address of somebody else', () => {
  it('makes a contact that somebody, at once and with everything it has', async () => {
    const client = clientOf('plain');
    const mira = identity({
      identifier: 'mira',
      name: 'Mira',
      email: 'mira@reader.test',
      phoneNumber: '+49151123',
    });
    const owner = unwrap(await client.createContact({ sourceId: here, identity: mira }));
    const visitor = unwrap(await client.createContact({ sourceId: there, identity: null }));
    const { id } = unwrap(await client.createConversation(there));
    await client.createMessage(there, id, 'Hello', 'echo-1');

    const merged = unwrap(await client.updateContact(there, { email: 'Mira@Reader.test' }, null));
    const { name, email, phoneNumber, contactId } = owner;
    expect(merged).toEqual({ contactId, name, email, phoneNumber });
    // The session stays what it was; only whose it is has changed.
    expect(unwrap(await client.contact(there, null))).toEqual({ ...visitor, ...merged });
    expect(await seenBy('plain', there)).toEqual([id]);
    expect(await seenBy('plain', here)).toEqual([]);
    expect(server.store.contacts).toHaveLength(1);
  });

  it('shows a proven one what the other has, and the other one, once proven, what it brought along', async () => {
    const client = clientOf('plain');
    const mira = proven('plain', 'mira', { email: 'mira@reader.test' });
    await client.createContact({ sourceId: here, identity: mira });
    const hers = unwrap(await client.createConversation(here)).id;
    await client.createContact({ sourceId: there, identity: proven('plain', 'ida') });
    const mine = unwrap(await client.createConversation(there)).id;
    await client.updateContact(there, { email: 'mira@reader.test' }, proven('plain', 'ida'));
    expect((await seenBy('plain', there)).sort()).toEqual([hers, mine]);
    await client.updateContact(here, {}, mira);
    expect((await seenBy('plain', here)).sort()).toEqual([hers, mine]);
    expect(server.store.contacts).toMatchObject([{ identifier: 'mira' }]);
  });

  it('leads a new contact to that one, of which nothing is changed', async () => {
    const client = clientOf('plain');
    const mira = identity({ identifier: 'mira', name: 'Mira', email: 'mira@reader.test' });
    const owner = unwrap(await client.createContact({ sourceId: here, identity: mira }));
    const who = proven('plain', 'ida', { name: 'Ida', email: 'mira@reader.test' });
    const second = unwrap(await client.createContact({ sourceId: there, identity: who }));
    expect(second).toMatchObject({ contactId: owner.contactId, name: 'Mira' });
  });
});
