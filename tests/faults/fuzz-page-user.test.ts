// @vitest-environment node
// 10,000 times what a hostile or broken page may say of its user; and parsers that are broken on purpose, which the same
// cases must find.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '@/lib/core/types';
import { type PageSays, parsePageUser } from '@/lib/site/page-user';
import { checkPageText, pageTexts } from './fuzz-page-user';
import { seed } from './fuzz-runs';

const wanted = 10_000;

it('takes nothing over the bounds, makes nobody up, and breaks at nothing', () => {
  console.info(`identity payloads: ${wanted} fuzzed, CARBONCHAT_SEED=${seed}`);
  const kinds = new Map<string, number>();
  const property = fc.property(pageTexts, (text) => {
    checkPageText(parsePageUser, text);
    const { kind } = parsePageUser(text);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  });
  fc.assert(property, { seed, numRuns: wanted });
  // The cases go both ways.
  expect(kinds.get('user')).toBeGreaterThan(wanted / 10);
  expect(kinds.get('unusable')).toBeGreaterThan(wanted / 10);
}, 120_000);

/** The real parser with one thing broken. */
type Broken = (text: string) => PageSays;
const trusting =
  (field: keyof Identity, written: string): Broken =>
  (text) => {
    const says = parsePageUser(text);
    if (says.kind !== 'user') return says;
    const value = JSON.parse(text)[written];
    return { ...says, user: { ...says.user, ...(value && { [field]: value }) } };
  };

const broken: Record<string, Broken> = {
  'throws on what is no JSON': (text) => {
    JSON.parse(text);
    return parsePageUser(text);
  },
  'trusts a name': trusting('name', 'name'),
  'trusts an e-mail': trusting('email', 'email'),
  'trusts a hash': trusting('hash', 'identifierHash'),
  'trusts a telephone number': trusting('phoneNumber', 'phoneNumber'),
  'trusts an address': trusting('avatarUrl', 'avatarUrl'),
  'trusts attributes': trusting('customAttributes', 'customAttributes'),
  'takes any identifier': (text) => {
    const says = parsePageUser(text);
    if (says.kind !== 'unusable' || says.problems[0] !== 'identifier') return says;
    return parsePageUser(JSON.stringify({ ...JSON.parse(text), identifier: 'somebody' }));
  },
  'takes a text of any length': (text) => {
    const says = parsePageUser(text);
    if (says.kind === 'user' || text.length <= 8_192) return says;
    const { identifier } = JSON.parse(text);
    return parsePageUser(JSON.stringify({ identifier }));
  },
  'drops the whole for one bad field': (text) => {
    const says = parsePageUser(text);
    return says.kind === 'user' && says.problems.length > 0 ? { ...says, kind: 'unusable' } : says;
  },
  'takes what it cannot read for nobody': (text) => {
    const says = parsePageUser(text);
    return says.kind === 'unusable' ? { kind: 'signedOut' } : says;
  },
};

describe('a parser that', () => {
  it.each(Object.keys(broken))('%s is found', (name) => {
    const property = fc.property(pageTexts, (text) => checkPageText(broken[name] ?? parsePageUser, text));
    expect(fc.check(property, { seed, numRuns: wanted, endOnFailure: true }).failed).toBe(true);
  });
});
