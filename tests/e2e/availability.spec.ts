// Whether somebody is there, as a person reads it in the real panel: by the hours of an inbox far away, told in the person's own
// time, and by who is online. And that nobody is counted as present while the panel is hidden.
import type { Page } from '@playwright/test';
import type { CarbonChatServer } from '../server/server';
import { expect, test } from './fixtures';
import { backToList, message, startConversation } from './panel-page';

const timeZone = 'Asia/Kolkata';
const hour = 3_600_000;

test.use({ browserOptions: { timeZone } });

/** A time zone in which it is just after noon, so that the hours of a test are over before the day is. */
function zoneAtNoon(): { name: string; offset: number } {
  const offset = 12 - new Date().getUTCHours();
  const sign = offset > 0 ? '-' : '+';
  return { name: offset === 0 ? 'Etc/GMT' : `Etc/GMT${sign}${Math.abs(offset)}`, offset };
}

/** "at 09:30 AM", or tomorrow, as the person's own clock and calendar have it. */
function told(at: number): string {
  const day = (ms: number) => new Date(ms).toLocaleDateString('en-US', { timeZone });
  const time = new Date(at).toLocaleTimeString('en-US', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `${day(at) === day(Date.now()) ? '' : 'tomorrow '}at ${time}`;
}

test.describe('the availability', { tag: '@door' }, () => {
  let keep: (hours: { timeZone: string; opens: number; closes: number } | null) => void;
  test.beforeEach(({ door, ground }) => {
    const { identifier } = ground.installation.inboxes.plain;
    keep = (hours) => door.control.keepHours({ identifier, hours });
  });
  test.afterEach(({ door }) => {
    keep(null);
    door.control.setAvailability({ agentId: 1, availability: 'online' });
  });

  /** The first agent is the only one who is there without a cable of their own. */
  const everybodyLeaves = (door: CarbonChatServer) => {
    door.control.setAvailability({ agentId: 1, availability: 'offline' });
  };

  test('out of hours says when somebody is back, in the time of the person', async ({
    visitor,
    traces,
    agent,
    config,
    door,
  }) => {
    everybodyLeaves(door);
    const { name, offset } = zoneAtNoon();
    keep({ timeZone: name, opens: 14 * 60 + 30, closes: 16 * 60 });
    const opens = Math.floor(Date.now() / (24 * hour)) * 24 * hour + (14.5 - offset) * hour;
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await expect(panel.getByText(`Usually back ${told(opens)}`)).toBeVisible();
    await startConversation(panel, 'Anybody there?');
    const hint = `Write a message, we usually answer from ${told(opens).replace(/^at /, '')}`;
    await expect(panel.getByRole('textbox', { name: 'Message' })).toHaveAttribute('placeholder', hint);
    await agent.reply(await traces.conversationId(), 'Tomorrow, yes.');
    await expect(message(panel, 'Tomorrow, yes.')).toHaveCount(1);
    await expect(panel.getByText(`${config.siteName} · usually back ${told(opens)}`)).toBeVisible();
  });

  test('within the hours says that the company is there, and in a conversation that its agent is online', async ({
    visitor,
    traces,
    agent,
    config,
    door,
  }) => {
    keep({ timeZone: zoneAtNoon().name, opens: 0, closes: 23 * 60 + 59 });
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'Anybody there?');
    await agent.reply(await traces.conversationId(), 'Always.');
    await expect(panel.getByText(`${config.siteName} · online`)).toBeVisible();
    await backToList(panel);
    await expect(panel.getByText('We are here now')).toBeVisible();

    everybodyLeaves(door);
    // A cable that is back asks at once, and not in half a minute only.
    door.control.dropSockets();
    await expect(panel.getByText('Away right now')).toBeVisible();
    await panel.getByRole('button', { name: /Always\./ }).click();
    await expect(message(panel, 'Always.')).toHaveCount(1);
    await expect(panel.getByText(/· online/)).toHaveCount(0);
  });

  test('over a broken line looks as if nobody knew', async ({ visitor, line }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    await startConversation(panel, 'Anybody there?');
    await backToList(panel);
    await expect(panel.getByText('We are here now')).toBeVisible();
    await line.cut();
    await expect(panel.getByText('We are here now')).toHaveCount(0);
    await expect(panel.getByText('Away right now')).toHaveCount(0);
    await line.restore();
    await expect(panel.getByText('We are here now')).toBeVisible();
  });

  test('is asked for while the panel is on screen, and not while it is hidden', async ({
    visitor,
    door,
    agent,
    traces,
  }) => {
    await visitor.clickHelpButton();
    const panel = await visitor.panel();
    const before = door.control.presenceAsked();
    await startConversation(panel, 'Anybody there?');
    await expect.poll(() => door.control.presenceAsked()).toBe(before + 1);
    await turn(panel, 'hidden');
    const handshakes = () => door.control.requests({ path: /^\/cable/ }).length;
    const connected = handshakes();
    door.control.dropSockets();
    await expect.poll(handshakes).toBe(connected + 1);
    await agent.reply(await traces.conversationId(), 'Over the new cable.');
    await expect(message(panel, 'Over the new cable.')).toHaveCount(1);
    expect(door.control.presenceAsked()).toBe(before + 1);
    await turn(panel, 'visible');
    await expect.poll(() => door.control.presenceAsked()).toBe(before + 2);
  });
});

/** The page is covered, or shown again, as far as it can tell. */
async function turn(panel: Page, state: 'hidden' | 'visible'): Promise<void> {
  await panel.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
