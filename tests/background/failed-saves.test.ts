// A browser that cannot save: commands are refused, what came in is shown and saved later, nothing is sent unsaved.
import { expect, it, vi } from 'vitest';
import { NotSavedError } from '@/lib/background/session-store';
import type { Event } from '@/lib/core/events';
import { rig } from './rig';
import { contact, conversation, creation, echoId, entry, localId, message, now, persisted } from './samples';

const submitted: Event = { type: 'message.submitted', echoId, conversationKey: '7', text: 'Hello' };
const frame = (id: number): Event => ({ type: 'frame.message', message: message(id) });
const later = 2_000;

/** A page of messages that ends the reading of a gap. */
const page = (...messages: ReturnType<typeof message>[]): Event => ({
  type: 'messages.listed',
  purpose: 'gap',
  asked: null,
  conversationId: 7,
  messages,
  before: messages[0]?.id ?? null,
  complete: true,
  requestedAt: now,
});

it('refuses a command that cannot be saved, shows nothing of it, and takes it when there is room again', async () => {
  const { store, disk, log } = rig();
  disk.full = true;
  await expect(store.asked(submitted)).rejects.toThrow(NotSavedError);
  expect(log).toEqual([]);
  expect(store.state.outbox).toEqual({});
  disk.full = false;
  await store.asked(submitted);
  expect(store.state.outbox[echoId]?.status).toBe('queued');
});

it('does not act on a command that could not be saved, however much it asked for', async () => {
  const { store, disk, effects, clock } = rig(
    persisted({ outbox: { [echoId]: entry({ status: 'failed' }) } }),
  );
  disk.full = true;
  await expect(store.asked({ type: 'message.retried', echoId })).rejects.toThrow(NotSavedError);
  await clock.settle();
  expect(effects).toEqual([]);
});

it('shows a message that came in and cannot be saved, and saves it later without another frame', async () => {
  const { store, disk, clock, history, open, items } = rig();
  const panel = await open('7');
  disk.full = true;
  await store.happened(frame(2));
  const shown = panel.patches.find((patch) => patch.type === 'messages.changed');
  expect(shown?.messages.map(({ id }) => id)).toEqual([2]);
  expect(await history.page('s1', 7, null, 5)).toEqual([]);
  disk.full = false;
  await clock.elapseSettled(later);
  expect((await history.page('s1', 7, null, 5)).map(({ messageId }) => messageId)).toEqual([2]);
  expect(await items.read('session/s1/conversation/')).toMatchObject({
    'session/s1/conversation/7': { newestId: 2 },
  });
});

it('keeps the watermark where it was when a page could not be saved', async () => {
  const { store, disk, history, open } = rig();
  await open('7');
  disk.full = true;
  await store.happened(page(message(4), message(5)));
  expect(store.state.syncedTo).toEqual({ 7: 1 });
  expect(store.state.conversations[7]?.newestId).toBe(5);
  expect(await history.syncedTo('s1')).toEqual({});
});

it('keeps a message in the outbox until its echo is saved', async () => {
  const { store, disk, clock, items } = rig(
    persisted({ outbox: { [echoId]: entry({ status: 'sending', attemptedAt: now }) } }),
  );
  disk.full = true;
  await store.happened({ type: 'frame.message', message: message(2, { echoId, author: contact }) });
  expect(store.state.outbox[echoId]?.status).toBe('sending');
  await clock.elapseSettled(later);
  expect(store.state.outbox[echoId]?.status).toBe('sending');
  disk.full = false;
  await clock.elapseSettled(later);
  expect(store.state.outbox).toEqual({});
  expect(await items.read('session/s1/outbox/')).toEqual({});
});

it('takes an answer of the server in again until it is saved', async () => {
  const { store, disk, clock } = rig(
    persisted({ outbox: { [echoId]: entry({ status: 'sending', attemptedAt: now }) } }),
  );
  disk.full = true;
  const failure = { kind: 'status', status: 403, message: null } as const;
  await store.happened({ type: 'message.failed', echoId, failure });
  expect(store.state.outbox[echoId]?.status).toBe('sending');
  disk.full = false;
  await clock.elapseSettled(later);
  expect(store.state.outbox[echoId]).toMatchObject({ status: 'failed', failure: 'refused' });
});

