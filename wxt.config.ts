// The build: one configuration file in, one extension for Chrome (MV3) or Firefox (MV2) out.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { brandIcons } from './lib/build/brand-icon';
import { settleZip } from './lib/build/packages';
import { type Config, parseConfig } from './lib/site/config';
import { contentSecurityPolicy, hostPermissions, pagePatterns } from './lib/site/manifest-rights';

const file = process.env.CARBONCHAT_CONFIG ?? 'carbonchat.config.json';
const { icon, ...config } = readConfig();
/** For the names of files: the name without what a file system or a shell could stumble over. */
const slug = config.name
  .toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, '-')
  .replace(/^-|-$/g, '');
/** The company's icons by their size; none, and public/icon stays. */
let icons = new Map<number, Uint8Array>();

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  srcDir: '.',
  entrypointsDir: 'entrypoints',
  publicDir: 'public',
  outDir: process.env.CARBONCHAT_OUT_DIR ?? '.output',
  manifest: ({ browser }) => ({
    name: config.name,
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    action: {
      default_title: config.name,
      default_icon: { 16: 'icon/16.png', 32: 'icon/32.png' },
    },
    permissions: ['storage', 'alarms'],
    host_permissions: hostPermissions(config),
    content_security_policy: { extension_pages: contentSecurityPolicy(config) },
    incognito: 'not_allowed',
    commands: {
      // The button's click opens and closes the panel in Chrome; Firefox has a command for its sidebar.
      [browser === 'firefox' ? '_execute_sidebar_action' : '_execute_action']: {
        suggested_key: { default: 'Alt+Shift+H' },
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: `${config.sites[0]?.id}@support-panel`,
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['authenticationInfo', 'personalCommunications', 'personallyIdentifyingInfo'],
              },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
  zip: {
    artifactTemplate: `${slug || 'panel'}-{{version}}-{{browser}}.zip`,
    sourcesTemplate: `${slug || 'panel'}-{{version}}-sources.zip`,
    // What builds it and shows it, and nothing else that may lie in the folder.
    excludeSources: ['**'],
    includeSources: [
      ...['components/**', 'entrypoints/**', 'lib/**', 'public/**', '*.md', 'LICENSE', 'docs/*.md'],
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'wxt.config.ts'],
      // `npm start`, for the reviewer.
      ...['tests/e2e/**', 'tests/server/**', 'tests/support/**'],
    ],
  },
  hooks: {
    // Drawn before anything is built, so that a bad icon leaves nothing behind.
    'build:before': async () => {
      if (icon) icons = await brandIcons(resolve(dirname(file), icon)).catch(unusable);
    },
    'build:done': (wxt) => {
      for (const [size, png] of icons) writeFileSync(join(wxt.config.outDir, `icon/${size}.png`), png);
    },
    'zip:extension:done': (_, path) => settleZip(path),
    // With the company's own configuration in the place of the one that is built without being asked for another.
    'zip:sources:done': (_, path) => settleZip(path, ownSources()),
    'entrypoints:resolved': (_, entrypoints) => {
      for (const entrypoint of entrypoints) {
        if (entrypoint.type === 'content-script') entrypoint.options.matches = pagePatterns(config);
        if (entrypoint.type === 'sidepanel') entrypoint.options.defaultTitle = config.name;
      }
    },
  },
  vite: () => ({
    plugins: [preact(), lightContentScript()],
    define: {
      __CARBONCHAT_CONFIG__: JSON.stringify(config),
      __REQUEST_TIMEOUT_MS__: milliseconds('CARBONCHAT_REQUEST_TIMEOUT_MS', 15_000),
      __SETTLE_MS__: milliseconds('CARBONCHAT_SETTLE_MS', 60_000),
    },
    // A file of the extension is there at once: nothing is gained by preloading it.
    build: { sourcemap: false, modulePreload: false },
  }),
});

function readConfig(): Config {
  try {
    return parseConfig(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return unusable(error);
  }
}

function unusable(error: unknown): never {
  throw new Error(`${file} cannot be used:\n${error instanceof Error ? error.message : String(error)}`);
}

function ownSources(): Record<string, string | Uint8Array> {
  const written = JSON.parse(readFileSync(file, 'utf8'));
  if (!icon) return { 'carbonchat.config.json': JSON.stringify(written, null, 2) };
  const iconFile = `icon${extname(icon)}`;
  return {
    'carbonchat.config.json': JSON.stringify({ ...written, icon: iconFile }, null, 2),
    [iconFile]: readFileSync(resolve(dirname(file), icon)),
  };
}

function milliseconds(variable: string, standard: number): string {
  const value = Number(process.env[variable] || standard);
  if (!Number.isInteger(value) || value <= 0) throw new Error(`${variable}: must be milliseconds, above 0`);
  return String(value);
}

/**
 * WXT hands every content script a context that we do not use and that would tell the page the extension's id, and has
 * words for a crash at its start that a production build never says: together a third of the script's weight. So `main`
 * is called without them.
 */
function lightContentScript(): Plugin {
  return {
    name: 'light-content-script',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('virtual:wxt-content-script-isolated-world-entrypoint')) return undefined;
      const [importOfDefinition] = code.split('\n');
      return `${importOfDefinition}\nexport default definition.main();`;
    },
  };
}
