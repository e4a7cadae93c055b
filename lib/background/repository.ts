// One session's record in two stores: the customer record in chrome.storage (one key per thing), the messages in
// the history. Knows keys and the order of a commit; decides nothing.

import { byTime } from '@/lib/core/messages';
import type { Needs } from '@/lib/core/needs';
import type { Persisted } from '@/lib/core/state';
import type { Loaded } from '@/lib/core/turn';
import type { Message, Session } from '@/lib/core/types';
import type { HistoryChange, HistoryRecord, HistoryStore, Random, Store } from '@/lib/platform/types';
import { readConversation, readCreation, readDraft, readEntry, readMessage, readSession } from './stored';

const root = 'session/';
/** Shape of the records in chrome.storage, written with the first of them; a later version migrates by it. */
const schemaVersion = 1;

/** Told of a stored item that could not be read; it is left where it is. */
export type SetAside = (key: string) => void;

function recordsOf<T>(
  items: Record<string, unknown>,
  prefix: string,
  read: (value: unknown) => T | null,
  setAside: SetAside,
): Record<string, T> {
  const records: Record<string, T> = {};
  for (const [key, value] of Object.entries(items)) {
    if (!key.startsWith(prefix)) continue;
    const record = read(value);
    if (record === null) setAside(key);
    else records[key.slice(prefix.length)] = record;
  }
  return records;
}

/**
 * Loads the session of a site, or begins a new one that has never spoken to the server and is not `stored` yet.
 * Rejects when the browser cannot read its storage.
 */
export async function loadSession(
  store: Store,
  history: HistoryStore,
  siteId: string,
  random: Random,
  at: number,
  setAside: SetAside,
): Promise<{ persisted: Persisted; stored: boolean }> {
  const items = await store.read(root);
  const contacts = Object.entries(items).filter(([key]) => key.endsWith('/contact'));
  const sessions = contacts.map(([key, value]) => {
    const session = readSession(value);
    if (session === null) setAside(key);
    return session;
  });
  const found = sessions.find((session) => session?.siteId === siteId);
  if (!found) return { persisted: emptySession(siteId, random, at), stored: false };
  const prefix = `${root}${found.id}/`;
  const conversations = recordsOf(items, `${prefix}conversation/`, readConversation, setAside);
  const syncedTo = await history.syncedTo(found.id).catch(() => ({}));
  // The browser may have deleted the history: then the list must come whole again, not as "unchanged".
  const lost = Object.keys(syncedTo).length < Object.keys(conversations).length;
  const persisted: Persisted = {
    session: lost ? { ...found, listEtag: null } : found,
    conversations,
    outbox: recordsOf(items, `${prefix}outbox/`, readEntry, setAside),
    creations: recordsOf(items, `${prefix}creation/`, readCreation, setAside),
    drafts: recordsOf(items, `${prefix}draft/`, readDraft, setAside),
    syncedTo,
  };
  return { persisted, stored: true };
}

function emptySession(siteId: string, random: Random, at: number): Persisted {
  const session: Session = {
    id: random.uuid(),
    siteId,
    sourceId: random.uuid(),
    pubsubToken: null,
    contactId: null,
    name: null,
    createdAt: at,
    listEtag: null,
    polledAt: 0,
  };
  return { session, conversations: {}, outbox: {}, creations: {}, drafts: {}, syncedTo: {} };
}

/** What a commit writes. Pure, so that its size can be tested. */
export interface Commit {
  history: HistoryChange | null;
  set: Record<string, unknown>;
  remove: string[];
}

