// The zip files for the stores: the same bytes for the same source, whenever and wherever they are made. Part of the build
// alone.
import { readFileSync, writeFileSync } from 'node:fs';
import JSZip from 'jszip';

/** The earliest time that a zip file can say. */
const noTime = new Date(Date.UTC(1980, 0, 1));

/**
 * Writes a zip file anew with its entries in order and without the times at which they were made. `added` are further
 * entries, by their path; they take the place of those with the same path.
 */
export async function settleZip(
  path: string,
  added: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<void> {
  const made = await JSZip.loadAsync(readFileSync(path));
  const contents = new Map<string, string | Uint8Array>();
  for (const { name, dir } of Object.values(made.files)) {
    if (!dir) contents.set(name, (await made.file(name)?.async('uint8array')) ?? '');
  }
  for (const [name, content] of Object.entries(added)) contents.set(name, content);
  const settled = new JSZip();
  for (const name of [...contents.keys()].sort()) {
    settled.file(name, contents.get(name) ?? '', { date: noTime, createFolders: false });
  }
  const bytes = await settled.generateAsync({
    type: 'nodebuffer',
    platform: 'UNIX',
    compression: 'DEFLATE',
    compressionOptions: { level: 9 },
  });
  writeFileSync(path, bytes);
}
