// The words of messages as people meet them: what an agent writes as CommonMark, long messages, emoji, copying.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { expectSent, message, startConversation } from './panel-page';

const written = [
  'Please **check** these:',
  '',
  '1. the [invoice](https://ledgerly.example/invoices/2041)',
  '2. `VAT` rate',
  '',
  '| year | rate |',
  '|---|---|',
  '| 2026 | 19 % |',
].join('\n');
const long = Array.from({ length: 60 }, (_, index) => `Line ${index + 1}`).join('\n');

/** How far below the upper edge of the panel something stands. */
const top = async (panel: Page, selector: string) =>
  (await panel.locator(selector).last().boundingBox())?.y ?? 0;

test('what an agent writes as CommonMark is drawn as they meant it, and copied as plain words', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, '**my own** asterisks');
  await expectSent(panel, '**my own** asterisks');
  await agent.reply(await traces.conversationId(), written);
  const answer = message(panel, 'Please check these');
  await expect(answer.getByRole('link', { name: 'invoice' })).toHaveAttribute(
    'href',
    'https://ledgerly.example/invoices/2041',
  );
  await expect(answer.getByRole('cell', { name: '19 %' })).toBeVisible();
  await expect(answer.getByRole('listitem')).toHaveCount(2);
  const copied = await panel.evaluate(() => {
    const words = document.querySelector('.rich');
    if (words) getSelection()?.selectAllChildren(words);
    return String(getSelection());
  });
  for (const words of ['Please check these:', 'the invoice', 'VAT rate', '19 %'])
    expect(copied).toContain(words);
  expect(copied).not.toMatch(/\*|`|\||<|https/);
});

test('a long message unfolds below what is read, and folds back above it', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Tell me everything');
  const id = await traces.conversationId();
  // Enough for the thread to be scrolled: a short one stands at the end of the screen.
  await agent.reply(id, 'And so on.\n'.repeat(22));
  await agent.reply(id, 'And so on.\n'.repeat(22));
  await agent.reply(id, long);
  const more = panel.getByRole('button', { name: 'Show more' });
  await expect(more).toBeVisible();
  const words = '.message .rich';
  // It comes in with a small movement.
  await panel.evaluate(async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
  });
  const before = await top(panel, words);
  await more.click();
  await expect(panel.getByRole('button', { name: 'Show less' })).toHaveCount(1);
  expect(Math.abs((await top(panel, words)) - before)).toBeLessThan(2);

  // The button still has the focus, far below what is read.
  await panel.keyboard.press('Enter');
  await expect(more).toBeFocused();
  const height = await panel.evaluate(() => innerHeight);
  await expect.poll(() => top(panel, '.fold-button')).toBeLessThan(height - 100);
  expect(await top(panel, '.fold-button')).toBeGreaterThan(50);
});

test('an emoji is searched, chosen by keyboard, and stands where the caret was', async ({ visitor }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Thanks');
  const box = panel.getByRole('textbox', { name: 'Message' });
  await box.fill('Well done');
  await panel.keyboard.press('Home');
  await panel.getByRole('button', { name: 'Emoji' }).click();
  await expect(panel.getByRole('button', { name: 'grinning face', exact: true })).toBeVisible();
  await panel.keyboard.type('thumbs');
  await panel.keyboard.press('ArrowDown');
  await panel.keyboard.press('Enter');
  await expect(box).toBeFocused();
  await panel.keyboard.type(' ');
  await expect(box).toHaveValue(/^👍\uFE0F? Well done$/);
  await expect(panel.getByRole('dialog', { name: 'Emoji' })).toHaveCount(0);
});
