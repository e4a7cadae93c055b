// R14: a page cannot have the Help button pressed for a person. What each browser cannot tell is in docs/security.md.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { VisitorBrowser } from './driver/browser';
import { clickHelpButton, pressHelpButton } from './driver/help-button';
import { expect, test } from './fixtures';

/** Gives the page a button of its own that asks for the panel, and what covers and changes things, as any page may. */
async function prepare(page: Page): Promise<void> {
  await page.locator('carbonchat-help').waitFor();
  await page.evaluate(() => {
    const own = Object.assign(document.createElement('button'), { id: 'own', textContent: 'Support' });
    own.style.cssText = 'position:fixed;inset:0 auto auto 0;z-index:2147483647';
    own.addEventListener('click', () =>
      document.dispatchEvent(new CustomEvent('carbonchat:toggle', { detail: '"open"' })),
    );
    document.body.append(own);
  });
}

/** Notes from now on what is asked of the background: 'press' for our button, else the page's wish. */
async function watchWishes(visitor: VisitorBrowser): Promise<void> {
  await visitor.evaluateInWorker(() => {
    const scope = globalThis as unknown as { browser?: Api; chrome: Api; wishes: string[] };
    interface Api {
      runtime: { onMessage: { addListener(hear: (message: { type: string; want?: string }) => void): void } };
    }
    const isWatched = scope.wishes !== undefined;
    scope.wishes = [];
    if (isWatched) return;
    (scope.browser ?? scope.chrome).runtime.onMessage.addListener(({ type, want }) => {
      if (type === 'panel.toggle') scope.wishes.push(want ?? 'press');
    });
  });
}

const wishes = (visitor: VisitorBrowser) =>
  visitor.evaluateInWorker(() => (globalThis as unknown as { wishes: string[] }).wishes);

/** Presses the Help button by mouse and by key after the page did `trick`, and then a button that anybody can see. */
async function pressAll(visitor: VisitorBrowser, trick: string): Promise<string[]> {
  const { page } = visitor;
  await prepare(page);
  await watchWishes(visitor);
  await page.evaluate(trick);
  // Nobody's hand is faster; the browser looks ten times a second.
  await pause(400);
  await clickHelpButton(page);
  await pressHelpButton(page);
  await page.evaluate(() => document.documentElement.removeAttribute('style'));
  await page.locator('#own').click();
  // What one page says arrives in order.
  await expect.poll(() => wishes(visitor)).toContain('open');
  const all = await wishes(visitor);
  // Two presses before it may have opened the panel and be closing it at this very moment.
  if (!all.includes('press')) await expect.poll(() => visitor.panelIsOpen()).toBe(true);
  return all;
}

/** The same for one trick after the other, each in the page as it was loaded anew. */
async function pressUnderEach(
  visitor: VisitorBrowser,
  tricks: Readonly<Record<string, string>>,
  expected: readonly string[],
): Promise<void> {
  for (const [what, trick] of Object.entries(tricks)) {
    await visitor.page.reload();
    expect([what, ...(await pressAll(visitor, trick))]).toEqual([what, ...expected]);
    await visitor.closePanel();
  }
}

const onRoot = (name: string, value: string) =>
  `document.documentElement.style.setProperty(${JSON.stringify(name)}, ${JSON.stringify(value)})`;
const cover = (style: string) => `(() => {
  const cover = document.createElement('div');
  cover.style.cssText = ${JSON.stringify(`position:fixed;z-index:2147483646;pointer-events:none;${style}`)};
  document.body.append(cover);
})()`;
const moveInto = (style: string) => `(() => {
  const place = document.createElement('div');
  place.style.cssText = ${JSON.stringify(style)};
  document.body.append(place);
  place.append(document.querySelector('carbonchat-help'));
})()`;

const unseen = {
  'a page that is nearly transparent': onRoot('opacity', '.01'),
  'a page that is nearly transparent by a filter': onRoot('filter', 'opacity(.01)'),
  'a page that is clipped': onRoot('clip-path', 'inset(0 300px 300px 0)'),
  'a page that is masked': onRoot('mask-image', 'linear-gradient(transparent, transparent)'),
  'a page that is shrunk': onRoot('transform', 'scale(.01)'),
  'a page that is zoomed away': onRoot('zoom', '.01'),
  'an element of the page that is nearly transparent': moveInto('opacity:.01'),
  'an element of the page that is clipped': moveInto('clip-path:inset(50%)'),
};
test('a press on the button that cannot be seen does nothing', async ({ visitor }) => {
  test.slow();
  await pressUnderEach(visitor, unseen, ['open']);
});

