// Who is asking: nobody known, somebody who says so, somebody who has proven it, and nobody any more.
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';
import { expectNothingOf, expectSignedIn, hashOf, openFromMenu, person, signIn } from './people';

test('who signs in finds what they wrote before as earlier, and can still answer there', async ({
  visitor,
  traces,
  agent,
  ground,
}) => {
  const ada = person('Ada');
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Before I signed in.');
  const before = await traces.conversationId();
  await signIn(visitor.page, ada, hashOf(ada, ground.installation.inboxes.plain.hmacToken));
  await expect(row(panel, 'Before I signed in.')).toHaveCount(0);
  await expectSignedIn(panel, ada);
  await startConversation(panel, 'As myself.');
  await backToList(panel);
  await agent.reply(before, 'An answer to nobody known.');
  await panel.getByRole('button', { name: /^Earlier on this device/ }).click();
  await expect(panel.getByText('Written before you signed in.')).toBeVisible();
  await row(panel, 'An answer to nobody known.').click();
  await send(panel, 'Thank you.');
  await expectSent(panel, 'Thank you.');
  expect(await traces.contents(before)).toEqual([
    'Before I signed in.',
    'An answer to nobody known.',
    'Thank you.',
  ]);
  expect(await traces.identifierOf(before)).toBeNull();
});

test('who has proven it sees on a second device what they wrote on the first, who only says so does not', async ({
  visitor,
  launch,
  config,
  traces,
  ground,
}) => {
  const ada = person('Ada');
  const hash = hashOf(ada, ground.installation.inboxes.plain.hmacToken);
  await signIn(visitor.page, ada, hash);
  await visitor.clickHelpButton();
  await startConversation(await visitor.panel(), 'From the first device.');
  expect(await traces.identifierOf(await traces.conversationId())).toBe(ada.identifier);

  const second = await launch();
  await second.page.goto(config.siteUrl.href);
  await signIn(second.page, ada);
  await second.clickHelpButton();
  const panel = await second.panel();
  await expectSignedIn(panel, ada);
  await expect(row(panel, 'From the first device.')).toHaveCount(0);
  await signIn(second.page, ada, hash);
  await row(panel, 'From the first device.').click();
  await expect(message(panel, 'From the first device.')).toBeVisible();
});

test('a hash that is wrong is said without asking again and again, and the right one lets everything go on', async ({
  visitor,
  traces,
  line,
  ground,
}) => {
  const ada = person('Ada');
  await signIn(visitor.page, ada, 'f'.repeat(64));
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(panel.getByRole('status')).toHaveText(/could not confirm who you are/);
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await send(panel, 'Let me in.');
  await expect(message(panel, 'Let me in.')).toHaveAccessibleName(/Waiting to send/);
  const asked = line.requests.length;
  // Word for word another text, and the same person.
  await signIn(visitor.page, { ...ada, name: 'Ada' }, 'F'.repeat(64));
  await expect(message(panel, 'Let me in.')).toHaveAccessibleName(/Waiting to send/);
  expect(line.requests).toHaveLength(asked);
  await signIn(visitor.page, ada, hashOf(ada, ground.installation.inboxes.plain.hmacToken));
  await expectSignedIn(panel, ada);
  await startConversation(panel, 'Now it is me.');
  expect(await traces.contents()).toEqual(['Now it is me.']);
});

test('signing out hides everything at once, and signing in again brings it back', async ({
  visitor,
  ground,
}) => {
  const ada = person('Ada');
  const hash = hashOf(ada, ground.installation.inboxes.plain.hmacToken);
  await signIn(visitor.page, ada, hash);
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'My own business.');
  await panel.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  await signIn(visitor.page, null);
  await expect(panel.getByText('How can we help?')).toBeVisible();
  await expectNothingOf(panel, ['My own business.', 'Half a thought', ada.name]);
  await panel.reload();
  await expect(panel.getByText('How can we help?')).toBeVisible();
  await expectNothingOf(panel, ['My own business.', 'Half a thought', ada.name]);
  await signIn(visitor.page, ada, hash);
  await row(panel, 'Half a thought').click();
  await expect(message(panel, 'My own business.')).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
});

