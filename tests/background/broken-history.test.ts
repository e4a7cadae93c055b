// A history that cannot be written, has no room or is gone: it is a cache, so commands succeed, nothing is sent twice,
// and what relies on it waits.
import { expect, it, vi } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Message } from '@/lib/core/types';
import { MemoryHistory } from '../support/memory-stores';
import { rig } from './rig';
import { contact, conversation, echoId, entry, message, now, persisted } from './samples';

const submitted: Event = { type: 'message.submitted', echoId, conversationKey: '7', text: 'Hello' };
const frame = (id: number): Event => ({ type: 'frame.message', message: message(id) });
const own = message(2, { echoId, author: contact, text: 'Is anybody there?' });
const echo: Event = { type: 'frame.message', message: own };
const sending = () => persisted({ outbox: { [echoId]: entry({ status: 'sending', attemptedAt: now }) } });
const later = 2_000;

/** The whole list: conversation 7 with these messages. */
const list = (...messages: Message[]): Event => ({
  type: 'conversations.listed',
  conversations: [{ id: 7, status: 'open', contactLastSeenAt: 0, agentLastSeenAt: 0, messages }],
  etag: 'W/"2"',
  requestedAt: now,
});
const keys = async (items: { read(prefix: string): Promise<object> }, kind: string) =>
  Object.keys(await items.read(`session/s1/${kind}/`));

it('saves and sends what a person asks for after a message that the history could not take', async () => {
  const { store, disk, items, ran, clock } = rig();
  disk.history = true;
  await store.happened({ type: 'time.passed' });
  await store.happened({ type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null });
  await store.happened(frame(2));
  await store.asked(submitted);
  expect(await keys(items, 'outbox')).toHaveLength(1);
  await store.happened({
    type: 'messages.listed',
    purpose: 'gap',
    asked: null,
    conversationId: 7,
    messages: [message(2)],
    before: 2,
    complete: true,
    requestedAt: clock.now(),
  });
  await clock.settle();
  expect(ran('http.createMessage')).toHaveLength(1);
  expect(await items.read('session/s1/outbox/')).toMatchObject({
    [`session/s1/outbox/${echoId}`]: { status: 'sending' },
  });
});

it('keeps a sent message in the record, settled, until the history takes it', async () => {
  const { store, disk, items, history, clock, open } = rig(sending());
  const panel = await open('7');
  disk.history = true;
  await store.happened(echo);
  expect(panel.patches.filter(({ type }) => type === 'outbox.removed')).toHaveLength(1);
  expect(store.state.windows[7]?.messages.map(({ id }) => id)).toEqual([2]);
  expect([await keys(items, 'outbox'), await keys(items, 'settled')]).toEqual([[], ['session/s1/settled/2']]);
  await clock.elapseSettled(later);
  expect(await keys(items, 'settled')).toHaveLength(1);
  disk.history = false;
  await clock.elapseSettled(later);
  expect(await keys(items, 'settled')).toEqual([]);
  expect((await history.page('s1', 7, null, 5)).map(({ messageId }) => messageId)).toEqual([2]);
});

it('takes no repeated command for a message that was settled in an earlier life without a history', async () => {
  const { store, ran, clock, disk, open } = rig(persisted(), undefined, [own]);
  disk.history = true;
  await store.asked({ ...submitted, text: own.text });
  expect(store.state.outbox).toEqual({});
  const panel = await open('7');
  expect(panel.snapshot?.window?.messages.map(({ id }) => id)).toEqual([2]);
  await clock.settle();
  expect(ran('http.createMessage')).toEqual([]);
});

it('writes what an earlier life could not, with the first save, and clears it from the record', async () => {
  const { store, items, history } = rig(persisted(), undefined, [own]);
  await items.write({ 'session/s1/settled/2': own }, []);
  await store.happened({ type: 'time.passed' });
  expect(await keys(items, 'settled')).toEqual([]);
  expect((await history.read('s1', 7, [2]))[0]?.record).toEqual(own);
});

it('keeps of settled messages the newest hundred, and none of a conversation that is gone', async () => {
  const { store, disk, items } = rig(
    persisted({ conversations: { 7: conversation(7), 8: conversation(8) } }),
  );
  disk.history = true;
  const elsewhere = message(1, { conversationId: 8, echoId: 'e8', author: contact });
  await store.happened({ type: 'frame.message', message: elsewhere });
  expect(await keys(items, 'settled')).toEqual(['session/s1/settled/1']);
  for (let id = 100; id < 202; id += 1) {
    await store.happened({
      type: 'frame.message',
      message: message(id, { echoId: `e${id}`, author: contact }),
    });
  }
  const kept = await keys(items, 'settled');
  expect(kept).toHaveLength(100);
  expect(kept).not.toContain('session/s1/settled/101');
  expect(kept).toContain('session/s1/settled/201');
});

