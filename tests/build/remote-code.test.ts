// @vitest-environment node
// What docs/store-listing.md says of remote code and of other hosts: the package brings all that runs, makes no code or
// markup from text, and knows no address but the configuration's.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneSite } from '../site/sites';
import { type Build, buildExtension } from './build-extension';
import { addressesIn, codeFromText, loadedByPage, markupFromText } from './remote-code';

const configured = ['app.acme.com', 'support.acme.com'];
/** The names of XML's languages, which nobody asks for anything. */
const namespaces = 'www.w3.org';

function filesIn(folder: string, kind: RegExp): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kind.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));
}

describe.each(['chrome', 'firefox'] as const)('the extension for %s', (browser) => {
  let build: Build;
  beforeAll(async () => {
    build = await buildExtension(browser, oneSite());
    expect(build.code, build.output).toBe(0);
  }, 120_000);
  afterAll(() => build.remove());

  it('makes no code from text and loads none but its own', () => {
    const scripts = filesIn(build.dir, /\.js$/);
    expect(scripts.length).toBeGreaterThan(3);
    for (const { path, text } of scripts) expect([path, codeFromText(text)]).toEqual([path, []]);
  });

  it('has pages and style sheets that load only files of the package', () => {
    const pages = filesIn(build.dir, /\.(html|css)$/);
    const loaded = pages.flatMap(({ text }) => loadedByPage(text));
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.filter((address) => !/^\.?\/(?!\/)/.test(address))).toEqual([]);
  });

  it('names no host but those of the configuration', () => {
    const found = filesIn(build.dir, /\.(js|css|html|json)$/).flatMap(({ text }) => addressesIn(text));
    expect([...new Set(found)].sort()).toEqual([...configured, namespaces].sort());
  });
});

it('has no view that makes markup from text', () => {
  const sources = ['components', 'entrypoints', 'lib'].flatMap((room) => filesIn(room, /\.tsx?$/));
  expect(sources.length).toBeGreaterThan(100);
  for (const { path, text } of sources) expect([path, markupFromText(text)]).toEqual([path, []]);
});

describe('what would be found', () => {
  it.each([
    ['eval("1")', 'eval'],
    ['(0, eval)("1")', 'eval'],
    ['globalThis.eval(x)', 'eval'],
    ['new Function("return 1")()', 'Function'],
    ['const f = Function("return 1")', 'Function'],
    ['setTimeout("go()", 5)', 'setTimeout'],
    ['import(address)', 'import'],
    ['import("https://cdn.example/a.js")', 'import'],
    ['import a from "https://cdn.example/a.js"', 'import'],
    ['importScripts("a.js")', 'importScripts'],
    ['document.createElement("script")', 'createElement'],
    ['document.write(x)', 'document.write'],
  ])('%s', (code, name) => {
    expect(codeFromText(code)).toEqual([name]);
  });

  it('a file of the package and a function are no code from text', () => {
    const code =
      'import a from "./a.js"; import("./b.js"); setTimeout(() => a(), 5); x instanceof Function; retrieval(1); document.createElement("a")';
    expect(codeFromText(code)).toEqual([]);
  });

  it('what a page and a style sheet load', () => {
    const page =
      '<script src="https://cdn.example/a.js"></script><script>go()</script><link rel="stylesheet" href="//cdn.example/a.css"><a href="https://a.example">';
    expect(loadedByPage(page)).toEqual(['https://cdn.example/a.js', 'go()', '//cdn.example/a.css']);
    expect(loadedByPage('@import "b.css"; a { src: url("https://cdn.example/f.woff2") }')).toEqual([
      'b.css',
      'https://cdn.example/f.woff2',
    ]);
  });

  it('the hosts of addresses, but not of those that are put together from the configuration', () => {
    const text =
      '"https://a.example/x" `wss://b.example:8443` "https://*.c.example/*" "https:" "http://" + host';
    expect(addressesIn(text)).toEqual(['a.example', 'b.example', 'c.example']);
  });

  it('markup from text', () => {
    const text =
      'a.innerHTML = b; <p dangerouslySetInnerHTML={{ __html: c }} />; d.insertAdjacentHTML("x", e)';
    expect(markupFromText(text)).toEqual(['innerHTML', 'dangerouslySetInnerHTML', 'insertAdjacentHTML']);
  });
});
