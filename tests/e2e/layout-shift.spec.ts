// Nothing moves that a person looks at: a long conversation of everything that a message can be, in the real panel, is opened
// and scrolled with a wheel while code, earlier messages and pictures come late or never. By the browser's own measure of
// layout shift, which only Chromium has, and by where messages stand on screen.
import { type Browser, chromium, expect, type Page, type Route, test } from '@playwright/test';
import { contentSecurityPolicy } from '../../lib/site/manifest-rights';
import { buildShiftPage } from '../layout-shift/build';
import type { Stage } from '../layout-shift/page';
import { oneSite } from '../site/sites';

declare const stage: Stage;

test.describe.configure({ timeout: 240_000 });

const origin = 'http://panel.test';
const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

let files: Awaited<ReturnType<typeof buildShiftPage>>;
let browser: Browser;
test.beforeAll(async () => {
  files = await buildShiftPage();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '' });
});
test.afterAll(() => browser.close());

/** A request is answered when this resolves. */
type Wait = (path: string) => Promise<unknown>;

async function openList(wait: Wait): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  await page.route(/./, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    await wait(path);
    // The page may be gone by now.
    await answer(route, path).catch(() => {});
  });
  await page.goto(`${origin}/page.html`);
  return page;
}

function answer(route: Route, path: string): Promise<void> {
  const [, width, height] = path.match(/^pictures\/\d+-(\d+)x(\d+)\.svg$/) ?? [];
  if (width)
    return route.fulfill({
      contentType: 'image/svg+xml',
      body: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`,
    });
  const body = files.get(path);
  if (body === undefined) return route.fulfill({ status: 404 });
  return route.fulfill({
    contentType: types[path.split('.').at(-1) ?? ''] ?? 'text/plain',
    body: typeof body === 'string' ? body : Buffer.from(body),
    headers: { 'content-security-policy': contentSecurityPolicy(oneSite()) },
  });
}

/** Lets everything through but what `isHeld` names, until it is let go. */
function gate(isHeld: (path: string) => boolean) {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  return {
    waiting,
    wait: async (path: string) => {
      if (!isOpen && isHeld(path)) await new Promise<void>((go) => waiting.push(go));
    },
    open() {
      isOpen = true;
      for (const go of waiting) go();
    },
  };
}

const isPicture = (path: string) => path.startsWith('pictures/');
const at = (page: Page) => page.getByRole('log', { name: 'Messages' });
const articles = (page: Page) => at(page).getByRole('article');
const shifts = (page: Page) => page.evaluate(() => stage.shifts);

async function openConversation(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Conversations' }).getByText('Mara').click();
}

/** Resolves when what was asked for is on screen, and what came of it, too. */
const painted = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Turns the wheel over the messages until `isThere` says so of their box. */
async function turnWheel(page: Page, by: number, isThere: (box: HTMLElement) => boolean): Promise<void> {
  await page.mouse.move(180, 300);
  while (!(await at(page).evaluate(isThere as (box: Element) => boolean))) {
    await page.mouse.wheel(0, by);
    await painted(page);
  }
}
const isAtTop = (box: HTMLElement) => box.scrollTop === 0;
const showsTwo = (box: HTMLElement) => {
  const { top, bottom } = box.getBoundingClientRect();
  const places = [...box.querySelectorAll('article')].map((each) => each.getBoundingClientRect());
  return places.filter((each) => each.top < bottom && each.bottom > top).length > 1;
};
const isAtBeginning = (box: HTMLElement) => box.scrollTop === 0 && box.querySelector('.beginning') !== null;
const isAtEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight < 1;

/** Remembers where the messages on screen stand. @returns tells which of them have moved since. */
async function watchPlaces(page: Page): Promise<() => Promise<string[]>> {
  const places = await at(page).evaluateHandle((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    const stands = [...box.querySelectorAll('article')].map((node) => ({
      node,
      y: node.getBoundingClientRect().y,
    }));
    return stands.filter(({ node, y }) => y < bottom && y + node.offsetHeight > top);
  });
  expect(await places.evaluate((all) => all.length)).toBeGreaterThan(1);
  return () =>
    places.evaluate((all) =>
      all
        .map(({ node, y }) => ({ name: node.ariaLabel, by: node.getBoundingClientRect().y - y }))
        .filter(({ by }) => Math.abs(by) >= 0.5)
        .map(({ name, by }) => `${name}: ${by}`),
    );
}

test('nothing is drawn before what reads its words, and nothing moves when that and the pictures come late', {
  tag: '@chromium',
}, async () => {
  const reader = gate((path) => path.includes('rich-text'));
  const pictures = gate(isPicture);
  const page = await openList(async (path) => {
    await reader.wait(path);
    await pictures.wait(path);
  });
  await openConversation(page);
  await expect.poll(() => reader.waiting.length).toBe(1);
  await painted(page);
  await expect(articles(page)).toHaveCount(0);
  reader.open();
  await articles(page).last().waitFor();
  await expect.poll(() => pictures.waiting.length).toBeGreaterThan(0);
  await painted(page);
  const moved = await watchPlaces(page);
  pictures.open();
  await expectPicturesSettled(page);
  expect(await moved()).toEqual([]);
  expect(await shifts(page)).toEqual([]);
});

test('a wheel goes through 1,000 mixed messages, back, and up again, and nothing shifts', {
  tag: '@chromium',
}, async () => {
  // Some pictures are there at once, some come late.
  const page = await openList(
    (path) => new Promise((resolve) => setTimeout(resolve, /^pictures\/\d*[02468]-/.test(path) ? 0 : 150)),
  );
  await openConversation(page);
  await articles(page).last().waitFor();
  await turnWheel(page, -900, isAtBeginning);
  // Each answer is a bubble of its own, and what was deleted is none.
  expect(await articles(page).count()).toBeGreaterThan(950);
  expect(await shifts(page)).toEqual([]);
  await turnWheel(page, 900, isAtEnd);
  await expect.poll(() => articles(page).count()).toBeLessThan(250);
  expect(await shifts(page)).toEqual([]);
  await turnWheel(page, -900, (box) => box.querySelectorAll('article').length > 280);
  expect(await shifts(page)).toEqual([]);
});

test('what one reads stays where it is when earlier messages come in above it, whoever they are by', {
  tag: '@chromium',
}, async () => {
  const page = await openList(async () => {});
  await openConversation(page);
  await articles(page).last().waitFor();
  for (let pages = 0; pages < 12; pages++) {
    await page.evaluate(() => stage.holdOlder());
    await turnWheel(page, -900, isAtTop);
    // A long message may fill the screen; a second one has to be watched.
    await turnWheel(page, 60, showsTwo);
    await painted(page);
    const count = await articles(page).count();
    const moved = await watchPlaces(page);
    await page.evaluate(() => stage.releaseOlder());
    await expect.poll(() => articles(page).count()).toBeGreaterThan(count);
    await painted(page);
    expect(await moved()).toEqual([]);
  }
  expect(await shifts(page)).toEqual([]);
});

/** Pictures on screen and around it have come, or are known to be missing. */
async function expectPicturesSettled(page: Page): Promise<void> {
  const left = () =>
    at(page).evaluate((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return [...box.querySelectorAll('img')].filter((image) => {
        const { y, height } = image.getBoundingClientRect();
        return !image.complete && y < bottom && y + height > top;
      }).length;
    });
  await expect.poll(left).toBe(0);
  await painted(page);
}

/** What moved when the pictures around what one reads came, or did not, under one more style sheet. */
async function whenPicturesCome(sheet: string): Promise<{ moved: string[]; shifted: readonly string[] }> {
  const pictures = gate(isPicture);
  const page = await openList(pictures.wait);
  await page.evaluate((text) => {
    const added = new CSSStyleSheet();
    added.replaceSync(text);
    document.adoptedStyleSheets = [added];
  }, sheet);
  await openConversation(page);
  await articles(page).last().waitFor();
  await turnWheel(page, -60, (box) => {
    const { top, height } = box.getBoundingClientRect();
    const places = [...box.querySelectorAll('a.picture')].map((each) => each.getBoundingClientRect().y - top);
    return places.filter((y) => y > -150 && y < height - 150).length > 1;
  });
  const moved = await watchPlaces(page);
  pictures.open();
  await expectPicturesSettled(page);
  return { moved: await moved(), shifted: await shifts(page) };
}

test('what one reads stays where it is when pictures above and below it come, or do not', {
  tag: '@chromium',
}, async () => {
  expect(await whenPicturesCome('')).toEqual({ moved: [], shifted: [] });
});

test('both measures see it where no place is kept for pictures', { tag: '@chromium' }, async () => {
  const found = await whenPicturesCome(
    '.picture { inline-size: auto !important; aspect-ratio: auto !important }',
  );
  expect(found.moved).not.toEqual([]);
  expect(found.shifted).not.toEqual([]);
});
