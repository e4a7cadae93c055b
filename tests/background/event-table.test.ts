// @vitest-environment node
// What the panel does with every event of the cable, as the table in ARCHITECTURE.md says: each row by frames of a real
// installation, through a whole background, to what a panel is told.
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { roomIdentifier } from '@/lib/carbonchat/room-channel';
import type { Patch } from '@/lib/messaging/view-updates';
import { having } from '../carbonchat/recorded-people';
import { agent, contact } from '../support/core-builders';
import { readRecording } from '../support/recording';
import { conversation, entry, message, now, persisted, session } from './samples';
import { seededBrowser } from './seeded';

const { events } = readRecording().cable[19] ?? { events: [] };
const identifier = roomIdentifier(session().pubsubToken ?? '');
const grace = { ...agent, id: 2 };
/** Where the recorded frames belong. */
const at = { conversationId: 2 };
const home = conversation(2, { party: null, newestId: 1 });
const [section = ''] = readFileSync('ARCHITECTURE.md', 'utf8')
  .split(/^## .*\n/m)
  .filter((part) => part.includes('`message.created`'));
const inTable = [...section.matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, event]) => event);
const shown = new Set<string>();

/** The recorded frame at this place of the socket; it says which event it is. */
function frame(place: number): { event: string; data: Record<string, unknown> } {
  const recorded = events[place];
  if (recorded?.dir !== 'in') throw new Error(`nothing came in at ${place}`);
  return JSON.parse(recorded.raw).message;
}

/** A panel that shows conversation 2 over a live cable, and what it is told of the recorded frames at these places. */
async function panelAt(known: Parameters<typeof persisted>[0] = {}, stored = [message(1, at)]) {
  const browser = await seededBrowser(
    persisted({ conversations: { 2: home }, syncedTo: { 2: 1 }, ...known }),
    stored,
  );
  const life = browser.start();
  const panel = life.connect();
  panel.open('2');
  await browser.settle();
  const { socket } = browser.network;
  socket.open();
  socket.receive({ type: 'welcome' });
  socket.receive({ type: 'confirm_subscription', identifier });
  await browser.settle();
  return {
    browser,
    async hears(...places: number[]): Promise<Patch[]> {
      const before = panel.patches.length;
      for (const place of places) {
        const recorded = frame(place);
        shown.add(recorded.event);
        socket.receive({ identifier, message: recorded });
        await browser.settle();
      }
      return panel.patches.slice(before);
    },
  };
}

const changed = (fields: object) => having({ type: 'conversation.changed', conversation: having(fields) });
const messages = (fields: object) =>
  having({ type: 'messages.changed', conversationId: 2, messages: [having(fields)] });

it('message.created: a message by others is shown, is unread, leads its row and ends its author’s typing', async () => {
  const panel = await panelAt();
  const told = await panel.hears(56, 50);
  expect(told).toEqual(
    expect.arrayContaining([
      messages({ id: 24, author: grace, text: 'Yes, until **18:00**.' }),
      changed({ id: 2, party: grace, unread: [24], preview: having({ text: 'Yes, until 18:00.' }) }),
      { type: 'typing.changed', conversationId: 2, names: [] },
    ]),
  );
  expect(panel.browser.badge.text).toBe('1');
});

it('message.created: a message of one’s own settles what waits under its echo id, and is not unread', async () => {
  const waiting = entry({
    echoId: 'echo-1111',
    conversationKey: '2',
    status: 'uncertain',
    dueAt: now + 60_000,
  });
  const panel = await panelAt({ outbox: { 'echo-1111': waiting } });
  const told = await panel.hears(16);
  expect(told).toEqual(
    expect.arrayContaining([
      messages({ id: 3, echoId: 'echo-1111', author: having({ kind: 'contact' }) }),
      { type: 'outbox.removed', echoId: 'echo-1111' },
      changed({ id: 2, unread: [], party: null }),
    ]),
  );
});

it('message.updated: one that was read elsewhere is no longer unread', async () => {
  const panel = await panelAt();
  await panel.hears(50);
  expect(panel.browser.badge.text).toBe('1');
  const told = await panel.hears(71);
  expect(told).toEqual(
    expect.arrayContaining([messages({ id: 24, status: 'read' }), changed({ unread: [] })]),
  );
  expect(panel.browser.badge.text).toBe('');
});

it('message.updated: one that is deleted goes, with its words in the row', async () => {
  const panel = await panelAt();
  await panel.hears(50);
  expect(await panel.hears(80)).toEqual(
    expect.arrayContaining([messages({ id: 24, deleted: true }), changed({ unread: [] })]),
  );
});

it('message.updated: an answer is shown at its question', async () => {
  const panel = await panelAt();
  await panel.hears(93);
  expect(await panel.hears(97)).toContainEqual(messages({ id: 31, answer: having({ kind: 'option' }) }));
});

it('conversation.created: a conversation that an agent or another device began is known, with who has it', async () => {
  const panel = await panelAt();
  expect(await panel.hears(41)).toContainEqual(changed({ id: 3, status: 'open', party: grace, unread: [] }));
  expect(await panel.hears(43)).toContainEqual(
    changed({ id: 3, preview: having({ authorKind: contact.kind }) }),
  );
});

it('conversation.status_changed: the row and the thread say how it stands', async () => {
  const panel = await panelAt();
  expect(await panel.hears(119)).toContainEqual(changed({ id: 2, status: 'resolved' }));
  expect(await panel.hears(130)).toContainEqual(changed({ id: 2, status: 'open' }));
  // What is older than what is known says nothing.
  expect(await panel.hears(127)).toEqual([]);
});

it('conversation.updated: names who took it over, and tells when either side looked last', async () => {
  const panel = await panelAt();
  expect(await panel.hears(66)).toContainEqual(changed({ id: 2, party: having({ id: 3, name: 'Linus' }) }));
  expect(await panel.hears(74)).toContainEqual(changed({ id: 2, agentLastSeenAt: 1_795_394_573_000 }));
});

it('conversation.typing_on and typing_off: shown while it goes on, and nothing of a note', async () => {
  const panel = await panelAt();
  const names = (told: Patch[]) =>
    told.flatMap((patch) => (patch.type === 'typing.changed' ? [patch.names] : []));
  expect(names(await panel.hears(56, 58, 60, 62))).toEqual([['Grace'], []]);
  await panel.hears(56);
  await panel.browser.pass(30_000);
  expect(names(await panel.hears(58))).toEqual([]);
});

it('presence.update: who is there shows as online', async () => {
  const panel = await panelAt();
  expect(await panel.hears(89)).toContainEqual(
    having({ type: 'availability.changed', availability: having({ onlineIds: [2] }) }),
  );
  expect(await panel.hears(83)).toContainEqual(
    having({ type: 'availability.changed', availability: having({ onlineIds: [] }) }),
  );
});

afterAll(() => {
  expect([...inTable].sort()).toEqual([...shown].sort());
});
