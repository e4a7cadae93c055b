// Everything that a message and a conversation can be, drawn by the real components: usable by everybody, nothing beside the
// panel's edge, and looking as it did when somebody looked at it last. Chromium alone: fonts of browsers differ.
import { type Browser, test as base, chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../support/browsers';
import { type Gallery, startGallery } from '../support/gallery/serve';
import { expect } from './expect';
import { clipped, violations } from './usable';

const test = base.extend<object, { gallery: Gallery; galleryBrowser: Browser }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const gallery = await startGallery();
      await use(gallery);
      await gallery.close();
    },
    { scope: 'worker' },
  ],
  galleryBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: await ensureChromium() });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

const looks = [
  { name: 'light', query: '', colorScheme: 'light', width: 1144 },
  { name: 'dark', query: '', colorScheme: 'dark', width: 1144 },
  { name: 'right-to-left', query: '?dir=rtl', colorScheme: 'light', width: 1144 },
  { name: 'narrow', query: '?width=320', colorScheme: 'dark', width: 320 },
] as const;

/** A page of many panels has the landmarks of each, and titles between them. */
const ofManyPanels = ['landmark-no-duplicate-main', 'landmark-unique', 'region'];

for (const { name, query, colorScheme, width } of looks) {
  test(`the gallery, ${name}, passes axe, has nothing beside its edge and looks as before @chromium`, async ({
    gallery,
    galleryBrowser,
  }) => {
    test.setTimeout(120_000);
    const context = await galleryBrowser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
      deviceScaleFactor: 0.5,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    const page = await context.newPage();
    await open(page, `${gallery.url}${query}`);
    expect(await violations(page, ofManyPanels), 'axe').toEqual([]);
    expect(await clipped(page), 'clipped').toEqual([]);
    // What was recorded looks like what is made up beside it: once is enough.
    const compared = name === 'light' ? '.gallery' : '.gallery:not(#recorded)';
    for (const section of await page.locator(compared).all())
      await expect(section).toHaveScreenshot([name, `${await section.getAttribute('id')}.png`], {
        maxDiffPixelRatio: 0.0005,
        scale: 'device',
      });
    await context.close();
  });
}

async function open(page: Page, url: string): Promise<void> {
  // What was recorded names pictures of an installation that is not there.
  await page.route(
    (address) => address.origin !== new URL(url).origin,
    (route) => route.abort(),
  );
  await page.goto(url);
  await page.locator('[data-ready]').waitFor();
  // Every picture has come, or is known to be missing.
  await page.evaluate(() => {
    for (const image of document.images) image.loading = 'eager';
  });
  await expect
    .poll(() => page.evaluate(() => [...document.images].every(({ complete }) => complete)))
    .toBe(true);
}
