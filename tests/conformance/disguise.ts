// Owns what is drawn anew on every run: other letters and digits for the recorded texts, other tokens, another order.
// Lengths, case, marks and emoji stay, so that what was valid stays valid and what was too long stays too long.

import { randomBytes, randomInt } from 'node:crypto';

/** The same things in a random order. */
export function shuffled<T>(things: Iterable<T>): T[] {
  const list = [...things];
  for (let i = list.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}

/** A secret that nothing recorded was like. */
export const randomToken = () => randomBytes(12).toString('base64url');

/** A substitution of letters and digits 1 to 9, other on every call. The part of an address before `://` is kept. */
export function createDisguise(): (text: string) => string {
  const substitutes = new Map<string, string>();
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const alphabet of [letters, letters.toUpperCase(), '123456789'])
    for (const [index, substitute] of shuffled(alphabet).entries())
      substitutes.set(alphabet[index] as string, substitute);
  const substitute = (text: string) =>
    [...text].map((character) => substitutes.get(character) ?? character).join('');
  return (text) => {
    const [, scheme = '', rest = ''] = /^(https?:\/\/)?(.*)$/s.exec(text) ?? [];
    return scheme + substitute(rest);
  };
}

/** The whole of a text that the recorder cut: either its beginning and length, or what was repeated how often. */
export function uncut(text: string): string {
  const repeated = /^…\[cut by the recorder: (\d+) times (.+)\]$/su.exec(text);
  if (repeated) return (repeated[2] as string).repeat(Number(repeated[1]));
  const begun = /^(.+)…\[cut by the recorder: (\d+) chars\]$/su.exec(text);
  if (!begun) return text;
  const [first = ''] = begun[1] as string;
  return first.repeat(Number(begun[2]) / first.length);
}
