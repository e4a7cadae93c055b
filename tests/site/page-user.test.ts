// What is taken of what a page says of its user: what fits, and nothing else.
import { describe, expect, it } from 'vitest';
import { maxPageText } from '@/lib/messaging/commands';
import { parseCustomAttributes, parsePageUser } from '@/lib/site/page-user';

const nobody = {
  identifier: 'u1',
  hash: null,
  name: null,
  email: null,
  phoneNumber: null,
  avatarUrl: null,
  customAttributes: {},
};
const hash = 'ab'.repeat(32);

const parse = (json: unknown) => parsePageUser(JSON.stringify(json));
/** A user with these fields, as it is taken. */
const taken = (fields: object) => parse({ identifier: 'u1', ...fields });
const whole = (fields: object, problems: string[] = []) => ({
  kind: 'user',
  user: { ...nobody, ...fields },
  problems,
});

it('takes a whole user as the site says it', () => {
  const said = {
    identifier: 'u1',
    identifierHash: hash,
    name: 'Ana Marić',
    email: 'ana@example.com',
    phoneNumber: '+385911234567',
    avatarUrl: 'https://example.com/ana.png',
    customAttributes: { plan: 'pro', seats: 3, trial: false },
  };
  const { identifierHash, ...fields } = said;
  expect(parse(said)).toEqual(whole({ ...fields, hash: identifierHash }));
});

it.each([
  ['nothing but an identifier', {}],
  ['empty fields', { identifierHash: '', name: '', email: '', phoneNumber: '', avatarUrl: '' }],
  ['fields that are null', { identifierHash: null, name: null, email: null, customAttributes: null }],
  ['a name of spaces', { name: '  ' }],
  ['fields that nobody knows', { admin: true, identifier_hash: hash, id: 7 }],
])('takes %s for a user of whom nothing more is known', (_, fields) => {
  expect(taken(fields)).toEqual(whole({}));
});

it('takes null for nobody, however it is said', () => {
  for (const text of [null, 'null', ' null\n']) expect(parsePageUser(text)).toEqual({ kind: 'signedOut' });
});

describe('an identifier', () => {
  it.each(['u1', '7', ' u 1 ', 'üöß', '😀', '"', 'x'.repeat(255), '__proto__'])(
    'may be %j, as it is',
    (identifier) => {
      expect(parse({ identifier })).toEqual(whole({ identifier }));
    },
  );

  it.each([undefined, null, '', '  ', 7, {}, ['u1'], true, 'x'.repeat(256), 'u\u0000', 'u\n1', '\ud800'])(
    'may not be %j, and then nothing of the rest counts',
    (identifier) => {
      expect(parse({ identifier, name: 'Ana' })).toEqual({ kind: 'unusable', problems: ['identifier'] });
    },
  );
});

it.each([
  ...['', ' ', '{', 'undefined', '[]', '"u1"', '7', 'true', '{"identifier":"u1"', "{identifier:'u1'}"],
  `{"identifier":"u1","more":"${'x'.repeat(maxPageText)}"}`,
  '['.repeat(maxPageText),
])('takes %.40s for no user', (text) => {
  expect(parsePageUser(text)).toEqual({ kind: 'unusable', problems: ['JSON'] });
});

it('takes as many characters as a page may say', () => {
  const start = '{"identifier":"u1","more":"';
  const text = `${start}${'x'.repeat(maxPageText - start.length - 2)}"}`;
  expect(text).toHaveLength(maxPageText);
  expect(parsePageUser(text)).toEqual(whole({}));
});

it.each([
  ['identifierHash', hash.toUpperCase(), { hash }],
  ['name', ' Ana ', { name: 'Ana' }],
  ['name', 'x'.repeat(255), { name: 'x'.repeat(255) }],
  ['email', ' Ana.M+x@Mail.Example.COM ', { email: 'ana.m+x@mail.example.com' }],
  ['phoneNumber', ' +14155550100 ', { phoneNumber: '+14155550100' }],
  ['avatarUrl', 'http://127.0.0.1:3000/a', { avatarUrl: 'http://127.0.0.1:3000/a' }],
  ['avatarUrl', 'HTTPS://Example.com', { avatarUrl: 'https://example.com/' }],
])('takes %s %.40j', (field, value, fields) => {
  expect(taken({ [field]: value })).toEqual(whole(fields));
});

