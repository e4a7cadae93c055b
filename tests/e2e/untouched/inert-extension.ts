// An extension that does nothing, for a browser that is to be the same but for ours.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Its folder; removing it is the caller's. */
export async function writeInertExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carbonchat-inert-'));
  const gecko = { id: 'inert@extension' };
  const manifest = {
    manifest_version: 3,
    name: 'Inert',
    version: '1.0',
    browser_specific_settings: { gecko },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}
