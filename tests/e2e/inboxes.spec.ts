// Inboxes that the operator has set up in another way than the plain one.
import type { AgentClient } from '../server/testing/agent-client';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, send, startConversation } from './panel-page';

/** Waits for the message that the installation itself writes; its words are the operator's. */
async function template(agent: AgentClient, id: number, contentType: string): Promise<string> {
  let words: string | null | undefined;
  await expect(async () => {
    const written = (await agent.messages(id)).filter((one) => one.message_type === 3);
    words = written.find((one) => one.content_type === contentType)?.content;
    expect(words).toBeTruthy();
  }).toPass();
  return words ?? '';
}

test.describe('with a greeting and a survey', () => {
  test.use({ inbox: 'csat' });

  test('the greeting follows the first message, and the question for a rating follows the end', async ({
    visitor,
    traces,
    agent,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'Can I rate this?');
    const id = await traces.conversationId();
    await expect(message(panel, await template(agent, id, 'text'))).toHaveCount(1);
    await agent.reply(id, 'In a moment.');
    await agent.resolve(id);
    await expect(message(panel, await template(agent, id, 'input_csat'))).toHaveCount(1);
    await expect(panel.getByRole('article')).toHaveCount(4);
  });
});

test.describe('locked to one conversation', () => {
  test.use({ inbox: 'single' });

  test('a new conversation after the end goes on in the same one', async ({ visitor, traces, agent }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'The first question');
    const id = await traces.conversationId();
    await agent.resolve(id);
    await backToList(panel);
    await expect(panel.getByText('Resolved')).toBeVisible();
    await startConversation(panel, 'The second question');
    await expect(message(panel, 'The first question')).toHaveCount(1);
    expect(await traces.conversationId()).toBe(id);
    expect(await traces.contents()).toEqual(['The first question', 'The second question']);
  });
});

test.describe('with a bot in front', () => {
  test.use({ inbox: 'bot' });

  test('a conversation waits for the bot, and goes on with the person who takes it over', async ({
    visitor,
    traces,
    agent,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'Is there a person?');
    const id = await traces.conversationId();
    expect((await agent.conversation(id)).status).toBe('pending');
    await agent.open(id);
    await agent.reply(id, 'Yes, I am one.');
    await expect(message(panel, 'Yes, I am one.')).toHaveCount(1);
    await send(panel, 'Good.');
    await expectSent(panel, 'Good.');
    const said = ['Is there a person?', 'Yes, I am one.', 'Good.'];
    // What the bot says is the operator's.
    expect((await traces.contents()).filter((content) => said.includes(content ?? ''))).toEqual(said);
  });
});
