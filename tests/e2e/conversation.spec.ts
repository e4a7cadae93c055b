// The main job: a customer asks in the real side panel, an agent answers, and it arrives.
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

test('a customer asks in the side panel, an agent answers, and the answer arrives without the private note', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Two charges for invoice 2041?');
  const id = await traces.conversationId();
  expect((await agent.conversations()).map((one) => one.id)).toContain(id);
  await agent.note(id, 'He pays late, check first');
  await agent.reply(id, 'Sorry about that, one is refunded.');

  await expect(message(panel, 'Sorry about that, one is refunded.')).toHaveCount(1);
  // The note was written before the answer: what is not here by now is not coming.
  await expect(message(panel, 'He pays late')).toHaveCount(0);
  expect(await panel.content()).not.toContain('He pays late');
  expect(await traces.contents()).toEqual([
    'Two charges for invoice 2041?',
    'Sorry about that, one is refunded.',
  ]);
});

test('an agent answers from the agent console of the in-memory CarbonChat', { tag: '@door' }, async ({
  visitor,
  door,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Is it you at the console?');

  const agentConsole = await visitor.context.newPage();
  await agentConsole.goto(`${door.url}/console`);
  await agentConsole
    .getByRole('list', { name: 'Conversations' })
    .getByText('Is it you at the console?')
    .click();
  await agentConsole.getByRole('checkbox', { name: 'Private note' }).check();
  await agentConsole.getByRole('textbox', { name: 'Reply' }).fill('Ask him who he is');
  await agentConsole.getByRole('button', { name: 'Send reply' }).click();
  await agentConsole.getByRole('checkbox', { name: 'Private note' }).uncheck();
  await agentConsole.getByRole('textbox', { name: 'Reply' }).fill('Yes, it is me.');
  await agentConsole.getByRole('button', { name: 'Send reply' }).click();

  await expect(message(panel, 'Yes, it is me.')).toHaveCount(1);
  await expect(message(panel, 'Ask him')).toHaveCount(0);
});

test('keeps one bubble when the echo on the cable comes before the answer to the POST, and after it', async ({
  visitor,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');

  const answer = line.next('POST', /\/messages$/, 'hold answer');
  await send(panel, 'frame before answer');
  await expectSent(panel, 'frame before answer');
  await answer.happened;
  answer.release();

  line.holdFrames();
  await send(panel, 'frame after answer');
  await expectSent(panel, 'frame after answer');
  line.releaseFrames();

  await send(panel, 'the last one');
  await expectSent(panel, 'the last one');
  await expect(panel.getByRole('article')).toHaveCount(4);
});

test('a second conversation stands beside the first, newest first, each with its own messages', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'The first question');
  await backToList(panel);
  await startConversation(panel, 'The second question');
  await expect(message(panel, 'The first question')).toHaveCount(0);
  await backToList(panel);
  await expect(panel.getByRole('list', { name: 'Conversations' }).getByRole('listitem')).toHaveCount(2);
  const ids = await traces.conversationIds();
  expect(ids).toHaveLength(2);

  const [first = 0] = ids;
  await agent.reply(first, 'An answer to the first');
  await expect(row(panel, 'An answer to the first')).toBeVisible();
  await expect(
    panel.getByRole('list', { name: 'Conversations' }).getByRole('listitem').first(),
  ).toContainText('An answer to the first');
  await expect(row(panel, 'An answer to the first')).toHaveAccessibleName(/1 unread message/);
  await row(panel, 'An answer to the first').click();
  await expect(message(panel, 'The first question')).toHaveCount(1);
  await expect(message(panel, 'The second question')).toHaveCount(0);
});

test('loads the older pages of a conversation of 100 messages while the reader keeps the place', async ({
  visitor,
  traces,
  agent,
  line,
}) => {
  test.slow();
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  await backToList(panel);
  const texts = Array.from({ length: 100 }, (_, index) => `Message ${index + 1}.`);
  // Written while the panel hears nothing: with the hundredth it meets a conversation that has a past.
  await line.cut();
  await expect(panel.getByRole('status')).toContainText('Reconnecting');
  const id = await traces.startConversation();
  for (const text of texts.slice(0, -1)) await agent.reply(id, text);
  await line.restore();
  await expect(panel.getByRole('status')).toHaveText(/^(Connected)?$/);
  await agent.reply(id, 'Message 100.');
  await row(panel, 'Message 100.').click();

  const log = panel.getByRole('log', { name: 'Messages' });
  await expect(message(panel, 'Message 100.')).toBeVisible();
  await log.hover();
  await expect(async () => {
    await panel.mouse.wheel(0, -600);
    await expect(log.getByText('Message 1.', { exact: true })).toBeInViewport({ timeout: 200 });
  }).toPass();
  const shown = await log.getByRole('article').allInnerTexts();
  expect(shown).toHaveLength(100);
  for (const [index, text] of texts.entries()) expect(shown[index]).toContain(text);
  const older = line.requests.filter(({ path }) => /[?&]before=/.test(path));
  expect(older.length, 'pages of 20 beside the newest').toBeGreaterThanOrEqual(4);
});
