// Questions that an agent or a bot asks, answered in the panel: the agent's side shows the answer, whatever happens on the way.
import type { Page } from '@playwright/test';
import type { AgentClient } from '../server/testing/agent-client';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';
import { hashOf, person, signIn } from './people';

const sizes = [
  { title: 'Small', value: 's' },
  { title: 'Large', value: 'l' },
];

/** Waits until the agent's side shows these values as the answer to a message. */
async function expectAnswered(agent: AgentClient, id: number, messageId: number, values: unknown) {
  const given = async () =>
    (await agent.messages(id)).find((one) => one.id === messageId)?.content_attributes.submitted_values;
  await expect.poll(given).toEqual(values);
}

async function choose(panel: Page, question: string, title: string): Promise<void> {
  await panel
    .getByRole('group', { name: `Choose an answer to: ${question}` })
    .getByRole('button', { name: title, exact: true })
    .click();
}

/** Clicks on what a person sees of a point: the radio button itself is not to be seen. */
async function rate(panel: Page, point: string): Promise<void> {
  // The card grows for a moment when it is opened again: whoever presses beside presses once more.
  await expect(async () => {
    await panel.locator(`label[title="${point}"]`).click();
    await expect(panel.getByRole('radio', { name: point, exact: true })).toBeChecked({ timeout: 1000 });
  }).toPass({ timeout: 10_000 });
}

/** Own words that stand for an answer. */
const own = (panel: Page, text: string) =>
  panel.getByRole('article', { name: /^You, / }).filter({ hasText: text });

test('an option is chosen, and the choice is there for the agent and after opening again', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'I need a box.');
  const id = await traces.conversationId();
  const question = await agent.select(id, 'Which **size**?', sizes);
  await choose(panel, 'Which size?', 'Large');
  await expect(message(panel, 'Your choice')).toContainText('Large');
  await expectAnswered(agent, id, question.id, [sizes[1]]);
  await expect(panel.getByRole('group', { name: /^Choose an answer/ })).toHaveCount(0);
  await backToList(panel);
  await row(panel, 'size').click();
  await expect(message(panel, 'Your choice')).toContainText('Large');
});

test('a form is corrected, sent, and shown as what was written', async ({ visitor, traces, agent }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Send it to me.');
  const id = await traces.conversationId();
  const question = await agent.form(
    id,
    'Where do you live?',
    [
      { name: 'street', type: 'text', label: 'Street', required: true },
      { name: 'mail', type: 'email', label: 'E-mail', required: true },
      { name: 'floor', type: 'select', label: 'Floor', options: [{ label: 'First', value: '1' }] },
      { name: 'code', type: 'text', label: 'Code', pattern: '[0-9]{4}', pattern_error: 'Four digits' },
      { name: 'more', type: 'text_area', label: 'More' },
    ],
    { button_label: 'Send address' },
  );
  await panel.getByRole('textbox', { name: 'Street' }).fill('Long Lane 1');
  await panel.getByRole('textbox', { name: 'E-mail' }).fill('ana');
  await panel.getByRole('textbox', { name: 'Code' }).fill('12');
  await panel.getByRole('button', { name: 'Send address' }).click();
  await expect(panel.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
  await expect(panel.getByText('Use the form name@company.com')).toBeVisible();
  await expect(panel.getByText('Four digits')).toBeVisible();
  await panel.getByRole('textbox', { name: 'E-mail' }).fill('ana@reader.test');
  await panel.getByRole('textbox', { name: 'Code' }).fill('1234');
  await panel.getByRole('combobox', { name: 'Floor' }).pressSequentially('First');
  // What is being filled in is there again after a look elsewhere.
  await backToList(panel);
  await row(panel, 'Where do you live?').click();
  await expect(panel.getByRole('textbox', { name: 'Code' })).toHaveValue('1234');
  await panel.getByRole('button', { name: 'Send address' }).click();
  await expectAnswered(agent, id, question.id, [
    { name: 'street', value: 'Long Lane 1' },
    { name: 'mail', value: 'ana@reader.test' },
    { name: 'floor', value: '1' },
    { name: 'code', value: '1234' },
    { name: 'more', value: '' },
  ]);
  await expect(message(panel, 'Details sent')).toContainText('Street: Long Lane 1');
  await expect(panel.getByRole('button', { name: 'Send address' })).toHaveCount(0);
});

test('an e-mail address is asked for: who has not proven who they are is warned, and the agent has it', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Keep me posted.');
  const id = await traces.conversationId();
  const address = `ana-${Date.now()}@reader.test`;
  const question = await agent.askEmail(id, 'Where can we reach you?');
  await panel.getByRole('textbox', { name: /mail/i }).fill(address);
  await panel.keyboard.press('Enter');
  await panel.getByRole('dialog').getByRole('button', { name: 'It is mine' }).click();
  await expectAnswered(agent, id, question.id, [{ name: 'email', value: address }]);
  expect(await traces.contact()).toMatchObject({ email: address });
  await expect(own(panel, address)).toHaveCount(1);
});

