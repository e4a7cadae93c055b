// What the two stores hold of one session, and what waits for them. Writes the history first, then the record; where
// the history cannot take its part, the record alone, without anything that relies on the history. Knows no chat.
import type { Persisted, State } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import type { HistoryChange, HistoryStore, Store } from '@/lib/platform/types';
import { commitOf, settledPrefix } from './repository';

export interface SaverOptions {
  /** What the stores hold already; null for a session that was never saved. */
  saved: Persisted | null;
  /** Messages that stand in the record because the history could not take them. */
  settled: readonly Message[];
  store: Store;
  history: HistoryStore;
  /** Told of what went wrong inside, in words without secrets. */
  report(problem: string): void;
  /** The history was deleted while it was in use. */
  onLost(): void;
}

/** `record`: safe, but the history has to be written later. */
export type Saved = 'everything' | 'record' | 'nothing';

/** Messages that go at once when there is no room. */
const evictedAtOnce = 1_000;
/** A write of so many messages asks first how much room there is. */
const manyMessages = 50;
const nearlyFull = 0.9;
/** Settled messages kept in the record while the history is broken. */
const settledKept = 100;

export class Saver {
  #options: SaverOptions;
  #saved: Persisted | null;
  #settled: ReadonlyMap<number, Message>;
  /** Conversations that are gone while the history could not be told. */
  #dropped: readonly number[] = [];
  #rests = false;
  #fails = false;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#saved = options.saved;
    this.#settled = new Map(options.settled.map((message) => [message.id, message]));
  }

  /** The history is tried again with the next save; after it failed it is left alone until then. */
  tryHistoryAgain(): void {
    this.#rests = false;
  }

  /** Saves a state, and the messages that the history does not hold yet. Never rejects. */
  async save(next: State, messages: ReadonlyMap<number, Message>): Promise<Saved> {
    const { store, report } = this.#options;
    const whole = commitOf(this.#saved, next, [...messages.values()]);
    const drops = [...this.#dropped, ...(whole.history?.dropConversations ?? [])];
    const dropConversations = drops.filter((id) => !(id in next.conversations));
    const change = whole.history && { ...whole.history, dropConversations };
    const isWhole = change === null || (await this.#writeHistory(next, change));
    const record = isWhole ? next : withoutHistory(next, this.#saved);
    const settled = isWhole ? new Map<number, Message>() : settledAmong(messages, next);
    const { set, remove } = isWhole ? whole : commitOf(this.#saved, record, []);
    const prefix = settledPrefix(next.session.id);
    for (const [id, message] of settled) {
      if (this.#settled.get(id) !== message) set[`${prefix}${id}`] = message;
    }
    for (const id of this.#settled.keys()) if (!settled.has(id)) remove.push(`${prefix}${id}`);
    try {
      if (Object.keys(set).length > 0 || remove.length > 0) await store.write(set, remove);
    } catch (error) {
      report(`saving failed: ${(error as Error).name}`);
      return 'nothing';
    }
    this.#saved = record;
    this.#settled = settled;
    this.#dropped = isWhole ? [] : dropConversations;
    return isWhole ? 'everything' : 'record';
  }

  /** Answers whether the history holds the change now. */
  async #writeHistory(state: State, change: HistoryChange): Promise<boolean> {
    if (this.#rests) return false;
    const { history, report, onLost } = this.#options;
    try {
      if (change.put.length >= manyMessages) await this.#evictIfNearlyFull(state);
      await history
        .write(state.session.id, change)
        .catch((error: Error) => this.#evictAndWrite(state, change, error));
      this.#fails = false;
      return true;
    } catch (error) {
      const { name } = error as Error;
      if (!this.#fails) report(`the history could not be written: ${name}`);
      if (name === 'HistoryLostError') onLost();
      else this.#rests = this.#fails = true;
      return false;
    }
  }

  async #evictIfNearlyFull(state: State): Promise<void> {
    const { history } = this.#options;
    if ((await history.fullness().catch(() => 0)) <= nearlyFull) return;
    await history.evict(state.session.id, evictable(state), evictedAtOnce);
  }

  /** Tries once more after room was made; rejects where room is not what was missing, or there is nothing to evict. */
  async #evictAndWrite(state: State, change: HistoryChange, error: Error): Promise<void> {
    if (error.name !== 'QuotaExceededError') throw error;
    const { history } = this.#options;
    const { id } = state.session;
    const count = Math.max(evictedAtOnce, change.put.length);
    if ((await history.evict(id, evictable(state), count)) === 0) throw error;
    await history.write(id, change);
  }
}

/** The conversations whose messages may go, first those that were silent longest, those that are open at last. */
function evictable({ conversations, outbox, windows }: State): number[] {
  const waiting = new Set(Object.values(outbox).map((entry) => entry.conversationKey));
  return Object.values(conversations)
    .filter(({ id }) => !waiting.has(String(id))) // what is uncertain is told by its history
    .map(({ id, preview }) => ({ id, isOpen: id in windows, spokenAt: preview?.createdAt ?? 0 }))
    .sort((a, b) => Number(a.isOpen) - Number(b.isOpen) || a.spokenAt - b.spokenAt)
    .map(({ id }) => id);
}

/** The state as far as it may be saved without the messages that belong to it. */
function withoutHistory(next: State, saved: Persisted | null): Persisted {
  const listEtag = saved?.session.listEtag ?? null;
  const session = { ...next.session, listEtag };
  const isSame = JSON.stringify(session) === JSON.stringify(saved?.session);
  return { ...next, session: isSame && saved ? saved.session : session, syncedTo: saved?.syncedTo ?? {} };
}

/**
 * Own messages that the server has and that are known by their echo ids: these must not be forgotten with this life,
 * or a repeated command would send them again.
 */
function settledAmong(
  messages: ReadonlyMap<number, Message>,
  { conversations }: State,
): Map<number, Message> {
  const own = [...messages].filter(
    ([, { echoId, author, conversationId }]) =>
      echoId !== null && author.kind === 'contact' && conversationId in conversations,
  );
  return new Map(own.slice(-settledKept));
}
