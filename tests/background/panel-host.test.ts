// What each open panel is told: a snapshot of what it shows, then what changed, and nothing that it does not show.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { FakePanel } from '../support/fake-panel';
import { rig } from './rig';
import { contact, conversation, creation, echoId, entry, localId, message, now, persisted } from './samples';

const frame = (id: number, conversationId = 7): Event => ({
  type: 'frame.message',
  message: message(id, { conversationId }),
});
const two = persisted({
  conversations: { 7: conversation(7), 8: conversation(8) },
  syncedTo: { 7: 1, 8: 1 },
});
const typesOf = (panel: FakePanel) => panel.patches.map(({ type }) => type);

it('tells a panel nothing before it says what it shows', async () => {
  const { panels, store, clock } = rig();
  const panel = new FakePanel();
  panels.connect(panel.port);
  await store.happened(frame(2));
  await clock.settle();
  expect(panel.updates).toEqual([]);
});

it('answers a panel that opens with a snapshot, and goes on with patches that are numbered without a gap', async () => {
  const { open, store } = rig(persisted({ outbox: { [echoId]: entry({ status: 'failed' }) } }));
  const panel = await open('7');
  await store.happened(frame(2));
  await store.happened(frame(3));
  expect(panel.updates[0]).toMatchObject({
    type: 'snapshot',
    snapshot: {
      site: { siteId: 'acme', name: 'Acme', color: '#ffd400' },
      conversations: [{ id: 7 }],
      outbox: [{ echoId, status: 'failed' }],
      window: { conversationKey: '7', messages: [] },
    },
  });
  const revs = panel.updates.map((update) => ('rev' in update ? update.rev : null));
  expect(revs).toEqual(panel.updates.map((_, index) => index + 1));
});

it('names what changed alone: a draft, an outbox entry, a typist, a removed conversation', async () => {
  const { open, store } = rig(
    persisted({ ...two, outbox: { [echoId]: entry({ status: 'failed', conversationKey: '8' }) } }),
  );
  const panel = await open('7');
  await store.happened({ type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null });
  const from = panel.patches.length;
  const since = () => panel.patches.slice(from);
  await store.happened({ type: 'draft.changed', conversationKey: '7', text: 'Hel' });
  await store.happened({ type: 'message.discarded', echoId });
  const { author } = message(1);
  const never = { contactLastSeenAt: 0, agentLastSeenAt: 0 };
  await store.happened({ type: 'frame.typing', conversationId: 7, author, on: true, ...never });
  await store.happened({
    type: 'conversations.listed',
    conversations: [{ id: 7, status: 'open', contactLastSeenAt: 0, agentLastSeenAt: 0, messages: [] }],
    etag: null,
    requestedAt: now + 1,
  });
  expect(since()).toEqual([
    { type: 'draft.changed', conversationKey: '7', text: 'Hel' },
    { type: 'outbox.removed', echoId },
    { type: 'typing.changed', conversationId: 7, names: ['Grace'] },
    { type: 'conversation.removed', conversationId: 8 },
  ]);
});

it('sends the messages of the shown conversation only', async () => {
  const { open, store } = rig(two);
  const [seven, list] = [await open('7'), await open(null, 2)];
  await store.happened(frame(2, 8));
  expect(typesOf(seven)).not.toContain('messages.changed');
  expect(typesOf(seven)).toContain('conversation.changed');
  await store.happened(frame(3));
  expect(seven.patches.at(-1)).toMatchObject({ type: 'messages.changed', messages: [{ id: 3 }] });
  expect(typesOf(list)).not.toContain('messages.changed');
});

it('serves two panels with different conversations, each its own', async () => {
  const { open, store } = rig(two);
  const [seven, eight] = [await open('7', 1), await open('8', 2)];
  await store.happened(frame(2));
  await store.happened(frame(3, 8));
  const shown = (panel: FakePanel) =>
    panel.patches.flatMap((patch) =>
      patch.type === 'messages.changed' ? patch.messages.map(({ id }) => id) : [],
    );
  expect([shown(seven), shown(eight)]).toEqual([[2], [3]]);
});

it('follows a new conversation to its id: first the mapping, then its messages, on the same port', async () => {
  const creating = creation({ phase: 'creating', attemptedAt: now });
  const { open, store } = rig(
    persisted({
      conversations: {},
      syncedTo: {},
      outbox: { [echoId]: entry({ conversationKey: localId }) },
      creations: { [localId]: creating },
    }),
  );
  const panel = await open(localId);
  expect(panel.snapshot?.window).toMatchObject({ conversationKey: localId, messages: [] });
  await store.happened({
    type: 'conversation.received',
    localConversationId: localId,
    conversation: { id: 9, status: 'open', contactLastSeenAt: 0, agentLastSeenAt: 0, messages: [] },
    requestedAt: now,
  });
  await store.happened(frame(2, 9));
  const types = typesOf(panel);
  const mapped = types.indexOf('conversation.mapped');
  expect(panel.patches[mapped]).toEqual({
    type: 'conversation.mapped',
    localConversationId: localId,
    conversationId: 9,
  });
  expect(mapped).toBeLessThan(types.indexOf('outbox.changed'));
  expect(mapped).toBeLessThan(types.indexOf('messages.changed'));
  expect(panel.patches.at(-1)).toMatchObject({ type: 'messages.changed', conversationId: 9 });
});

