// The two stores of the background in memory, for tests: they keep only what survives JSON, count what is written,
// and can be told to fail, or taken back to an earlier moment.

import type { HistoryChange, HistoryRecord, HistoryStore, Store } from '@/lib/platform/types';

/** Counts writes, and makes one fail on demand. A failed write changes nothing and is not counted. */
abstract class Counting<Contents> {
  /** Write transactions that were committed. */
  writes = 0;
  /** Length of the JSON that was written. */
  bytes = 0;
  #failure: Error | null = null;
  protected abstract contents: Contents;

  /** The next write rejects with `error`. */
  failNextWrite(error: Error = new DOMException('no space left', 'QuotaExceededError')): void {
    this.#failure = error;
  }

  /** A copy of everything stored, to be given to `restore`. */
  snapshot(): Contents {
    return structuredClone(this.contents);
  }

  restore(snapshot: Contents): void {
    this.contents = structuredClone(snapshot);
  }

  /** Ends the turn, as a browser would, then fails or counts. */
  protected async commit(...written: unknown[]): Promise<void> {
    await Promise.resolve();
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw failure;
    this.writes += 1;
    for (const part of written) this.bytes += JSON.stringify(part).length;
  }
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export class MemoryStore extends Counting<Map<string, unknown>> implements Store {
  protected contents = new Map<string, unknown>();

  async read(prefix: string): Promise<Record<string, unknown>> {
    const found = [...this.contents].filter(([key]) => key.startsWith(prefix));
    return copy(Object.fromEntries(found));
  }

  async write(set: Record<string, unknown>, remove: readonly string[]): Promise<void> {
    const entries = Object.entries(copy(set));
    await this.commit(set, remove);
    for (const [key, value] of entries) this.contents.set(key, value);
    for (const key of remove) this.contents.delete(key);
  }
}

interface Row extends HistoryRecord {
  sessionId: string;
}

interface History {
  messages: Map<string, Row>;
  synced: Map<string, { sessionId: string; conversationId: number; messageId: number; cut?: Place }>;
}

export class MemoryHistory extends Counting<History> implements HistoryStore {
  protected contents: History = { messages: new Map(), synced: new Map() };
  /** What `fullness` answers. */
  full = 0;
  #lost = false;

  /** The browser deletes everything, and the next call hears of it. */
  lose(): void {
    this.contents = { messages: new Map(), synced: new Map() };
    this.#lost = true;
  }

  #check(): void {
    if (!this.#lost) return;
    this.#lost = false;
    throw new DOMException('the history was deleted', 'HistoryLostError');
  }

  async write(sessionId: string, change: HistoryChange): Promise<void> {
    this.#check();
    const { put, dropConversations, syncedTo } = copy(change);
    await this.commit(change.put, change.dropConversations, change.syncedTo);
    this.#remove((row) => row.sessionId === sessionId && dropConversations.includes(row.conversationId));
    for (const record of put) {
      const key = `${sessionId}/${record.conversationId}/${record.messageId}`;
      const cut = this.contents.synced.get(`${sessionId}/${record.conversationId}`)?.cut;
      if (cut && inOrder(record, cut) <= 0) continue;
      this.contents.messages.set(key, { sessionId, ...record });
    }
    for (const [id, messageId] of Object.entries(syncedTo)) {
      const key = `${sessionId}/${id}`;
      const row = { sessionId, conversationId: Number(id), messageId };
      this.contents.synced.set(key, { ...this.contents.synced.get(key), ...row });
    }
  }

  async read(
    sessionId: string,
    conversationId: number,
    messageIds: readonly number[],
  ): Promise<HistoryRecord[]> {
    this.#check();
    const found = messageIds.map((id) => this.contents.messages.get(`${sessionId}/${conversationId}/${id}`));
    return found.filter((row) => row !== undefined).map(toRecord);
  }

  async page(
    sessionId: string,
    conversationId: number,
    before: { createdAt: number; messageId: number } | null,
    count: number,
  ): Promise<HistoryRecord[]> {
    this.#check();
    const earlier = this.#rows(sessionId, conversationId).filter(
      (row) => before === null || inOrder(row, before) < 0,
    );
    return earlier.slice(Math.max(0, earlier.length - count)).map(toRecord);
  }

  async syncedTo(sessionId: string): Promise<Record<number, number>> {
    this.#check();
    const rows = [...this.contents.synced.values()].filter((row) => row.sessionId === sessionId);
    return Object.fromEntries(rows.map((row) => [row.conversationId, row.messageId]));
  }

  async evict(sessionId: string, conversationIds: readonly number[], count: number): Promise<number> {
    this.#check();
    await this.commit();
    let deleted = 0;
    for (const conversationId of conversationIds) {
      const oldest = this.#rows(sessionId, conversationId).slice(0, count - deleted);
      for (const { messageId } of oldest) {
        this.contents.messages.delete(`${sessionId}/${conversationId}/${messageId}`);
      }
      const row = this.contents.synced.get(`${sessionId}/${conversationId}`);
      const last = oldest.at(-1);
      if (row && last) row.cut = { createdAt: last.createdAt, messageId: last.messageId };
      deleted += oldest.length;
    }
    return deleted;
  }

  async isCut(sessionId: string, conversationId: number): Promise<boolean> {
    this.#check();
    return this.contents.synced.get(`${sessionId}/${conversationId}`)?.cut !== undefined;
  }

  async fullness(): Promise<number> {
    return this.full;
  }

  async drop(sessionId: string): Promise<void> {
    await this.commit();
    this.#remove((row) => row.sessionId === sessionId);
  }

  #rows(sessionId: string, conversationId: number): Row[] {
    return [...this.contents.messages.values()]
      .filter((row) => row.sessionId === sessionId && row.conversationId === conversationId)
      .sort(inOrder);
  }

  #remove(matches: (row: { sessionId: string; conversationId: number }) => boolean): void {
    for (const table of [this.contents.messages, this.contents.synced]) {
      for (const [key, row] of table) if (matches(row)) table.delete(key);
    }
  }
}

type Place = Pick<HistoryRecord, 'createdAt' | 'messageId'>;

function inOrder(a: Place, b: Place): number {
  return a.createdAt - b.createdAt || a.messageId - b.messageId;
}

function toRecord({ conversationId, messageId, createdAt, record }: Row): HistoryRecord {
  return copy({ conversationId, messageId, createdAt, record });
}
