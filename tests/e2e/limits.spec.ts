// What a server or something on the way to it refuses: each time the person is told in words, nothing is lost, and
// nobody asks in a loop. By the client and the account API only.
import { expect, test } from './fixtures';
import { backToList, expectSent, message, send, startConversation } from './panel-page';

test('a message too large for a proxy (413) is kept with the reason, and can be copied', {
  tag: '@fault',
}, async ({ visitor, traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.next('POST', /\/messages$/, { status: 413, body: '<h1>413 Request Entity Too Large</h1>' });
  await send(panel, 'too much for the proxy');
  const bubble = message(panel, 'too much for the proxy');
  await expect(bubble).toHaveAccessibleName(/This message is too large for .+\. Send it in shorter parts\./);
  await expect(bubble.getByRole('button', { name: 'Copy text' })).toBeVisible();
  await bubble.getByRole('button', { name: 'Retry' }).click();
  await expectSent(panel, 'too much for the proxy');
  expect(await traces.contents()).toEqual(['to begin with', 'too much for the proxy']);
});

test('a conversation that an agent deletes while it is open says so, and its words go to a new one', {
  tag: '@fault',
}, async ({ visitor, traces, agent, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const id = await traces.conversationId();
  await agent.deleteConversation(id);
  await send(panel, 'still there?');
  await expect(panel.getByRole('alert')).toHaveText('This conversation no longer exists.');
  await expect(message(panel, 'still there?')).toHaveAccessibleName(
    /Not sent\. This conversation no longer exists\./,
  );
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
  const posts = line.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  expect(posts).toHaveLength(2);
  await message(panel, 'still there?').getByRole('button', { name: 'Retry' }).click();
  await expectSent(panel, 'still there?');
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeVisible();
  expect(await traces.contents()).toEqual(['still there?']);
  await backToList(panel);
  await expect(panel.getByRole('list', { name: 'Conversations' }).getByRole('listitem')).toHaveCount(1);
});

test('a contact that is deleted begins anew, and nothing that was written is lost', {
  tag: ['@fault', '@long'],
}, async ({ visitor, traces, ground: { installation, door }, line }) => {
  test.setTimeout(180_000);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const [sourceId] = traces.sourceIds();
  const { url, accountId, agentToken, inboxes } = installation;
  const session = await fetch(
    `${url}/public/api/v1/inboxes/${inboxes.plain.identifier}/contacts/${sourceId}`,
  );
  const { id } = (await session.json()) as { id: number };
  // Contacts that are online cannot be deleted, and they count as online for a while after their last sign of life.
  line.answerAll(/./, { status: 503 });
  line.dropSockets();
  door?.control.passTime({ ms: 100_000 });
  const contact = `${url}/api/v1/accounts/${accountId}/contacts/${id}`;
  const remove = async () =>
    (await fetch(contact, { method: 'DELETE', headers: { api_access_token: agentToken } })).status;
  await expect.poll(remove, { timeout: 120_000 }).toBe(200);
  line.passAgain();
  await send(panel, 'do you know me?');
  await expect(panel.getByRole('alert')).toHaveText('This conversation no longer exists.', {
    timeout: 60_000,
  });
  await message(panel, 'do you know me?').getByRole('button', { name: 'Retry' }).click();
  await expectSent(panel, 'do you know me?');
  expect(await traces.contents()).toEqual(['do you know me?']);
  expect(traces.sourceIds()).toHaveLength(2);
});
