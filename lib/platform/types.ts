// The small interfaces behind which every browser facility stands, so that the rest of lib runs in plain Node.
// Types only: no code, no import.

/** Time and timers. All times are epoch milliseconds, all delays milliseconds. */
export interface Clock {
  now(): number;
  setTimeout(run: () => void, delay: number): TimerId;
  clearTimeout(timer: TimerId): void;
}
export type TimerId = { readonly timer: unique symbol } | number | object;

/** Randomness. `fraction` is in [0, 1). `uuid` is a version 4 uuid. */
export interface Random {
  fraction(): number;
  uuid(): string;
}

/** The part of a browser WebSocket that the cable uses. */
export interface Socket {
  readonly protocol: string;
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((text: string) => void) | null;
  /** Fired once, for every way in which a socket ends. */
  onclose: (() => void) | null;
}

/** Opens a socket. May throw at once (Firefox throws where a WebSocket is forbidden). */
export type SocketFactory = (url: string, protocols: readonly string[]) => Socket;

/** The browser's fetch. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A key-value store of plain JSON (chrome.storage.local and, for administrators, storage.managed). */
export interface Store {
  /** All items whose key starts with `prefix`. */
  read(prefix: string): Promise<Record<string, unknown>>;
  /**
   * Sets all of `set` and removes all of `remove` at once: whenever it ends, all of it holds or nothing. Rejects, with
   * nothing changed, when the browser refuses (full disk, quota).
   */
  write(set: Record<string, unknown>, remove: readonly string[]): Promise<void>;
}

/** One record of the message history. `record` is opaque plain JSON to the store. */
export interface HistoryRecord {
  conversationId: number;
  messageId: number;
  /** Order in the list: epoch milliseconds. */
  createdAt: number;
  record: unknown;
}

/** What one commit changes in the history, in one transaction. */
export interface HistoryChange {
  put: readonly HistoryRecord[];
  /** Conversations whose messages and `syncedTo` go. */
  dropConversations: readonly number[];
  /** conversation id -> highest message id at or below which nothing is missing. */
  syncedTo: Readonly<Record<number, number>>;
}

/**
 * The message history of all sessions (IndexedDB). A cache: losing it costs a re-read, never a message. Where it was
 * deleted while in use, the next call rejects once with an error named `HistoryLostError`, before anything is written
 * to the new one; where there is no room, `write` rejects with one named `QuotaExceededError`.
 */
export interface HistoryStore {
  /** Messages at or before the place up to which their conversation was evicted are passed over. */
  write(sessionId: string, change: HistoryChange): Promise<void>;
  /** Records by id; those that are not stored are left out. */
  read(sessionId: string, conversationId: number, messageIds: readonly number[]): Promise<HistoryRecord[]>;
  /** The newest `count` records before the given place in the order (createdAt, id), oldest first. */
  page(
    sessionId: string,
    conversationId: number,
    before: { createdAt: number; messageId: number } | null,
    count: number,
  ): Promise<HistoryRecord[]>;
  syncedTo(sessionId: string): Promise<Record<number, number>>;
  /**
   * Deletes up to `count` messages: the oldest of the first conversation, then those of the next, and remembers up to
   * where. Answers how many it deleted. `syncedTo` stays.
   */
  evict(sessionId: string, conversationIds: readonly number[], count: number): Promise<number>;
  /** Whether earlier messages of a conversation than those that are stored were evicted. */
  isCut(sessionId: string, conversationId: number): Promise<boolean>;
  /** The used part of the room that the browser gives, from 0 to 1; 0 where it does not tell. */
  fullness(): Promise<number>;
  drop(sessionId: string): Promise<void>;
}

/** One end of a long-lived connection between two contexts. */
export interface Port {
  readonly name: string;
  post(message: unknown): void;
  disconnect(): void;
  onMessage(listener: (message: unknown) => void): void;
  onDisconnect(listener: () => void): void;
}

/** Who sent a message, as the browser tells it. */
export interface RawSender {
  /** The extension's id. */
  id: string | null;
  url: string | null;
  tabId: number | null;
  windowId: number | null;
  frameId: number | null;
}

/** Wakes the background even after it was stopped. Browsers wait at least 30 s. */
export interface Alarms {
  /** Epoch milliseconds; from then on it rings every minute until it is set anew. Null clears. */
  set(at: number | null): void;
}

/** The number on the toolbar icon. */
export interface Badge {
  set(text: string, color: string, title: string): void;
}

/** Opens and closes the browser's own panel. */
export interface BrowserPanel {
  /**
   * Must be called in the same turn as the user's click. Null: the window is not known. Answers the window in which the
   * panel stands then.
   */
  open(windowId: number | null): Promise<number | null>;
  /** False where the browser cannot close it: then the page is told to close itself. */
  close(windowId: number): Promise<boolean>;
}

/** The texts of public/_locales. */
export interface Translate {
  /** Placeholders {name} are replaced by the values given. An unknown key returns the key. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** Picks the key's form by Intl.PluralRules (`key_one`, `key_other` ...); `{n}` is the number in the user's digits. */
  plural(key: string, n: number, values?: Readonly<Record<string, string | number>>): string;
  /** BCP 47 tag of the language the texts are in. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
}
