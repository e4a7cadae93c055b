// People who sign in and out at the company's page, as its own code hands them over. Names differ from run to run, so that
// an installation that is not empty has never heard of them.
import { createHmac, randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from './expect';

export interface Person {
  identifier: string;
  name: string;
}

export function person(name: string): Person {
  return { identifier: `${name.toLowerCase()}-${randomUUID()}`, name };
}

/** Hex HMAC-SHA256 of an identifier, as the company's server makes it (contract §3.0). */
export function hashOf({ identifier }: Person, hmacToken: string): string {
  return createHmac('sha256', hmacToken).update(identifier).digest('hex');
}

/** The page says who is signed in; null: nobody. Without a hash it is only a claim. */
export async function signIn(page: Page, who: Person | null, identifierHash?: string): Promise<void> {
  await page.evaluate(
    (text) => {
      const block = document.querySelector('[data-carbonchat-user]') ?? document.createElement('script');
      block.setAttribute('type', 'application/json');
      block.setAttribute('data-carbonchat-user', '');
      block.textContent = text;
      document.body.append(block);
    },
    JSON.stringify(who && { ...who, identifierHash }),
  );
}

/** Opens a view from the menu of the list, which may have to take the place of a conversation first: that has a menu, too. */
export async function openFromMenu(panel: Page, entry: string): Promise<void> {
  await panel.locator('[data-key="details"]').click();
  await panel.getByRole('menuitem', { name: entry }).click();
}

/** Waits until the panel shows the list of somebody who has proven who they are, or only says so. */
export async function expectSignedIn(panel: Page, { name }: Person): Promise<void> {
  await openFromMenu(panel, 'Your details');
  await expect(panel.getByText(`You are signed in as ${name}.`)).toBeVisible();
  await panel.getByRole('button', { name: 'Back to conversations' }).click();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
}

/** Waits until nothing of these words is anywhere in the panel's document. */
export async function expectNothingOf(panel: Page, words: readonly string[]): Promise<void> {
  const left = async () => {
    const content = await panel.content();
    return words.filter((text) => content.includes(text));
  };
  await expect.poll(left).toEqual([]);
}
