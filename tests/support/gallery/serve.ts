// Builds the gallery's page and serves it on loopback: npm run gallery, and the test that looks at it.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { build } from 'vite';
import { recordedMessages } from './recorded';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const here = join(root, 'tests/support/gallery');
const outDir = join(root, '.output/gallery');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface Gallery {
  url: string;
  close(): Promise<void>;
}

/** @param port 0: any that is free. */
export async function startGallery(port = 0): Promise<Gallery> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [preact()],
    resolve: { alias: { '@': root } },
    define: { __RECORDED__: JSON.stringify(recordedMessages()) },
    build: { outDir, emptyOutDir: true, rollupOptions: { input: join(here, 'index.html') } },
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gallery');
    const file = fileOf(pathname);
    const body = file && (await readFile(file).catch(() => null));
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(file ?? '')] ?? 'text/plain' });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}

/** Null: nothing of ours. */
function fileOf(pathname: string): string | null {
  if (pathname === '/') return join(outDir, 'tests/support/gallery/index.html');
  if (pathname === '/icon.png') return join(root, 'public/icon/128.png');
  const folder = pathname.startsWith('/pictures/') ? here : outDir;
  const file = resolve(folder, `.${pathname}`);
  return file.startsWith(folder) ? file : null;
}
