// Whatever a message says, nothing of it runs and no link leads anywhere but to the web, to mail and to the telephone:
// known attacks and texts made by a seed, through our mapping and our views, in a real browser under the panel's policy.
// `CARBONCHAT_SEED` repeats a run; `npm run test:faults` makes 100,000 texts.
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { contentSecurityPolicy } from '../../lib/site/manifest-rights';
import { printedSeed, scaled } from '../faults/plan-scale';
import { type HostilePages, serveHostilePages } from '../hostile-text/serve';
import type { Stage } from '../hostile-text/stage';
import { oneSite } from '../site/sites';

declare const stage: Stage;

let pages: HostilePages;
let browser: Browser;

test.beforeAll(async () => {
  pages = await serveHostilePages(contentSecurityPolicy(oneSite()));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '' });
});
test.afterAll(async () => {
  await browser.close();
  await pages.close();
});

/** A page, and what it asked others for, which gets no answer. */
async function open(path: string): Promise<{ page: Page; asked: string[] }> {
  const page = await browser.newPage();
  const asked: string[] = [];
  await page.route(/^(?!http:\/\/127\.0\.0\.1:)/, async (route) => {
    asked.push(`${route.request().resourceType()} ${route.request().url()}`);
    await route.abort();
  });
  page.on('dialog', (dialog) => {
    asked.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(new URL(path, pages.url).href);
  await page.waitForFunction(() => 'stage' in globalThis);
  return { page, asked };
}

const witnessOf = (page: Page) => page.evaluate(() => stage.witness);

/** Pictures of people are on the web; everything else that is asked for has been asked for by a message. */
const notPictures = (asked: readonly string[]) => asked.filter((each) => !/^image https:/.test(each));

async function expectUnharmed(page: Page, asked: readonly string[]): Promise<void> {
  const { ran, violated } = await witnessOf(page);
  expect(ran).toBe(0);
  expect(violated.filter((each) => !each.startsWith('img-src'))).toEqual([]);
  expect(notPictures(asked)).toEqual([]);
  // Pictures in words are links: nobody is told who reads.
  expect(asked.filter((each) => each.includes('content.png'))).toEqual([]);
  expect(page.url()).toBe(new URL('page.html', pages.url).href);
}

test('known attacks in every place of every kind of message run nothing and lead nowhere', {
  tag: '@chromium',
}, async () => {
  test.setTimeout(120_000);
  const { page, asked } = await open('page.html');
  const payloadCount = await page.evaluate(() => stage.payloadCount);
  expect(payloadCount).toBeGreaterThan(300);
  const outcome = await page.evaluate(() => stage.showPayloads());
  console.log(
    `${payloadCount} attacks, ${outcome.messages} messages, ${outcome.elements} elements, ${outcome.links} links`,
  );
  expect(outcome.problems).toEqual({});
  await expectUnharmed(page, asked);
  // They were drawn, and those that may be links are.
  expect(outcome.elements).toBeGreaterThan(outcome.messages);
  expect(outcome.links).toBeGreaterThan(payloadCount);
});

test('texts that nobody has thought of do no more', { tag: '@chromium' }, async () => {
  test.setTimeout(300_000);
  const seed = printedSeed('hostile texts');
  const { page, asked } = await open('page.html');
  for (let from = 0; from < scaled(25_000, 100_000); from += 5000) {
    const to = from + 5000;
    // What could run does so whether it is laid out or not, which takes most of the time.
    if (from === 5000)
      await page.evaluate(() => document.getElementById('panel')?.setAttribute('hidden', ''));
    const outcome = await page.evaluate(([s, a, b]) => stage.showFuzzed(s, a, b), [seed, from, to] as const);
    expect(outcome.messages, 'messages drawn').toBe(to - from);
    expect(outcome.problems).toEqual({});
  }
  await expectUnharmed(page, asked);
});

for (const rival of ['marked', 'snarkdown']) {
  test(`the same attacks are found where ${rival} draws them as HTML`, { tag: '@chromium' }, async () => {
    const { page, asked } = await open(`rivals.html?by=${rival}`);
    const outcome = await page.evaluate(() => stage.showPayloads());
    const found = Object.keys(outcome.problems);
    expect(found).toEqual(
      expect.arrayContaining(['element script', 'attribute onerror', 'address of a link']),
    );
    await expect.poll(async () => (await witnessOf(page)).ran).toBeGreaterThan(0);
    expect(notPictures(asked)).not.toEqual([]);
  });
}
