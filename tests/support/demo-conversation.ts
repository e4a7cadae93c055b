// One conversation between a customer in the real side panel and an agent in the console, played without a display and
// photographed. A demonstration, not a test: but it fails when the answer does not arrive or the note does.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { ExtensionBrowser } from '../e2e/driver/extension-browser';

/** Plays it, with `page` of `browser` on the company's site, and leaves four pictures in `folder`. */
export async function playConversation(
  browser: ExtensionBrowser,
  consoleUrl: string,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await browser.page.locator('carbonchat-help').waitFor();
  await browser.page.screenshot({ path: join(folder, 'site.png') });

  await browser.clickHelpButton();
  const panel = await browser.panel();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await panel
    .getByRole('textbox', { name: 'Message' })
    .fill('Hello, how do I change the address on an invoice?');
  await panel.getByRole('button', { name: 'Send' }).click();
  const thread = panel.getByRole('log', { name: 'Messages' });
  await expect(thread).toContainText('how do I change the address');

  const agent = await browser.context.newPage();
  await agent.goto(consoleUrl);
  await agent.getByRole('list', { name: 'Conversations' }).getByText('how do I change the address').click();
  await agent.getByRole('checkbox', { name: 'Private note' }).check();
  await agent.getByRole('textbox', { name: 'Reply' }).fill('Check the plan before promising anything.');
  await agent.getByRole('button', { name: 'Send reply' }).click();
  await agent.getByRole('checkbox', { name: 'Private note' }).uncheck();
  await agent
    .getByRole('textbox', { name: 'Reply' })
    .fill('Open the invoice, then Edit, then Billing address.');
  await agent.getByRole('button', { name: 'Send reply' }).click();

  await expect(thread).toContainText('then Billing address');
  await expect(thread).not.toContainText('before promising');
  await agent.screenshot({ path: join(folder, 'console.png') });
  await browser.screenshotPanel(join(folder, 'panel-conversation.png'));
  await panel.getByRole('button', { name: 'Back to conversations' }).click();
  await expect(panel.getByRole('list', { name: 'Conversations' })).toContainText('then Billing address');
  await browser.screenshotPanel(join(folder, 'panel-list.png'));
}
