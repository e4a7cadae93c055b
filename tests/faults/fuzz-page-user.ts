// Cases for what a page says of its user, and a second reading of the bounds, so that any parser can be checked.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { CustomAttributes, PageSays } from '@/lib/site/page-user';
import { anyJson, damaged, mutated, pages, textOf } from './fuzz-values';

const user = {
  identifier: 'user-1',
  identifierHash: 'ab'.repeat(32),
  name: 'Ana Marić',
  email: 'Ana@Example.com',
  phoneNumber: '+385911234567',
  avatarUrl: 'https://example.com/ana.png',
  customAttributes: { plan: 'pro', seats: 3, trial: false, note: null },
};
/** As a page would have to write them to get around something: many, long, or of names that mean something. */
const attributes = fc.dictionary(
  fc.oneof(
    fc.string({ maxLength: 10 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'k'.repeat(60), 'k'.repeat(61)),
  ),
  fc.oneof(fc.constantFrom('', 'x'.repeat(1_500), 'x'.repeat(1_501)), fc.integer(), anyJson),
  { maxKeys: 70, size: 'max' },
);
const people = fc.oneof(
  mutated(user),
  attributes.map((customAttributes) => ({ ...user, customAttributes })),
  fc.record({
    identifier: fc.oneof(fc.string({ maxLength: 300 }), anyJson),
    name: fc.string({ unit: 'binary' }),
  }),
  anyJson,
);
const texts = people.map(textOf);

/** Texts, as a page may put them into its block. */
export const pageTexts = fc.oneof(
  { weight: 6, arbitrary: texts },
  { weight: 2, arbitrary: damaged(texts) },
  { weight: 1, arbitrary: fc.oneof(pages, fc.string()) },
);

/** What the page itself would read out of its text. */
function readAsPage(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkAttributes(attributes: CustomAttributes): void {
  const entries = Object.entries(attributes);
  expect(entries.length).toBeLessThanOrEqual(50);
  for (const [key, value] of entries) {
    expect(key.length >= 1 && key.length <= 60, key).toBe(true);
    expect(['__proto__', 'constructor', 'prototype']).not.toContain(key);
    const isFit =
      typeof value === 'string'
        ? value.length <= 1_500
        : typeof value === 'boolean' || Number.isFinite(value);
    expect(isFit, key).toBe(true);
  }
}

/** Nothing goes over the bounds, nobody is made up, and nothing that is good is lost beside what is not. */
export function checkPageText(parse: (text: string) => PageSays, text: string): void {
  const says = parse(text);
  const read = readAsPage(text);
  expect({}).not.toHaveProperty('polluted');
  expect(says.kind === 'signedOut').toBe(read === null && text.length <= 8_192);
  if (says.kind === 'signedOut') return;
  expect(JSON.stringify(says.problems).length).toBeLessThan(8_000);
  const identifier = Object(read).identifier;
  const isNamed =
    text.length <= 8_192 &&
    typeof read === 'object' &&
    !Array.isArray(read) &&
    typeof identifier === 'string' &&
    identifier.trim() !== '' &&
    identifier.length <= 255 &&
    !/[\p{Cc}\p{Cs}]/u.test(identifier);
  expect(says.kind).toBe(isNamed ? 'user' : 'unusable');
  if (says.kind !== 'user') return;
  const { hash, name, email, phoneNumber, avatarUrl, customAttributes } = says.user;
  expect(says.user.identifier).toBe(identifier);
  if (hash !== null) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  if (name !== null) expect(name.length).toBeLessThanOrEqual(255);
  if (email !== null) {
    expect(email).toMatch(/^\S+@\S+\.\S+$/);
    expect(email.length).toBeLessThanOrEqual(255);
    expect(email).toBe(email.toLowerCase());
  }
  if (phoneNumber !== null) expect(phoneNumber).toMatch(/^\+\d{2,15}$/);
  if (avatarUrl !== null) {
    expect(avatarUrl).toMatch(/^https:|^http:\/\/(localhost|127\.0\.0\.1)/);
    expect(avatarUrl.length).toBeLessThanOrEqual(2_048);
  }
  checkAttributes(customAttributes);
  // What is exactly as in the sample is good.
  const { name: saidName, phoneNumber: saidPhone } = read as { name: unknown; phoneNumber: unknown };
  if (saidName === user.name) expect(name).toBe(user.name);
  if (saidPhone === user.phoneNumber) expect(phoneNumber).toBe(user.phoneNumber);
}
