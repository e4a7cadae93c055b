// The server goes away and comes back: what was said meanwhile appears, what was written meanwhile is there once.
import { expect, test } from './fixtures';
import { contents, expectSent, message, send, startConversation } from './panel-page';

test('after an outage what was said meanwhile appears, and what was written meanwhile is there once', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'before the outage');
  const id = server.store.conversations[0]?.id ?? 0;

  await server.stop();
  await expect(panel.getByRole('status')).toContainText('Reconnecting');
  await send(panel, 'written in the outage');
  await expect(message(panel, 'written in the outage')).toHaveAccessibleName(/^You, /);
  await expect(message(panel, 'written in the outage')).not.toHaveAccessibleName(/Sent/);

  // Said while the panel is still cut off: the sockets stay mute until after the answer.
  server.control.mute({ newToo: true });
  await server.start();
  await server.agent.reply(id, 'said in the outage');
  server.control.unmute();
  await expect(message(panel, 'said in the outage')).toHaveCount(1);
  await expectSent(panel, 'written in the outage');
  await send(panel, 'after the outage');
  await expectSent(panel, 'after the outage');
  expect(contents(server).filter((content) => content === 'written in the outage')).toHaveLength(1);
  expect(contents(server)).toHaveLength(4);
  await expect(panel.getByRole('article')).toHaveCount(4);
  await expect(panel.getByRole('status')).toHaveText(/^(Connected)?$/);
});

test('a first message written while the server is down is sent with its conversation once it is back', async ({
  visitor,
  server,
}) => {
  await server.stop();
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await send(panel, 'Is anybody there?');
  await expect(message(panel, 'Is anybody there?')).toHaveAccessibleName(/^You, /);
  await server.start();
  await expectSent(panel, 'Is anybody there?');
  expect(server.store.sessions).toHaveLength(1);
  expect(server.store.conversations).toHaveLength(1);
  expect(contents(server)).toHaveLength(1);
});

test('an answer that is lost after the server stored the message does not send it twice', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  server.control.holdFrames();
  server.control.fail({ method: 'POST', path: /messages$/, when: 'after', how: 'hang' });
  await send(panel, 'stored but not answered');
  await expect(message(panel, 'stored but not answered')).toHaveAccessibleName(/Not sure it arrived/);
  await expectSent(panel, 'stored but not answered');
  server.control.releaseFrames();
  expect(contents(server)).toEqual(['to begin with', 'stored but not answered']);
});

test('a message that the server refuses stays, says so, and can be sent again or discarded', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  for (const text of ['refused and sent again', 'refused and discarded']) {
    server.control.fail({ method: 'POST', path: /messages$/, how: { status: 403 } });
    await send(panel, text);
    await expect(message(panel, text)).toHaveAccessibleName(/Not sent/);
  }
  await message(panel, 'refused and sent again').getByRole('button', { name: 'Retry' }).click();
  await expectSent(panel, 'refused and sent again');
  await message(panel, 'refused and discarded').getByRole('button', { name: 'Discard' }).click();
  await expect(message(panel, 'refused and discarded')).toHaveCount(0);
  expect(contents(server)).toEqual(['to begin with', 'refused and sent again']);
});

test('offline, the panel says so and keeps what is written; back online it is sent once', async ({
  visitor,
  server,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  await visitor.setOffline(true);
  // An open socket only falls silent when the network goes: the server's end of it is cut as well.
  server.control.dropSockets();
  await expect(panel.getByRole('status')).toContainText('You are offline');
  await send(panel, 'written on the train');
  await expect(message(panel, 'written on the train')).toHaveAccessibleName(
    /Will be sent when you are back online/,
  );
  await visitor.setOffline(false);
  await expectSent(panel, 'written on the train');
  expect(contents(server)).toEqual(['to begin with', 'written on the train']);
  await expect(panel.getByRole('status')).toHaveText(/^(Connected)?$/);
});
