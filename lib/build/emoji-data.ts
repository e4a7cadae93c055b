// The emoji that the panel offers, with what people call them: made from emojibase's data, kept in components/emoji. Part
// of the build alone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Older systems cannot draw newer ones. */
const newestVersion = 14;
/** Emojibase's numbers: smileys, people, nature, food, places, activities, objects, symbols, flags. */
const groups = [0, 1, 3, 4, 5, 6, 7, 8, 9];
const mostTags = 5;

interface Entry {
  emoji: string;
  label: string;
  tags?: string[];
  version: number;
  group?: number;
  order?: number;
}

/** One text a group, one line an emoji: the emoji, its name, and after a bar what else people search it by. */
export function emojiData(language: 'en' | 'de'): string[] {
  const path = createRequire(import.meta.url).resolve(`emojibase-data/${language}/data.json`);
  const entries: Entry[] = JSON.parse(readFileSync(path, 'utf8'));
  const sorted = entries
    .filter(({ version }) => version <= newestVersion)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return groups.map((group) =>
    sorted
      .filter((entry) => entry.group === group)
      .map(lineOf)
      .join('\n'),
  );
}

function lineOf({ emoji, label, tags = [] }: Entry): string {
  const others = tags.filter((tag) => !label.includes(tag)).slice(0, mostTags);
  return others.length > 0 ? `${emoji} ${label}|${others.join(' ')}` : `${emoji} ${label}`;
}
