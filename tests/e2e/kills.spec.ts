// The browser is killed after a message was shown as accepted, whatever the line does at that moment: it is on the server
// once and in order when the panel is opened again. Two kills with every run; `npm run test:stops` makes 50.
import { setTimeout as pause } from 'node:timers/promises';
import { printedSeed, scaled } from '../faults/plan-scale';
import { seededRandom } from '../server/testing/seeded-random';
import type { Line } from './driver/line';
import { expect, test } from './fixtures';
import { backToList, expectAccepted, expectShown, row, send, startConversation } from './panel-page';

const KILLS = scaled(2, 50);
const KILLS_IN_A_CONVERSATION = 5;

/** What the line does while the customer writes. */
const troubles: ((line: Line) => Promise<void> | void)[] = [
  (line) => line.fallSilent(),
  (line) => {
    line.holdFrames();
    line.next('POST', /\/messages$/, 'lose answer');
  },
  (line) => line.cut(),
  (line) => void line.next('POST', /\/messages$/, 'lose request'),
  () => {},
];

test(`${KILLS} kills of the browser after messages were shown as accepted lose nothing and double nothing`, {
  tag: ['@fault', '@long'],
}, async ({ visitor, traces, line, config }) => {
  test.setTimeout(60_000 + KILLS * 20_000);
  const random = seededRandom(printedSeed('Kills of the browser'));
  await visitor.clickHelpButton();
  let panel = await visitor.panel();
  let written: string[] = [];
  let stored = 0;

  for (let kill = 0; kill < KILLS; kill++) {
    if (kill % KILLS_IN_A_CONVERSATION === 0) {
      if (kill > 0) await backToList(panel);
      written = [`Conversation ${kill}.`];
      await startConversation(panel, `Conversation ${kill}.`);
    }
    await troubles[kill % troubles.length]?.(line);
    const count = 1 + Math.floor(random() * 3);
    for (let number = 1; number <= count; number++) {
      const text = random() < 0.5 ? 'Hello?' : `Kill ${kill}, message ${number}.`;
      await send(panel, text);
      written.push(text);
    }
    await expectAccepted(panel, written.length);
    await pause(random() * 400);
    await visitor.killBrowser();

    line.releaseFrames();
    await line.restore();
    await visitor.restart();
    await visitor.page.goto(config.siteUrl.href);
    await visitor.clickHelpButton();
    panel = await visitor.panel();
    await row(panel, written.at(-1) ?? '')
      .first()
      .click();
    await expectShown(panel, written);
    expect(await traces.contents((await traces.conversationIds()).at(-1))).toEqual(written);
    stored += count;
  }
  console.log(`${KILLS} kills; ${stored} messages written before them, each stored once`);
});
