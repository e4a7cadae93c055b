// Nothing is lost when the page, the panel, the background or the browser goes away.
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

test('a reload of the page and of the panel keeps the conversation, the place and the draft', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Is the refund automatic?');
  await agent.reply(await traces.conversationId(), 'Yes, within 5 days.');
  await expect(message(panel, 'Yes, within 5 days.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Message' }).fill('And what about');
  await visitor.page.reload();
  await panel.reload();
  await expect(message(panel, 'Is the refund automatic?')).toBeVisible();
  await expect(message(panel, 'Yes, within 5 days.')).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveValue('And what about');
  expect(await traces.contents()).toHaveLength(2);
});

test('a restart of the browser keeps conversations, messages and drafts, also while the server is down', async ({
  visitor,
  traces,
  agent,
  line,
  config,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Where is my invoice?');
  await agent.reply(await traces.conversationId(), 'In your inbox.');
  await expect(message(panel, 'In your inbox.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  await backToList(panel);
  await expect(row(panel, 'Half a thought')).toBeVisible();
  await visitor.closePanel();
  await visitor.restart();
  await line.cut();

  await visitor.page.goto(config.siteUrl.href);
  await visitor.clickHelpButton();
  const again = await visitor.panel();
  await row(again, 'Half a thought').click();
  await expect(message(again, 'Where is my invoice?')).toBeVisible();
  await expect(message(again, 'In your inbox.')).toBeVisible();
  await expect(again.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await line.restore();
  await expect(again.getByRole('status')).toHaveText(/^(Connected)?$/);
  expect(traces.sourceIds()).toHaveLength(1);
});

test('a stopped background is born again, and the next message goes and comes', async ({
  visitor,
  traces,
  agent,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'before the stop');
  const born = await visitor.workerBirth();
  await visitor.stopWorker();
  await send(panel, 'after the stop');
  await expectSent(panel, 'after the stop');
  expect(await visitor.workerBirth()).not.toBe(born);
  await agent.reply(await traces.conversationId(), 'and the answer');
  await expect(message(panel, 'and the answer')).toBeVisible();
  expect(await traces.contents()).toEqual(['before the stop', 'after the stop', 'and the answer']);
});

test('a stop in mid-send ends with the message on the server exactly once', async ({
  visitor,
  traces,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  for (const mishap of ['lose request', 'lose answer'] as const) {
    const text = `stopped, ${mishap}`;
    const { happened } = line.next('POST', /\/messages$/, mishap);
    await send(panel, text);
    await happened;
    await visitor.stopWorker();
    await expectSent(panel, text);
    expect((await traces.contents()).filter((content) => content === text)).toHaveLength(1);
  }
});
