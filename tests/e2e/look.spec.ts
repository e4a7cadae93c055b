// What everybody must be able to use: no accessibility violation in any main state, and nothing clipped at 320 px.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, send, startConversation } from './panel-page';
import { clipped, violations } from './usable';

const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft '.repeat(3);

async function check(panel: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await panel.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [320, 480]) {
      await panel.setViewportSize({ width, height: 640 });
      expect(await violations(panel), `axe, ${colorScheme}, ${width} px`).toEqual([]);
      expect(await clipped(panel), `clipped, ${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}

test('empty, conversation and list pass axe and clip nothing, light and dark, at 320 and 480 pixels', async ({
  visitor,
  traces,
  agent,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
  await check(panel);

  await startConversation(panel, `See https://ledgerly.example/invoices/2041?${'a'.repeat(120)} please`);
  const id = await traces.conversationId();
  await agent.reply(id, `I have refunded the duplicate charge. ${long}`);
  await expect(message(panel, 'I have refunded')).toBeVisible();
  // Chrome gives the body of extension pages a smaller font of its own.
  await expect(panel.getByText('I have refunded')).toHaveCSS('font-size', '14px');
  line.next('POST', /\/messages$/, { status: 403 });
  await send(panel, 'This one is refused');
  await expect(message(panel, 'This one is refused')).toHaveAccessibleName(/Not sent/);
  await agent.typing(id, 'on');
  await expect(panel.getByText(/is typing/)).toBeVisible();
  await panel.getByRole('textbox', { name: 'Message' }).fill(`A draft\nof several lines ${long}`);
  await check(panel);

  await backToList(panel);
  await startConversation(panel, long);
  await backToList(panel);
  await agent.resolve(id);
  await expect(panel.getByText('Resolved')).toBeVisible();
  await check(panel);

  await line.cut();
  await expect(panel.getByRole('status')).toContainText('Reconnecting');
  await check(panel);
});

test('the options name the sites and the keys, pass axe and clip nothing', async ({ visitor, config }) => {
  const options = await visitor.context.newPage();
  await options.goto(visitor.extensionPage('options.html'));
  await expect(options.getByText(config.siteName, { exact: true })).toBeVisible();
  await expect(options.getByText(config.installationUrl.origin).first()).toBeVisible();
  await expect(options.getByText(/Open with .*Alt.*Shift.*H/)).toBeVisible();
  await check(options);
});

test.describe('in German', () => {
  test.use({ browserOptions: { language: 'de' } });

  test("speaks the browser's language and clips nothing", async ({ visitor }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await panel.getByRole('button', { name: 'Neue Unterhaltung' }).click();
    await panel.getByRole('textbox', { name: 'Nachricht' }).fill('Wo finde ich meine Rechnung?');
    await panel.keyboard.press('Enter');
    await expect(panel.getByRole('article')).toHaveAccessibleName(/^Sie, .*Gesendet/);
    await check(panel);
  });
});

test('a person who uses the keyboard alone can ask, go back and return', async ({ visitor }) => {
  await visitor.pressHelpButton();
  const panel = await visitor.panel();
  await panel.getByRole('button', { name: 'New conversation' }).focus();
  await panel.keyboard.press('Enter');
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await panel.keyboard.type('first line');
  await panel.keyboard.press('Shift+Enter');
  await panel.keyboard.type('second line');
  await panel.keyboard.press('Enter');
  await expectSent(panel, 'first line');
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  await panel.keyboard.press('Alt+ArrowLeft');
  await expect(panel.getByRole('list', { name: 'Conversations' })).toBeVisible();
  await expect(panel.locator(':focus')).toContainText('first line');
  await panel.keyboard.press('Enter');
  await expect(message(panel, 'second line')).toBeVisible();
});
