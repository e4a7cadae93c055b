import { describe, expect, it } from 'vitest';
import de from '../../components/emoji/de.json';
import en from '../../components/emoji/en.json';
import { emojiData } from '../../lib/build/emoji-data';

describe('the emoji that are offered', () => {
  it.each([
    ['en', en],
    ['de', de],
  ] as const)('are those of the data they are made from: %s', (language, kept) => {
    expect(kept).toEqual(emojiData(language));
    expect(kept).toHaveLength(9);
    expect(kept.join('\n').split('\n').length).toBeGreaterThan(1500);
  });

  it('are called by their names, and found by other words', () => {
    expect(en[1]).toMatch(/^👍️? thumbs up\|.*yes/m);
    expect(de[1]).toMatch(/^👍️? Daumen hoch/m);
  });
});
