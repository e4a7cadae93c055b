// What a conversation can be: each state as the panel shows it, and what writing does to it.
import { DEMO_INBOXES } from '../server/demo/demo-inboxes';
import { createAgentClient } from '../server/testing/agent-client';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

const composer = 'Write a message';
const reopening = 'Write to reopen this conversation';
const hour = 3600;

test('what the team marked as resolved says so, here and in the list, and writing opens it again', async ({
  visitor,
  traces,
  agent,
  config,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  const box = panel.getByRole('textbox', { name: 'Message' });
  await startConversation(panel, 'It does not print.');
  const id = await traces.conversationId();
  await expect(box).toHaveAttribute('placeholder', composer);
  await agent.reply(id, 'Switch it on.');
  await agent.resolve(id);
  await expect(panel.getByText(`${config.siteName} marked this as resolved`)).toBeVisible();
  await expect(box).toHaveAttribute('placeholder', reopening);
  await backToList(panel);
  await expect(row(panel, 'Switch it on.')).toContainText('Resolved');
  await row(panel, 'Switch it on.').click();
  await send(panel, 'It is on.');
  await expectSent(panel, 'It is on.');
  await expect(panel.getByText('Conversation reopened')).toBeVisible();
  await expect(panel.getByText(/marked this as resolved/)).toHaveCount(0);
  await expect(box).toHaveAttribute('placeholder', composer);
  expect((await agent.conversation(id)).status).toBe('open');
  await backToList(panel);
  await expect(row(panel, 'It is on.')).not.toContainText('Resolved');
});

test('what the team puts off looks like any other, and writing wakes it', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'When is it there?');
  const id = await traces.conversationId();
  await agent.snooze(id, Math.floor(Date.now() / 1000) + hour);
  await agent.reply(id, 'On Monday.');
  await expect(message(panel, 'On Monday.')).toBeVisible();
  expect((await agent.conversation(id)).status).toBe('snoozed');
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveAttribute('placeholder', composer);
  await backToList(panel);
  await expect(row(panel, 'On Monday.')).not.toContainText('Resolved');
  await row(panel, 'On Monday.').click();
  await send(panel, 'Too late.');
  await expectSent(panel, 'Too late.');
  expect((await agent.conversation(id)).status).toBe('open');
  // It had never been closed for the person.
  await expect(panel.getByText(/resolved|reopened/)).toHaveCount(0);
});

test.describe('with a bot in front', () => {
  test.use({ inbox: 'bot' });

  test('the bot asks and is answered, a person takes over, and what is written after the end is for the bot again', {
    tag: '@door',
  }, async ({ visitor, traces, agent, door }) => {
    const { apiAccessToken = '' } = DEMO_INBOXES.flatMap((inbox) => inbox.bot ?? [])[0] ?? {};
    const bot = createAgentClient(() => door.url, 1, apiAccessToken);
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'Hello?');
    const id = await traces.conversationId();
    expect((await agent.conversation(id)).status).toBe('pending');
    await bot.select(id, 'Whom do you want?', [{ title: 'A person', value: 'person' }]);
    await expect(message(panel, 'Whom do you want?')).toHaveAccessibleName(/^Helper Bot, /);
    await panel
      .getByRole('group', { name: 'Choose an answer to: Whom do you want?' })
      .getByRole('button', { name: 'A person' })
      .click();
    await expect(message(panel, 'Your choice')).toContainText('A person');
    await bot.reply(id, 'One moment.');
    await bot.open(id);
    await agent.reply(id, 'Here I am.');
    await expect(message(panel, 'Here I am.')).toHaveAccessibleName(/^Grace, /);
    expect((await agent.conversation(id)).status).toBe('open');
    await agent.resolve(id);
    await expect(panel.getByText(/ marked this as resolved$/)).toBeVisible();
    await send(panel, 'Still there?');
    await expectSent(panel, 'Still there?');
    await expect(panel.getByText('Conversation reopened')).toBeVisible();
    expect((await agent.conversation(id)).status).toBe('pending');
    await expect(panel.getByText(/resolved/)).toHaveCount(0);
  });
});

test('who has been blocked may write, is told nothing that is not so, and asks for nothing in a loop', async ({
  visitor,
  traces,
  agent,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'You are all thieves.');
  const id = await traces.conversationId();
  await agent.mute(id);
  await expect(panel.getByText(/ marked this as resolved$/)).toBeVisible();
  await send(panel, 'Are you there?');
  await expectSent(panel, 'Are you there?');
  expect((await agent.conversation(id)).status).toBe('resolved');
  await backToList(panel);
  await startConversation(panel, 'Is anybody there?');
  const [, other = 0] = await traces.conversationIds();
  expect((await agent.conversation(other)).status).toBe('resolved');
  expect(await traces.contents()).toEqual(['You are all thieves.', 'Are you there?', 'Is anybody there?']);
  await expect(panel.getByText('Conversation reopened')).toHaveCount(0);
  const posts = line.requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
  expect(posts.filter((path) => path.endsWith('/messages'))).toHaveLength(3);
  expect(posts.filter((path) => path.endsWith('/conversations'))).toHaveLength(2);
  // Time enough for a loop: the answer comes over the cable, and is seen.
  await agent.unmute(id);
  await agent.reply(other, 'We are.');
  await expect(message(panel, 'We are.')).toBeVisible();
  expect(line.requests.length).toBeLessThan(30);
});

test('a conversation that an agent deletes while it is open says so as soon as that can be known', {
  tag: '@fault',
}, async ({ visitor, traces, agent, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  await agent.deleteConversation(await traces.conversationId());
  // Nobody is told of it: the list that is read after a loss shows it.
  line.dropSockets();
  await expect(panel.getByRole('alert')).toHaveText('This conversation no longer exists.', {
    timeout: 30_000,
  });
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await send(panel, 'anew');
  await expectSent(panel, 'anew');
  expect(await traces.contents()).toEqual(['anew']);
});

test.describe('with a greeting', () => {
  test.use({ inbox: 'csat' });

  test('what nobody in particular says is said by the company', async ({
    visitor,
    traces,
    agent,
    config,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'Hello?');
    const id = await traces.conversationId();
    const template = async () =>
      (await agent.messages(id)).find((one) => one.message_type === 3)?.content ?? '';
    await expect.poll(template).not.toBe('');
    await expect(message(panel, await template())).toHaveAccessibleName(new RegExp(`^${config.siteName}, `));
    // It is no answer: the header names the company until somebody gives one.
    await expect(panel.getByRole('heading', { name: config.siteName })).toBeVisible();
  });
});

test('out of hours and before a job marks it as resolved the company says so, whoever has answered', {
  tag: '@door',
}, async ({ visitor, traces, agent, door, ground, config }) => {
  const { identifier } = ground.installation.inboxes.plain;
  const byCompany = new RegExp(`^${config.siteName}, `);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  door.control.closeInbox({ identifier, words: 'We are back on Monday.' });
  try {
    await startConversation(panel, 'Hello?');
  } finally {
    door.control.closeInbox({ identifier, words: null });
  }
  await expect(message(panel, 'We are back on Monday.')).toHaveAccessibleName(byCompany);
  const id = await traces.conversationId();
  await agent.reply(id, 'Now we are.');
  await expect(panel.getByRole('heading', { name: 'Grace' })).toBeVisible();
  door.control.autoResolve({ conversationId: id, words: 'You did not write any more.' });
  await expect(message(panel, 'You did not write any more.')).toHaveAccessibleName(byCompany);
  await expect(panel.getByText(`${config.siteName} marked this as resolved`)).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Grace' })).toBeVisible();
});
