// @vitest-environment node
// One picture becomes all the sizes; what is no such picture is named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { brandIcons, iconSizes } from '@/lib/build/brand-icon';

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-icon-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const size = (png: Uint8Array | undefined) => {
  const bytes = Buffer.from(png ?? []);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};
const svg = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#ffd400"/></svg>`;

it('draws an SVG in every size', async () => {
  const icons = await brandIcons(file('logo.svg', svg(10, 10)));
  expect([...icons.keys()]).toEqual(iconSizes);
  for (const [asked, png] of icons) expect(size(png)).toEqual([asked, asked]);
});

it('draws a PNG in every size, with what is in the picture', async () => {
  const [ours, other] = [readFileSync('public/icon/128.png'), readFileSync('public/icon/16.png')];
  const icons = await brandIcons(file('logo.png', ours));
  for (const [asked, png] of icons) expect(size(png)).toEqual([asked, asked]);
  const others = await brandIcons(file('small.png', other));
  expect(icons.get(48)).not.toEqual(others.get(48));
});

it.each([
  ['is not there', () => join(folder, 'none.svg'), /^icon: .*none\.svg cannot be read$/],
  ['is something else', () => file('words.svg', 'words'), /^icon: must be an SVG or PNG file$/],
  ['is not square', () => file('wide.svg', svg(20, 10)), /^icon: must be square, and is 20 by 10$/],
])('refuses a file that %s', async (_, path, problem) => {
  await expect(brandIcons(path())).rejects.toThrow(problem);
});
