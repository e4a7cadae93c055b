import { beforeEach, expect, it, vi } from 'vitest';
import { about, changeShortcut, panelShortcut, shownUrl } from '@/lib/platform/webext';

// The browser that a test describes: only the calls named there exist.
const fake = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => fake);

beforeEach(() => {
  for (const key of Object.keys(fake.browser)) delete fake.browser[key];
});

it('tells the extension’s own name and version, and no more of its manifest', () => {
  fake.browser.runtime = { getManifest: () => ({ name: 'Acme Support', version: '1.2.3', permissions: [] }) };
  expect(about()).toEqual({ name: 'Acme Support', version: '1.2.3' });
});

it.each([
  ['Chrome', [{ name: '_execute_action', shortcut: 'Alt+Shift+H' }], 'Alt+Shift+H'],
  ['Firefox', [{ name: '_execute_sidebar_action', shortcut: 'Ctrl+1' }], 'Ctrl+1'],
  ['a browser with other commands first', [{ name: 'x', shortcut: 'F1' }, { name: '_execute_action' }], ''],
  ['a browser without commands', [], ''],
])('finds the keys of the panel in %s', async (_, commands, shortcut) => {
  fake.browser.commands = { getAll: async () => commands };
  expect(await panelShortcut()).toBe(shortcut);
});

it('leads to where keys are changed: the browser’s own page, or the address of it', () => {
  const openShortcutSettings = vi.fn(async () => {});
  const create = vi.fn(async () => ({}));
  fake.browser.tabs = { create };
  fake.browser.commands = { openShortcutSettings };
  changeShortcut();
  expect([openShortcutSettings.mock.calls.length, create.mock.calls.length]).toEqual([1, 0]);
  fake.browser.commands = {};
  changeShortcut();
  expect(create).toHaveBeenCalledWith({ url: 'chrome://extensions/shortcuts' });
});

it('tells the address of the page that a window shows, where the extension may see it', async () => {
  const query = vi.fn(async () => [{ url: 'https://app.acme.com/' }]);
  fake.browser.tabs = { query };
  expect(await shownUrl(3)).toBe('https://app.acme.com/');
  expect(query).toHaveBeenCalledWith({ active: true, windowId: 3 });
  fake.browser.tabs = { query: async () => [{}] };
  expect(await shownUrl(3)).toBeNull();
  fake.browser.tabs = { query: async () => [] };
  expect(await shownUrl(3)).toBeNull();
});
