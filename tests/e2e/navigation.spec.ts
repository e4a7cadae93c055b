// Getting around in the panel: back and forward by keys and by the buttons of a mouse, links to a conversation, the first unread
// message, and the places to which one comes back. From right to left, which no language of ours is: tests/components.
import type { Page } from '@playwright/test';
import { pressSideButton } from './driver/side-button';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

// Long conversations take their time to be written.
test.describe.configure({ timeout: 90_000 });

const box = (panel: Page) => panel.getByRole('textbox', { name: 'Message' });
const list = (panel: Page) => panel.getByRole('list', { name: 'Conversations' });
const firstNew = (panel: Page) => panel.getByRole('button', { name: 'First new message' });
const latest = (panel: Page) => panel.getByRole('button', { name: /^(\d+ new messages?|Latest messages)$/ });

/** How far down in what scrolls an element stands, as a part of its height; null: there is none. */
const placeOf = (panel: Page, selector: string): Promise<number | null> =>
  panel.evaluate((wanted) => {
    const log = document.querySelector('.log')?.getBoundingClientRect();
    const place = document.querySelector(wanted)?.getBoundingClientRect();
    return log && place ? (place.y - log.y) / log.height : null;
  }, selector);
const scrolledTo = (panel: Page, selector: string) =>
  panel.evaluate((wanted) => document.querySelector(wanted)?.scrollTop, selector);
