// What a server or something on the way to it refuses: each time the person is told in words, nothing is lost, and
// nobody asks in a loop. By the client and the account API only.
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';

const notThere = { status: 404, body: '{"status":404,"error":"Not Found"}' };

test('429 for everything is said, and what was written meanwhile is sent once when it is over', {
  tag: '@fault',
}, async ({ visitor, traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.answerAll(/./, { status: 429, body: 'Retry later\n' });
  await send(panel, 'one too many');
  await expect(panel.getByRole('status')).toContainText('Too many requests right now.');
  await expect(panel.getByText(/Sending continues in 0:\d\d\./)).toBeVisible();
  await expect(message(panel, 'one too many')).toHaveAccessibleName(/Waiting to send/);
  const asked = line.requests.length;
  expect(asked).toBeLessThan(20);
  line.passAgain();
  await expect(message(panel, 'one too many')).toHaveAccessibleName(/Sent/, { timeout: 30_000 });
  expect(await traces.contents()).toEqual(['to begin with', 'one too many']);
});

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

test('an inbox that is not found is said without asking again and again, and found again when asked', {
  tag: '@fault',
}, async ({ visitor, traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.answerAll(/\/inboxes\//, notThere);
  await send(panel, 'is anybody there?');
  await expect(panel.getByRole('status')).toHaveText('The support inbox was not found.');
  await expect(message(panel, 'is anybody there?')).toHaveAccessibleName(/Waiting to send/);
  const asked = line.requests.length;
  await backToList(panel);
  await row(panel, 'is anybody there?').click();
  await expect(message(panel, 'to begin with')).toBeVisible();
  expect(line.requests.length).toBe(asked);
  line.passAgain();
  await panel.getByRole('button', { name: 'Try now' }).click();
  await expectSent(panel, 'is anybody there?');
  expect(await traces.contents()).toEqual(['to begin with', 'is anybody there?']);
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

test('behind a captive portal that answers everything with its own page nothing is sent, and all of it after', {
  tag: '@fault',
}, async ({ visitor, traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.answerAll(/./, { status: 200, body: '<!doctype html><title>Sign in to the hotel</title>' });
  line.dropSockets();
  await expect(panel.getByRole('status')).toHaveText(/^This network keeps .+ from answering\.$/);
  await send(panel, 'from the hotel');
  await expect(message(panel, 'from the hotel')).toHaveAccessibleName(/Waiting to send/);
  line.passAgain();
  await expectSent(panel, 'from the hotel');
  expect(await traces.contents()).toEqual(['to begin with', 'from the hotel']);
});

test('a network that lets no socket through is named, and what is said meanwhile arrives all the same', {
  tag: '@fault',
}, async ({ visitor, traces, agent, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.answerAll(/\/cable$/, { status: 403, body: '<h1>WebSockets are not allowed here</h1>' });
  line.dropSockets();
  await expect(panel.getByRole('status')).toHaveText('New answers do not arrive at once here.', {
    timeout: 30_000,
  });
  await agent.reply(await traces.conversationId(), 'asked for');
  await send(panel, 'sent without a socket');
  await expectSent(panel, 'sent without a socket');
  await expect(message(panel, 'asked for')).toBeVisible();
  await expect(panel.getByRole('status')).toHaveText('New answers do not arrive at once here.');
  line.passAgain();
  await panel.getByRole('button', { name: 'Try now' }).click();
  await expect(panel.getByRole('status')).toBeEmpty();
  await agent.reply(await traces.conversationId(), 'told at once');
  await expect(message(panel, 'told at once')).toBeVisible();
});
