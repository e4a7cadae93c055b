// @vitest-environment node
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '@/lib/site/config';
import { contentSecurityPolicy } from '@/lib/site/manifest-rights';
import { oneSite } from '../site/sites';
import { type Build, buildExtension } from './build-extension';

const config = oneSite({
  matches: ['http://app.acme.localhost:7811/*', 'https://*.acme.com/app/*'],
  installationUrl: 'http://127.0.0.1:7810',
});
const pages = ['http://app.acme.localhost/*', 'https://*.acme.com/app/*'];
const forbidden = [
  'externally_connectable',
  'web_accessible_resources',
  'optional_permissions',
  'optional_host_permissions',
];
const buildTime = 120_000;

/** The names that docs/store-listing.md explains in a table between these words. */
async function explained(from: string, to: string): Promise<string[]> {
  const text = await readFile('docs/store-listing.md', 'utf8');
  const part = text.slice(text.indexOf(from), text.indexOf(to));
  return [...part.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name).sort();
}

describe.each(['chrome', 'firefox'] as const)('the manifest for %s', (browser) => {
  let build: Build;
  let manifest: Record<string, unknown>;

  beforeAll(async () => {
    build = await buildExtension(browser, config);
    expect(build.code, build.output).toBe(0);
    manifest = JSON.parse(await readFile(join(build.dir, 'manifest.json'), 'utf8'));
  }, buildTime);
  afterAll(() => build.remove());

  it('is named after the configuration, with icons and the default language', async () => {
    expect(manifest).toMatchObject({
      manifest_version: browser === 'chrome' ? 3 : 2,
      name: 'Acme Support',
      default_locale: 'en',
      incognito: 'not_allowed',
      [browser === 'chrome' ? 'action' : 'browser_action']: { default_title: 'Acme Support' },
      icons: {
        16: 'icon/16.png',
        32: 'icon/32.png',
        48: 'icon/48.png',
        96: 'icon/96.png',
        128: 'icon/128.png',
      },
    });
  });

  it('asks for exactly the permissions it needs, and for hosts without ports', () => {
    const hosts = [...pages, 'http://127.0.0.1/*'];
    const asked = [manifest.permissions, manifest.host_permissions].flat().filter(Boolean);
    const apis = browser === 'chrome' ? ['alarms', 'sidePanel', 'storage'] : ['alarms', 'storage'];
    expect(asked.sort()).toEqual([...apis, ...hosts].sort());
    if (browser === 'chrome') expect(manifest.host_permissions).toEqual(hosts);
  });

  it('asks for nothing that the text for the stores does not explain', async () => {
    const { gecko } = (manifest.browser_specific_settings ?? {}) as { gecko?: Record<string, object> };
    const [apis, data] = await Promise.all([
      explained('## Permissions', '## Remote code'),
      explained('**Firefox, `data_collection_permissions`**', '**Limited Use**'),
    ]);
    // Hosts have rows of their own.
    const asked = (manifest.permissions as string[]).filter((name) => !name.includes(':'));
    const chromeOnly = browser === 'firefox' ? ['sidePanel'] : [];
    expect([...asked, ...chromeOnly].sort()).toEqual(apis);
    if (gecko) expect(gecko.data_collection_permissions).toEqual({ required: data });
  });

  it('puts its script into the pages of the sites only', () => {
    expect(manifest.content_scripts).toEqual([{ matches: pages, js: ['content-scripts/help-button.js'] }]);
  });

  it('binds all pages and the worker by the policy', () => {
    const policy = contentSecurityPolicy(parseConfig(config));
    expect(manifest.content_security_policy).toEqual(
      browser === 'chrome' ? { extension_pages: policy } : policy,
    );
  });

  it('opens no door to pages and other extensions', () => {
    expect(Object.keys(manifest).filter((key) => forbidden.includes(key))).toEqual([]);
    expect(JSON.stringify(manifest)).not.toContain('<all_urls>');
  });

  it('shows the panel at the side, not by itself after the installation', () => {
    if (browser === 'chrome') expect(manifest.side_panel).toEqual({ default_path: 'sidepanel.html' });
    else
      expect(manifest.sidebar_action).toMatchObject({
        default_panel: 'sidepanel.html',
        default_title: 'Acme Support',
        open_at_install: false,
        // Else Firefox puts a style sheet of its own over the panel's.
        browser_style: false,
      });
  });

  it('has options where each browser shows them, within its own page', () => {
    const page = { page: 'options.html', open_in_tab: false };
    // Else Firefox puts a style sheet of its own over ours.
    expect(manifest.options_ui).toEqual(browser === 'chrome' ? page : { ...page, browser_style: false });
  });

  it('opens the panel by a key as well', () => {
    const command = browser === 'chrome' ? '_execute_action' : '_execute_sidebar_action';
    expect(manifest.commands).toEqual({ [command]: { suggested_key: { default: 'Alt+Shift+H' } } });
  });

  it('names the oldest browser it runs in', () => {
    if (browser === 'chrome') {
      expect(manifest.minimum_chrome_version).toBe('120');
      expect(manifest.browser_specific_settings).toBeUndefined();
    } else {
      expect(manifest.minimum_chrome_version).toBeUndefined();
      expect(manifest.browser_specific_settings).toEqual({
        gecko: {
          id: 'acme@support-panel',
          strict_min_version: '140.0',
          data_collection_permissions: {
            required: ['authenticationInfo', 'personalCommunications', 'personallyIdentifyingInfo'],
          },
        },
      });
    }
  });
});

describe('a build that cannot be right', () => {
  it.each([
    [
      'the field of the configuration',
      oneSite({ installationUrl: 'http://support.acme.com' }),
      {},
      'sites[0].installationUrl: must start with https://',
    ],
    [
      'the variable',
      oneSite(),
      { CARBONCHAT_SETTLE_MS: 'soon' },
      'CARBONCHAT_SETTLE_MS: must be milliseconds',
    ],
  ])(
    'stops and names %s',
    async (_, wrong, environment, words) => {
      const build = await buildExtension('chrome', wrong, environment);
      await build.remove();
      expect(build.code).not.toBe(0);
      expect(build.output).toContain(words);
    },
    buildTime,
  );
});
