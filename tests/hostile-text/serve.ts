// Builds the pages of this folder and serves them on loopback: ours under the policy of the panel, the others' under none.

import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import preact from '@preact/preset-vite';
import { Hono } from 'hono';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface HostilePages {
  /** With a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/** @param policy the Content-Security-Policy of `page.html`. */
export async function serveHostilePages(policy: string): Promise<HostilePages> {
  const folder = resolve('tests/hostile-text');
  const outDir = mkdtempSync(join(tmpdir(), 'carbonchat-hostile-text-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    root: resolve('.'),
    publicDir: false,
    plugins: [preact()],
    resolve: { alias: { '@': resolve('.') } },
    build: {
      ...{ outDir, emptyOutDir: true, modulePreload: false, target: 'esnext' },
      rollupOptions: { input: [join(folder, 'page.html'), join(folder, 'rivals.html')] },
    },
  });
  const app = new Hono();
  app.get('*', async ({ req, body, notFound }) => {
    const path = req.path.endsWith('.html') ? `/tests/hostile-text${req.path}` : req.path;
    const bytes = await readFile(join(outDir, path)).catch(() => null);
    if (bytes === null) return notFound();
    return body(new Uint8Array(bytes), 200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      ...(req.path === '/page.html' && { 'content-security-policy': policy }),
    });
  });
  return new Promise((done) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      done({
        url: `http://127.0.0.1:${port}/`,
        async close() {
          await new Promise((closed) => server.close(closed));
          await rm(outDir, { recursive: true });
        },
      }),
    );
  });
}