test.describe('with a survey', () => {
  test.use({ inbox: 'csat' });

  test('a conversation is marked as resolved here, rated with a comment, rated anew, and opened by writing', async ({
    visitor,
    traces,
    agent,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'All is well.');
    const id = await traces.conversationId();
    await agent.reply(id, 'Good to hear.');
    await expect(message(panel, 'Good to hear.')).toBeVisible();
    await panel.getByRole('button', { name: 'More' }).click();
    await panel.getByRole('menuitem', { name: 'Mark as resolved' }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Mark as resolved' }).click();
    await expect(panel.getByText('You marked this as resolved')).toBeVisible();
    await expect.poll(async () => (await agent.conversation(id)).status).toBe('resolved');

    await rate(panel, 'Good');
    await panel.getByRole('textbox', { name: /comment/ }).fill('Quick!');
    await panel.getByRole('button', { name: 'Send rating' }).click();
    await expect(panel.getByText('Thanks for your rating')).toBeVisible();
    const survey = async () =>
      (await agent.messages(id)).find((one) => one.content_type === 'input_csat')?.id ?? 0;
    const rated = (rating: number, feedback_message: string) => ({
      csat_survey_response: { rating, feedback_message },
    });
    await expectAnswered(agent, id, await survey(), rated(4, 'Quick!'));
    await panel.getByRole('button', { name: 'Change rating' }).click();
    await rate(panel, 'Very good');
    await panel.getByRole('button', { name: 'Send rating' }).click();
    await expectAnswered(agent, id, await survey(), rated(5, 'Quick!'));

    await send(panel, 'One more thing.');
    await expectSent(panel, 'One more thing.');
    await expect.poll(async () => (await agent.conversation(id)).status).toBe('open');
    await expect(panel.getByText('You marked this as resolved')).toHaveCount(0);
  });
});

test('what is answered offline waits, outlives the browser, and is sent once', { tag: '@fault' }, async ({
  visitor,
  traces,
  agent,
  line,
  config,
}) => {
  test.slow();
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'I need a box.');
  const id = await traces.conversationId();
  const question = await agent.select(id, 'Which size?', sizes);
  await expect(message(panel, 'Which size?')).toBeVisible();
  await line.cut();
  await choose(panel, 'Which size?', 'Small');
  await expect(message(panel, 'Small')).toContainText(/Waiting to send|Sending|Will be sent/);
  await visitor.restart();
  await visitor.page.goto(config.siteUrl.href);
  await visitor.clickHelpButton();
  const again = await visitor.panel();
  await row(again, 'Which size?').click();
  await expect(message(again, 'Small')).toContainText(/Waiting to send|Sending|Will be sent/);
  const before = line.requests.length;
  line.restore();
  await expectAnswered(agent, id, question.id, [sizes[0]]);
  await expect(message(again, 'Your choice')).toContainText('Small');
  const answers = line.requests.slice(before).filter(({ method }) => method === 'PATCH');
  expect(answers.filter(({ path }) => path.endsWith(`/messages/${question.id}`))).toHaveLength(1);
});