it('moves neither the watermark nor the mark of the list before their messages are stored', async () => {
  const { store, disk, items, history, clock } = rig();
  disk.history = true;
  await store.happened(list(message(4), message(5)));
  expect(await history.syncedTo('s1')).toEqual({});
  expect(await items.read('session/s1/')).toMatchObject({ 'session/s1/conversation/7': { newestId: 5 } });
  expect(await items.read('session/s1/contact')).toEqual({});
  const writes = items.writes;
  await store.happened({ type: 'time.passed' });
  expect(items.writes).toBe(writes);
  disk.history = false;
  await clock.elapseSettled(later);
  expect(await history.syncedTo('s1')).toEqual({ 7: 5 });
  expect((await history.page('s1', 7, null, 5)).map(({ messageId }) => messageId)).toEqual([4, 5]);
  expect(await items.read('session/s1/contact')).toMatchObject({
    'session/s1/contact': { listEtag: 'W/"2"' },
  });
});

it('saves another change of the session without the mark of a list that is not stored', async () => {
  const { store, disk, items } = rig();
  disk.history = true;
  await store.happened(list(message(4)));
  await store.happened({
    type: 'contact.received',
    pubsubToken: 'new',
    contactId: 3,
    name: 'Mira',
    email: null,
    phoneNumber: null,
  });
  expect(await items.read('session/s1/contact')).toMatchObject({
    'session/s1/contact': { listEtag: 'W/"1"', pubsubToken: 'new' },
  });
});

it('drops a conversation that went while the history was broken as soon as it works', async () => {
  const start = persisted({
    conversations: { 7: conversation(7), 8: conversation(8) },
    syncedTo: { 7: 1, 8: 9 },
  });
  const { store, disk, items, history, clock } = rig(start);
  const record = { conversationId: 8, messageId: 9, createdAt: now, record: message(9) };
  await history.write('s1', { put: [record], dropConversations: [], syncedTo: { 7: 1, 8: 9 } });
  await items.write({ 'session/s1/conversation/8': conversation(8) }, []);
  disk.history = true;
  await store.happened(list(message(4)));
  expect(await keys(items, 'conversation')).not.toContain('session/s1/conversation/8');
  expect(await history.read('s1', 8, [9])).toHaveLength(1);
  disk.history = false;
  await clock.elapseSettled(later);
  expect(await history.read('s1', 8, [9])).toEqual([]);
});

it('leaves a broken history alone between its tries, and says only once that it is broken', async () => {
  const { store, disk, history, clock, reports } = rig();
  const tries = vi.spyOn(history, 'write');
  disk.history = true;
  for (let id = 2; id < 8; id += 1) await store.happened(frame(id));
  await clock.elapseSettled(3 * later);
  expect(clock.pending).toBe(1);
  expect(reports).toEqual(['the history could not be written: UnknownError']);
  disk.history = false;
  await clock.elapseSettled(later);
  expect(tries).toHaveBeenCalledTimes(1);
  expect(tries.mock.calls[0]?.[1].put).toHaveLength(6);
});

/** A history with room for so many messages. */
class SmallHistory extends MemoryHistory {
  constructor(readonly room: number) {
    super();
  }
  override async write(...[id, change]: Parameters<MemoryHistory['write']>): Promise<void> {
    if (this.contents.messages.size + change.put.length > this.room) this.failNextWrite();
    await super.write(id, change);
  }
}

/** Conversations 7, 8 and 9 with ten messages each; 9 was silent longest, 8 has a message waiting. */
async function filled(room: number) {
  const history = new SmallHistory(room);
  const spoken = (messageId: number) => {
    const { text, createdAt } = message(messageId);
    return { messageId, authorKind: 'agent', text, file: null, createdAt } as const;
  };
  const conversations = {
    7: conversation(7, { preview: spoken(30) }),
    8: conversation(8, { preview: spoken(10) }),
    9: conversation(9, { preview: spoken(20) }),
  };
  const outbox = { [echoId]: entry({ conversationKey: '8', status: 'uncertain', dueAt: now + 75_000 }) };
  const start = persisted({ conversations, outbox, syncedTo: { 7: 30, 8: 10, 9: 20 } });
  const put = Array.from({ length: 30 }, (_, index) => {
    const id = index + 1;
    const conversationId = id <= 10 ? 8 : id <= 20 ? 9 : 7;
    const record = message(id, { conversationId });
    return { conversationId, messageId: id, createdAt: record.createdAt, record };
  });
  await history.write('s1', { put, dropConversations: [], syncedTo: start.syncedTo });
  const left = async (id: number) => (await history.page('s1', id, null, 99)).length;
  return { ...rig(start, history), left, memory: history };
}

