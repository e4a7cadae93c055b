// The background is stopped at any moment while customer and agent write: what the panel showed as accepted is on the
// server once and in order. A few stops with every run; `npm run test:stops` makes 200.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { printedSeed, scaled } from '../faults/plan-scale';
import { seededRandom } from '../server/testing/seeded-random';
import type { VisitorBrowser } from './driver/browser';
import type { Line } from './driver/line';
import { expect, test } from './fixtures';
import { backToList, expectAccepted, expectShown, send, unconfirmed } from './panel-page';

const CONVERSATIONS = scaled(1, 10);
const STOPS_IN_EACH = scaled(10, 20);
/** The customer waits for the server when it has this many messages to come. */
const AHEAD = 4;
/** An agent says no more than the panel shows at once: the newest 50 messages. */
const ANSWERS = 25;
/**
 * In milliseconds: a stop may meet a message that then has to settle, and several wait behind it; or a conversation being
 * created, which is looked for in the list, and that is asked for every 30 s at most.
 */
const PATIENCE = 60_000;

test(`${CONVERSATIONS * STOPS_IN_EACH} stops of the background during traffic lose nothing and double nothing`, {
  tag: ['@fault', '@long'],
}, async ({ visitor, traces, agent, line }) => {
  test.setTimeout(60_000 + CONVERSATIONS * STOPS_IN_EACH * 10_000);
  // The seed repeats what everybody chooses, not how fast the browser is.
  const seed = printedSeed('Stops of the background');
  const [ofCustomer, ofAgent, ofStops] = [seededRandom(seed), seededRandom(seed + 1), seededRandom(seed + 2)];
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  const births = new Set([await visitor.workerBirth()]);
  let stored = 0;

  for (let conversation = 0; conversation < CONVERSATIONS; conversation++) {
    if (conversation > 0) await backToList(panel);
    await panel.getByRole('button', { name: 'New conversation' }).click();
    const traffic = { panel, over: false };
    const customer = customerWrites(traffic, ofCustomer);
    const answers = agentWrites(traffic, ofAgent, async (text) => {
      const ids = await traces.conversationIds();
      const id = ids[conversation];
      if (id !== undefined) await agent.reply(id, text);
      return id !== undefined;
    });
    const stops = stopAtAnyMoment(visitor, line, ofStops, births).finally(() => {
      traffic.over = true;
    });
    const [written, answered] = await Promise.all([customer, answers, stops]).catch(async (error) => {
      console.log(await journal(panel, line, births));
      throw error;
    });

    await expect(unconfirmed(panel)).toHaveCount(0, { timeout: PATIENCE });
    const ids = await traces.conversationIds();
    expect(ids).toHaveLength(conversation + 1);
    const contents = await traces.contents(ids.at(-1));
    const ofThese = contents.filter((text) => !answered.includes(String(text)));
    expect(ofThese, await journal(panel, line, births)).toEqual(written);
    expect(contents.filter((text) => answered.includes(String(text)))).toEqual(answered);
    await expectShown(panel, contents);
    stored += written.length;
  }

  expect(births.size).toBe(CONVERSATIONS * STOPS_IN_EACH + 1);
  const posts = line.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  console.log(
    `${births.size} backgrounds; ${stored} messages written, each stored once, in ${posts.length} POSTs`,
  );
});

interface Traffic {
  panel: Page;
  over: boolean;
}

/** One message after the other, some of them the same words again. What was accepted, in order. */
async function customerWrites(traffic: Traffic, random: () => number): Promise<string[]> {
  const { panel } = traffic;
  const written: string[] = [];
  while (!traffic.over) {
    const text = random() < 0.3 ? 'Hello?' : `Question ${written.length + 1}.`;
    await send(panel, text);
    written.push(text);
    await expectAccepted(panel, written.length);
    await pause(random() * 400);
    await expect.poll(() => unconfirmed(panel).count(), { timeout: PATIENCE }).toBeLessThan(AHEAD);
  }
  return written;
}

/** What was said, in order. `reply` tells whether there was somebody to say it to. */
async function agentWrites(
  traffic: Traffic,
  random: () => number,
  reply: (text: string) => Promise<boolean>,
): Promise<string[]> {
  const said: string[] = [];
  while (!traffic.over && said.length < ANSWERS) {
    const text = `Answer ${said.length + 1}.`;
    if (await reply(text)) said.push(text);
    await pause(random() * 1500);
  }
  return said;
}

/**
 * What was said and read in the newest conversation, with the births of the backgrounds, and what the panel shows: for
 * whoever looks for the cause of a difference.
 */
async function journal(panel: Page, line: Line, births: ReadonlySet<number>): Promise<string> {
  const conversation = /\/conversations\/\d+\/messages/;
  const newest = line.requests.findLast(({ path }) => conversation.test(path))?.path.match(conversation)?.[0];
  const asked = line.requests
    .filter(({ path }) => newest && path.includes(newest))
    .map(({ method, path, body, at, answeredAt }) => ({
      at,
      text: `${method} ${path.split('/').at(-1)} ${body} answered ${answeredAt}`,
    }));
  const born = [...births].map((birth) => ({
    at: Math.round(birth - performance.timeOrigin),
    text: 'a background is born',
  }));
  const told = [...asked, ...born].sort((a, b) => a.at - b.at).map(({ at, text }) => `${at} ${text}`);
  return [...told, ...(await panel.getByRole('article').allInnerTexts())].join('\n');
}

/** Each stop is followed by a new life, whose birth joins `births`. */
async function stopAtAnyMoment(
  visitor: VisitorBrowser,
  line: Line,
  random: () => number,
  births: Set<number>,
): Promise<void> {
  for (let stop = 0; stop < STOPS_IN_EACH; stop++) {
    const goOn = await moment(line, random);
    await visitor.stopWorker();
    goOn();
    const birth = await visitor.workerBirth();
    expect(births).not.toContain(birth);
    births.add(birth);
  }
}

/** Waits for a moment to stop at: any, or one at which a message is under way. What is to happen after the stop. */
async function moment(line: Line, random: () => number): Promise<() => void> {
  const kind = random();
  if (kind < 0.25) await pause(random() * 150);
  else if (kind < 0.5) await pause(random() * 1500);
  else if (kind < 0.75) await line.next('POST', /\/messages$/, 'lose request').happened;
  else {
    line.holdFrames();
    const { happened, release } = line.next('POST', /\/messages$/, 'hold answer');
    await happened;
    return () => {
      line.releaseFrames();
      release();
    };
  }
  return () => {};
}
