// What a broken or hostile other side may say: values, mutations of real shapes, and texts that are not quite JSON.
// Owns no oracle: who uses it knows what is good.
import fc from 'fast-check';
import { readRecording } from '../support/recording';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Stands for text that JSON.stringify cannot write; `textOf` puts it in its place. */
const verbatim = (text: string) => `@@${text}@@`;
const nested = (depth: number) => verbatim(`nested ${depth}`);

const traps: Json[] = [
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e300, -1e300, 8.64e15, 8.64e15 + 1],
  ...['', ' ', '\u0000', '\ud800', '__proto__', 'constructor', 'NaN', '2026-99-99', '1e999', '../..', '%'],
  ...['x'.repeat(5_000), 'javascript:alert(1)', 'data:text/html,x', 'https://[', '<b>x</b>'],
  ...[verbatim('1e999'), verbatim('-1e999'), nested(60), nested(20_000)],
  ...[[], {}, [null], [[]], ['x'], { id: null }],
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  JSON.parse('{"toString":null,"valueOf":1,"hasOwnProperty":2,"length":-1}'),
];

/** Any JSON, with what programs stumble over more often than chance would have it. */
export const anyJson: fc.Arbitrary<Json> = fc.oneof(
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  { weight: 2, arbitrary: fc.constantFrom(...traps) },
);

function pathsOf(value: Json, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** `value` with the thing at `path` replaced, or taken away where `by` is undefined; itself where nothing is there. */
function replaced(value: Json, [key, ...rest]: readonly string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return value;
  if (Array.isArray(value)) {
    const index = Number(key);
    const item = value[index] ?? null;
    return rest.length === 0 && by === undefined
      ? value.toSpliced(index, 1)
      : value.with(index, replaced(item, rest, by));
  }
  const { [key]: inner = null, ...others } = value;
  return rest.length === 0 && by === undefined ? others : { ...others, [key]: replaced(inner, rest, by) };
}

/** A real shape in which one to three things are replaced, missing, or joined by a foreign one. */
export function mutated(sample: unknown): fc.Arbitrary<Json> {
  const whole = JSON.parse(JSON.stringify(sample)) as Json;
  const change = fc.tuple(fc.constantFrom(...pathsOf(whole)), fc.option(anyJson, { nil: undefined }));
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  return changes.map((list) => list.reduce((value, [path, by]) => replaced(value, path, by), whole));
}

/** The text of a value, with what only a text can hold: numbers beyond all bounds, nesting beyond the stack. */
export function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text
    .replace(/"@@nested (\d+)@@"/g, (_, depth) => '['.repeat(depth) + ']'.repeat(depth))
    .replace(/"@@(-?1e999)@@"/g, '$1');
}

/** A text that was cut, doubled, or hit at one place. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const damage = fc.tuple(
    text,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.string({ maxLength: 3 }),
    fc.nat(3),
  );
  return damage.map(([whole, share, other, how]) => {
    const at = Math.floor(whole.length * share);
    if (how === 0) return whole.slice(0, at);
    if (how === 1) return whole + whole.slice(at);
    if (how === 2) return whole.slice(0, at) + other + whole.slice(at + other.length);
    return `\ufeff${whole.slice(0, at)}${other}${whole.slice(at)}`;
  });
}

/** What stands where an answer should: a portal's page, a proxy's words, nothing. */
export const pages = fc.constantFrom(
  ...['', '<!doctype html><title>Sign in</title>', 'Retry later\n', 'null', 'true', '0', '""', '[]', '{}'],
  ...['{"error":"no"}', '[', '{"id":', 'undefined', 'NaN', '\u0000\u0001', '{"message":{"error":[]}}'],
);

const recording = readRecording();
const small = 4_000;

/** The recorded messages of the room, at most four of each event. */
export function recordedFrames(): Json[] {
  const seen = new Map<string, number>();
  const frames = recording.cable
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.dir === 'in' && !event.raw_cut && event.raw.length < small ? [event.raw] : []))
    .map((raw) => JSON.parse(raw).message)
    .filter((message) => typeof message?.event === 'string');
  return frames.filter(({ event }) => {
    seen.set(event, (seen.get(event) ?? 0) + 1);
    return (seen.get(event) ?? 0) <= 4;
  });
}

/** The recorded answers of the client API, each body once. */
export function recordedBodies(): Json[] {
  const bodies = recording.http
    .filter(({ request, response }) => request.path.startsWith('/public/') && response.body_bytes < small)
    .map(({ response }) => JSON.stringify(response.body));
  return [...new Set(bodies)].map((body) => JSON.parse(body));
}
