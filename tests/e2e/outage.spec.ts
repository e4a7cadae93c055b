// The installation goes away and comes back: what was said meanwhile appears, what was written meanwhile is there once.
import { expect, test } from './fixtures';
import { expectSent, message, send, startConversation } from './panel-page';

test('after an outage what was said meanwhile appears, and what was written meanwhile is there once', async ({
  visitor,
  traces,
  agent,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'before the outage');
  const id = await traces.conversationId();

  await line.cut();
  await expect(panel.getByRole('status')).toContainText('Reconnecting');
  await send(panel, 'written in the outage');
  await expect(message(panel, 'written in the outage')).toHaveAccessibleName(/^You, /);
  await expect(message(panel, 'written in the outage')).not.toHaveAccessibleName(/Sent/);

  await agent.reply(id, 'said in the outage');
  await line.restore();
  await expect(message(panel, 'said in the outage')).toHaveCount(1);
  await expectSent(panel, 'written in the outage');
  await send(panel, 'after the outage');
  await expectSent(panel, 'after the outage');
  const contents = await traces.contents();
  expect(contents.filter((content) => content === 'written in the outage')).toHaveLength(1);
  expect(contents).toHaveLength(4);
  await expect(panel.getByRole('article')).toHaveCount(4);
  await expect(panel.getByRole('status')).toHaveText(/^(Connected)?$/);
});

test('a first message written while the server is down is sent with its conversation once it is back', async ({
  visitor,
  traces,
  line,
}) => {
  await line.cut();
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await send(panel, 'Is anybody there?');
  await expect(message(panel, 'Is anybody there?')).toHaveAccessibleName(/^You, /);
  await line.restore();
  await expectSent(panel, 'Is anybody there?');
  expect(traces.sourceIds()).toHaveLength(1);
  expect(await traces.conversationIds()).toHaveLength(1);
  expect(await traces.contents()).toHaveLength(1);
});

test('an answer that is lost after the server stored the message does not send it twice', async ({
  visitor,
  traces,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.holdFrames();
  const { happened } = line.next('POST', /\/messages$/, 'lose answer');
  await send(panel, 'stored but not answered');
  await happened;
  await expect(message(panel, 'stored but not answered')).toHaveAccessibleName(/Not sure it arrived/);
  await expectSent(panel, 'stored but not answered');
  line.releaseFrames();
  expect(await traces.contents()).toEqual(['to begin with', 'stored but not answered']);
});

test('a message that the server refuses stays, says so, and can be sent again or discarded', async ({
  visitor,
  traces,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  for (const text of ['refused and sent again', 'refused and discarded']) {
    line.next('POST', /\/messages$/, { status: 403 });
    await send(panel, text);
    await expect(message(panel, text)).toHaveAccessibleName(/Not sent/);
  }
  await message(panel, 'refused and sent again').getByRole('button', { name: 'Retry' }).click();
  await expectSent(panel, 'refused and sent again');
  await message(panel, 'refused and discarded').getByRole('button', { name: 'Discard' }).click();
  await expect(message(panel, 'refused and discarded')).toHaveCount(0);
  expect(await traces.contents()).toEqual(['to begin with', 'refused and sent again']);
});