it('makes room by evicting what was silent longest, never where something waits to be sent', async () => {
  const { store, left, reports } = await filled(30);
  await store.happened(frame(31));
  expect(await Promise.all([left(7), left(8), left(9)])).toEqual([1, 10, 0]);
  expect(reports).toEqual([]);
});

it('evicts from what is open at last, and reads earlier messages from the server again', async () => {
  const { store, left, open, memory, ran, clock } = await filled(30);
  const evict = vi.spyOn(memory, 'evict');
  const panel = await open('9');
  await store.happened(frame(31));
  expect(evict.mock.calls[0]?.[1]).toEqual([7, 9]);
  expect(await left(9)).toBe(0);
  panel.close();
  const next = await open('7');
  expect(next.snapshot?.window).toMatchObject({ messages: [{ id: 31 }], hasOlder: true });
  await store.asked({ type: 'older.requested', conversationId: 7 });
  await clock.settle();
  const older = ran('http.listMessages').filter(
    (effect) => 'purpose' in effect && effect.purpose === 'older',
  );
  expect(older).toMatchObject([{ conversationId: 7, before: 31 }]);
});

it('makes room before a big write when the browser says that it is nearly full', async () => {
  const { store, left, memory } = await filled(999);
  const page = (from: number) => list(...Array.from({ length: 50 }, (_, index) => message(from + index)));
  memory.full = 0.9;
  await store.happened(page(100));
  expect(await left(7)).toBe(60);
  memory.full = 0.91;
  await store.happened(frame(300));
  expect(await left(7)).toBe(61);
  await store.happened(page(400));
  expect(await left(7)).toBe(50);
});

it('goes on without the history when there is nothing left to evict', async () => {
  const { store, items, memory, reports } = await filled(30);
  vi.spyOn(memory, 'evict').mockResolvedValue(0);
  await store.happened(frame(31));
  await store.asked({ ...submitted, echoId: echoId.replaceAll('2', '4') });
  expect(await keys(items, 'outbox')).toHaveLength(1);
  expect(reports).toEqual(['the history could not be written: QuotaExceededError']);
});

it('stores what is open again and reads the rest whole when the history is gone', async () => {
  const history = new MemoryHistory();
  const { store, items, clock, open, ran } = rig(persisted(), history);
  await open('7');
  await store.happened(frame(2));
  history.lose();
  await store.happened(frame(3));
  await clock.settle();
  expect((await history.page('s1', 7, null, 9)).map(({ messageId }) => messageId)).toEqual([2, 3]);
  expect(store.state.syncedTo).toEqual({});
  expect(await history.syncedTo('s1')).toEqual({});
  expect(await items.read('session/s1/contact')).toMatchObject({ 'session/s1/contact': { listEtag: null } });
  await store.happened({ type: 'conversations.unchanged' });
  await clock.elapseSettled(30_000);
  await store.happened({ type: 'time.passed' });
  await clock.settle();
  expect(ran('http.listConversations').at(-1)).toMatchObject({ etag: null });
});

it('hears of a lost history also when it only wants to read it', async () => {
  const history = new MemoryHistory();
  const { store, reports, open } = rig(persisted(), history);
  history.lose();
  await open('7');
  expect(store.state.session.listEtag).toBeNull();
  expect(reports).toEqual(['the history is lost']);
});

it('reads everything again when a stored message cannot be read, but once in a life', async () => {
  const { store, history, reports, open, clock } = rig();
  const put = [{ conversationId: 7, messageId: 4, createdAt: now, record: { id: 4 } }];
  await history.write('s1', { put, dropConversations: [], syncedTo: { 7: 4 } });
  const panel = await open('7');
  expect(store.state.session.listEtag).toBeNull();
  await store.happened(list());
  expect(store.state.session.listEtag).toBe('W/"2"');
  panel.close();
  await open('7');
  await clock.settle();
  expect(store.state.session.listEtag).toBe('W/"2"');
  expect(reports).toEqual(['a stored message could not be read', 'a stored message could not be read']);
});
