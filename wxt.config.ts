// The build: one configuration file in, one extension for Chrome (MV3) or Firefox (MV2) out.
import { readFileSync } from 'node:fs';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { type Config, parseConfig } from './lib/site/config';
import { contentSecurityPolicy, hostPermissions, pagePatterns } from './lib/site/manifest-rights';

const file = process.env.CARBONCHAT_CONFIG ?? 'carbonchat.config.json';
const config = readConfig(file);

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  srcDir: '.',
  entrypointsDir: 'entrypoints',
  publicDir: 'public',
  outDir: process.env.CARBONCHAT_OUT_DIR ?? '.output',
  manifest: ({ browser }) => ({
    name: config.name,
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
              id: `${config.sites[0]?.id}@carbonchat-panel`,
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['personalCommunications', 'personallyIdentifyingInfo'],
              },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
  hooks: {
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

function readConfig(path: string): Config {
  try {
    return parseConfig(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`${path} cannot be used:\n${error instanceof Error ? error.message : String(error)}`);
  }
}

function milliseconds(variable: string, standard: number): string {
  const value = Number(process.env[variable] || standard);
  if (!Number.isInteger(value) || value <= 0) throw new Error(`${variable}: must be milliseconds, above 0`);
  return String(value);
}

/**
 * WXT hands every content script a context that we do not use, which would be half of the script's weight and
 * would tell the page the extension's id. An empty class takes its place.
 */
function lightContentScript(): Plugin {
  const context = 'wxt/utils/content-script-context';
  return {
    name: 'light-content-script',
    enforce: 'pre',
    resolveId: (source) => (source === context ? `\0${context}` : undefined),
    load: (id) => (id === `\0${context}` ? 'export class ContentScriptContext {}' : undefined),
  };
}