// Firefox tells no script what an element is covered by that lets clicks through, nor what a filter leaves of it.
test.describe('in Chromium', { tag: '@chromium' }, () => {
  const covered = {
    'covered by something that lets clicks through': cover('inset:0;background:#fff'),
    'half covered': cover('right:0;bottom:0;width:60px;height:100px;background:#fff'),
    'covered by something that is nearly transparent': cover('inset:0;opacity:.01;background:#fff'),
    'blurred away by something before it': cover('inset:0;backdrop-filter:blur(30px)'),
    'blurred with its page': onRoot('filter', 'blur(20px)'),
  };
  test('a press on the button that is covered or blurred does nothing', async ({ visitor }) => {
    test.slow();
    await pressUnderEach(visitor, covered, ['open']);
  });

  test('a tab that was hidden, or loaded while it was, takes the first click', async ({
    visitor,
    config,
  }) => {
    const other = await visitor.context.newPage();
    await other.bringToFront();
    await visitor.page.bringToFront();
    await visitor.clickHelpButton();
    await visitor.panel();
    await visitor.closePanel();
    await other.bringToFront();
    await visitor.page.goto(config.siteUrl.href);
    await visitor.page.bringToFront();
    await visitor.clickHelpButton();
    await visitor.panel();
  });
});

const harmless = {
  'as it is': '',
  'in a page that scrolls': `document.body.style.height = '5000px'; scrollTo(0, 1000)`,
  'in a page that moves all the time': `(${() => {
    const ball = document.createElement('div');
    ball.style.cssText = 'position:fixed;inset:0 auto auto 0;width:50px;height:50px;background:red';
    document.body.append(ball);
    ball.animate([{ transform: 'none' }, { transform: 'translateX(300px)' }], {
      duration: 500,
      iterations: Number.POSITIVE_INFINITY,
    });
  }})()`,
  'on top of a page that fills the screen': cover('inset:0;z-index:9;background:#fff'),
  'touched at its edge': cover('inset:auto 0 0;height:23px;background:#fff'),
};
for (const [what, trick] of Object.entries(harmless))
  test(`a press on the button counts ${what}`, async ({ visitor }) => {
    expect(await pressAll(visitor, trick)).toEqual(['press', 'press', 'open']);
  });

test('the first click on a page that was just loaded counts, as the first key does', async ({ visitor }) => {
  for (const press of ['clickHelpButton', 'pressHelpButton'] as const) {
    await visitor.page.reload();
    await visitor[press]();
    await visitor.panel();
    await visitor.closePanel();
  }
});

test('events that a page makes up do nothing, also in the middle of a real click', async ({ visitor }) => {
  const { page } = visitor;
  await prepare(page);
  await watchWishes(visitor);
  await page.evaluate(() => {
    const host = document.querySelector('carbonchat-help') as HTMLElement;
    const pretend = () => {
      host.click();
      for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
        host.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, detail: 1 }));
      host.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    };
    pretend();
    document.getElementById('own')?.addEventListener('mousedown', pretend);
  });
  await page.locator('#own').click();
  await expect.poll(() => wishes(visitor)).toContain('open');
  expect(await wishes(visitor)).toEqual(['open']);
});

test('a page opens the panel while a person clicks, and not by itself', async ({ visitor }) => {
  const { page } = visitor;
  await prepare(page);
  await watchWishes(visitor);
  await page.evaluate(async () => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const name of ['opened', 'closed', 'on-message', 'error'])
      addEventListener(`carbonchat:${name}`, () => heard.push(name));
    // What a driver does may count as a person's doing for five seconds.
    while (navigator.userActivation.isActive) await new Promise((resolve) => setTimeout(resolve, 100));
    document.dispatchEvent(new CustomEvent('carbonchat:toggle'));
  });
  await page.locator('#own').click();
  await expect.poll(() => visitor.panelIsOpen()).toBe(true);
  expect(await wishes(visitor)).toEqual(['open']);
  const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  await expect.poll(heard).toEqual(['opened']);
});
