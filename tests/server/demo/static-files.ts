// Owns serving a few files of one folder. Must not list folders nor follow paths out of one.

import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The folder of a module, given its `import.meta.url`. */
export const folderOf = (moduleUrl: string) => dirname(fileURLToPath(moduleUrl));

/** A file as a response with a strict policy of its own, or null when the folder has no such file. */
export async function serveFile(folder: string, name: string): Promise<Response | null> {
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[a-z0-9-]+\.[a-z]+$/.test(name)) return null;
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) return null;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
  });
}
