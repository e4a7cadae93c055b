// Every state of the link, made for real by what the line does or what is answered on it: the whole words of the strip,
// what its action does, and that nothing is said once the link is live again. None of it is told to the panel by the test.
import type { Page } from '@playwright/test';
import type { VisitorBrowser } from './driver/browser';
import type { Line } from './driver/line';
import { expect, test } from './fixtures';
import { backToList, expectSent, message, row, send, startConversation } from './panel-page';
import { expectSignedIn, hashOf, person, signIn } from './people';

/** A state needs two failed tries, or three, and the next one may be ten seconds away. */
const soon = { timeout: 30_000 };
const inbox = /\/inboxes\/[^/]+$/;
const reconnecting = /^Reconnecting\. Next try in [1-9]\d*\ss\. Your messages are safe\.$/;
const notThere = { status: 404, body: '{"status":404,"error":"Not Found"}' };

const strip = (panel: Page) => panel.locator('p:has(> [role="status"])');
const actions = (panel: Page) =>
  panel.getByRole('button', { name: /^(Try now|Check now|Reload page|Open .+)$/ });

/**
 * Waits until the strip says exactly this and offers exactly that, and nothing else says that all is well. Over a live cable
 * it is known who is online, whatever else is wrong.
 */
async function expectStrip(
  panel: Page,
  words: string | RegExp,
  action: string | null,
  isLive = false,
): Promise<void> {
  await expect(strip(panel)).toHaveText(words, soon);
  await expect(actions(panel)).toHaveText(action === null ? [] : [action]);
  if (!isLive) await expect(panel.locator('header')).not.toContainText(/online/i);
}

interface Told {
  /** What a screen reader was told of the link, word for word. */
  heard: string[];
  /** All that the strip said, however shortly. */
  shown: string[];
}

/** Notes what is said of the link in the view that is open. */
async function listen(panel: Page): Promise<() => Promise<Told>> {
  await panel.evaluate(() => {
    const record: Told = { heard: [], shown: [] };
    Object.assign(globalThis, { record });
    const note = (selector: string, texts: string[]) => {
      for (const element of document.querySelectorAll(selector)) {
        const take = () => element.textContent && texts.push(element.textContent);
        new MutationObserver(take).observe(element, { childList: true, characterData: true, subtree: true });
      }
    };
    note('[role="status"], [aria-live="polite"]:not([role="log"])', record.heard);
    note('p:has(> [role="status"])', record.shown);
  });
  return () => panel.evaluate(() => (globalThis as unknown as { record: Told }).record);
}

/** Waits until nothing is said any more, and that it was told once that the connection is back. */
async function expectLive(panel: Page, recorded: () => Promise<Told>): Promise<void> {
  await expect(strip(panel)).toBeEmpty(soon);
  await expect(actions(panel)).toHaveCount(0);
  await expect.poll(async () => (await recorded()).heard.at(-1)).toBe('Connected');
  expect((await recorded()).heard.at(-2)).not.toBe('Connected');
}

/** Something that a person can have checked: what the strip says, what it offers, and what is asked for then. */
interface Checked {
  words: string;
  action: string;
  asks: RegExp;
}

/**
 * Presses the action: the line is asked at once for what is else asked for once a minute, or more rarely; the strip says
 * that it is checked, and then what it said before.
 */
async function expectChecked(
  panel: Page,
  line: Line,
  recorded: () => Promise<Told>,
  { words, action, asks }: Checked,
): Promise<void> {
  const checking = `${words.slice(0, words.indexOf('.') + 1)} Checking…`;
  const asked = () => line.requests.filter(({ method, path }) => method === 'GET' && asks.test(path)).length;
  const before = asked();
  expect((await recorded()).shown).not.toContain(checking);
  await panel.getByRole('button', { name: action }).click();
  await expect.poll(asked).toBeGreaterThan(before);
  expect((await recorded()).shown).toContain(checking);
  await expectStrip(panel, words, action);
}

/** The address in the tab that is in front, as far as the extension may know it. */
function frontOf(visitor: VisitorBrowser): Promise<string | null> {
  return visitor.evaluateInWorker(async () => {
    interface Api {
      tabs: { query(which: { active: true }): Promise<{ url?: string }[]> };
    }
    const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
    const [tab] = await (browser ?? chrome).tabs.query({ active: true });
    return tab?.url ?? null;
  });
}

test.beforeEach(() => test.slow());

