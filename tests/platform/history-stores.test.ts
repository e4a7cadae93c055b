// @vitest-environment node
// What every HistoryStore promises; the one in memory must keep the same promises as the browser's, or tests that
// stand on it prove nothing.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { openIdbHistory } from '@/lib/platform/idb-history';
import type { HistoryChange, HistoryRecord, HistoryStore } from '@/lib/platform/types';
import { MemoryHistory } from '../support/memory-stores';

const record = (conversationId: number, messageId: number, createdAt = messageId): HistoryRecord => ({
  conversationId,
  messageId,
  createdAt,
  record: { text: `message ${messageId}` },
});
const change = (changes: Partial<HistoryChange>): HistoryChange => ({
  put: [],
  dropConversations: [],
  syncedTo: {},
  ...changes,
});
const ids = (records: HistoryRecord[]) => records.map(({ messageId }) => messageId);

describe.each<[string, () => HistoryStore]>([
  ['in IndexedDB', () => openIdbHistory()],
  ['in memory', () => new MemoryHistory()],
])('the history %s', (_, open) => {
  let history: HistoryStore;
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    history = open();
  });
  const everything = (sessionId: string, conversationId: number) =>
    history.page(sessionId, conversationId, null, 99);

  it('gives back records by id as they were stored, without those it does not have', async () => {
    await history.write('s', change({ put: [record(1, 10), record(1, 11)] }));
    expect(await history.read('s', 1, [11, 404, 10])).toEqual([record(1, 11), record(1, 10)]);
    expect(await history.read('s', 2, [10])).toEqual([]);
  });

  it('replaces a record that is put again, and moves it to its new place', async () => {
    await history.write('s', change({ put: [record(1, 10), record(1, 11)] }));
    await history.write('s', change({ put: [record(1, 10, 99)] }));
    expect(await everything('s', 1)).toEqual([record(1, 11), record(1, 10, 99)]);
  });

  it('pages by time and then by id, whatever the order of writing', async () => {
    const put = [record(1, 30, 5), record(1, 12, 7), record(1, 9, 7), record(1, 40, 6), record(1, 100, 7)];
    await history.write('s', change({ put }));
    expect(ids(await history.page('s', 1, null, 3))).toEqual([9, 12, 100]);
    expect(ids(await history.page('s', 1, { createdAt: 7, messageId: 12 }, 2))).toEqual([40, 9]);
    expect(ids(await history.page('s', 1, { createdAt: 6, messageId: 40 }, 2))).toEqual([30]);
    expect(await history.page('s', 1, { createdAt: 5, messageId: 30 }, 2)).toEqual([]);
    expect(await history.page('s', 1, null, 0)).toEqual([]);
  });

  it('keeps sessions and conversations apart', async () => {
    await history.write('s', change({ put: [record(1, 1), record(11, 2)], syncedTo: { 1: 1 } }));
    await history.write('s2', change({ put: [record(1, 3)], syncedTo: { 1: 3 } }));
    expect(ids(await everything('s', 1))).toEqual([1]);
    expect(ids(await everything('s2', 1))).toEqual([3]);
    expect(await history.syncedTo('s')).toEqual({ 1: 1 });
    expect(await history.syncedTo('s2')).toEqual({ 1: 3 });
    expect(await history.syncedTo('other')).toEqual({});
  });

  it('advances what is synced conversation by conversation', async () => {
    await history.write('s', change({ syncedTo: { 1: 10, 2: 20 } }));
    await history.write('s', change({ syncedTo: { 2: 25, 3: 0 } }));
    expect(await history.syncedTo('s')).toEqual({ 1: 10, 2: 25, 3: 0 });
  });

  it('drops whole conversations before it puts', async () => {
    const put = [record(1, 1), record(2, 2), record(3, 3)];
    await history.write('s', change({ put, syncedTo: { 1: 1, 2: 2, 3: 3 } }));
    await history.write('s', change({ dropConversations: [1, 2], put: [record(2, 5)], syncedTo: { 2: 5 } }));
    expect(ids(await everything('s', 1))).toEqual([]);
    expect(ids(await everything('s', 2))).toEqual([5]);
    expect(ids(await everything('s', 3))).toEqual([3]);
    expect(await history.syncedTo('s')).toEqual({ 2: 5, 3: 3 });
  });

  it('evicts the oldest of the first conversation, then of the next, and no other', async () => {
    const put = [record(1, 1, 3), record(1, 2, 1), record(1, 3, 2), record(2, 4), record(2, 5), record(3, 6)];
    await history.write('s', change({ put, syncedTo: { 1: 3, 2: 5, 3: 6 } }));
    await history.write('s2', change({ put: [record(1, 1)], syncedTo: { 1: 1 } }));
    expect(await history.evict('s', [1, 2], 2)).toBe(2);
    expect(ids(await everything('s', 1))).toEqual([1]);
    expect(await history.evict('s', [1, 2], 2)).toBe(2);
    expect([ids(await everything('s', 1)), ids(await everything('s', 2))]).toEqual([[], [5]]);
    expect(await history.evict('s', [1, 2], 9)).toBe(1);
    expect(await history.evict('s', [1, 2], 9)).toBe(0);
    expect(ids(await everything('s', 3))).toEqual([6]);
    expect(ids(await everything('s2', 1))).toEqual([1]);
    expect(await history.syncedTo('s')).toEqual({ 1: 3, 2: 5, 3: 6 });
  });

  it('stores nothing again that is not newer than what was evicted', async () => {
    const put = [record(1, 10), record(1, 11), record(1, 12)];
    await history.write('s', change({ put, syncedTo: { 1: 12 } }));
    await history.evict('s', [1], 2);
    expect([await history.isCut('s', 1), await history.isCut('s', 2)]).toEqual([true, false]);
    const again = [record(1, 9), record(1, 10), record(1, 11), record(1, 12), record(1, 13), record(2, 1)];
    await history.write('s', change({ put: again, syncedTo: { 1: 13 } }));
    expect(ids(await everything('s', 1))).toEqual([12, 13]);
    expect(ids(await everything('s', 2))).toEqual([1]);
    expect([await history.isCut('s', 1), await history.syncedTo('s')]).toEqual([true, { 1: 13 }]);
  });

  it('stores everything of a conversation again that was dropped, or that nobody knew as a whole', async () => {
    await history.write('s', change({ put: [record(1, 10), record(2, 10)], syncedTo: { 1: 10 } }));
    await history.evict('s', [1, 2], 2);
    await history.write('s', change({ dropConversations: [1], put: [record(1, 10), record(2, 10)] }));
    expect([ids(await everything('s', 1)), ids(await everything('s', 2))]).toEqual([[10], [10]]);
    expect(await history.isCut('s', 1)).toBe(false);
  });

  it('drops a session and nothing else', async () => {
    for (const session of ['r', 's', 's2'])
      await history.write(session, change({ put: [record(1, 1)], syncedTo: { 1: 1 } }));
    await history.drop('s');
    expect(await everything('s', 1)).toEqual([]);
    expect(await history.syncedTo('s')).toEqual({});
    for (const session of ['r', 's2']) {
      expect(ids(await everything(session, 1))).toEqual([1]);
      expect(await history.syncedTo(session)).toEqual({ 1: 1 });
    }
  });

  it('hands out copies: changing what was stored or read changes nothing', async () => {
    const stored = { ...record(1, 1), record: { text: 'a' } };
    await history.write('s', change({ put: [stored] }));
    stored.record.text = 'b';
    const [read] = await everything('s', 1);
    (read?.record as { text: string }).text = 'c';
    expect(await everything('s', 1)).toEqual([{ ...record(1, 1), record: { text: 'a' } }]);
  });
});
