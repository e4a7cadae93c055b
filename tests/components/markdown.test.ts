import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostPieces, readMarkdown } from '@/components/markdown';
import { pathological } from '../hostile-text/pathological';

// Work without a clock: how often the reader looks at a character.
const { charCodeAt } = String.prototype;
let looks = 0;
beforeAll(() => {
  String.prototype.charCodeAt = function (this: string, index: number) {
    looks++;
    return charCodeAt.call(this, index);
  };
});
afterAll(() => {
  String.prototype.charCodeAt = charCodeAt;
});

function workFor(text: string): number {
  looks = 0;
  readMarkdown(text);
  return looks;
}

describe('reading a message (goal R10)', () => {
  it.each(Object.entries(pathological))(
    'takes no more than twice the work for twice the text: %s',
    (_, make) => {
      const [once, twice] = [workFor(make(20_000)), workFor(make(40_000))];
      // What does not begin anew with the text: some work is the same for any text.
      expect(twice).toBeLessThan(2.1 * once + 10_000);
      expect(once).toBeLessThan(200 * 20_000);
    },
  );

  it('counts work', () => expect(workFor('*a*')).toBeGreaterThan(3));

  it('makes no more pieces than it may, however long the text', () => {
    for (const make of Object.values(pathological))
      expect(readMarkdown(make(60_000))?.tokens.length ?? 0).toBeLessThanOrEqual(mostPieces);
  });
});