test('a server that is gone: the try, the countdown to the next one, since when, a try by hand, and nothing once it is back', {
  tag: '@fault',
}, async ({ visitor, traces: _traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await expect(strip(panel)).toBeEmpty();
  // Not even the first question is answered.
  line.fallSilent();
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await send(panel, 'to begin with');
  await expectStrip(panel, 'Reconnecting…', null);
  await line.restore();
  await expectSent(panel, 'to begin with');
  await expect(strip(panel)).toBeEmpty();
  const recorded = await listen(panel);

  // It takes connections, and does not say a word.
  line.fallSilent();
  line.dropSockets();
  await expectStrip(panel, 'Reconnecting…', null);
  await line.cut();
  await expectStrip(panel, reconnecting, 'Try now');
  await expect(strip(panel)).toHaveAttribute('title', /^Since .*\d/);
  await line.restore();
  await expectLive(panel, recorded);

  // A proxy that lets nobody through; of the server it says no more than nobody at all.
  const before = line.requests.length;
  const since = (path: RegExp) =>
    line.requests.slice(before).filter((request) => path.test(request.path)).length;
  line.answerAll(/./, { status: 403 });
  line.dropSockets();
  await expect.poll(() => since(/\/cable$/), soon).toBeGreaterThan(1);
  await expectStrip(panel, reconnecting, 'Try now');
  // The inbox is asked by itself once a minute at most, which tells a try by hand from the next one that was due.
  const [questions, tries] = [since(inbox), since(/\/cable$/)];
  await panel.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(() => since(inbox)).toBeGreaterThan(questions);
  await expect.poll(() => since(/\/cable$/)).toBeGreaterThan(tries);
  line.passAgain();
  await expectLive(panel, recorded);
  // Not one of the seconds.
  expect(new Set((await recorded()).heard)).toEqual(new Set(['Reconnecting.', 'Reconnecting…', 'Connected']));
});

test('offline, the panel says so and keeps what is written; back online it is sent once', async ({
  visitor,
  traces,
  line,
}) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const recorded = await listen(panel);
  await visitor.setOffline(true);
  // An open socket only falls silent when the network goes: the line drops it as well.
  line.dropSockets();
  await expectStrip(panel, 'You are offline. What you write will be sent when you are back online.', null);
  await send(panel, 'written on the train');
  await expect(message(panel, 'written on the train')).toHaveAccessibleName(
    /Will be sent when you are back online/,
  );
  await visitor.setOffline(false);
  await expectSent(panel, 'written on the train');
  expect(await traces.contents()).toEqual(['to begin with', 'written on the train']);
  await expectLive(panel, recorded);
});

test('a server that answers with errors is said not to answer, with the cable and without, until it does', {
  tag: '@fault',
}, async ({ visitor, traces: _traces, line, config }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const recorded = await listen(panel);
  const words = `${config.siteName} does not answer right now. Your messages are kept and sent later.`;
  // The cable is live again at once, and what may have been missed cannot be read.
  line.answerAll(/\/messages/, { status: 503 });
  line.dropSockets();
  await expectStrip(panel, words, 'Try now', true);
  line.passAgain();
  await expectLive(panel, recorded);
  line.answerAll(/./, { status: 503 });
  line.dropSockets();
  await expectStrip(panel, words, 'Try now');
  await expectChecked(panel, line, recorded, { words, action: 'Try now', asks: inbox });
  line.passAgain();
  await expectLive(panel, recorded);
});

