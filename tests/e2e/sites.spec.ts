// A company's own brand with two sites in one extension: each site has its button, its colours, its customer and its
// conversations; the panel goes from one to the other and takes nothing along.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

/** The other site's page in a tab of its own. */
async function secondSite(
  visitor: { context: { newPage(): Promise<Page> } },
  config: { second: { siteUrl: URL } | null },
): Promise<Page> {
  const page = await visitor.context.newPage();
  await page.goto(String(config.second?.siteUrl));
  return page;
}

const heading = (panel: Page) => panel.getByRole('heading');

test.describe('with two sites', { tag: '@two-sites' }, () => {
  test('the button of each site takes the panel to its own conversations', async ({
    visitor,
    config,
    agent,
    traces,
  }) => {
    await visitor.clickHelpButton();
    await startConversation(await visitor.panel(), 'A question to the first.');
    const first = await traces.conversationId();

    const page = await secondSite(visitor, config);
    await visitor.clickHelpButton(page);
    const panel = await visitor.panel();
    await expect(heading(panel).first()).toContainText(config.second?.siteName ?? '');
    await expect(row(panel, 'A question to the first.')).toHaveCount(0);
    await startConversation(panel, 'A question to the second.');

    await agent.reply(first, 'An answer of the first.');
    await backToList(panel);
    await expect(row(panel, 'A question to the second.')).toBeVisible();
    await expect(row(panel, 'A question to the first.')).toHaveCount(0);
    await expect(panel.getByText(`${config.siteName}, 1 unread message`)).toHaveCount(1);

    const sites = panel.getByRole('combobox', { name: 'Choose company' });
    await sites.focus();
    await sites.press('ArrowDown');
    await expect(message(panel, 'An answer of the first.')).toBeVisible();
    await expect(message(panel, 'A question to the second.')).toHaveCount(0);
    await send(panel, 'Thank you, first.');
    await expectSent(panel, 'Thank you, first.');
  });

  test('what was being written at one site waits there while the panel is at the other', async ({
    visitor,
    config,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'A question.');
    const composer = panel.getByRole('textbox', { name: 'Message' });
    await composer.fill('Half a thought');
    const page = await secondSite(visitor, config);
    await visitor.clickHelpButton(page);
    await expect(panel.getByText('How can we help?')).toBeVisible();
    await visitor.clickHelpButton();
    await expect(message(panel, 'A question.')).toBeVisible();
    await expect(composer).toHaveValue('Half a thought');
    expect(await visitor.panels()).toHaveLength(1);
  });

  test('a panel that is opened at the second site first shows that one', async ({ visitor, config }) => {
    await visitor.page.goto(String(config.second?.siteUrl));
    await visitor.clickHelpButton();
    await expect(heading(await visitor.panel()).first()).toContainText(config.second?.siteName ?? '');
  });

  test('the extension and its panel show the brand of the configuration, and none of ours', async ({
    visitor,
    config,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await expect(panel.getByText('How can we help?')).toBeVisible();
    const { manifest, words, logo } = await panel.evaluate(async () => {
      const manifest = await (await fetch('/manifest.json')).json();
      const image = document.querySelector('img') as HTMLImageElement;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.drawImage(image, 0, 0, 64, 64);
      const logo = [...context.getImageData(8, 32, 1, 1).data];
      return { manifest, words: document.documentElement.outerHTML, logo };
    });
    expect(manifest).toMatchObject({ name: config.name });
    expect(logo).toEqual([0x5b, 0x2a, 0x86, 255]);
    expect(words).toContain(config.siteName);
    expect(`${words} ${JSON.stringify(manifest)}`).not.toMatch(/carbonchat|ledgerly/i);
    // The primary button is filled with the first site's colour.
    const fill = () =>
      panel.evaluate(() => getComputedStyle(document.querySelector('.primary') as Element).backgroundColor);
    await expect.poll(fill).toBe('rgb(255, 212, 0)');
  });
});
