// Every command from every sender, through the whole background: what may come has its effect, the rest has none.
import { describe, expect, it } from 'vitest';
import type { CommandType } from '@/lib/messaging/commands';
import { mayCome } from '@/lib/messaging/senders';
import { commands, newEchoId } from '../messaging/commands';
import { fromPage, fromPanel } from '../support/fake-platform';
import { echoId, entry, message, persisted } from './samples';
import { seededBrowser } from './seeded';
import { senders } from './senders';

const types = Object.keys(commands) as CommandType[];
const refused = { ok: false, error: { code: 'notAllowed', message: 'This is not allowed here.' } };

/** A background with a conversation of 60 messages, a failed message, and a panel that shows the conversation. */
async function started() {
  const history = Array.from({ length: 60 }, (_, index) => message(index + 1));
  const failed = entry({ status: 'failed', failure: 'refused' });
  const browser = await seededBrowser(persisted({ outbox: { [echoId]: failed } }), history);
  const life = browser.start();
  const panel = life.connect();
  panel.open('7');
  await browser.settle();
  return { browser, life, panel };
}

describe.each(types)('%s', (type) => {
  it.each(senders)('is judged rightly when it comes from $who', async ({ from, kind, configured }) => {
    const { browser, life, panel } = await started();
    const before = [browser.log.length, panel.updates.length];
    const stored = browser.store.snapshot();
    const answer = await life.send(commands[type], from);
    if (mayCome[type].includes(kind) && configured !== false) {
      expect(answer).toMatchObject({ ok: true });
      return;
    }
    await browser.settle();
    expect(answer).toEqual(refused);
    expect([browser.log.length, panel.updates.length]).toEqual(before);
    expect(browser.store.snapshot()).toEqual(stored);
    expect([life.panelsOpened, life.panelsClosed]).toEqual([[], []]);
    expect(browser.reports).toHaveLength(1);
  });

  it('is refused without effect when it is malformed', async () => {
    const { browser, life } = await started();
    const before = browser.log.length;
    const from = mayCome[type].includes('panel') ? fromPanel : fromPage;
    expect(await life.send({ ...commands[type], more: 1 }, from)).toEqual(refused);
    await browser.settle();
    expect(browser.log).toHaveLength(before);
    expect(life.panelsOpened).toEqual([]);
  });
});

it.each([undefined, null, 5, 'panel.toggle', {}, []])('refuses %j from the panel', async (garbage) => {
  const { life } = await started();
  expect(await life.send(garbage, fromPanel)).toEqual(refused);
});

it('accepts a message: it is stored before it is answered, and shown', async () => {
  const { browser, life, panel } = await started();
  expect(await life.send(commands['message.send'], fromPanel)).toEqual({ ok: true, value: null });
  expect(await browser.store.read(`session/s1/outbox/${newEchoId}`)).toMatchObject({
    [`session/s1/outbox/${newEchoId}`]: { text: 'Hello', conversationKey: '7' },
  });
  expect(panel.patches).toContainEqual(
    expect.objectContaining({
      type: 'outbox.changed',
      entry: expect.objectContaining({ echoId: newEchoId }),
    }),
  );
});

it('answers that a message could not be saved', async () => {
  const { browser, life, panel } = await started();
  const before = panel.updates.length;
  browser.store.failNextWrite();
  expect(await life.send(commands['message.send'], fromPanel)).toEqual({
    ok: false,
    error: { code: 'notSaved', message: 'The browser could not save this.' },
  });
  expect(panel.updates).toHaveLength(before);
});

it('queues a failed message again when it is retried', async () => {
  const { life, panel } = await started();
  await life.send(commands['message.retry'], fromPanel);
  expect(panel.patches).toContainEqual(
    expect.objectContaining({ type: 'outbox.changed', entry: expect.objectContaining({ status: 'queued' }) }),
  );
});

it('throws a failed message away when it is discarded', async () => {
  const { browser, life, panel } = await started();
  await life.send(commands['message.discard'], fromPanel);
  expect(panel.patches).toContainEqual({ type: 'outbox.removed', echoId });
  expect(await browser.store.read('session/s1/outbox/')).toEqual({});
});

it('tells of a draft at once, and stores it when it has rested', async () => {
  const { browser, life, panel } = await started();
  await life.send(commands['draft.change'], fromPanel);
  expect(panel.patches).toContainEqual({ type: 'draft.changed', conversationKey: '7', text: 'Half a sen' });
  expect(await browser.store.read('session/s1/draft/')).toEqual({});
  await browser.pass(300);
  expect(await browser.store.read('session/s1/draft/')).toMatchObject({
    'session/s1/draft/7': { text: 'Half a sen' },
  });
});

it('shows older messages', async () => {
  const { life, panel } = await started();
  await life.send(commands['history.loadOlder'], fromPanel);
  const older = panel.patches.find((patch) => patch.type === 'messages.changed');
  expect(older?.messages.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

it('connects at once when asked to, instead of waiting', async () => {
  const { browser, life } = await started();
  browser.network.socket.drop();
  await browser.settle();
  const before = browser.network.sockets.length;
  await life.send(commands['link.retry'], fromPanel);
  await browser.settle();
  expect(browser.network.sockets).toHaveLength(before + 1);
});

it('lets only the panel connect', async () => {
  const { browser, life } = await started();
  for (const { who, from, kind } of senders) {
    const port = life.connect(from);
    port.open('7', 9);
    await browser.settle();
    expect(port.disconnected, who).toBe(kind !== 'panel');
    expect(port.updates.length > 0, who).toBe(kind === 'panel');
  }
});