test('what was not sent before a change of user waits for its own person, who is asked', {
  tag: '@fault',
}, async ({ visitor, traces, line, ground }) => {
  const { hmacToken } = ground.installation.inboxes.plain;
  const [ada, ben] = [person('Ada'), person('Ben')];
  await signIn(visitor.page, ada, hashOf(ada, hmacToken));
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'First.');
  const conversation = await traces.conversationId();
  await line.cut();
  await send(panel, 'Not sent yet.');
  await expect(message(panel, 'Not sent yet.')).toHaveAccessibleName(/Waiting to send|Will be sent/);
  await signIn(visitor.page, ben, hashOf(ben, hmacToken));
  await expectNothingOf(panel, ['First.', 'Not sent yet.', ada.name]);
  await line.restore();
  await expectSignedIn(panel, ben);
  await startConversation(panel, 'I am Ben.');
  expect(await traces.contents(conversation)).toEqual(['First.']);
  await signIn(visitor.page, ada, hashOf(ada, hmacToken));
  await row(panel, 'Not sent yet.').click();
  const held = message(panel, 'Not sent yet.');
  await expect(held).toContainText('You wrote this before signing out. Send it now?');
  await held.getByRole('button', { name: 'Send' }).click();
  await expectSent(panel, 'Not sent yet.');
  expect(await traces.contents(conversation)).toEqual(['First.', 'Not sent yet.']);
});

test('a message under way at a change of user arrives in its own name, unseen', { tag: '@fault' }, async ({
  visitor,
  traces,
  line,
  ground,
}) => {
  const { hmacToken } = ground.installation.inboxes.plain;
  const [ada, ben] = [person('Ada'), person('Ben')];
  await signIn(visitor.page, ada, hashOf(ada, hmacToken));
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'First.');
  const conversation = await traces.conversationId();
  line.holdFrames();
  const held = line.next('POST', /\/messages$/, 'hold answer');
  await send(panel, 'Under way.');
  await held.happened;
  await signIn(visitor.page, ben, hashOf(ben, hmacToken));
  await expectNothingOf(panel, ['First.', 'Under way.']);
  held.release();
  line.releaseFrames();
  await expectSignedIn(panel, ben);
  await expectNothingOf(panel, ['First.', 'Under way.']);
  expect(await traces.contents(conversation)).toEqual(['First.', 'Under way.']);
  expect(await traces.identifierOf(conversation)).toBe(ada.identifier);
});

test('a person changes their details, and is asked before they may be joined with somebody else', async ({
  visitor,
  traces,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Who am I to you?');
  await backToList(panel);
  await openFromMenu(panel, 'Your details');
  await panel.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace');
  await panel.getByRole('textbox', { name: 'E-mail' }).fill('not an address');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('Use the form name@company.com').first()).toBeVisible();
  const { identifier } = person('ada');
  await panel.getByRole('textbox', { name: 'E-mail' }).fill(`${identifier}@example.com`);
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByRole('button', { name: 'It is mine' }).click();
  await expect(panel.getByText('Saved', { exact: true })).toBeVisible();
  expect(await traces.contact()).toMatchObject({
    name: 'Ada Lovelace',
    email: `${identifier}@example.com`,
  });
});

test('forgetting a person deletes everything here, and nothing of what was sent', async ({
  visitor,
  traces,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'Remember me not.');
  await backToList(panel);
  await openFromMenu(panel, 'Forget me on this device');
  await panel.getByRole('button', { name: 'Forget everything' }).click();
  await expect(panel.getByText('How can we help?')).toBeVisible();
  await expectNothingOf(panel, ['Remember me not.']);
  expect(await traces.contents()).toEqual(['Remember me not.']);
});
