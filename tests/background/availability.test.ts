// The whole background against an installation: what a panel hears of hours and of who is there, and what that costs in
// requests over a panel's life.
import { expect, it } from 'vitest';
import { usualWeek } from '../server/records/working-hours';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife, fromPanel } from '../support/fake-platform';
import { echoId, localId } from './samples';

const hour = 3_600_000;
/** A Monday. */
const monday = Date.UTC(2026, 10, 23);

/** Somebody has written before, and it is this time on a Monday. */
async function begun(at: number, keepsHours = true) {
  const browser = new FakeBrowser();
  browser.clock.elapse(monday + at - browser.clock.now());
  const server = new FakeInstallation(browser);
  const [inbox] = server.world.inboxes;
  Object.assign(inbox ?? {}, { workingHoursEnabled: keepsHours, workingHours: usualWeek() });
  const life = browser.start();
  await send(life, browser);
  server.reply('Hello');
  await browser.pass(3_000);
  browser.log.length = 0;
  return { browser, server, life };
}

async function send(life: FakeLife, browser: FakeBrowser): Promise<void> {
  const panel = life.connect();
  panel.open(localId);
  await browser.settle();
  await life.send(
    { type: 'message.send', sessionId: 's1', echoId, conversationKey: localId, text: 'Hi' },
    fromPanel,
  );
  await browser.pass(3_000);
  panel.close();
  await browser.pass(3_000);
}

const inboxAsked = ({ log }: FakeBrowser) => log.filter((what) => what === 'GET ').length;
const presenceAsked = ({ network }: FakeBrowser) =>
  network.sockets.flatMap(({ sent }) => sent).filter((one) => JSON.stringify(one).includes('update_presence'))
    .length;

it('tells a panel that it is open and who is there, then that it is closed, without asking again', async () => {
  const { browser, server, life } = await begun(16 * hour);
  const panel = life.connect();
  panel.open(null);
  await browser.settle();
  panel.say({ type: 'view.visible', visible: true });
  await browser.pass(3_000);
  const told = () => {
    const patch = panel.patches.findLast(({ type }) => type === 'availability.changed');
    return patch?.type === 'availability.changed' ? patch.availability : panel.snapshot?.availability;
  };
  expect(told()).toEqual({ name: 'here', opensAt: null, onlineIds: [1] });
  const [grace] = server.world.agents;
  Object.assign(grace ?? {}, { availability: 'offline' });
  await browser.pass(33_000);
  expect(told()).toEqual({ name: 'away', opensAt: null, onlineIds: [] });
  const patches = panel.patches.length;
  await browser.pass(60_000);
  expect(panel.patches).toHaveLength(patches);
  await browser.pass(hour);
  expect(told()).toEqual({ name: 'closed', opensAt: monday + 33 * hour, onlineIds: [] });
});

it('asks for the inbox once while a panel stays open, and not again by one that is opened soon after', async () => {
  const { browser, life } = await begun(10 * hour);
  await browser.pass(5 * 60_000);
  const panel = life.connect();
  panel.open(null);
  await browser.pass(2 * hour);
  expect(inboxAsked(browser)).toBe(1);
  panel.close();
  life.connect().open(null);
  await browser.settle();
  expect(inboxAsked(browser)).toBe(2);
  life.connect().open(null);
  await browser.pass(60_000);
  expect(inboxAsked(browser)).toBe(2);
});

it('knows after a restart what it was told, and asks no sooner for that', async () => {
  const { browser, life } = await begun(6 * hour);
  life.kill();
  const panel = browser.start().connect();
  panel.open(null);
  await browser.settle();
  expect(panel.snapshot?.availability).toEqual({ name: 'closed', opensAt: monday + 9 * hour, onlineIds: [] });
  expect(inboxAsked(browser)).toBe(0);
});

it('asks who is there every half minute while a panel is visible, and never while none is', async () => {
  const { browser, life } = await begun(10 * hour);
  const before = presenceAsked(browser);
  const panel = life.connect();
  panel.open(null);
  await browser.pass(5 * 60_000);
  expect(presenceAsked(browser) - before).toBe(0);
  panel.say({ type: 'view.visible', visible: true });
  await browser.pass(5 * 60_000);
  // The first at once.
  expect(presenceAsked(browser) - before).toBe(11);
  panel.say({ type: 'view.visible', visible: false });
  await browser.pass(hour);
  expect(presenceAsked(browser) - before).toBe(11);
});

it('asks it once of a cable that comes back, and takes what was said before for nothing', async () => {
  const { browser, server, life } = await begun(10 * hour, false);
  const panel = life.connect();
  panel.open(null);
  panel.say({ type: 'view.visible', visible: true });
  await browser.pass(3_000);
  const before = presenceAsked(browser);
  server.carry = () => {};
  for (const socket of browser.network.alive) socket.drop();
  await browser.settle();
  const [last] = panel.patches.filter(({ type }) => type === 'availability.changed').slice(-1);
  expect(last).toMatchObject({ availability: { name: 'unknown', onlineIds: [] } });
  await browser.pass(30_000);
  expect(presenceAsked(browser)).toBe(before);
  server.carry = (socket, frame) => socket.receive(frame);
  await browser.pass(20_000);
  expect(presenceAsked(browser)).toBe(before + 1);
});
