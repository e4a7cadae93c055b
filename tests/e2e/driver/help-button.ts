// The injected help button, used as a person does. Its shadow root is closed: a test sees the host element only.
import { expect, type Page } from '@playwright/test';

const HOST = 'carbonchat-help';

/** Clicks the button with the mouse. */
export async function clickHelpButton(page: Page): Promise<void> {
  await page.locator(HOST).waitFor();
  const box = await page.locator(HOST).boundingBox();
  if (!box) throw new Error('The help button has no box.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Walks to the button with the Tab key and presses Enter. Fails when no walk through the page meets it. */
export async function pressHelpButton(page: Page): Promise<void> {
  await page.locator(HOST).waitFor();
  const stops = (await page.locator('a, button, input, select, textarea, [tabindex]').count()) + 2;
  const focused = () => page.evaluate(() => document.activeElement?.localName);
  for (let stop = 0; stop < stops && (await focused()) !== HOST; stop++) await page.keyboard.press('Tab');
  expect(await focused(), 'the help button takes the keyboard focus').toBe(HOST);
  await page.keyboard.press('Enter');
}
