// @vitest-environment node
// What the client asks for a contact, and what of a person it says for that.
import { describe, expect, it } from 'vitest';
import { toContactRecord, toContactSession } from '@/lib/carbonchat/mapping';
import type { ContactChanges } from '@/lib/core/server-types';
import type { Identity } from '@/lib/core/types';
import { contactRoot, identity, json, rig, root, sourceId } from './client-rig';
import * as samples from './samples';

const hash = 'f'.repeat(64);
const changes: ContactChanges = {
  name: 'Mira Reader',
  email: 'mira@reader.test',
  phoneNumber: '+4915112345678',
  avatarUrl: 'https://shop.test/mira.png',
  customAttributes: { plan: 'gold', visits: 3, trial: false },
};
const everything = { hash, ...changes };
const everythingSaid = {
  name: 'Mira Reader',
  email: 'mira@reader.test',
  phone_number: '+4915112345678',
  avatar_url: 'https://shop.test/mira.png',
  custom_attributes: { plan: 'gold', visits: 3, trial: false },
};

describe('a contact that is created', () => {
  const bodyFor = async (who: Identity | null) => {
    const { client, requests } = rig(() => json(samples.contact()));
    await client.createContact({ sourceId, identity: who });
    return requests[0]?.init.body;
  };

  it('is told under its source id, with its e-mail and telephone number', async () => {
    const person = { email: 'mira@reader.test', phone_number: '+4915112345678' };
    const { client, requests } = rig(() => json({ ...samples.contact(), ...person }));
    expect(await client.createContact({ sourceId, identity: null })).toEqual({
      ok: true,
      value: {
        sourceId,
        pubsubToken: 'secret-pubsub-token-0000',
        contactId: 3,
        name: 'wispy-forest-742',
        email: 'mira@reader.test',
        phoneNumber: '+4915112345678',
      },
    });
    expect(requests[0]).toMatchObject({
      url: `${root}/contacts`,
      init: { method: 'POST', headers: { 'content-type': 'application/json' } },
    });
  });

  it.each<[string, Identity | null, object]>([
    ['nothing of somebody who is not known', null, {}],
    ['the identifier alone where that is all', identity(), { identifier: 'user-1' }],
    [
      'an identifier with its proof',
      identity({ hash, name: 'Mira' }),
      { identifier: 'user-1', identifier_hash: hash, name: 'Mira' },
    ],
    [
      'everything that is known',
      identity(everything),
      { identifier: 'user-1', identifier_hash: hash, ...everythingSaid },
    ],
  ])('says %s', async (_, who, said) => {
    expect(await bodyFor(who)).toBe(JSON.stringify({ source_id: sourceId, ...said }));
  });
});

describe('a contact that is read again', () => {
  const urlFor = async (who: Identity | null) => {
    const { client, requests } = rig(() => json(samples.contact()));
    const value = toContactSession(samples.contact(), () => {});
    expect(await client.contact(sourceId, who)).toEqual({ ok: true, value });
    expect(requests[0]?.init).toMatchObject({ method: 'GET', body: null });
    return requests[0]?.url;
  };

  it.each([null, identity(), identity({ ...everything, hash: null })])(
    'is asked for by its source id alone where nothing is proven: %j',
    async (who) => {
      expect(await urlFor(who)).toBe(contactRoot);
    },
  );

  it('is asked for with the proof where there is one, and with nothing else of the person', async () => {
    expect(await urlFor(identity(everything))).toBe(
      `${contactRoot}?identifier=user-1&identifier_hash=${hash}`,
    );
  });

  it('encodes every sign of an identifier, so that it stays one', async () => {
    for (const identifier of [
      "o'brien & söhne",
      'a+b c',
      '100%',
      '?#/..',
      '名前=1&identifier=2',
      '"<>\\^`{|}~',
    ]) {
      const url = (await urlFor(identity({ identifier, hash }))) ?? '';
      expect(url).toMatch(/\?identifier=[\w%.*+-]+&identifier_hash=f{64}$/);
      expect([...new URL(url).searchParams]).toEqual([
        ['identifier', identifier],
        ['identifier_hash', hash],
      ]);
    }
  });
});

describe('a contact that is changed', () => {
  it('answers with who it is now, which may be somebody else', async () => {
    const { client, requests } = rig(() => json({ ...samples.contactRecord(), id: 12, phone_number: null }));
    expect(await client.updateContact(sourceId, { email: 'mira@reader.test' }, null)).toEqual({
      ok: true,
      value: { contactId: 12, name: 'Mira Reader', email: 'mira@reader.test', phoneNumber: null },
    });
    expect(requests[0]).toMatchObject({
      url: contactRoot,
      init: { method: 'PATCH', headers: { 'content-type': 'application/json' } },
    });
  });

  it.each<[string, ContactChanges, Identity | null, object]>([
    ['only what changes', { name: 'Mira' }, null, { name: 'Mira' }],
    ['nothing of an identity without proof', { name: 'Mira' }, identity({ name: 'Ida' }), { name: 'Mira' }],
    [
      'the proof in the body',
      { phoneNumber: '+4915112345678' },
      identity(everything),
      { identifier: 'user-1', identifier_hash: hash, phone_number: '+4915112345678' },
    ],
    [
      'the proof alone, to have the session verified',
      {},
      identity(everything),
      { identifier: 'user-1', identifier_hash: hash },
    ],
    ['everything that can be changed', changes, null, everythingSaid],
  ])('is told %s', async (_, what, who, said) => {
    const { client, requests } = rig(() => json(samples.contactRecord()));
    await client.updateContact(sourceId, what, who);
    expect(requests[0]?.init.body).toBe(JSON.stringify(said));
    expect(requests[0]?.url).toBe(contactRoot);
  });
});

it('reads the record of a changed contact, whatever of it is no text, but not without its id', () => {
  expect(
    toContactRecord({ ...samples.contactRecord(), phone_number: 49, name: undefined }, () => {}),
  ).toEqual({
    contactId: 3,
    name: null,
    email: 'mira@reader.test',
    phoneNumber: null,
  });
  expect(toContactRecord({ ...samples.contactRecord(), id: '3' }, () => {})).toBeNull();
});
