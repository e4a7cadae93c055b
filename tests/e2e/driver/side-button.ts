// The two buttons at the side of a mouse, which Playwright does not know, over the middle of a page.
import type { Page } from '@playwright/test';
import { FirefoxPage } from './firefox/firefox-page';

/** Presses one and lets it go. */
export async function pressSideButton(page: Page, button: 'back' | 'forward'): Promise<void> {
  const shown = page as Page | FirefoxPage;
  const at = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
  if (shown instanceof FirefoxPage) return shown.pressButton(at.x, at.y, button === 'back' ? 3 : 4);
  const session = await page.context().newCDPSession(page);
  for (const type of ['mousePressed', 'mouseReleased'] as const)
    await session.send('Input.dispatchMouseEvent', { type, ...at, button, clickCount: 1 });
  await session.detach();
}
