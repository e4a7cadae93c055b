// Builds the page of this folder in memory: whoever shows it decides what of it arrives, and when.
import { join, resolve } from 'node:path';
import preact from '@preact/preset-vite';
import { build } from 'vite';

/** @returns contents by path, the page itself under `page.html`. */
export async function buildShiftPage(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const root = resolve('.');
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root,
    publicDir: false,
    plugins: [preact()],
    resolve: { alias: { '@': root } },
    build: {
      ...{ write: false, modulePreload: false, target: 'esnext' },
      rollupOptions: { input: join(root, 'tests/layout-shift/page.html') },
    },
  });
  const files = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  return new Map(
    files.map((file) => [
      file.fileName.replace(/^.*\/page\.html$/, 'page.html'),
      file.type === 'chunk' ? file.code : file.source,
    ]),
  );
}
