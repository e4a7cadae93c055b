// The message history over IndexedDB: owns the database's shape, its ranges and its connection.
// Records are opaque, and what to keep or evict is decided elsewhere.

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { HistoryRecord, HistoryStore } from './types';

interface Schema extends DBSchema {
  messages: {
    key: [sessionId: string, conversationId: number, messageId: number];
    value: HistoryRecord & { sessionId: string };
    indexes: { byTime: [sessionId: string, conversationId: number, createdAt: number, messageId: number] };
  };
  synced: {
    key: [sessionId: string, conversationId: number];
    value: Synced;
  };
}

/** `cut`: messages at or before this place were evicted. */
interface Synced {
  sessionId: string;
  conversationId: number;
  messageId: number;
  cut?: Place;
}
type Place = Pick<HistoryRecord, 'createdAt' | 'messageId'>;

/**
 * The history in the database `name`, opened at the first use and again after the browser closed it.
 * Every method rejects when the browser refuses; a write that rejects has changed nothing.
 */
export function openIdbHistory(name = 'carbonchat-history'): HistoryStore {
  const database = lazily(name);

  /** Runs `work` in one transaction over both stores: all of it, or nothing. */
  async function change<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const tx = (await database()).transaction(['messages', 'synced'], 'readwrite', { durability: 'relaxed' });
    // Heard here already, as it may fail while the work is still being done.
    const done = tx.done.then(
      () => null,
      (error: unknown) => ({ error }),
    );
    try {
      const result = await work(tx);
      const failed = await done;
      if (failed) throw failed.error;
      return result;
    } catch (error) {
      // A record that cannot be stored throws without ending the transaction; the rest must not be kept.
      try {
        tx.abort();
      } catch {} // it had ended by itself
      throw error;
    }
  }

  return {
    write: (sessionId, { put, dropConversations, syncedTo }) =>
      change(async (tx) => {
        const messages = tx.objectStore('messages');
        const synced = tx.objectStore('synced');
        await Promise.all([
          ...dropConversations.map(async (id) => messages.delete(within([sessionId, id]))),
          ...dropConversations.map(async (id) => synced.delete([sessionId, id])),
        ]);
        const ids = new Set([
          ...put.map((record) => record.conversationId),
          ...Object.keys(syncedTo).map(Number),
        ]);
        const rows = await Promise.all([...ids].map((id) => synced.get([sessionId, id])));
        const known = new Map(rows.flatMap((row) => (row ? [[row.conversationId, row]] : [])));
        const isKept = (record: HistoryRecord) => {
          const cut = known.get(record.conversationId)?.cut;
          return !cut || inOrder(record, cut) > 0;
        };
        await Promise.all([
          ...put.filter(isKept).map(async (record) => messages.put({ sessionId, ...record })),
          ...Object.entries(syncedTo).map(async ([id, messageId]) =>
            synced.put({ ...known.get(Number(id)), sessionId, conversationId: Number(id), messageId }),
          ),
        ]);
      }),

    async read(sessionId, conversationId, messageIds) {
      const { store } = (await database()).transaction('messages');
      const found = await Promise.all(messageIds.map((id) => store.get([sessionId, conversationId, id])));
      return found.filter((row) => row !== undefined).map(toRecord);
    },

    async page(sessionId, conversationId, before, count) {
      const conversation = [sessionId, conversationId];
      const range = before
        ? IDBKeyRange.bound(conversation, [...conversation, before.createdAt, before.messageId], false, true)
        : within(conversation);
      const index = (await database()).transaction('messages').store.index('byTime');
      const newestFirst: HistoryRecord[] = [];
      let cursor = count > 0 ? await index.openCursor(range, 'prev') : null;
      while (cursor) {
        newestFirst.push(toRecord(cursor.value));
        cursor = newestFirst.length < count ? await cursor.continue() : null;
      }
      return newestFirst.reverse();
    },

    async syncedTo(sessionId) {
      const rows = await (await database()).getAll('synced', within([sessionId]));
      return Object.fromEntries(rows.map((row) => [row.conversationId, row.messageId]));
    },

    evict: (sessionId, conversationIds, count) =>
      change(async (tx) => {
        let left = count;
        for (const id of conversationIds) {
          if (left <= 0) break;
          left -= await cutConversation(tx, [sessionId, id], left);
        }
        return count - left;
      }),

    async isCut(sessionId, conversationId) {
      const row = await (await database()).get('synced', [sessionId, conversationId]);
      return row?.cut !== undefined;
    },

    async fullness() {
      const { usage = 0, quota = 0 } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
      return quota > 0 ? usage / quota : 0;
    },

    drop: (sessionId) =>
      change(async (tx) => {
        await Promise.all([
          tx.objectStore('messages').delete(within([sessionId])),
          tx.objectStore('synced').delete(within([sessionId])),
        ]);
      }),
  };
}

