// @vitest-environment node
// One picture becomes all the sizes; what is no such picture is named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { brandIcons, iconSizes } from '@/lib/build/brand-icon';
import { readPng } from './png';

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-icon-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const svg = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#ffd400"/><rect width="${width / 2}" height="${height}" fill="#0a1b2c"/></svg>`;
const drawing = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h4v4"/>${content}</svg>`;

/** Every size is there, dark on the left and yellow on the right. */
function expectBothHalves(icons: ReadonlyMap<number, Uint8Array>): void {
  expect([...icons.keys()]).toEqual(iconSizes);
  for (const [asked, png] of icons) {
    const { width, height, at } = readPng(png);
    expect([width, height]).toEqual([asked, asked]);
    expect(at(asked / 4, asked / 2), `left at ${asked}`).toEqual([0x0a, 0x1b, 0x2c, 255]);
    expect(at((asked * 3) / 4, asked / 2), `right at ${asked}`).toEqual([0xff, 0xd4, 0x00, 255]);
  }
}

it('draws an SVG in every size', async () => {
  expectBothHalves(await brandIcons(file('logo.svg', svg(10, 10))));
});

it('draws a PNG in every size', async () => {
  const drawn = await brandIcons(file('large.svg', svg(10, 10)));
  expectBothHalves(await brandIcons(file('logo.png', drawn.get(128) ?? '')));
});

const whole = readFileSync('public/icon/128.png');
it.each([
  ['is not there', () => join(folder, 'none.svg'), /^icon: .*none\.svg cannot be read$/],
  ['is something else', () => file('words.svg', 'words'), /^icon: must be an SVG or PNG file$/],
  ['ends too early to say its size', () => file('short.png', whole.subarray(0, 12)), /^icon: must be an SVG/],
  [
    'ends within its picture',
    () => file('half.png', whole.subarray(0, 200)),
    /^icon: nothing of it can be drawn/,
  ],
  [
    'shows nothing',
    () => file('empty.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>'),
    /^icon: nothing/,
  ],
  ['has words', () => file('text.svg', drawing('<text y="8">A</text>')), /^icon: has words as text/],
  ['is not square', () => file('wide.svg', svg(20, 10)), /^icon: must be square, and is 20 by 10$/],
])('refuses a file that %s', async (_, path, problem) => {
  await expect(brandIcons(path())).rejects.toThrow(problem);
});
