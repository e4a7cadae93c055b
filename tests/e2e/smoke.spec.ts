// The ground the scenarios stand on: the real side panel can be opened, used, lost and found again.
import { clickHelpButton } from './driver/help-button';
import { expect, test } from './fixtures';
import { message, startConversation } from './panel-page';

test('opens the side panel with a click on the help button', async ({ visitor, config }) => {
  expect(await visitor.panelIsOpen()).toBe(false);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByText(config.siteName).first()).toBeVisible();
});

test('opens the side panel with the keyboard alone', async ({ visitor }) => {
  await visitor.pressHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
});

test('opens the side panel after the background was stopped', async ({ visitor }) => {
  const birth = await visitor.workerBirth();
  await visitor.stopWorker();
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
  expect(await visitor.workerBirth()).not.toBe(birth);
});

test('opens the side panel after the browser was killed', async ({ visitor, config }) => {
  await visitor.killBrowser();
  await visitor.restart();
  await visitor.page.goto(config.siteUrl.href);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
});

test('leaves the click on the toolbar icon to the browser, which opens and closes the panel', {
  // Firefox has no such setting: there the background hears the click.
  tag: '@chromium',
}, async ({ visitor }) => {
  const behavior = await visitor.evaluateInWorker(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { sidePanel: { getPanelBehavior(): Promise<{ openPanelOnActionClick: boolean }> } };
    };
    return chrome.sidePanel.getPanelBehavior();
  });
  expect(behavior).toEqual({ openPanelOnActionClick: true });
});

test('in a window without toolbars, Help opens the panel in a window of its own, and the same one again', async ({
  visitor,
}) => {
  const bare = await visitor.openBareWindow();
  // Firefox is not asked to take it to the sidebar, which such a window has not.
  await clickHelpButton(bare);
  const panel = await visitor.panelWindow();
  await startConversation(panel, 'Is there room for me?');
  await clickHelpButton(bare);
  await expect(message(panel, 'Is there room for me?')).toBeVisible();
  expect(await visitor.panels()).toHaveLength(0);
});

test('the help button closes the panel that it opened', async ({ visitor }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  // Said when the background has answered: from then on it knows of the panel.
  await expect(panel.getByText('How can we help?')).toBeVisible();
  const closed = panel.waitForEvent('close');
  await visitor.clickHelpButton();
  await closed;
  await expect.poll(() => visitor.panelIsOpen()).toBe(false);
  await visitor.clickHelpButton();
  await expect((await visitor.panel()).getByRole('button', { name: 'New conversation' })).toBeVisible();
});

test('puts nothing on pages that are not configured', async ({ visitor, config }) => {
  const title = await visitor.page.title();
  await expect(visitor.page.locator('carbonchat-help')).toHaveCount(1);
  // The same page under another host name.
  await visitor.page.goto(`http://127.0.0.1:${config.siteUrl.port}/`);
  await expect(visitor.page).toHaveTitle(title);
  await expect(visitor.page.locator('carbonchat-help')).toHaveCount(0);
});
