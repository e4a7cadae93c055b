// @vitest-environment node
// The connection and the transactions of the history in IndexedDB.
import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openIdbHistory } from '@/lib/platform/idb-history';
import type { HistoryRecord, HistoryStore } from '@/lib/platform/types';

const record = (messageId: number): HistoryRecord => ({
  conversationId: 1,
  messageId,
  createdAt: messageId,
  record: { text: 'hello' },
});
const putting = (...put: HistoryRecord[]) => ({ put, dropConversations: [7], syncedTo: { 1: 99 } });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => vi.restoreAllMocks());

/** The connections that were opened, in order. */
function connections(): IDBDatabase[] {
  const opened: IDBDatabase[] = [];
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    const request = open(...args);
    request.addEventListener('success', () => opened.push(request.result));
    return request;
  });
  return opened;
}

function transactions() {
  return vi.spyOn(IDBDatabase.prototype, 'transaction');
}

it('opens nothing before it is used, and one connection for everything then', async () => {
  const opened = connections();
  const history = openIdbHistory();
  expect(opened).toHaveLength(0);
  await Promise.all([history.syncedTo('s'), history.write('s', putting(record(1)))]);
  await history.read('s', 1, [1]);
  expect(opened.map(({ name, version }) => [name, version])).toEqual([['carbonchat-history', 2]]);
});

it('writes messages, drops and watermarks in exactly one transaction', async () => {
  const history = openIdbHistory();
  await history.syncedTo('s');
  const begun = transactions();
  await history.write('s', putting(record(1), record(2)));
  expect(begun.mock.calls.map(([stores, mode]) => [stores, mode])).toEqual([
    [['messages', 'synced'], 'readwrite'],
  ]);
});

it('keeps nothing of a write in which one record is refused', async () => {
  const history = openIdbHistory();
  await history.write('s', putting(record(1)));
  const refused = [
    { ...record(3), record: () => 'not plain JSON' },
    { ...record(3), messageId: Number.NaN },
  ];
  for (const bad of refused) {
    await expect(
      history.write('s', { put: [record(2), bad], dropConversations: [1], syncedTo: { 1: 100 } }),
    ).rejects.toThrow();
  }
  expect(await history.page('s', 1, null, 9)).toEqual([record(1)]);
  expect(await history.syncedTo('s')).toEqual({ 1: 99 });
});

it('goes on after a write that was refused', async () => {
  const history = openIdbHistory();
  await expect(history.write('s', putting({ ...record(3), messageId: Number.NaN }))).rejects.toThrow();
  await history.write('s', putting(record(4)));
  expect(await history.page('s', 1, null, 9)).toEqual([record(4)]);
});

it('opens again after the browser closed the database', async () => {
  const opened = connections();
  const history = openIdbHistory();
  await history.write('s', putting(record(1)));
  const closed = new Promise((resolve) => opened[0]?.addEventListener('close', resolve));
  forceCloseDatabase(opened[0] as never);
  await closed;
  await history.write('s', putting(record(2)));
  expect(await history.page('s', 1, null, 9)).toEqual([record(1), record(2)]);
  expect(opened).toHaveLength(2);
});

it.each<[string, (history: HistoryStore) => Promise<unknown>]>([
  ['write', (history) => history.write('s', putting(record(2)))],
  ['read', (history) => history.read('s', 1, [1])],
  ['page', (history) => history.page('s', 1, null, 9)],
])('lets others delete the database, says so once to whoever wants to %s, and goes on', async (_, use) => {
  const history = openIdbHistory('other-name');
  await history.write('s', putting(record(1)));
  const blocked = vi.fn();
  await deleteDB('other-name', { blocked });
  expect(blocked).not.toHaveBeenCalled();
  await expect(use(history)).rejects.toMatchObject({ name: 'HistoryLostError' });
  expect(await history.page('s', 1, null, 9)).toEqual([]);
  await history.write('s', putting(record(2)));
  expect(await history.page('s', 1, null, 9)).toEqual([record(2)]);
});

it('takes a database that was not there at the first use for nothing that was lost', async () => {
  expect(await openIdbHistory().page('s', 1, null, 9)).toEqual([]);
});

it('reads the messages of a database of the first version from the server again, which had another shape', async () => {
  const first = await openDB('carbonchat-history', 1, {
    upgrade(db) {
      const messages = db.createObjectStore('messages', {
        keyPath: ['sessionId', 'conversationId', 'messageId'],
      });
      messages.createIndex('byTime', ['sessionId', 'conversationId', 'createdAt', 'messageId']);
      db.createObjectStore('synced', { keyPath: ['sessionId', 'conversationId'] });
    },
  });
  await first.put('messages', { sessionId: 's', ...record(1) });
  await first.put('synced', { sessionId: 's', conversationId: 1, messageId: 1 });
  first.close();
  const history = openIdbHistory();
  expect(await history.syncedTo('s')).toEqual({});
  expect(await history.page('s', 1, null, 9)).toEqual([]);
  await history.write('s', putting(record(2)));
  expect(await history.page('s', 1, null, 9)).toHaveLength(1);
});

it('leaves a database of a newer version as it is', async () => {
  const newer = await openDB('carbonchat-history', 3, {
    upgrade: (db) => void db.createObjectStore('other'),
  });
  newer.close();
  const history = openIdbHistory();
  await expect(history.write('s', putting(record(1)))).rejects.toMatchObject({ name: 'VersionError' });
  await expect(history.page('s', 1, null, 9)).rejects.toMatchObject({ name: 'VersionError' });
  const after = await openDB('carbonchat-history');
  expect([after.version, [...after.objectStoreNames]]).toEqual([3, ['other']]);
});

it('tells how full the browser says it is', async () => {
  const storage = { estimate: async () => ({ usage: 45, quota: 60 }) };
  vi.stubGlobal('navigator', { storage });
  expect(await openIdbHistory().fullness()).toBe(0.75);
  storage.estimate = async () => ({}) as never;
  expect(await openIdbHistory().fullness()).toBe(0);
  vi.stubGlobal('navigator', {});
  expect(await openIdbHistory().fullness()).toBe(0);
  vi.unstubAllGlobals();
});

it('tries to open again after the browser refused', async () => {
  const newer = await openDB('carbonchat-history', 3);
  const history = openIdbHistory();
  await expect(history.syncedTo('s')).rejects.toThrow('version');
  newer.close();
  await deleteDB('carbonchat-history');
  expect(await history.syncedTo('s')).toEqual({});
});