type WriteTransaction = IDBPTransaction<Schema, ['messages', 'synced'], 'readwrite'>;

/** Deletes up to `count` of the oldest messages of a conversation; answers how many. */
async function cutConversation(
  tx: WriteTransaction,
  conversation: [sessionId: string, conversationId: number],
  count: number,
): Promise<number> {
  const [sessionId, conversationId] = conversation;
  const messages = tx.objectStore('messages');
  let deleted = 0;
  let cut: Place | undefined;
  let cursor = await messages.index('byTime').openCursor(within(conversation));
  while (cursor && deleted < count) {
    const { createdAt, messageId } = cursor.value;
    cut = { createdAt, messageId };
    deleted += 1;
    await messages.delete([sessionId, conversationId, messageId]);
    cursor = await cursor.continue();
  }
  const synced = tx.objectStore('synced');
  const row = await synced.get(conversation);
  // Without a watermark the conversation is read from the server as a whole.
  if (cut && row) await synced.put({ ...row, cut });
  return deleted;
}

function inOrder(a: Place, b: Place): number {
  return a.createdAt - b.createdAt || a.messageId - b.messageId;
}

/** All keys that begin with `prefix`: a list sorts after every number and string. */
function within(prefix: readonly IDBValidKey[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

function toRecord({ conversationId, messageId, createdAt, record }: HistoryRecord): HistoryRecord {
  return { conversationId, messageId, createdAt, record };
}

/** Step n makes the database of version n out of the one before. */
const steps: readonly ((db: IDBPDatabase<Schema>) => void)[] = [
  (db) => {
    const messages = db.createObjectStore('messages', {
      keyPath: ['sessionId', 'conversationId', 'messageId'],
    });
    messages.createIndex('byTime', ['sessionId', 'conversationId', 'createdAt', 'messageId']);
    db.createObjectStore('synced', { keyPath: ['sessionId', 'conversationId'] });
  },
  // Messages have another shape: they are read from the server again.
  (db) => {
    db.deleteObjectStore('messages');
    db.deleteObjectStore('synced');
    steps[0]?.(db);
  },
];

/**
 * One connection, made when first asked for and forgotten when it fails, is closed or stands in somebody's way. A
 * database of a newer version than ours is left as it is: every call rejects.
 */
function lazily(name: string): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  let used = false;
  const forget = () => {
    opened = null;
  };

  async function open(): Promise<IDBPDatabase<Schema>> {
    let isNew = false;
    const db = await openDB<Schema>(name, steps.length, {
      upgrade(fresh, version) {
        isNew = version === 0;
        for (const step of steps.slice(version)) step(fresh);
      },
      blocking(_current, _wanted, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    });
    const isLost = used && isNew;
    used = true;
    if (!isLost) return db;
    opened = Promise.resolve(db);
    throw new DOMException('the history was deleted', 'HistoryLostError');
  }

  return () => {
    opened ??= open().catch((error: Error) => {
      if (error.name !== 'HistoryLostError') forget();
      throw error;
    });
    return opened;
  };
}