it('answers a panel that asks for a mapped conversation under its id', async () => {
  const created = creation({ phase: 'created', attemptedAt: now, conversationId: 7 });
  const { open } = rig(persisted({ creations: { [localId]: created } }));
  expect((await open(localId)).snapshot?.window?.conversationKey).toBe('7');
});

it('shows a stored history at once, and tells of older messages', async () => {
  const { open, history } = rig();
  const put = Array.from({ length: 60 }, (_, id) => ({
    conversationId: 7,
    messageId: id + 1,
    createdAt: now + id + 1,
    record: message(id + 1),
  }));
  await history.write('s1', { put, dropConversations: [], syncedTo: {} });
  const panel = await open('7');
  expect(panel.snapshot?.window?.messages.map(({ id }) => id)).toEqual(
    put.slice(-50).map((_, at) => at + 11),
  );
  expect(panel.snapshot?.window?.hasOlder).toBe(true);
});

it('gives a new snapshot when the panel goes elsewhere, and counts on', async () => {
  const { open, clock } = rig(two);
  const panel = await open(null);
  panel.open('8');
  await clock.settle();
  expect(panel.snapshot?.window?.conversationKey).toBe('8');
  const revs = panel.updates.map((update) => ('rev' in update ? update.rev : null));
  expect(revs).toEqual(panel.updates.map((_, index) => index + 1));
});

it('forgets a panel whose port is lost, and saves its draft', async () => {
  const { open, store, panels, clock, items } = rig();
  const panel = await open('7', 3);
  expect(panels.windows()).toEqual([3]);
  await store.asked({ type: 'draft.changed', conversationKey: '7', text: 'Half a sen' });
  panel.close();
  await clock.settle();
  expect(store.state.views).toEqual({});
  expect(panels.windows()).toEqual([]);
  expect(await items.read('session/s1/draft/')).toMatchObject({
    'session/s1/draft/7': { text: 'Half a sen' },
  });
  const heard = panel.updates.length;
  await store.happened(frame(2));
  expect(panel.updates).toHaveLength(heard);
});

it('forgets a panel that is gone before it could be opened', async () => {
  const { panels, store, clock } = rig();
  const panel = new FakePanel();
  panels.connect(panel.port);
  panel.open('7');
  panel.close();
  await clock.settle();
  expect(store.state.views).toEqual({});
  expect(store.state.windows).toEqual({});
  expect(panel.updates).toEqual([]);
});

it('keeps the windows of the browser in which a panel stands, and tells of each change', async () => {
  const { open, panels, told } = rig();
  const first = await open(null, 2);
  const second = await open(null, 1);
  expect([panels.windows(), panels.isOpenIn(2), panels.isOpenIn(5), panels.isOpenIn(null)]).toEqual([
    [1, 2],
    true,
    false,
    false,
  ]);
  expect(told()).toBe(2);
  second.close();
  first.close();
  expect(told()).toBe(4);
});

it('marks as read what a panel in the focused window shows', async () => {
  const unread = persisted({ conversations: { 7: conversation(7, { unread: [2], newestId: 2 }) } });
  const { open, store, clock } = rig(unread);
  const panel = await open('7', 1);
  await store.happened({ type: 'window.focused', windowId: 2 });
  panel.say({ type: 'view.seen', messageId: 2 });
  await clock.settle();
  expect(store.state.conversations[7]?.unread).toEqual([2]);
  await store.happened({ type: 'window.focused', windowId: 1 });
  expect(store.state.conversations[7]?.unread).toEqual([]);
});

it.each([
  null,
  'view.open',
  { type: 'view.open' },
  { type: 'view.open', siteId: null, sessionId: null, windowId: 1, conversationKey: '../7' },
  { type: 'view.open', siteId: null, sessionId: null, windowId: 1, conversationKey: '7', more: true },
  { type: 'view.seen', messageId: 0 },
  { type: 'message.submitted', echoId, conversationKey: '7', text: 'Hello' },
])('ignores %j on a port', async (garbage) => {
  const { panels, store, clock } = rig();
  const panel = new FakePanel();
  panels.connect(panel.port);
  const before = store.state;
  panel.say(garbage);
  await clock.settle();
  expect(store.state).toBe(before);
  expect(panel.updates).toEqual([]);
});

it('asks the panels of one window to close, no other', async () => {
  const { open, panels } = rig();
  const [one, two] = [await open(null, 1), await open(null, 2)];
  panels.close(2);
  expect(one.updates.at(-1)?.type).toBe('snapshot');
  expect(two.updates.at(-1)).toEqual({ type: 'panel.close' });
});

it('tells the other panels when one port breaks', async () => {
  const { open, store } = rig();
  const broken = await open('7', 1);
  const whole = await open('7', 2);
  broken.port.post = () => {
    throw new Error('Attempting to use a disconnected port object');
  };
  await store.happened(frame(2));
  expect(whole.patches.at(-1)).toMatchObject({ type: 'messages.changed', messages: [{ id: 2 }] });
});

it('leaves out what is not shown of a message, a conversation and an outbox entry', async () => {
  const { open, store } = rig();
  const panel = await open('7');
  await store.happened({
    type: 'frame.message',
    message: message(2, { author: contact, updatedAt: 5 }),
  });
  await store.asked({ type: 'message.submitted', echoId, conversationKey: '7', text: 'Hello' });
  expect(panel.patches.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['conversation.changed', 'messages.changed', 'outbox.changed']),
  );
  expect(JSON.stringify(panel.patches)).not.toMatch(/updatedAt|changedAt|newestId|dueAt/);
});