const scrollTo = (panel: Page, selector: string, top: number) =>
  panel.evaluate(
    async ([wanted, to]) => {
      const scrolls = document.querySelector(wanted as string);
      if (scrolls) scrolls.scrollTop = to as number;
      // Until it has been heard.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    },
    [selector, top] as const,
  );

test('one goes back and forward by keys and by the buttons of a mouse, and the focus goes along', async ({
  visitor,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'First of all');
  await panel.keyboard.press('Alt+ArrowRight');
  await expect(box(panel)).toBeFocused();
  await panel.keyboard.press('Alt+ArrowLeft');
  await expect(row(panel, 'First of all')).toBeFocused();
  await panel.keyboard.press('Alt+ArrowLeft');
  await expect(row(panel, 'First of all')).toBeFocused();
  await panel.keyboard.press('Alt+ArrowRight');
  await expect(message(panel, 'First of all')).toBeVisible();
  await expect(box(panel)).toBeFocused();
  await pressSideButton(panel, 'back');
  await expect(row(panel, 'First of all')).toBeFocused();
  await pressSideButton(panel, 'forward');
  await expect(box(panel)).toBeFocused();

  // Whoever opens something else has gone another way.
  await backToList(panel);
  await panel.getByRole('button', { name: 'More' }).click();
  await panel.getByRole('menuitem', { name: 'Your details' }).click();
  await expect(panel.getByRole('heading', { name: 'Your details' })).toBeFocused();
  await panel.keyboard.press('Alt+ArrowLeft');
  await expect(panel.getByRole('button', { name: 'More' })).toBeFocused();
  await panel.keyboard.press('Alt+ArrowRight');
  await expect(panel.getByRole('heading', { name: 'Your details' })).toBeFocused();
});

test('a link leads to its conversation, whether the panel is opened by it or stands there already', async ({
  visitor,
  traces,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'The one that is meant');
  const id = await traces.conversationId();
  await backToList(panel);
  await startConversation(panel, 'Another one');

  const follow = (hash: string) =>
    panel.evaluate((to) => {
      location.hash = to;
    }, hash);
  await follow(`#/conversation/${id}`);
  await expect(message(panel, 'The one that is meant')).toBeVisible();
  await expect(box(panel)).toBeFocused();
  expect(await panel.evaluate(() => location.hash)).toBe('');
  await follow('#/conversation/1/../../options');
  await expect(message(panel, 'The one that is meant')).toBeVisible();
  // Back from there is the list, and not the conversation before it.
  await panel.keyboard.press('Alt+ArrowLeft');
  await expect(row(panel, 'The one that is meant')).toBeFocused();

  const another = await visitor.context.newPage();
  await another.goto(visitor.extensionPage(`sidepanel.html#/conversation/${id}`));
  await expect(message(another, 'The one that is meant')).toBeVisible();
  await backToList(another);
  await another.reload();
  await expect(row(another, 'Another one')).toBeVisible();
});

test('a link to a conversation that the customer does not have says so, and leads on', async ({
  visitor,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
  await panel.evaluate(() => {
    location.hash = '#/conversation/999999999';
  });
  await expect(panel.getByText('This conversation no longer exists.')).toBeVisible();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await expect(box(panel)).toBeFocused();
  await send(panel, 'Begun anew');
  await expectSent(panel, 'Begun anew');
  await panel.keyboard.press('Alt+ArrowLeft');
  await expect(list(panel)).toBeVisible();
  await expect(row(panel, 'Begun anew')).toBeFocused();
});

test('of 70 unread messages the first is what one begins at and comes back to, by keyboard alone', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Tell me everything');
  const id = await traces.conversationId();
  await backToList(panel);
  for (let count = 1; count <= 70; count++) await agent.reply(id, `Part ${count}.`);
  await expect(row(panel, 'Part 70.')).toHaveAccessibleName(/70 unread messages/);

  await row(panel, 'Part 70.').click();
  await expect(message(panel, 'Part 1.')).toBeInViewport();
  expect(await placeOf(panel, '.new-line')).toBeCloseTo(1 / 3, 1);
  await expect(panel.getByRole('article')).toHaveCount(71);
  await expect(firstNew(panel)).toBeHidden();

  await latest(panel).click();
  await expect(message(panel, 'Part 70.')).toBeInViewport();
  await expect(firstNew(panel)).toBeVisible();
  await expect(box(panel)).toBeFocused();
  // One before the box is the log with what stands in it, and before that is the button.
  await panel.keyboard.press('Shift+Tab');
  await expect(firstNew(panel)).toBeFocused();
  await panel.keyboard.press('Enter');
  await expect(message(panel, 'Part 1.')).toBeInViewport();
  await expect(message(panel, 'Part 1.')).toBeFocused();
  expect(await placeOf(panel, '.new-line')).toBeCloseTo(1 / 3, 1);
  await expect(firstNew(panel)).toBeHidden();
  await panel.keyboard.press('Shift+Tab');
  await expect(panel.getByRole('log', { name: 'Messages' })).toBeFocused();
});

test('what one comes back to stands where it was left, the conversation and the list', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  for (let count = 1; count <= 12; count++) {
    await startConversation(panel, `Conversation ${count}.`);
    await backToList(panel);
  }
  const [id = 0] = await traces.conversationIds();
  for (let count = 1; count <= 90; count++) await agent.reply(id, `Part ${count}.`);
  await row(panel, 'Part 90.').click();
  await latest(panel).click();
  await expect(message(panel, 'Part 90.')).toBeInViewport();
  await expect(latest(panel)).toBeHidden();
  await scrollTo(panel, '.log', 700);
  const left = await panel.evaluate(() => {
    const log = document.querySelector('.log')?.getBoundingClientRect().y ?? 0;
    const nodes = [...document.querySelectorAll<HTMLElement>('[data-message]')];
    const top = nodes.find((node) => node.getBoundingClientRect().y >= log);
    return top ? { id: top.dataset.message, y: top.getBoundingClientRect().y } : null;
  });
  expect(left).not.toBeNull();
  await backToList(panel);
  await scrollTo(panel, '.content', 300);
  const listTop = await scrolledTo(panel, '.content');
  expect(listTop).toBeGreaterThan(100);
  const where = () =>
    panel.evaluate(
      (wanted) => document.querySelector(`[data-message="${wanted}"]`)?.getBoundingClientRect().y,
      left?.id,
    );
  for (let times = 0; times < 2; times++) {
    await panel.keyboard.press('Alt+ArrowRight');
    await expect.poll(where).toBeCloseTo(left?.y ?? 0, 0);
    await expect(latest(panel)).toBeVisible();
    await panel.keyboard.press('Alt+ArrowLeft');
    await expect(list(panel)).toBeVisible();
    expect(await scrolledTo(panel, '.content')).toBe(listTop);
  }
  // The row that has the focus by then is the one of that conversation.
  await expect(panel.locator(':focus')).toContainText('Part 90.');
});