test('answered on two devices, the last answer shows on both', async ({
  visitor,
  launch,
  config,
  traces,
  agent,
  ground,
}) => {
  const ada = person('Ada');
  const hash = hashOf(ada, ground.installation.inboxes.plain.hmacToken);
  await signIn(visitor.page, ada, hash);
  await visitor.clickHelpButton();
  const first = await visitor.panel();
  await startConversation(first, 'I need a box.');
  const id = await traces.conversationId();
  const question = await agent.select(id, 'Which size?', sizes);

  const other = await launch();
  await other.page.goto(config.siteUrl.href);
  await signIn(other.page, ada, hash);
  await other.clickHelpButton();
  const second = await other.panel();
  await row(second, 'Which size?').click();
  await expect(message(second, 'Which size?')).toBeVisible();
  await choose(first, 'Which size?', 'Small');
  // Answered over there: closed here.
  await expect(message(second, 'Small')).toBeVisible();
  await expect(second.getByRole('group', { name: /^Choose an answer/ })).toHaveCount(0);
  await expectAnswered(agent, id, question.id, [sizes[0]]);
  const survey = await agent.askRating(id, 'How was it?');
  await rate(first, 'Bad');
  await rate(second, 'Very good');
  await first.getByRole('button', { name: 'Send rating' }).click();
  await expectAnswered(agent, id, survey.id, { csat_survey_response: { rating: 2, feedback_message: '' } });
  await expect(second.getByText('2 of 5')).toBeVisible();
  await second.getByRole('button', { name: 'Change rating' }).click();
  await rate(second, 'Very good');
  await second.getByRole('button', { name: 'Send rating' }).click();
  await expectAnswered(agent, id, survey.id, { csat_survey_response: { rating: 5, feedback_message: '' } });
  for (const panel of [first, second]) await expect(panel.getByText('5 of 5')).toBeVisible();
});

test('cards, articles and a quoted message are shown, and their links lead to the web only', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'What do you have?');
  const id = await traces.conversationId();
  await agent.cards(id, 'These:', [
    {
      title: 'Box',
      description: 'Made of card',
      actions: [
        { type: 'link', text: 'Look at it', uri: 'https://shop.test/box' },
        { type: 'link', text: 'Bad', uri: 'javascript:alert(1)' },
        { type: 'postback', text: 'Order', payload: 'ORDER' },
      ],
    },
  ]);
  await agent.articles(id, 'Read', [
    { title: 'Folding', description: 'Step by step', link: 'https://help.test/fold' },
  ]);
  const [asked] = await agent.messages(id);
  await agent.reply(id, 'As you asked.', { content_attributes: { in_reply_to: asked?.id } });
  await expect(panel.getByRole('link', { name: /Look at it/ })).toHaveAttribute(
    'href',
    'https://shop.test/box',
  );
  await expect(panel.getByRole('link', { name: /Folding/ })).toHaveAttribute(
    'href',
    'https://help.test/fold',
  );
  await expect(panel.getByRole('link', { name: /Bad|Order/ })).toHaveCount(0);
  await expect(message(panel, 'As you asked.')).toContainText('What do you have?');
  await message(panel, 'As you asked.')
    .getByRole('button', { name: /What do you have/ })
    .click();
  await expect(message(panel, 'What do you have?').first()).toBeFocused();
});

test('a message that the agent deletes goes from view, here and in the list', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Hello?');
  const id = await traces.conversationId();
  const { id: wrong } = await agent.reply(id, 'Meant for somebody else.');
  await expect(message(panel, 'Meant for somebody else.')).toBeVisible();
  await agent.deleteMessage(id, wrong);
  await expect(message(panel, 'Meant for somebody else.')).toHaveCount(0);
  await backToList(panel);
  expect(await panel.content()).not.toContain('Meant for somebody else.');
});
