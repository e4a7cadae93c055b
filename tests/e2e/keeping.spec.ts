// Nothing is lost when the page, the panel, the background or the browser goes away.
import { expect, test } from './fixtures';
import { backToList, contents, expectSent, message, row, send, startConversation } from './panel-page';

test('a reload of the page and of the panel keeps the conversation, the place and the draft', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Is the refund automatic?');
  await server.agent.reply(server.store.conversations[0]?.id ?? 0, 'Yes, within 5 days.');
  await expect(message(panel, 'Yes, within 5 days.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Message' }).fill('And what about');
  await visitor.page.reload();
  await panel.reload();
  await expect(message(panel, 'Is the refund automatic?')).toBeVisible();
  await expect(message(panel, 'Yes, within 5 days.')).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveValue('And what about');
  expect(contents(server)).toHaveLength(2);
});

test('a restart of the browser keeps conversations, messages and drafts, also while the server is down', async ({
  visitor,
  server,
  config,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Where is my invoice?');
  await server.agent.reply(server.store.conversations[0]?.id ?? 0, 'In your inbox.');
  await expect(message(panel, 'In your inbox.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  await backToList(panel);
  await expect(row(panel, 'Half a thought')).toBeVisible();
  await visitor.closePanel();
  await visitor.restart();
  await server.stop();

  await visitor.page.goto(config.siteUrl.href);
  await visitor.clickHelpButton();
  const again = await visitor.panel();
  await row(again, 'Half a thought').click();
  await expect(message(again, 'Where is my invoice?')).toBeVisible();
  await expect(message(again, 'In your inbox.')).toBeVisible();
  await expect(again.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await server.start();
  await expect(again.getByRole('status')).toHaveText(/^(Connected)?$/);
  expect(server.store.sessions).toHaveLength(1);
});

test('a stopped background is born again, and the next message goes and comes', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'before the stop');
  const born = await visitor.workerBirth();
  await visitor.stopWorker();
  await send(panel, 'after the stop');
  await expectSent(panel, 'after the stop');
  expect(await visitor.workerBirth()).not.toBe(born);
  await server.agent.reply(server.store.conversations[0]?.id ?? 0, 'and the answer');
  await expect(message(panel, 'and the answer')).toBeVisible();
  expect(contents(server)).toEqual(['before the stop', 'after the stop', 'and the answer']);
});

test('a stop in mid-send ends with the message on the server exactly once', async ({ visitor, server }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  for (const when of ['before', 'after'] as const) {
    const text = `stopped ${when} the server had it`;
    const arrived = server.control.arrival({ method: 'POST', path: /messages$/ });
    server.control.clearRequests();
    server.control.fail({ method: 'POST', path: /messages$/, when, how: 'hang' });
    await send(panel, text);
    await arrived;
    await visitor.stopWorker();
    await expectSent(panel, text);
    expect(contents(server).filter((content) => content === text)).toHaveLength(1);
  }
});
