// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneSite } from '../site/sites';
import { type Build, buildExtension } from './build-extension';
import { scriptsOfPage, staticImports } from './page-scripts';

let build: Build;
const read = (file: string) => readFile(join(build.dir, file), 'utf8');
const gzipBytes = (code: string) => gzipSync(code, { level: 9 }).length;

beforeAll(async () => {
  build = await buildExtension('chrome', oneSite());
  expect(build.code, build.output).toBe(0);
}, 120_000);
afterAll(() => build.remove());

describe('the weight of the build (goals P1, P2)', () => {
  it('puts at most 3,072 bytes of gzipped script into a page', async () => {
    const weight = gzipBytes(await read('content-scripts/help-button.js'));
    expect(weight).toBeGreaterThan(500);
    expect(weight).toBeLessThanOrEqual(3072);
  });

  it('opens the panel with at most 30,720 bytes of gzipped script', async () => {
    const scripts = await scriptsOfPage('sidepanel.html', read);
    const weights = await Promise.all(scripts.map(async (file) => gzipBytes(await read(file))));
    const weight = weights.reduce((sum, bytes) => sum + bytes, 0);
    // Preact and the signals alone are heavier than this.
    expect(weight).toBeGreaterThan(5000);
    expect(weight).toBeLessThanOrEqual(30_720);
  });

  it('does not carry the polyfill or the extension id into a page', async () => {
    const code = await read('content-scripts/help-button.js');
    expect(code).not.toContain('minArgs');
    expect(code).not.toContain('postMessage');
  });

  it('leaves no source maps', async () => {
    expect(await read('background.js')).not.toContain('sourceMappingURL');
  });
});

describe('finding the scripts of a page', () => {
  it('follows tags, preloads and static imports, each file once, and leaves dynamic imports out', async () => {
    const files: Record<string, string> = {
      'page.html':
        '<script type="module" crossorigin src="/chunks/page.js"></script><link rel="modulepreload" href="/chunks/a.js"><link rel="stylesheet" href="/assets/page.css">',
      'chunks/page.js':
        'import{x}from"./a.js";import"./b.js";export{y}from"./c.js";const later=()=>import("./later.js");',
      'chunks/a.js': 'import{z as q}from"./b.js";',
      'chunks/b.js': '',
      'chunks/c.js': '',
    };
    const scripts = await scriptsOfPage(
      'page.html',
      async (file) => files[file] ?? Promise.reject(new Error(file)),
    );
    expect(scripts.sort()).toEqual(['chunks/a.js', 'chunks/b.js', 'chunks/c.js', 'chunks/page.js']);
  });

  it('does not take words in a text for imports', () => {
    expect(staticImports('const a = \'import "./x.js"\'; import b from "./y.js"')).toEqual(['./y.js']);
  });
});
