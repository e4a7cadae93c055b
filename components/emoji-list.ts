// Every emoji with its names, in the language of the texts or else in English; fetched when somebody wants to choose one.

export interface Emoji {
  emoji: string;
  name: string;
  /** All it is searched by, in small letters. */
  words: string;
}

/** Smileys, people, nature, food, places, activities, objects, symbols, flags. */
export type EmojiGroups = readonly (readonly Emoji[])[];

export async function loadEmoji(locale: string): Promise<EmojiGroups> {
  const { default: groups } = await (/^de\b/.test(locale)
    ? import('./emoji/de.json')
    : import('./emoji/en.json'));
  return groups.map((group) => group.split('\n').map(read));
}

/** What the words begin with, in any order: "thumb up" finds thumbs up. */
export function search(groups: EmojiGroups, query: string): Emoji[] {
  const wanted = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return groups.flat().filter(({ words }) => wanted.every((word) => words.includes(` ${word}`)));
}

function read(line: string): Emoji {
  const end = line.indexOf(' ');
  const [name = '', others = ''] = line.slice(end + 1).split('|');
  return { emoji: line.slice(0, end), name, words: ` ${name} ${others}`.toLocaleLowerCase() };
}
