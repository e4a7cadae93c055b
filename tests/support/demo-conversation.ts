// One conversation between a customer in the real side panel and an agent in the console, played without a display and
// photographed. A demonstration, not a test: but it fails when the answer does not arrive or the note does.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { ExtensionBrowser } from '../e2e/driver/extension-browser';
import type { InboxKind } from '../server/demo/inbox-kinds';
import { log, note, reply, sendExample, sendFiles } from './demo-agent';

const QUESTION = 'Hello, how do I change the address on an invoice?';

type Play = { consoleUrl: string; folder: string; kind: InboxKind };

/** Plays it, with `page` of `browser` on the company's site, leaves pictures in `folder` and says what was seen. */
export async function playConversation(
  browser: ExtensionBrowser,
  { consoleUrl, folder, kind }: Play,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await browser.page.locator('carbonchat-help').waitFor();
  if (kind === 'strict') await signIn(browser.page);
  await browser.page.screenshot({ path: join(folder, 'site.png') });

  await browser.clickHelpButton();
  const panel = await browser.panel();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await ask(panel, QUESTION);
  const thread = panel.getByRole('log', { name: 'Messages' });
  await expect(thread).toContainText(QUESTION);

  const agent = await browser.context.newPage();
  await agent.setViewportSize({ width: 1100, height: 820 });
  await agent.goto(consoleUrl);
  await agent.getByRole('list', { name: 'Conversations' }).getByRole('button').click();
  if (kind === 'csat') await expect(thread).toContainText('Hello! Ask us anything.');
  if (kind === 'bot') await talkToBot(panel, thread);

  await note(agent, 'Check the plan before promising anything.');
  await reply(agent, 'Open the invoice, then Edit, then Billing address.');
  await expect(thread).toContainText('then Billing address');
  await expect(thread).not.toContainText('before promising');
  await agent.screenshot({ path: join(folder, 'console.png') });
  await browser.screenshotPanel(join(folder, 'panel-conversation.png'));

  await sendExample(agent, 'Question with choices', 'Which plan are you on?');
  await sendExample(agent, 'Form', 'Please tell us about the invoice.');
  await sendExample(agent, 'Cards', 'Two plans would fit you.');
  await sendFiles(agent, 'This is where to look.', join(folder, 'site.png'));
  await reply(agent, 'That is all you need.');
  await expect(thread).toContainText('That is all you need.');
  const last = kind === 'csat' ? await resolveAndAsk(agent, thread) : 'That is all you need.';
  await photographConsole(agent, folder);

  await panel.getByRole('button', { name: 'Back to conversations' }).click();
  await expect(panel.getByRole('list', { name: 'Conversations' })).toContainText(last);
  await browser.screenshotPanel(join(folder, 'panel-list.png'));
  return 'The answers arrived in the side panel, the private note did not.';
}

async function ask(panel: Page, text: string): Promise<void> {
  await panel.getByRole('textbox', { name: 'Message' }).fill(text);
  await panel.getByRole('button', { name: 'Send' }).click();
}

/** On the company's page: an inbox may take verified customers only. */
async function signIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ana Ledger');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ana@ledgerly.example');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Signed in as Ana Ledger')).toBeVisible();
}

async function talkToBot(panel: Page, thread: Locator): Promise<void> {
  await expect(thread).toContainText('Hello, I am a bot.');
  await ask(panel, 'Human please');
  await expect(thread).toContainText('A person will answer you here.');
}

async function resolveAndAsk(agent: Page, thread: Locator): Promise<string> {
  await agent.getByRole('button', { name: 'Resolve' }).click();
  const question = 'Please rate the conversation';
  await expect(log(agent)).toContainText(question);
  await expect(thread).toContainText(question);
  return question;
}

/** The whole thread, in both colour schemes and a narrow window. */
async function photographConsole(agent: Page, folder: string): Promise<void> {
  await agent.setViewportSize({ width: 1100, height: 2000 });
  await agent.screenshot({ path: join(folder, 'console-messages.png') });
  await agent.emulateMedia({ colorScheme: 'dark' });
  await agent.screenshot({ path: join(folder, 'console-messages-dark.png') });
  await agent.setViewportSize({ width: 700, height: 820 });
  await agent.screenshot({ path: join(folder, 'console-narrow-dark.png') });
}
