// What the storage of design §5 costs with 300 conversations and 50,000 messages, in exact numbers: bytes in
// chrome.storage as the browser counts them (UTF-8 of the key and of the JSON), writes and bytes of one message, and
// records read at opening, which do not depend on what is stored.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { commitOf, loadSession } from '@/lib/background/repository';
import type { Conversation } from '@/lib/core/types';
import { openIdbHistory } from '@/lib/platform/idb-history';
import type { HistoryStore } from '@/lib/platform/types';
import { rig } from '../background/rig';
import { conversation, message, now, persisted } from '../background/samples';
import { write } from '../background/seeded';
import { MemoryHistory, MemoryStore } from '../support/memory-stores';

const megabyte = 1_000_000;
/** The last conversation holds what is left, so that a long history stands behind it. */
const lastId = 300;
const words = 'I have looked at your invoice, and the second line counts a seat that nobody uses. ';
const text = (words + words).slice(0, 160);
const agent = {
  kind: 'agent',
  id: 9,
  name: 'Grace Agent',
  avatarUrl: `https://support.acme.com/avatars/${'x'.repeat(80)}.png`,
} as const;

/** Summaries as long as they get: a whole preview, an avatar's signed address, and a hundred unread messages. */
function summary(id: number): Conversation {
  const newest = 50_000 - lastId + id;
  return conversation(id, {
    party: agent,
    assignee: `agent/${agent.id}`,
    newestId: newest,
    readUpTo: newest - 100,
    toldUpTo: newest - 100,
    unread: Array.from({ length: 100 }, (_, index) => newest - 99 + index),
    preview: { messageId: newest, authorKind: 'agent', text, file: null, createdAt: now },
    contactLastSeenAt: now,
    agentLastSeenAt: now,
  });
}

/** A session with so many conversations and messages, in both stores. */
async function filled(history: HistoryStore, conversations: number, messages: number) {
  const items = new MemoryStore();
  const ids = Array.from({ length: conversations }, (_, index) => lastId - index);
  const start = persisted({
    conversations: Object.fromEntries(ids.map((id) => [id, summary(id)])),
    syncedTo: Object.fromEntries(ids.map((id) => [id, 50_000])),
  });
  await write(items, history, 's1', commitOf(null, start, []));
  const few = Math.floor(messages / 2 / conversations);
  const put = Array.from({ length: messages }, (_, index) => {
    // Half of all messages stand in the last conversation.
    const place = Math.floor(index / Math.max(1, few));
    const conversationId = place < conversations - 1 ? lastId - 1 - place : lastId;
    const record = message(index + 1, { conversationId, author: agent, text });
    return { conversationId, messageId: record.id, createdAt: record.createdAt, record };
  });
  for (let from = 0; from < put.length; from += 5_000) {
    await history.write('s1', { put: put.slice(from, from + 5_000), dropConversations: [], syncedTo: {} });
  }
  return { items, start };
}

const bytesOf = (items: Record<string, unknown>) =>
  Object.entries(items).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value)),
    0,
  );

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('keeps 300 conversations with 50,000 messages in less than 1 MB of chrome.storage', async () => {
  const { items } = await filled(new MemoryHistory(), 300, 50_000);
  const stored = await items.read('');
  const bytes = bytesOf(stored);
  console.log(`chrome.storage with 300 conversations and 50,000 messages: ${bytes} B`);
  expect(Object.keys(stored)).toHaveLength(302);
  expect(bytes).toBe(391_637);
  expect(bytes).toBeLessThan(megabyte);
});

it('keeps as much in chrome.storage whether there are 300 messages or 50,000', async () => {
  const few = await filled(new MemoryHistory(), 300, 300);
  const many = await filled(new MemoryHistory(), 300, 50_000);
  expect(bytesOf(await many.items.read(''))).toBe(bytesOf(await few.items.read('')));
});

it.each([
  [1, 100],
  [300, 50_000],
])(
  'receives a message with one write of each store at %i conversations and %i messages',
  async (count, length) => {
    const history = new MemoryHistory();
    const { start } = await filled(history, count, length);
    const { store, items } = rig(start, history);
    const [writes, bytes] = [history.writes, history.bytes];
    await store.happened({
      type: 'frame.message',
      message: message(60_000, { conversationId: lastId, author: agent, text }),
    });
    expect([history.writes - writes, items.writes]).toEqual([1, 1]);
    const cost = history.bytes - bytes + items.bytes;
    console.log(`one message at ${count} conversations and ${length} messages: ${cost} B`);
    expect(cost).toBe(1_999);
    expect(cost).toBeLessThanOrEqual(2_048);
  },
);

/** How many records of which store were read, and how, since this was called. */
function reads() {
  const counted = { messages: 0, marks: 0 };
  const count = (store: { name?: string; objectStore?: { name: string } }, by: number) => {
    counted[(store.objectStore ?? store).name === 'messages' ? 'messages' : 'marks'] += by;
  };
  const { openCursor } = IDBIndex.prototype;
  vi.spyOn(IDBIndex.prototype, 'openCursor').mockImplementation(function (this: IDBIndex, ...args) {
    const request = openCursor.apply(this, args);
    request.addEventListener('success', () => request.result && count(this, 1));
    return request;
  });
  const { getAll, get } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...args) {
    const request = getAll.apply(this, args);
    request.addEventListener('success', () => count(this, request.result.length));
    return request;
  });
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, ...args) {
    count(this, 1);
    return get.apply(this, args);
  });
  return counted;
}

it.each([1_000, 50_000])(
  'reads at its start and opening exactly what it shows, at %i messages',
  async (length) => {
    const history = openIdbHistory();
    const { items } = await filled(history, 300, length);
    const counted = reads();
    const random = { fraction: () => 0.5, uuid: () => 'fresh' };
    const { persisted: start } = await loadSession(items, history, 'acme', random, now, () => {});
    expect(counted).toEqual({ messages: 0, marks: 300 });
    const { store, open } = rig(start, history);
    await open(null);
    expect(counted).toEqual({ messages: 0, marks: 300 });
    const panel = await open(String(lastId));
    await vi.waitUntil(() => panel.snapshot);
    // A hundred unread, ten before them, and one that says that there are more.
    expect(store.state.windows[lastId]?.messages).toHaveLength(110);
    expect(counted).toEqual({ messages: 111, marks: 300 });
    await store.asked({ type: 'older.requested', conversationId: lastId });
    expect(store.state.windows[lastId]?.messages).toHaveLength(130);
    expect(counted).toEqual({ messages: 111 + 21, marks: 300 });
    vi.restoreAllMocks();
  },
  60_000,
);