it('sends a message only after "sending" is saved, and by itself as soon as it can be', async () => {
  const { store, disk, clock, ran } = rig(persisted({ outbox: { [echoId]: entry() } }));
  await store.happened({ type: 'time.passed' });
  await store.happened({ type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null });
  disk.full = true;
  await store.happened(page(message(2)));
  await clock.settle();
  expect(ran('http.createMessage')).toEqual([]);
  expect(store.state.outbox[echoId]?.status).toBe('queued');
  disk.full = false;
  await clock.elapseSettled(later);
  expect(ran('http.createMessage')).toHaveLength(1);
  expect(store.state.outbox[echoId]?.status).toBe('sending');
});

it('creates a conversation only after that is saved, and by itself as soon as it can be', async () => {
  const { store, disk, clock, ran } = rig(
    persisted({
      outbox: { [echoId]: entry({ conversationKey: localId }) },
      creations: { [localId]: creation() },
    }),
  );
  await store.happened({ type: 'time.passed' });
  disk.full = true;
  await store.happened({ type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null });
  await clock.settle();
  expect(ran('http.createConversation')).toEqual([]);
  disk.full = false;
  await clock.elapseSettled(later);
  expect(ran('http.createConversation')).toHaveLength(1);
});

it('stores a message that was saved late once, not again with every later one', async () => {
  const { store, disk, clock, history } = rig();
  disk.full = true;
  await store.happened(frame(2));
  disk.full = false;
  await clock.elapseSettled(later);
  const changes = vi.spyOn(history, 'write');
  await store.happened(frame(3));
  expect(changes.mock.calls.map(([, { put }]) => put.map(({ messageId }) => messageId))).toEqual([[3]]);
});

it('saves the rest of a batch when only the whole could not be saved', async () => {
  const { store, items, history } = rig();
  const first = store.happened({ type: 'time.passed' });
  const command = store.asked(submitted);
  const second = store.happened(frame(2));
  items.failNextWrite();
  await Promise.all([first, command, second]);
  expect(Object.keys(await items.read('session/s1/outbox/'))).toHaveLength(1);
  expect(await history.page('s1', 7, null, 5)).toHaveLength(1);
});

it('refuses the command of a batch that cannot be saved, and still shows what came in with it', async () => {
  const { store, disk } = rig();
  disk.full = true;
  const first = store.happened({ type: 'time.passed' });
  const command = expect(store.asked(submitted)).rejects.toThrow(NotSavedError);
  const second = store.happened(frame(2));
  await Promise.all([first, command, second]);
  expect(store.state.outbox).toEqual({});
  expect(store.state.conversations[7]?.unread).toEqual([2]);
});

it('tries to save what came in at one pace, however much it is', async () => {
  const { store, disk, clock } = rig();
  disk.full = true;
  for (let id = 2; id < 12; id += 1) await store.happened(frame(id));
  await clock.elapseSettled(10 * later);
  expect(clock.pending).toBe(1);
});

it('asks for an awaited answer at its times only, also when the time of asking cannot be saved', async () => {
  const spoken = { messageId: 1, authorKind: 'contact', text: 'Hello', file: null } as const;
  const preview = { ...spoken, createdAt: now - 3_600_000 };
  const { store, disk, ran, clock } = rig(persisted({ conversations: { 7: conversation(7, { preview }) } }));
  disk.full = true;
  await store.happened({ type: 'time.passed' });
  await store.happened(page(message(1, { author: contact, createdAt: preview.createdAt })));
  await store.happened({ type: 'time.passed' });
  await store.happened({ type: 'time.passed' });
  await clock.settle();
  expect(ran('http.listMessages')).toHaveLength(1);
});
