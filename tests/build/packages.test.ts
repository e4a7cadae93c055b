// @vitest-environment node
// A zip file says nothing of when and in which order it was made.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, expect, it } from 'vitest';
import { settleZip } from '@/lib/build/packages';

const folder = mkdtempSync(join(tmpdir(), 'carbonchat-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function zip(name: string, year: number, entries: readonly [string, string][]): Promise<string> {
  const archive = new JSZip();
  for (const [path, content] of entries) archive.file(path, content, { date: new Date(year, 1, 1) });
  const path = join(folder, name);
  writeFileSync(path, await archive.generateAsync({ type: 'nodebuffer' }));
  return path;
}

it('makes the same bytes of the same files', async () => {
  const one = await zip('one.zip', 2026, [
    ['b.txt', 'B'],
    ['a/a.txt', 'A'],
  ]);
  const other = await zip('other.zip', 2027, [
    ['a/a.txt', 'A'],
    ['b.txt', 'B'],
  ]);
  expect(readFileSync(one)).not.toEqual(readFileSync(other));
  await settleZip(one);
  await settleZip(other);
  expect(readFileSync(one)).toEqual(readFileSync(other));
});

it('adds entries, and puts them in the place of others', async () => {
  const path = await zip('added.zip', 2026, [
    ['a.txt', 'A'],
    ['b.txt', 'B'],
  ]);
  await settleZip(path, { 'b.txt': 'new', 'c.txt': 'C' });
  const { files } = await JSZip.loadAsync(readFileSync(path));
  const contents = await Promise.all(
    Object.values(files).map(async (file) => [file.name, await file.async('text')]),
  );
  expect(contents).toEqual([
    ['a.txt', 'A'],
    ['b.txt', 'new'],
    ['c.txt', 'C'],
  ]);
});
