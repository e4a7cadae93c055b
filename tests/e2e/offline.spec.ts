// Written while nobody can be reached, through the death of the browser: said so at once, and sent once and in order
// when the panel is opened online again.
import type { VisitorBrowser } from './driver/browser';
import type { Line } from './driver/line';
import { expect, test } from './fixtures';
import { expectShown, row, send, startConversation } from './panel-page';

interface Outage {
  title: string;
  begin: (line: Line, visitor: VisitorBrowser) => Promise<void> | void;
  said: string;
  saidOfLast: RegExp;
}

const outages: Outage[] = [
  {
    title: 'the server is stopped',
    begin: (line) => line.cut(),
    said: 'Reconnecting',
    saidOfLast: /Waiting to send/,
  },
  {
    title: 'the network is gone and the socket stays open',
    begin: (line) => line.fallSilent(),
    said: 'Reconnecting',
    saidOfLast: /Waiting to send/,
  },
  {
    title: 'the browser knows that it is offline and the socket stays open',
    begin: (line, visitor) => {
      line.fallSilent();
      return visitor.setOffline(true);
    },
    said: 'You are offline',
    saidOfLast: /Will be sent when you are back online/,
  },
];

const written = ['Hello?', 'Are you there?', 'Hello?'];

for (const { title, begin, said, saidOfLast } of outages)
  test(`what is written while ${title} is said to wait, outlives two kills, and is sent once and in order`, {
    tag: '@fault',
  }, async ({ visitor, traces, line, config }) => {
    const reopen = async () => {
      await visitor.restart();
      await visitor.page.goto(config.siteUrl.href);
      await visitor.clickHelpButton();
      const panel = await visitor.panel();
      await row(panel, 'Hello?').click();
      return panel;
    };
    test.slow();
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'before the outage');

    await begin(line, visitor);
    for (const text of written) await send(panel, text);
    await expectShown(panel, ['before the outage', ...written], 3);
    await expect(panel.getByRole('status')).toContainText(said);
    await expect(panel.getByRole('article').last()).toHaveAccessibleName(saidOfLast);
    await visitor.killBrowser();

    const offline = await reopen();
    await expectShown(offline, ['before the outage', ...written], 3);
    await expect(offline.getByRole('status')).toContainText('Reconnecting');
    await visitor.killBrowser();
    expect(await traces.contents()).toEqual(['before the outage']);

    await line.restore();
    const online = await reopen();
    await expectShown(online, ['before the outage', ...written]);
    await expect(online.getByRole('status')).toHaveText(/^(Connected)?$/);
    await send(online, 'after the outage');
    await expectShown(online, ['before the outage', ...written, 'after the outage']);
    expect(await traces.contents()).toEqual(['before the outage', ...written, 'after the outage']);
  });

for (const { title, begin } of outages.slice(0, 2))
  test(`a conversation begun while ${title} outlives a kill and is there once, with its messages in order`, {
    tag: '@fault',
  }, async ({ visitor, traces, line, config }) => {
    await begin(line, visitor);
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await panel.getByRole('button', { name: 'New conversation' }).click();
    for (const text of written) await send(panel, text);
    await expectShown(panel, written, 3);
    await visitor.killBrowser();
    await line.restore();

    await visitor.restart();
    await visitor.page.goto(config.siteUrl.href);
    await visitor.clickHelpButton();
    const again = await visitor.panel();
    await row(again, 'Hello?').click();
    await expectShown(again, written);
    expect(traces.sourceIds()).toHaveLength(1);
    expect(await traces.conversationIds()).toHaveLength(1);
    expect(await traces.contents()).toEqual(written);
  });
