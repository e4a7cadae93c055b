// The hostile extension: built into a folder, and given its tasks through a page of the web.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { BrowserKind } from '../../support/browsers';
import type { Report, Task } from './task';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Builds it for a browser, with every right over pages, tabs and requests. Its folder; removing it is the caller's. */
export async function buildHostileExtension(browser: BrowserKind): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carbonchat-hostile-'));
  await build({
    entryPoints: ['background', 'content', 'page'].map((name) => here(`${name}.ts`)),
    bundle: true,
    format: 'iife',
    outdir: folder,
  });
  await writeFile(join(folder, 'sidepanel.html'), '<!doctype html><script src="page.js"></script>');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifestFor(browser)));
  return folder;
}

/** Has it do a task. The page must have been loaded with the extension in the browser. */
export function askHostile(page: Page, task: Task): Promise<Report> {
  return page.evaluate(
    (hostileTask) =>
      new Promise<Report>((resolve) => {
        window.addEventListener('message', ({ data }) => data?.hostileReport && resolve(data.hostileReport));
        window.postMessage({ hostileTask }, '*');
      }),
    task,
  );
}

function manifestFor(browser: BrowserKind): object {
  const shared = {
    name: 'Hostile',
    version: '1.0',
    content_scripts: [{ matches: ['<all_urls>'], js: ['content.js'], run_at: 'document_start' }],
  };
  const rights = ['tabs', 'scripting', 'webRequest'];
  if (browser === 'firefox')
    return {
      ...shared,
      manifest_version: 2,
      background: { scripts: ['background.js'] },
      permissions: [...rights, '<all_urls>'],
      browser_specific_settings: { gecko: { id: 'hostile@extension' } },
    };
  return {
    ...shared,
    manifest_version: 3,
    background: { service_worker: 'background.js' },
    permissions: rights,
    host_permissions: ['<all_urls>'],
  };
}
