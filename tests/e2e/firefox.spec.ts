// What only Firefox has: it opens no sidebar for a click in a page. So Help opens the panel as the toolbar button's popup,
// which is a whole panel, and from which it is one click to the sidebar.
import type { VisitorBrowser } from './driver/browser';
import type { FirefoxBrowser } from './driver/firefox/firefox-browser';
import { expect, test } from './fixtures';
import { expectSent, message, row, send, startConversation } from './panel-page';

const inFirefox = (visitor: VisitorBrowser) => visitor as FirefoxBrowser;

test.describe('in Firefox', { tag: '@firefox' }, () => {
  test.use({ browserOptions: { home: 'popup' } });

  test('Help opens a popup in which a customer asks and is answered', async ({ visitor, traces, agent }) => {
    await visitor.clickHelpButton();
    const popup = await visitor.panel();
    await startConversation(popup, 'Is this a whole panel?');
    await agent.reply(await traces.conversationId(), 'It is.');
    await expect(message(popup, 'It is.')).toBeVisible();
    await send(popup, 'Good.');
    await expectSent(popup, 'Good.');
    expect(await inFirefox(visitor).panelKinds()).toEqual(['popup']);
  });

  test('one click in the popup opens the sidebar in its place, at the same conversation and draft', async ({
    visitor,
  }) => {
    await visitor.clickHelpButton();
    const popup = await visitor.panel();
    await startConversation(popup, 'Will you stay?');
    await popup.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
    await popup.getByRole('button', { name: 'Keep open in sidebar' }).click();
    await popup.waitForEvent('close');
    await expect.poll(() => inFirefox(visitor).panelKinds()).toEqual(['sidebar']);
    const sidebar = await visitor.panel();
    await expect(message(sidebar, 'Will you stay?')).toBeVisible();
    await expect(sidebar.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
    await expect(sidebar.getByRole('button', { name: 'Keep open in sidebar' })).toHaveCount(0);
    await send(sidebar, 'At home.');
    await expectSent(sidebar, 'At home.');
  });

  test('a popup that is closed in the middle of a sentence loses nothing', async ({ visitor, traces }) => {
    await visitor.clickHelpButton();
    const popup = await visitor.panel();
    await startConversation(popup, 'Where is my invoice?');
    await popup.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
    await visitor.closePanel();
    await visitor.clickHelpButton();
    const again = await visitor.panel();
    await row(again, 'Half a thought').click();
    await expect(message(again, 'Where is my invoice?')).toBeVisible();
    await expect(again.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
    expect(await traces.contents()).toEqual(['Where is my invoice?']);
  });

  test('the button in the toolbar opens and closes the sidebar', async ({ visitor }) => {
    await inFirefox(visitor).clickToolbarButton();
    await expect((await visitor.panel()).getByRole('button', { name: 'New conversation' })).toBeVisible();
    expect(await inFirefox(visitor).panelKinds()).toEqual(['sidebar']);
    await inFirefox(visitor).clickToolbarButton();
    await expect.poll(() => visitor.panelIsOpen()).toBe(false);
  });
});
