// A few words in place of a message: without marks, and without losing any word.
import { expect, it } from 'vitest';
import { plainWords } from '@/lib/core/plain-words';

it.each([
  ['our **flyer** is __here__', 'our flyer is here'],
  ['*Hello* and _goodbye_, `code`', 'Hello and goodbye, code'],
  ['see [the terms](https://a.test/t) and ![a picture](https://a.test/p.png)', 'see the terms and a picture'],
  ['# Title\n> quoted\n- one\n* two\n1. three', 'Title\nquoted\none\ntwo\nthree'],
  ['~~gone~~ **a** and **b**', 'gone a and b'],
  ['**bold *and* more**', 'bold and more'],
])('shows %j as %j', (written, shown) => {
  expect(plainWords(written)).toBe(shown);
});

it.each([
  ['3 * 4 * 5'],
  ['snake_case_name and a*b*c'],
  ['[not a link] (really)'],
  ['**'],
  ['* '],
  ['a ** b ** c'],
  ['#hashtag and -5 degrees'],
  ['`'],
])('leaves %j as it is', (written) => {
  expect(plainWords(written)).toBe(written);
});

it('looks at the beginning of a long text only, and ends for any', () => {
  expect(plainWords('x'.repeat(150_000))).toHaveLength(1_000);
  for (const mark of ['*', '**', '_', '`', '[', '![', '](', '~~', '> ', '1. '])
    expect(plainWords(mark.repeat(75_000)).length).toBeLessThanOrEqual(1_000);
});
