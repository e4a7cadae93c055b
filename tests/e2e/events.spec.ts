// What happens at the company is seen in the panel as it happens, and what happens in the panel is heard at the company: typing,
// reading, who has it, conversations that an agent begins, messages that an agent deletes. How a conversation is resolved, opened
// again and deleted stands in states.spec.ts, who is there in availability.spec.ts.
import type { Line } from './driver/line';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';
import { expectSignedIn, hashOf, person, signIn } from './people';

const told = (line: Line, what: RegExp) =>
  line.requests.filter(({ method, path }) => method === 'POST' && what.test(path));
const typed = (line: Line) =>
  told(line, /\/toggle_typing$/).map(({ body }) => JSON.parse(body ?? '{}').typing_status);

test('shows who is typing, and that it ended', async ({ visitor, traces, agent }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Anybody there?');
  const id = await traces.conversationId();
  await agent.typing(id, 'on', true);
  await agent.typing(id, 'on');
  await expect(panel.getByText(/is typing/)).toBeVisible();
  await agent.typing(id, 'off');
  await expect(panel.getByText(/is typing/)).toBeHidden();
  await agent.typing(id, 'on');
  await expect(panel.getByText(/is typing/)).toBeVisible();
  await agent.reply(id, 'I was typing this.');
  await expect(message(panel, 'I was typing this.')).toHaveCount(1);
  await expect(panel.getByText(/is typing/)).toBeHidden();
});

test('agents hear once that somebody types and once that they stopped, also when the panel goes while they do', async ({
  visitor,
  traces,
  agent,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Anybody there?');
  const box = panel.getByRole('textbox', { name: 'Message' });
  await box.pressSequentially('Let me see');
  await expect.poll(() => typed(line)).toEqual(['on']);
  await send(panel, 'Let me see.');
  await expectSent(panel, 'Let me see.');
  await expect.poll(() => typed(line), { timeout: 10_000 }).toEqual(['on', 'off']);
  // The server hears nothing of it by itself: what was begun is ended, whoever is gone meanwhile.
  await agent.reply(await traces.conversationId(), 'Take your time.');
  await expect(message(panel, 'Take your time.')).toHaveCount(1);
  await expect
    .poll(
      async () => {
        await box.pressSequentially('.');
        return typed(line);
      },
      { timeout: 10_000 },
    )
    .toEqual(['on', 'off', 'on']);
  await visitor.closePanel();
  await expect.poll(() => typed(line), { timeout: 10_000 }).toEqual(['on', 'off', 'on', 'off']);
});

test('what is read is no longer unread, here, at the agent’s and on another device of the same person', async ({
  visitor,
  launch,
  config,
  traces,
  agent,
  ground,
  line,
}) => {
  const ada = person('Ada');
  const hash = hashOf(ada, ground.installation.inboxes.plain.hmacToken);
  await signIn(visitor.page, ada, hash);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expectSignedIn(panel, ada);
  await startConversation(panel, 'Anybody there?');
  const id = await traces.conversationId();
  await backToList(panel);

  const second = await launch();
  await second.page.goto(config.siteUrl.href);
  await signIn(second.page, ada, hash);
  await second.clickHelpButton();
  const elsewhere = await second.panel();
  await expect(row(elsewhere, 'Anybody there?')).toBeVisible();

  await agent.reply(id, 'First.');
  await agent.reply(id, 'Second.');
  for (const each of [panel, elsewhere])
    await expect(row(each, 'Second.')).toHaveAccessibleName(/, 2 unread messages, /);
  const statuses = async () =>
    (await agent.messages(id)).filter((one) => one.message_type === 1).map(({ status }) => status);
  expect(await statuses()).toEqual(['sent', 'sent']);
  expect(told(line, /\/update_last_seen$/)).toHaveLength(0);

  await row(elsewhere, 'Second.').click();
  await expect(message(elsewhere, 'Second.')).toHaveCount(1);
  await expect.poll(statuses, { timeout: 10_000 }).toEqual(['read', 'read']);
  await expect(row(panel, 'Second.')).toHaveAccessibleName(/^(?!.*unread)/);
  // Nobody looked here, and what is read elsewhere is no reason to tell anything.
  expect(told(line, /\/update_last_seen$/)).toHaveLength(1);
});

test('a conversation that an agent begins appears by itself, unread, and is answered', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  await backToList(panel);
  const [sourceId = ''] = traces.sourceIds();
  const { id } = await agent.startConversation(sourceId);
  await agent.reply(id, 'We have news for you.');
  await expect(row(panel, 'We have news for you.')).toHaveAccessibleName(/^Grace.*, 1 unread message, /);
  await row(panel, 'We have news for you.').click();
  await send(panel, 'What news?');
  await expectSent(panel, 'What news?');
  expect(await traces.contents(id)).toEqual(['We have news for you.', 'What news?']);
});

test('a message that an agent deletes goes from the thread, the list and the count', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const id = await traces.conversationId();
  const { id: wrong } = await agent.reply(id, 'Meant for somebody else.');
  await expect(message(panel, 'Meant for somebody else.')).toHaveCount(1);
  await agent.deleteMessage(id, wrong);
  await expect(message(panel, 'Meant for somebody else.')).toHaveCount(0);
  await backToList(panel);
  const { id: another } = await agent.reply(id, 'Wrong again.');
  await expect(row(panel, 'Wrong again.')).toHaveAccessibleName(/, 1 unread message, /);
  await agent.deleteMessage(id, another);
  await expect(panel.getByText('Wrong again.')).toHaveCount(0);
  await expect(panel.getByRole('list', { name: 'Conversations' }).getByRole('button')).toHaveAccessibleName(
    /^(?!.*unread)/,
  );
});

test('that an agent has seen a message is said when the server says so, and not before', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Anybody there?');
  const id = await traces.conversationId();
  await agent.read(id);
  // Nothing tells of it: not before the next word about the conversation.
  await expect(message(panel, 'Anybody there?')).toHaveAccessibleName(/Sent/);
  await agent.typing(id, 'on');
  await expect(message(panel, 'Anybody there?')).toHaveAccessibleName(/Seen/);
});
