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
    value: { sessionId: string; conversationId: number; messageId: number };
  };
}

/**
 * The history in the database `name`, opened at the first use and again after the browser closed it.
 * Every method rejects when the browser refuses; a write that rejects has changed nothing.
 */
export function openIdbHistory(name = 'carbonchat-history'): HistoryStore {
  const database = lazily(name);

  /** Runs `work` in one transaction over both stores: all of it, or nothing. */
  async function change(work: (tx: WriteTransaction) => Promise<unknown>[]): Promise<void> {
    const tx = (await database()).transaction(['messages', 'synced'], 'readwrite', { durability: 'relaxed' });
    try {
      await Promise.all([...work(tx), tx.done]);
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
      change((tx) => {
        const messages = tx.objectStore('messages');
        const synced = tx.objectStore('synced');
        return [
          ...dropConversations.map(async (id) => messages.delete(within([sessionId, id]))),
          ...dropConversations.map(async (id) => synced.delete([sessionId, id])),
          ...put.map(async (record) => messages.put({ sessionId, ...record })),
          ...Object.entries(syncedTo).map(async ([id, messageId]) =>
            synced.put({ sessionId, conversationId: Number(id), messageId }),
          ),
        ];
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

    drop: (sessionId) =>
      change((tx) => [
        tx.objectStore('messages').delete(within([sessionId])),
        tx.objectStore('synced').delete(within([sessionId])),
      ]),
  };
}

type WriteTransaction = IDBPTransaction<Schema, ['messages', 'synced'], 'readwrite'>;

/** All keys that begin with `prefix`: a list sorts after every number and string. */
function within(prefix: readonly IDBValidKey[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

function toRecord({ conversationId, messageId, createdAt, record }: HistoryRecord): HistoryRecord {
  return { conversationId, messageId, createdAt, record };
}

/** One connection, made when first asked for and forgotten when it fails, is closed or stands in somebody's way. */
function lazily(name: string): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = () => {
    opened = null;
  };
  return () => {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        const messages = db.createObjectStore('messages', {
          keyPath: ['sessionId', 'conversationId', 'messageId'],
        });
        messages.createIndex('byTime', ['sessionId', 'conversationId', 'createdAt', 'messageId']);
        db.createObjectStore('synced', { keyPath: ['sessionId', 'conversationId'] });
      },
      blocking(_current, _wanted, event) {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opened;
  };
}
