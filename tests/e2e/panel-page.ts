// The panel as a person uses it: by roles and names only (design §9), so that every look of it passes.
import type { Locator, Page } from '@playwright/test';
import { expect } from './expect';

/** The row of a conversation in the list. */
export function row(panel: Page, text: string): Locator {
  return panel
    .getByRole('list', { name: 'Conversations' })
    .locator('a, button, [role=link], [role=button]')
    .filter({ hasText: text });
}

/** A message in the open conversation. */
export function message(panel: Page, text: string): Locator {
  return panel.getByRole('log', { name: 'Messages' }).getByRole('article').filter({ hasText: text });
}

/** Writes into the open conversation and sends with Enter. Does not wait for anything. */
export async function send(panel: Page, text: string): Promise<void> {
  await panel.getByRole('textbox', { name: 'Message' }).fill(text);
  await panel.keyboard.press('Enter');
}

/** Waits until the server has confirmed an own message, as the panel tells it. */
export async function expectSent(panel: Page, text: string): Promise<void> {
  await expect(message(panel, text)).toHaveCount(1);
  await expect(message(panel, text)).toHaveAccessibleName(/^You, .*(Sent|Seen)/);
}

/** Own messages in the open conversation that the server has not confirmed. */
export function unconfirmed(panel: Page): Locator {
  return ownMessages(panel, /Saving|Waiting to send|Will be sent|Sending|Not sure/);
}

/** Waits until `count` own messages are shown, and the background has accepted every one. */
export async function expectAccepted(panel: Page, count: number): Promise<void> {
  await expect(ownMessages(panel, /./)).toHaveCount(count);
  await expect(ownMessages(panel, /Saving/)).toHaveCount(0);
  // What could not be kept is in the composer again.
  await expect(ownMessages(panel, /./)).toHaveCount(count);
}

/**
 * Waits until the open conversation shows exactly these messages, in this order, and `waiting` own ones were accepted but
 * not confirmed by the server.
 */
export async function expectShown(
  panel: Page,
  texts: readonly (string | null)[],
  waiting = 0,
): Promise<void> {
  await expect(panel.getByRole('article')).toContainText(texts.map(String));
  await expect(ownMessages(panel, /Saving/)).toHaveCount(0);
  await expect(unconfirmed(panel)).toHaveCount(waiting);
}

function ownMessages(panel: Page, state: RegExp): Locator {
  const name = new RegExp(`^You, .*(${state.source})`);
  return panel.getByRole('log', { name: 'Messages' }).getByRole('article', { name });
}

/** Starts a conversation from the list with its first message and waits until the server has it. */
export async function startConversation(panel: Page, text: string): Promise<void> {
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await send(panel, text);
  await expectSent(panel, text);
}

/** Goes back to the list. */
export async function backToList(panel: Page): Promise<void> {
  await panel.getByRole('button', { name: 'Back to conversations' }).click();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
}
