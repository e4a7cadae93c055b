// The main job: a customer asks in the real side panel, an agent answers, and it arrives.
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

test('a customer asks in the side panel, the agent console shows it, and the answer arrives', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Two charges for invoice 2041?');

  const agentConsole = await visitor.context.newPage();
  await agentConsole.goto(`${server.url}/console`);
  await agentConsole
    .getByRole('list', { name: 'Conversations' })
    .getByText('Two charges for invoice 2041?')
    .click();
  await agentConsole.getByRole('checkbox', { name: 'Private note' }).check();
  await agentConsole.getByRole('textbox', { name: 'Reply' }).fill('He pays late, check first');
  await agentConsole.getByRole('button', { name: 'Send reply' }).click();
  await agentConsole.getByRole('checkbox', { name: 'Private note' }).uncheck();
  await agentConsole.getByRole('textbox', { name: 'Reply' }).fill('Sorry about that, one is refunded.');
  await agentConsole.getByRole('button', { name: 'Send reply' }).click();

  await expect(message(panel, 'Sorry about that, one is refunded.')).toHaveCount(1);
  // The note was written before the answer: what is not here by now is not coming.
  await expect(message(panel, 'He pays late')).toHaveCount(0);
  expect(await panel.content()).not.toContain('He pays late');
});

test('keeps one bubble when the echo on the cable comes before the answer to the POST, and after it', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  for (const order of ['before', 'after'] as const) {
    server.control.frames({ order });
    if (order === 'before') await startConversation(panel, `frame ${order} answer`);
    else await send(panel, `frame ${order} answer`);
    await expectSent(panel, `frame ${order} answer`);
  }
  await send(panel, 'the last one');
  await expectSent(panel, 'the last one');
  await expect(panel.getByRole('article')).toHaveCount(3);
});

test('a second conversation stands beside the first, newest first, each with its own messages', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'The first question');
  await backToList(panel);
  await startConversation(panel, 'The second question');
  await expect(message(panel, 'The first question')).toHaveCount(0);
  await backToList(panel);
  await expect(panel.getByRole('list', { name: 'Conversations' }).getByRole('listitem')).toHaveCount(2);
  const conversations = await server.agent.conversations();
  expect(conversations).toHaveLength(2);

  const [first] = server.store.conversations;
  await server.agent.reply(first?.id ?? 0, 'An answer to the first');
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
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  await backToList(panel);
  const { conversationId } = server.control.seed({ count: 99 });
  await server.agent.reply(conversationId, 'The hundredth message');
  await row(panel, 'The hundredth message').click();

  const log = panel.getByRole('log', { name: 'Messages' });
  await expect(message(panel, 'The hundredth message')).toBeVisible();
  const seeded = server.store.conversations.find(({ id }) => id === conversationId);
  const texts = seeded?.messages.map(({ content }) => content ?? '') ?? [];
  expect(texts).toHaveLength(100);
  await log.hover();
  await expect(async () => {
    await panel.mouse.wheel(0, -600);
    await expect(log.getByText('Message 1', { exact: true })).toBeInViewport({ timeout: 200 });
  }).toPass();
  const shown = await log.getByRole('article').allInnerTexts();
  expect(shown).toHaveLength(100);
  for (const [index, text] of texts.entries()) expect(shown[index]).toContain(text);
});

test('shows who is typing, and that it ended', async ({ visitor, server }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Anybody there?');
  const id = server.store.conversations[0]?.id ?? 0;
  await server.agent.typing(id, 'on', true);
  await server.agent.typing(id, 'on');
  await expect(panel.getByText(/is typing/)).toBeVisible();
  await server.agent.typing(id, 'off');
  await expect(panel.getByText(/is typing/)).toBeHidden();
});
