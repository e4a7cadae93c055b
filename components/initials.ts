// Initials and the ground they stand on. Pure.

const oneLetterScripts = /^\p{Script=Han}|^\p{Script=Hiragana}|^\p{Script=Katakana}|^\p{Script=Hangul}/u;

/** First letters of the first and last word; one character where that is the custom. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  const letter = (word: string) => [...word][0]?.toLocaleUpperCase() ?? '';
  return oneLetterScripts.test(first) ? letter(first) : letter(first) + letter(last);
}

/** One of six colour pairs, always the same for the same person. */
export function pairOf(who: string): number {
  let hash = 7;
  for (const character of who) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % 6;
}
