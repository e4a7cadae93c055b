// @vitest-environment happy-dom
// Firefox lets a content script read the extension's storage, with all secrets in it. So the script that is built for a
// page has no word for any storage in it, and when it runs it touches nothing of the browser but three things of `runtime`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ButtonView } from '@/lib/messaging/commands';
import { fakeEvent } from '../platform/fake-events';
import { oneSite } from '../site/sites';
import { type Build, buildExtension } from './build-extension';

const stores = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'];
const view: ButtonView = {
  label: 'Help',
  name: 'Help',
  reloadLabel: 'Reload page for help',
  count: '',
  position: 'bottom-end',
  colors: { fill: '#1f6feb', fillHover: '#0b61db', fillPressed: '#0452c9', onFill: '#ffffff' },
  panelOpen: false,
  shown: true,
  unread: 0,
  user: 'none',
};

/** The words for anything that keeps something, in whatever way a script writes them. */
function wordsForStores(script: string): string[] {
  return [...new Set(script.match(/\w*(storage|indexeddb|caches|cookie)\w*/gi))];
}

/** Names what is read of an object, below `path`, into `used`. */
function watched<T extends object>(object: T, path: string, used: Set<string>): T {
  return new Proxy(object, {
    get(target, key) {
      used.add(`${path}.${String(key)}`);
      return Reflect.get(target, key);
    },
  });
}

describe.each(['chrome', 'firefox'] as const)('the content script for %s', (browser) => {
  let build: Build;
  let script: string;
  beforeAll(async () => {
    build = await buildExtension(browser, oneSite());
    expect(build.code, build.output).toBe(0);
    script = await readFile(join(build.dir, 'content-scripts/help-button.js'), 'utf8');
  }, 120_000);
  afterAll(() => build.remove());

  it('has no word for any storage', () => {
    expect(script.length).toBeGreaterThan(2_000);
    expect(wordsForStores(script)).toEqual([]);
  });

  it('touches no storage when it runs, and of the browser only how to ask and to hear', async () => {
    const used = new Set<string>();
    const onMessage = fakeEvent();
    const runtime = { id: 'us', sendMessage: vi.fn(async () => ({ ok: true, value: view })), onMessage };
    const api = watched({ runtime: watched(runtime, 'runtime', used) }, 'api', used);
    vi.stubGlobal(browser === 'firefox' ? 'browser' : 'chrome', api);
    for (const name of stores)
      Object.defineProperty(globalThis, name, { configurable: true, get: () => used.add(name) });
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: true } });
    Object.defineProperty(document, 'cookie', { configurable: true, get: () => used.add('cookie') });

    new Function(script)();
    await vi.waitFor(() => expect(document.querySelector('carbonchat-help')).not.toBeNull());
    onMessage.fire({ type: 'button.changed', button: { ...view, panelOpen: true } });
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    for (const name of ['set-user', 'set-custom-attributes', 'reset', 'toggle'])
      document.dispatchEvent(new CustomEvent(`carbonchat:${name}`, { detail: '{"identifier":"ada"}' }));
    await vi.waitFor(() => expect(runtime.sendMessage.mock.calls.length).toBeGreaterThan(1));
    expect([...used].sort()).toEqual([
      'api.runtime',
      'runtime.id',
      'runtime.onMessage',
      'runtime.sendMessage',
    ]);
    onMessage.fire({ type: 'button.changed', button: null });
    vi.unstubAllGlobals();
  });
});

describe('a storage is found', () => {
  it.each([
    'browser.storage.local.get()',
    'chrome["storage"]',
    'const {storage:a}=browser',
    'localStorage.x=1',
    'self[`sessionStorage`]',
    'indexedDB.open("x")',
    'document.cookie="a=b"',
    'caches.match("/")',
  ])('in %s', (script) => {
    expect(wordsForStores(script)).toHaveLength(1);
  });
});