/** The difference between what is saved and what is to be. Costs as much as what changed, not as what is stored. */
export function commitOf(saved: Persisted | null, next: Persisted, messages: readonly Message[]): Commit {
  const prefix = `${root}${next.session.id}/`;
  const set: Record<string, unknown> = {};
  const remove: string[] = [];
  const diff = <T>(
    name: string,
    before: Readonly<Record<string, T>> | undefined,
    after: Readonly<Record<string, T>>,
  ) => {
    if (before === after) return;
    for (const [key, value] of Object.entries(after)) {
      if (before?.[key] !== value) set[`${prefix}${name}/${key}`] = value;
    }
    for (const key of Object.keys(before ?? {})) {
      if (!(key in after)) remove.push(`${prefix}${name}/${key}`);
    }
  };
  if (saved === null) set.schemaVersion = schemaVersion;
  if (saved?.session !== next.session) set[`${prefix}contact`] = next.session;
  diff('conversation', saved?.conversations, next.conversations);
  diff('outbox', saved?.outbox, next.outbox);
  diff('creation', saved?.creations, next.creations);
  // A draft that is being written leaves the one that is stored until it is to be saved itself.
  for (const [key, draft] of Object.entries(next.drafts)) {
    if (draft.saved && saved?.drafts[key] !== draft) set[`${prefix}draft/${key}`] = draft;
  }
  for (const key of Object.keys(saved?.drafts ?? {})) {
    if (!(key in next.drafts)) remove.push(`${prefix}draft/${key}`);
  }
  const syncedTo: Record<number, number> = {};
  if (saved?.syncedTo !== next.syncedTo) {
    for (const [id, top] of Object.entries(next.syncedTo)) {
      if (saved?.syncedTo[Number(id)] !== top) syncedTo[Number(id)] = top;
    }
  }
  const dropConversations = Object.keys(saved?.conversations ?? {})
    .filter((id) => !(id in next.conversations))
    .map(Number);
  const put = messages.map(
    (message): HistoryRecord => ({
      conversationId: message.conversationId,
      messageId: message.id,
      createdAt: message.createdAt,
      record: message,
    }),
  );
  const touched = put.length > 0 || dropConversations.length > 0 || Object.keys(syncedTo).length > 0;
  return { history: touched ? { put, dropConversations, syncedTo } : null, set, remove };
}

/** Writes a commit: the history first. Either order of death is repaired by the next gap read. */
export async function write(
  store: Store,
  history: HistoryStore,
  sessionId: string,
  commit: Commit,
): Promise<void> {
  if (commit.history) await history.write(sessionId, commit.history);
  if (Object.keys(commit.set).length > 0 || commit.remove.length > 0) {
    await store.write(commit.set, commit.remove);
  }
}

function messagesOf(records: readonly HistoryRecord[], setAside: SetAside): Message[] {
  return records.flatMap(({ messageId, record }) => {
    const message = readMessage(record);
    if (message === null) setAside(String(messageId));
    return message ?? [];
  });
}

/**
 * Loads what an update needs. `unsaved` are messages of this turn that are not in the history yet.
 * A history that cannot be read counts as empty: it is a cache.
 */
export async function load(
  history: HistoryStore,
  sessionId: string,
  needs: Needs,
  unsaved: ReadonlyMap<number, Message>,
  setAside: SetAside,
): Promise<Loaded> {
  const messages: Record<number, Message> = {};
  for (const { conversationId, ids } of needs.messages) {
    const records = await history.read(sessionId, conversationId, ids).catch(() => []);
    for (const message of messagesOf(records, setAside)) messages[message.id] = message;
    for (const id of ids) {
      const fresh = unsaved.get(id);
      if (fresh) messages[id] = fresh;
    }
  }
  if (!needs.page) return { messages, page: null };
  const { conversationId, before, count } = needs.page;
  const place = before && { createdAt: before.createdAt, messageId: before.id };
  const records = await history.page(sessionId, conversationId, place, count + 1).catch(() => []);
  const stored = new Map(messagesOf(records, setAside).map((message) => [message.id, message]));
  for (const message of unsaved.values()) {
    if (message.conversationId !== conversationId) continue;
    if (!before || byTime(message, before) < 0) stored.set(message.id, message);
  }
  const page = [...stored.values()].sort(byTime);
  const more = page.length > count;
  return { messages, page: { messages: page.slice(-count), more } };
}
