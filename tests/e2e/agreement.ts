// Three panels of one proven person (two windows of one browser, and another profile), what an agent, the person and the
// browser do to them at random, and what everybody believes once nothing happens any more.
import type { Page } from '@playwright/test';
import type { AgentClient } from '../server/testing/agent-client';
import { seededRandom } from '../server/testing/seeded-random';
import type { VisitorBrowser } from './driver/browser';
import { ExtensionBrowser } from './driver/extension-browser';
import { expect } from './expect';
import { send } from './panel-page';

interface BrowserApi {
  chrome: {
    windows: {
      create(options: { url: string }): Promise<unknown>;
      getCurrent(): Promise<{ id: number }>;
      update(id: number, change: { state: 'minimized' | 'normal'; focused?: true }): Promise<unknown>;
    };
    action: { getBadgeText(options: object): Promise<string> };
  };
}

/** By the id of a conversation: how many messages wait to be read, and how it stands. */
export type Beliefs = Record<string, { unread: number; resolved: boolean }>;

/** Opens a second window of the browser at this address. Throws for any browser but Chromium. */
export async function openWindow(visitor: VisitorBrowser, url: string): Promise<Page> {
  if (!(visitor instanceof ExtensionBrowser)) throw new Error('only Chromium can be asked for a window');
  const opened = visitor.context.waitForEvent('page');
  await visitor.evaluateInWorker(async (address) => {
    await (globalThis as unknown as BrowserApi).chrome.windows.create({ url: address });
  }, url);
  const page = await opened;
  await page.waitForLoadState();
  return page;
}

/** The browser without a screen believes every window to be focused; one that is brought back from the dock is told of. */
export async function focusWindowOf(panel: Page): Promise<void> {
  await panel.evaluate(async () => {
    const { windows } = (globalThis as unknown as BrowserApi).chrome;
    const { id } = await windows.getCurrent();
    await windows.update(id, { state: 'minimized' });
    await windows.update(id, { state: 'normal', focused: true });
  });
}

export function badgeOf(visitor: VisitorBrowser): Promise<string> {
  return visitor.evaluateInWorker(() => (globalThis as unknown as BrowserApi).chrome.action.getBadgeText({}));
}

/** What a panel that shows its list tells of each conversation. */
export function shownIn(panel: Page): Promise<Beliefs> {
  return panel
    .getByRole('list', { name: 'Conversations' })
    .getByRole('button')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => {
          const name = row.getAttribute('aria-label') ?? '';
          const unread = Number(/, (\d+) unread message/.exec(name)?.[1] ?? 0);
          return [row.dataset.key, { unread, resolved: /, Resolved,/.test(name) }];
        }),
      ),
    ) as Promise<Beliefs>;
}

/** What the installation holds: a message by others that is not deleted waits until its status is "read". */
export async function heldBy(agent: AgentClient, ids: readonly number[]): Promise<Beliefs> {
  const held: Beliefs = {};
  for (const id of ids) {
    const messages = await agent.messages(id);
    const waiting = messages.filter(
      ({ message_type, private: isNote, status, content_attributes }) =>
        message_type === 1 && !isNote && status !== 'read' && !Object(content_attributes).deleted,
    );
    held[id] = { unread: waiting.length, resolved: (await agent.conversation(id)).status === 'resolved' };
  }
  return held;
}

export interface Actors {
  agent: AgentClient;
  /** The conversations, by their ids. */
  ids: readonly number[];
  /** Of the first browser, one for each window. */
  windows: readonly [Page, Page];
  elsewhere: Page;
  browsers: readonly VisitorBrowser[];
}

export async function showList(panel: Page): Promise<void> {
  await panel.keyboard.press('Escape');
  const back = panel.getByRole('button', { name: 'Back to conversations' });
  if (await back.isVisible()) await back.click();
  await expect(panel.getByRole('button', { name: 'New conversation' })).toBeVisible();
}

/** The conversations of which somebody still believes something else than the installation, after the time it takes to tell it. */
export async function unsettled(actors: Actors): Promise<number[]> {
  for (let waited = 0; ; waited += 500) {
    const left = await disputed(actors);
    if (left.length === 0 || waited >= 8_000) return left;
    await actors.elsewhere.waitForTimeout(500);
  }
}

/** The conversations of which somebody believes something else than the installation at this moment. */
export async function disputed({ agent, ids, windows, elsewhere }: Actors): Promise<number[]> {
  const held = await heldBy(agent, ids);
  const shown = await Promise.all([...windows, elsewhere].map(shownIn));
  return ids.filter((id) => shown.some((beliefs) => beliefs[id]?.unread !== held[id]?.unread));
}

export async function readToTheEnd(panel: Page, id: number): Promise<void> {
  await follow(panel, id);
  const log = panel.getByRole('log', { name: 'Messages' });
  await expect(log.getByRole('article').first()).toBeVisible();
  await expect(async () => {
    await scroll(panel, 1e6);
    const away = panel.getByRole('button', { name: /new message|Latest messages/ });
    await expect(away).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await showList(panel);
}

/** Lets so many things happen, one after the other, without waiting for what becomes of them. */
export async function happenAtRandom(actors: Actors, count: number, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const { agent, ids, windows, elsewhere, browsers } = actors;
  const panels = [...windows, elsewhere];
  const said: { id: number; message: number }[] = [];
  const log: string[] = [];

  const actions: Record<string, [weight: number, act: () => Promise<unknown>]> = {
    reply: [
      7,
      async () => {
        const id = oneOf(ids);
        const { id: message } = await agent.reply(id, `Answer ${log.length}`);
        said.push({ id, message });
      },
    ],
    open: [6, () => follow(oneOf(panels), oneOf(ids))],
    list: [3, () => showList(oneOf(panels))],
    focus: [2, () => focusWindowOf(oneOf(windows))],
    scroll: [2, () => scroll(oneOf(panels), oneOf([0, 1e6]))],
    write: [3, () => write(oneOf(panels), `Words ${log.length}`)],
    resolve: [1, () => agent.resolve(oneOf(ids))],
    reopen: [1, () => agent.open(oneOf(ids))],
    remove: [
      1,
      async () => {
        const [gone] = said.splice(below(said.length), 1);
        if (gone) await agent.deleteMessage(gone.id, gone.message);
      },
    ],
    stop: [0.4, () => oneOf(browsers).stopWorker()],
    pause: [2, () => elsewhere.waitForTimeout(below(400))],
  };
  const bag = Object.entries(actions).flatMap(([name, [weight]]) => Array(Math.round(weight * 5)).fill(name));
  for (let done = 0; done < count; done++) {
    const name = oneOf(bag) as string;
    log.push(name);
    await actions[name]?.[1]();
  }
  return log;
}

/** As a link to it does. */
async function follow(panel: Page, id: number): Promise<void> {
  await panel.evaluate((address) => {
    location.hash = address;
  }, `#/conversation/${id}`);
  await expect(panel.getByRole('log', { name: 'Messages' })).toBeVisible();
}

async function scroll(panel: Page, top: number): Promise<void> {
  const log = panel.getByRole('log', { name: 'Messages' });
  if (await log.isVisible())
    await log.evaluate((element, to) => {
      element.scrollTop = to;
    }, top);
}

async function write(panel: Page, text: string): Promise<void> {
  if (await panel.getByRole('textbox', { name: 'Message' }).isVisible()) await send(panel, text);
}
