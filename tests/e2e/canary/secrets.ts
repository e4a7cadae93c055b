// The secrets of one run, found by their names wherever they must be: in storage, in what was asked of the installation, in
// what it answered. And the search for them, in every way in which they may be written.
import type { Line } from '../driver/line';

const secretName = /^(source_?id|.*token|.*hash)$/i;

/** Texts below keys that name a secret, however deep; texts that are JSON themselves are read as such. */
export function secretsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    if (secretName.test(key)) return [value];
    return /^[{[]/.test(value) ? secretsIn(parsed(value)) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, name));
}

/** Those in paths, queries and bodies of the requests. */
export function secretsAsked({ requests }: Line): string[] {
  return requests.flatMap(({ path, body }) => {
    const { pathname, searchParams } = new URL(path, 'http://line');
    const [, sourceId] = pathname.match(/\/contacts\/([^/]+)/) ?? [];
    return [
      ...(sourceId ? [sourceId] : []),
      ...secretsIn(Object.fromEntries(searchParams)),
      ...secretsIn(body),
    ];
  });
}

/** Those of the values that a text holds: plain, encoded for an address, without dashes, or as base64. */
export function found(text: string, values: readonly string[]): string[] {
  const folded = text.toLowerCase();
  return values.filter((value) => formsOf(value).some((form) => folded.includes(form.toLowerCase())));
}

function formsOf(value: string): string[] {
  // Where it begins in a longer text makes three different base64s; the ends depend on what is around it.
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.from(' '.repeat(before) + value).toString('base64');
    return whole.replace(/=*$/, '').slice(before === 0 ? 0 : 4, -3);
  });
  return [value, encodeURIComponent(value), value.replaceAll('-', ''), ...base64];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
