// What a page says of its user, parsed: nobody's word, so every field is bounded and nothing else comes in. Says who
// somebody claims to be; whether that is proven is the server's answer. Never repeats a value in what it reports.
import * as v from 'valibot';
import type { Identity } from '@/lib/core/types';
import { isSecureEnough } from './config';

export type CustomAttributes = Identity['customAttributes'];

/** `problems` names the fields that were left out, or what makes the whole unusable, for the site's developers. */
export type PageSays =
  | { kind: 'user'; user: Identity; problems: string[] }
  | { kind: 'signedOut' }
  | { kind: 'unusable'; problems: string[] };

/** Characters of a text; as in the command that brings it (lib/messaging/commands.ts). */
const longestText = 8_192;
const mostAttributes = 50;

/** One line that every server can store: neither control characters nor half a character. */
const line = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));
const identifier = v.pipe(
  line(255),
  v.check((text) => text.trim() !== ''),
);
const name = v.pipe(v.string(), v.trim(), line(255));
const optional = {
  identifierHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/i), v.toLowerCase()),
  name,
  email: v.pipe(name, v.regex(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/), v.toLowerCase(), v.maxLength(255)),
  phoneNumber: v.pipe(v.string(), v.trim(), v.regex(/^\+[1-9]\d{1,14}$/)),
  avatarUrl: v.pipe(
    line(2_048),
    v.check((address) => URL.canParse(address)),
    v.transform((address) => new URL(address)),
    v.check((url) => isSecureEnough(url) && url.username === '' && url.password === ''),
    v.transform(({ href }) => href),
    v.maxLength(2_048),
  ),
};
const attributeKey = v.pipe(line(60), v.nonEmpty(), v.notValues(['__proto__', 'constructor', 'prototype']));
const attributeValue = v.union([
  v.pipe(v.string(), v.maxLength(1_500), v.regex(/^[^\0\p{Cs}]*$/u)),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
]);

/** Reads the JSON of an identity block or event; null and JSON null: nobody is signed in. */
export function parsePageUser(text: string | null): PageSays {
  const json = text === null ? null : readJson(text);
  if (json === null) return { kind: 'signedOut' };
  if (!isObject(json)) return { kind: 'unusable', problems: ['JSON'] };
  const named = v.safeParse(identifier, json.identifier);
  if (!named.success) return { kind: 'unusable', problems: ['identifier'] };

  const problems = new Set<string>();
  const read = (field: keyof typeof optional): string | null => {
    const given = json[field];
    if (given === undefined || given === null || given === '') return null;
    const parsed = v.safeParse(optional[field], given);
    if (!parsed.success) problems.add(field);
    return parsed.success ? parsed.output || null : null;
  };
  const user = {
    identifier: named.output,
    hash: read('identifierHash'),
    name: read('name'),
    email: read('email'),
    phoneNumber: read('phoneNumber'),
    avatarUrl: read('avatarUrl'),
    customAttributes: readAttributes(json.customAttributes ?? {}, problems),
  };
  return { kind: 'user', user, problems: [...problems] };
}

/** Reads the JSON of custom attributes; null: it holds none at all. */
export function parseCustomAttributes(
  text: string,
): { customAttributes: CustomAttributes; problems: string[] } | null {
  const json = readJson(text);
  if (!isObject(json)) return null;
  const problems = new Set<string>();
  const customAttributes = readAttributes(json, problems);
  return { customAttributes, problems: [...problems] };
}

function readAttributes(given: unknown, problems: Set<string>): CustomAttributes {
  const entries = isObject(given) ? Object.entries(given).filter(([, value]) => value !== null) : null;
  const kept = (entries ?? []).slice(0, mostAttributes).filter(([key, value]) => {
    const isKey = v.is(attributeKey, key);
    if (isKey && v.is(attributeValue, value)) return true;
    problems.add(isKey ? `customAttributes.${key}` : 'customAttributes');
    return false;
  });
  if (!entries || entries.length > mostAttributes) problems.add('customAttributes');
  return Object.fromEntries(kept) as CustomAttributes;
}

/** Undefined when it is no JSON, or too much. */
function readJson(text: string): unknown {
  if (text.length > longestText) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
