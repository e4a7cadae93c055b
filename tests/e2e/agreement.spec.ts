// Whoever has several panels is told the same by all of them: how many messages wait to be read, and how things stand.

import type { Page } from '@playwright/test';
import {
  type Actors,
  type Beliefs,
  badgeOf,
  disputed,
  focusWindowOf,
  happenAtRandom,
  heldBy,
  openWindow,
  readToTheEnd,
  showList,
  shownIn,
  unsettled,
} from './agreement';
import { helpButtonName } from './driver/help-button';
import { expect, test } from './fixtures';
import { backToList, startConversation } from './panel-page';
import { expectSignedIn, hashOf, person, signIn } from './people';

const waiting = (beliefs: Beliefs) => Object.values(beliefs).reduce((all, one) => all + one.unread, 0);
const onToolbar = (unread: number) => (unread > 99 ? '99+' : unread > 0 ? String(unread) : '');

function onButton(label: string, unread: number): string {
  if (unread === 0) return label;
  if (unread > 9) return `${label}, more than 9 unread messages`;
  return `${label}, ${unread} unread message${unread === 1 ? '' : 's'}`;
}

test('after 200 things that happen at random three panels, two toolbars and the installation agree', {
  tag: '@chromium',
}, async ({ visitor, launch, config, traces, agent, ground }) => {
  test.setTimeout(180_000);
  const seed = Number(process.env.CARBONCHAT_SEED) || Date.now() % 1e9;
  console.log(`Three panels: seed ${seed} (again with CARBONCHAT_SEED=${seed})`);
  const ada = person('Ada');
  const hash = hashOf(ada, ground.installation.inboxes.plain.hmacToken);
  // Whoever speaks last is believed, and a page without a user says that nobody is there.
  const page = await openWindow(visitor, config.siteUrl.href);
  for (const each of [visitor.page, page]) await signIn(each, ada, hash);
  await visitor.clickHelpButton();
  const first = await visitor.panel();
  await expectSignedIn(first, ada);
  for (const text of ['One', 'Two', 'Three']) {
    await startConversation(first, text);
    await backToList(first);
  }
  const ids = await traces.conversationIds();
  expect(ids).toHaveLength(3);
  await visitor.clickHelpButton(page);
  await expect.poll(async () => (await visitor.panels()).length).toBe(2);
  const windows = (await visitor.panels()) as [Page, Page];

  const other = await launch();
  await other.page.goto(config.siteUrl.href);
  await signIn(other.page, ada, hash);
  await other.clickHelpButton();
  const elsewhere = await other.panel();
  await expect.poll(() => shownIn(elsewhere)).toEqual(await shownIn(first));

  const panels = [...windows, elsewhere];
  const actors: Actors = { agent, ids, windows, elsewhere, browsers: [visitor, other] };
  for (const half of [0, 1]) {
    const log = await happenAtRandom(actors, 100, seed + half);
    for (const panel of panels) await showList(panel);
    await focusWindowOf(windows[0]);
    // What came within the seconds before the server was told what was read keeps it from being told: it would be told too
    // much. That is settled by reading on, and until then nobody believes more to be unread than the server.
    const mostHeld = await heldBy(agent, ids);
    for (const [id, { unread }] of Object.entries(mostHeld))
      for (const panel of panels)
        await expect.poll(async () => (await shownIn(panel))[id]?.unread ?? 0).toBeLessThanOrEqual(unread);
    for (let left = await unsettled(actors); left.length > 0; left = await disputed(actors)) {
      for (const id of left) await readToTheEnd(windows[0], id);
      // One conversation after the other is told to be read, every 5 s.
      const { length } = left;
      await expect.poll(async () => (await disputed(actors)).length).toBeLessThan(length);
    }
    await expect(async () => {
      const held = await heldBy(agent, ids);
      const all = [held, held, held];
      expect(await Promise.all(panels.map(shownIn)), log.join(' ')).toEqual(all);
      const badge = onToolbar(waiting(held));
      expect([await badgeOf(visitor), await badgeOf(other)]).toEqual([badge, badge]);
    }).toPass({ timeout: 10_000, intervals: [250] });
  }
  await other.closePanel();
  const left = waiting(await heldBy(agent, ids));
  await expect.poll(() => helpButtonName(other.page)).toBe(onButton(config.helpLabel, left));
});
