// The extension is updated while a person uses it: a second build over the first, in the running browser.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExtensionBrowser } from './driver/extension-browser';
import { helpButtonName } from './driver/help-button';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

const NEW_VERSION = '0.2.0';

/** A copy of the run's build, in a folder of its own that can be written over. */
async function copyOfBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'carbonchat-update-'));
  await cp(JSON.parse(process.env.CARBONCHAT_EXTENSIONS ?? '{}').plain, folder, { recursive: true });
  return folder;
}

/** Puts a newer build over the one in `folder`, and has the browser take it. */
async function update(visitor: ExtensionBrowser, folder: string): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, version: NEW_VERSION }));
  await visitor.reloadExtension();
}

test('an update with a panel open keeps the draft and the unsent message, and one Help button', {
  // Firefox updates no extension that was loaded from a folder.
  tag: '@chromium',
}, async ({ launch, config, traces, agent, line }) => {
  const folder = await copyOfBuild();
  const visitor = (await launch({ extensionPath: folder })) as ExtensionBrowser;
  const { page } = visitor;
  await page.goto(config.siteUrl.href);
  await page.locator('carbonchat-help').waitFor();
  const nameBefore = await helpButtonName(page);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Where is my invoice?');
  await agent.reply(await traces.conversationId(), 'In your inbox.');
  await expect(message(panel, 'In your inbox.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  await backToList(panel);
  await expect(row(panel, 'Half a thought')).toBeVisible();
  await startConversation(panel, 'Another matter.');
  await line.cut();
  await send(panel, 'Said in the dark.');
  await expect(message(panel, 'Said in the dark.')).toHaveAccessibleName(/Will be sent|Waiting|Not sure/);

  const closed = panel.waitForEvent('close');
  await update(visitor, folder);
  await closed;
  await expect(page.locator('carbonchat-help')).toHaveCount(1);
  // The button of before reaches nobody any more: the first click says so, the second loads the page again.
  await visitor.clickHelpButton();
  await expect.poll(() => helpButtonName(page)).toBe('Reload page for help');
  const loaded = page.waitForEvent('load');
  await visitor.clickHelpButton();
  await loaded;
  await expect(page.locator('carbonchat-help')).toHaveCount(1);
  await expect.poll(() => helpButtonName(page)).toBe(nameBefore);

  await visitor.clickHelpButton();
  const again = await visitor.panel();
  expect(await visitor.evaluateInWorker(versionHere)).toBe(NEW_VERSION);
  await row(again, 'Half a thought').click();
  await expect(again.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await expect(message(again, 'In your inbox.')).toBeVisible();
  await backToList(again);
  await row(again, 'Said in the dark.').click();
  await line.restore();
  await expectSent(again, 'Said in the dark.');
  const ids = await traces.conversationIds();
  expect(await traces.contents(ids.at(-1))).toEqual(['Another matter.', 'Said in the dark.']);
  await rm(folder, { recursive: true });
});

function versionHere(): string {
  const { chrome } = globalThis as unknown as { chrome: { runtime: { getManifest(): { version: string } } } };
  return chrome.runtime.getManifest().version;
}
