// Measuring inside a page until something is really painted: a frame, and the first task after it.
import type { Page } from '@playwright/test';

// TypeScript's own list of browser APIs does not have it yet.
declare const scheduler: {
  postTask(run: () => void, options: { priority: 'user-blocking' }): Promise<void>;
};

/**
 * Presses Enter in `page` and answers the milliseconds from the key reaching the page until one more element
 * matches `selector` below `root` (a host of an open shadow root, or null for the document) and is painted.
 */
export async function pressUntilPainted(page: Page, selector: string, root: string | null): Promise<number> {
  // What typing set off is over when the browser has been idle.
  await untilIdle(page);
  await page.evaluate(
    ([selector, root]) => {
      const place = root === null ? document : (document.querySelector(root)?.shadowRoot as ShadowRoot);
      // No named function in here: the compiler would mark its name with a helper that the page does not have.
      const before = place.querySelectorAll(selector).length;
      let pressedAt = 0;
      addEventListener(
        'keydown',
        () => {
          pressedAt = performance.now();
        },
        { capture: true, once: true },
      );
      (globalThis as { painted?: Promise<number> }).painted = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (place.querySelectorAll(selector).length <= before) return;
          observer.disconnect();
          // The first task after the frame: whatever else waits comes later, and is not what a person sees.
          requestAnimationFrame(() =>
            scheduler.postTask(() => resolve(performance.now() - pressedAt), { priority: 'user-blocking' }),
          );
        });
        observer.observe(place, { childList: true, subtree: true });
      });
    },
    [selector, root] as const,
  );
  await page.keyboard.press('Enter');
  return page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted);
}

/**
 * Waits until `page` is idle, and from then on for one more element that matches `selector`. What it gives back tells when
 * that was painted, in epoch milliseconds by the page's own clock (to 0.1 ms).
 */
export async function appearanceIn(page: Page, selector: string): Promise<() => Promise<number>> {
  await untilIdle(page);
  await page.evaluate((selector) => {
    const before = document.querySelectorAll(selector).length;
    (globalThis as { appeared?: Promise<number> }).appeared = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.querySelectorAll(selector).length <= before) return;
        observer.disconnect();
        requestAnimationFrame(() =>
          scheduler.postTask(() => resolve(performance.timeOrigin + performance.now()), {
            priority: 'user-blocking',
          }),
        );
      });
      observer.observe(document, { childList: true, subtree: true });
    });
  }, selector);
  return () => page.evaluate(() => (globalThis as unknown as { appeared: Promise<number> }).appeared);
}

async function untilIdle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((idle) => setTimeout(() => requestIdleCallback(idle), 100)));
}

/** Opens `url` and answers the milliseconds from the start of the navigation until `selector` is painted. */
export async function openUntilPainted(page: Page, url: string, selector: string): Promise<number> {
  await page.goto(url);
  const handle = await page.waitForFunction(
    () => (globalThis as { paintedAt?: number }).paintedAt ?? null,
    undefined,
    { polling: 20 },
  );
  const at = await handle.jsonValue();
  if (at === null) throw new Error(`${selector} was not painted`);
  return at;
}

/** To be installed before `openUntilPainted`: notes when `selector` was first painted in each page. */
export async function watchPaint(page: Page, selector: string): Promise<void> {
  await page.addInitScript((selector) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      requestAnimationFrame(() =>
        scheduler.postTask(
          () => {
            (globalThis as { paintedAt?: number }).paintedAt = performance.now();
          },
          { priority: 'user-blocking' },
        ),
      );
    });
    observer.observe(document, { childList: true, subtree: true });
  }, selector);
}