const bad = {
  identifierHash: [7, 'ab', 'g'.repeat(64), `${hash}\n`, hash + hash],
  name: [7, {}, ['Ana'], 'x'.repeat(256), 'A\u0000na', 'A\nna', '\udc00'],
  email: ['ana', 'ana@', '@x.com', 'a@b', 'a b@c.de', 'a@b.c@d.e', 'a@.de', `${'x'.repeat(250)}@x.com`, 7],
  phoneNumber: ['0385911234567', '385911234567', '+0123', '+1', '+1 415', '+1234567890123456', 4155550100],
  avatarUrl: [
    ...['http://example.com/a', 'javascript:alert(1)', 'data:image/png,x', '//example.com/a', '/a.png'],
    ...['https://ana:secret@example.com/', 'https://[', `https://example.com/${'x'.repeat(2_048)}`],
    `https://example.com/${'ü'.repeat(1_000)}`,
  ],
};
it.each(Object.entries(bad).flatMap(([field, values]) => values.map((value) => [field, value] as const)))(
  'leaves %s %.40j out, names it, and keeps the rest',
  (field, value) => {
    expect(taken({ customAttributes: { plan: 'pro' }, [field]: value })).toEqual(
      whole({ customAttributes: { plan: 'pro' } }, [field]),
    );
  },
);

describe('custom attributes', () => {
  const attributes = (json: unknown) => parseCustomAttributes(JSON.stringify(json));

  it('are texts, numbers and yes or no, under names', () => {
    const given = { plan: 'pro', seats: 3, ratio: -0.5, trial: false, 'since when': '', note: 'a\nb' };
    expect(attributes(given)).toEqual({ customAttributes: given, problems: [] });
  });

  it('leave out what is null without a word, and name what is wrong', () => {
    const given = {
      plan: null,
      list: ['a'],
      deep: { a: 1 },
      long: 'x'.repeat(1_501),
      half: '\ud83d',
      nul: '\u0000',
      ['k'.repeat(61)]: 1,
      '': 1,
      'a\nb': 1,
      good: 1,
    };
    expect(attributes(given)).toEqual({
      customAttributes: { good: 1 },
      problems: [
        ...['list', 'deep', 'long', 'half', 'nul'].map((key) => `customAttributes.${key}`),
        'customAttributes',
      ],
    });
    expect(parseCustomAttributes('{"much":1e999,"good":1}')).toEqual({
      customAttributes: { good: 1 },
      problems: ['customAttributes.much'],
    });
  });

  it('are the first fifty', () => {
    const given = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`key${n}`, n]));
    const { customAttributes, problems } = attributes(given) ?? {};
    expect(Object.keys(customAttributes ?? {})).toEqual(Object.keys(given).slice(0, 50));
    expect(problems).toEqual(['customAttributes']);
  });

  it('of a user that are no object are left out and named', () => {
    for (const customAttributes of ['plan', 7, ['plan'], true])
      expect(taken({ customAttributes })).toEqual(whole({}, ['customAttributes']));
  });

  it.each(['null', '7', '[]', '"plan"', '{', ''])('are not what %s says', (text) => {
    expect(parseCustomAttributes(text)).toBeNull();
  });

  it('change no object but their own, whatever they are called', () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"polluted":1},"toString":"x","plan":"pro"}';
    const { customAttributes } = parseCustomAttributes(text) ?? {};
    expect(Object.assign({}, customAttributes)).toEqual({ toString: 'x', plan: 'pro' });
    expect(Object.getPrototypeOf(customAttributes)).toBe(Object.prototype);
    parsePageUser('{"identifier":"u1","__proto__":{"name":"Eve"},"customAttributes":{"__proto__":1}}');
    expect({}).not.toHaveProperty('polluted');
    expect(parsePageUser('{"__proto__":{"identifier":"u1"}}').kind).toBe('unusable');
  });
});