test('429 for everything is said with the time at which it ends, and what was written meanwhile is sent once then', {
  tag: '@fault',
}, async ({ visitor, traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const recorded = await listen(panel);
  line.answerAll(/./, { status: 429, body: 'Retry later\n' });
  await send(panel, 'one too many');
  await expectStrip(panel, /^Too many requests right now\. Sending continues in 0:\d\d\.$/, null, true);
  await expect(message(panel, 'one too many')).toHaveAccessibleName(/Waiting to send/);
  const asked = line.requests.length;
  expect(asked).toBeLessThan(20);
  const readAt = performance.now();
  const [, seconds] = /0:(\d\d)/.exec((await strip(panel).textContent()) ?? '') ?? [];
  line.passAgain();
  await expect(message(panel, 'one too many')).toHaveAccessibleName(/Sent/, soon);
  // What is shown is up to a second old, and rounded up.
  expect(line.requests[asked]?.at).toBeGreaterThan(readAt + (Number(seconds) - 2) * 1000);
  await expectLive(panel, recorded);
  expect(await traces.contents()).toEqual(['to begin with', 'one too many']);
});

test('an inbox that is not found is said without asking again and again, and found again when asked', {
  tag: '@fault',
}, async ({ visitor, traces, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  line.answerAll(/\/inboxes\//, notThere);
  await send(panel, 'is anybody there?');
  const words = 'The support inbox was not found. Your messages are kept. We keep looking.';
  await expectStrip(panel, words, 'Try now', true);
  await expect(message(panel, 'is anybody there?')).toHaveAccessibleName(/Waiting to send/);
  const asked = line.requests.length;
  await backToList(panel);
  await row(panel, 'is anybody there?').click();
  await expect(message(panel, 'to begin with')).toBeVisible();
  expect(line.requests.length).toBe(asked);
  const recorded = await listen(panel);
  await expectChecked(panel, line, recorded, { words, action: 'Try now', asks: /\/contacts\/[^/]+$/ });
  line.passAgain();
  await panel.getByRole('button', { name: 'Try now' }).click();
  await expectSent(panel, 'is anybody there?');
  await expectLive(panel, recorded);
  expect(await traces.contents()).toEqual(['to begin with', 'is anybody there?']);
});

test('behind a captive portal that answers everything with its own page nothing is sent, and all of it after', {
  tag: '@fault',
}, async ({ visitor, traces, line, config }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const recorded = await listen(panel);
  line.answerAll(/./, { status: 200, body: '<!doctype html><title>Sign in to the hotel</title>' });
  line.dropSockets();
  const words = `This network keeps ${config.siteName} from answering. You may have to sign in to it first.`;
  await expectStrip(panel, words, 'Try now');
  await send(panel, 'from the hotel');
  await expect(message(panel, 'from the hotel')).toHaveAccessibleName(/Waiting to send/);
  await expectChecked(panel, line, recorded, { words, action: 'Try now', asks: inbox });
  line.passAgain();
  await expectSent(panel, 'from the hotel');
  await expectLive(panel, recorded);
  expect(await traces.contents()).toEqual(['to begin with', 'from the hotel']);
});

test('a network that lets no socket through is named, and what is said meanwhile is looked for, at once when asked', {
  tag: '@fault',
}, async ({ visitor, traces, agent, line }) => {
  await visitor.clickHelpButton();
  const panel = await visitor.panel();
  await startConversation(panel, 'to begin with');
  const recorded = await listen(panel);
  line.answerAll(/\/cable$/, { status: 403, body: '<h1>WebSockets are not allowed here</h1>' });
  line.dropSockets();
  const words = 'Live updates are blocked. Checking every minute.';
  await expectStrip(panel, words, 'Check now');
  await agent.reply(await traces.conversationId(), 'looked for');
  await expectChecked(panel, line, recorded, { words, action: 'Check now', asks: /\/messages/ });
  await expect(message(panel, 'looked for')).toBeVisible();
  await send(panel, 'sent without a socket');
  await expectSent(panel, 'sent without a socket');
  await expectStrip(panel, words, 'Check now');
  line.passAgain();
  await panel.getByRole('button', { name: 'Check now' }).click();
  await expectLive(panel, recorded);
  await agent.reply(await traces.conversationId(), 'told at once');
  await expect(message(panel, 'told at once')).toBeVisible();
});

test.describe('an inbox that wants to know who is asking', () => {
  test.use({ inbox: 'strict' });

  test('says so to nobody known and to who proves nothing, leads to the page, and takes who is proven', async ({
    visitor,
    traces,
    ground,
    config: { siteName, siteUrl },
  }) => {
    const ada = person('Ada');
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await panel.getByRole('button', { name: 'New conversation' }).click();
    await send(panel, 'Who am I?');
    const signedOut = `You are signed out of ${siteName}. Sign in there to continue.`;
    await expectStrip(panel, signedOut, `Open ${siteName}`);
    // Another tab comes to the front.
    await visitor.context.newPage();
    await expect.poll(() => frontOf(visitor)).not.toBe(siteUrl.href);
    await panel.getByRole('button', { name: `Open ${siteName}` }).click();
    await expect.poll(() => frontOf(visitor)).toBe(siteUrl.href);

    await signIn(visitor.page, ada);
    await expectStrip(
      panel,
      `${siteName} could not confirm who you are. Reload the ${siteName} page. Nothing is lost.`,
      'Reload page',
    );
    await panel.getByRole('button', { name: 'Reload page' }).click();
    // The page that is loaded anew says that nobody is signed in.
    const names = (identifier: string) =>
      document.readyState !== 'complete' || document.documentElement.outerHTML.includes(identifier);
    // There may be no document to ask, for a moment.
    await expect(async () => expect(await visitor.page.evaluate(names, ada.identifier)).toBe(false)).toPass();
    await signIn(visitor.page, ada, hashOf(ada, ground.installation.inboxes.strict.hmacToken));
    await expectSignedIn(panel, ada);
    await expect(strip(panel)).toBeEmpty();
    await startConversation(panel, 'I am Ada.');
    expect(await traces.contents()).toEqual(['I am Ada.']);
  });
});
