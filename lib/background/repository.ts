// One session's record in two stores: the customer record in chrome.storage (one key per thing), the messages in
// the history. Knows keys and the order of a commit; decides nothing.

import type { SiteSessions } from '@/lib/core/asking';
import { byTime } from '@/lib/core/messages';
import type { Needs } from '@/lib/core/needs';
import { type Persisted, unheardInbox } from '@/lib/core/state';
import type { Loaded } from '@/lib/core/turn';
import { type Identity, idOf, keyOf, type Message, type Session } from '@/lib/core/types';
import type { HistoryChange, HistoryRecord, HistoryStore, Random, Store } from '@/lib/platform/types';
import { asideRoot, contactKey, root } from './keys';
import { migrate, versionItem } from './migrations';
import { siteOf, siteSessionsAmong } from './site-records';
import {
  readConversation,
  readCreation,
  readDraft,
  readEntry,
  readInbox,
  readMessage,
  readSession,
  salvageSession,
} from './stored';

/** Where own messages stand that the server has and the history could not take yet. */
export const settledPrefix = (sessionId: string) => `${root}${sessionId}/settled/`;

/** Told of a stored item that could not be read. */
export type SetAside = (key: string) => void;

/** Whether something can be a conversation's key: what else lies under one was not written by us. */
function isKey(key: string): boolean {
  return idOf(key) !== null || /^[0-9a-f-]{36}$/.test(key);
}

/** The records below a prefix that can be read and belong under their key. */
function recordsOf<T>(
  items: Record<string, unknown>,
  prefix: string,
  read: (value: unknown) => T | null,
  belongs: (record: T, key: string) => boolean,
  setAside: SetAside,
): Record<string, T> {
  const records: Record<string, T> = {};
  for (const [key, value] of Object.entries(items)) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    const record = read(value);
    if (record === null || !belongs(record, name)) setAside(key);
    else records[name] = record;
  }
  return records;
}

export interface Stored {
  persisted: Persisted;
  /** Messages that wait for the history. */
  settled: Message[];
  /** The stores hold all of this already. */
  stored: boolean;
  /** What is stored was written by a newer version, and must be left as it is. */
  isNewer: boolean;
  /** What is stored of the site's sessions; null: nothing, there is but one. */
  sessions: SiteSessions | null;
}

/**
 * Loads a session of a site: the one named `sessionId`, or who is asking there. Where there is none, begins a new one that
 * has never spoken to the server and is not `stored` yet. Items that cannot be read are set aside under keys of their own.
 * Rejects when the browser cannot read its storage.
 */
export async function loadSession(
  store: Store,
  history: HistoryStore,
  siteId: string,
  random: Random,
  at: number,
  setAside: SetAside,
  sessionId: string | null = null,
): Promise<Stored> {
  const migrated = migrate(await store.read(''));
  const begun = newSession({ siteId, random, at, identity: null });
  const nothing = {
    persisted: nothingBut(begun),
    settled: [],
    stored: false,
    isNewer: migrated === null,
    sessions: null,
  };
  if (migrated === null) return nothing;
  const { items, change } = migrated;
  const broken: string[] = [];
  const sessions = siteSessionsAmong(items, siteId, broken);
  const named = sessionId ?? sessions?.own ?? null;
  const found = sessionAmong(items, begun, named, broken);
  // What lies there under the same id may be somebody's whose name cannot be read.
  const isTaken = Object.keys(items).some((key) => key.startsWith(`${root}${named}/`));
  if (named !== null && !isTaken) nothing.persisted = nothingBut({ ...begun, id: named });
  const prefix = `${root}${found?.id}/`;
  const records = <T>(
    kind: string,
    read: (value: unknown) => T | null,
    belongs: (record: T, key: string) => boolean,
  ) => recordsOf(items, `${prefix}${kind}/`, read, belongs, (key) => broken.push(key));
  const marks: Record<number, number> = found ? await history.syncedTo(found.id).catch(() => ({})) : {};
  const syncedTo: Record<number, number> = Object.fromEntries(
    Object.entries(marks).filter(([, top]) => Number.isSafeInteger(top)),
  );
  const conversations = records('conversation', readConversation, ({ id }, key) => key === keyOf(id));
  const inboxKey = `${prefix}inbox`;
  const inbox = items[inboxKey] === undefined ? unheardInbox : readInbox(items[inboxKey]);
  if (found && inbox === null) broken.push(inboxKey);
  // The browser may have deleted the history, or a conversation cannot be read: then the list must come whole again,
  // not as "unchanged".
  const lost =
    Object.keys(syncedTo).length < Object.keys(conversations).length ||
    broken.some((key) => key.startsWith(`${prefix}conversation/`));
  const loaded: Stored = found
    ? {
        persisted: {
          session: lost ? { ...found, listEtag: null } : found,
          conversations,
          outbox: records('outbox', readEntry, ({ echoId }, key) => key === echoId),
          creations: records(
            'creation',
            readCreation,
            (creation, key) => key === creation.localConversationId,
          ),
          drafts: records('draft', readDraft, (_, key) => isKey(key)),
          syncedTo,
          inbox: inbox ?? unheardInbox,
        },
        settled: Object.values(records('settled', readMessage, ({ id }, key) => key === String(id))),
        stored: change === null,
        isNewer: false,
        sessions,
      }
    : { ...nothing, sessions };
  for (const key of broken) setAside(key);
  const aside = Object.fromEntries(broken.map((key) => [`${asideRoot}${key}`, items[key]]));
  const ownKey = `${prefix}contact`;
  // With it, as from now on nothing else says that something was broken: what is left of it, and that the list is due.
  const contact = found && broken.length > 0 ? { [ownKey]: loaded.persisted.session } : {};
  const set = { ...change?.set, ...aside, ...contact };
  const remove = [...(change?.remove ?? []), ...broken.filter((key) => !(key in contact))];
  // What cannot be written now is written whole with the first commit, or set aside at the next start.
  if (Object.keys(set).length > 0) {
    await store.write(set, remove).then(
      () => {
        loaded.stored = found !== null;
      },
      () => {},
    );
  }
  return loaded;
}

/**
 * The session of that id, or where none is given the one that asks at the site, whole or in part; a contact that cannot
 * be read is named as broken.
 */
function sessionAmong(
  items: Readonly<Record<string, unknown>>,
  fresh: Session,
  sessionId: string | null,
  broken: string[],
): Session | null {
  const found: Session[] = [];
  for (const [key, value] of Object.entries(items)) {
    const id = contactKey.exec(key)?.[1];
    if (id === undefined || id !== (sessionId ?? id)) continue;
    const read = readSession(value);
    const whole = read?.id === id ? read : null;
    // What another site's session has left, that session looks after.
    const owner = siteOf(value);
    if (owner !== null && owner !== fresh.siteId) continue;
    if (!whole) broken.push(key);
    const session = whole ?? salvageSession(value, { ...fresh, id });
    if (session) found.push(session);
  }
  if (sessionId !== null) return found[0] ?? null;
  const asking = found.filter(({ endedAt }) => endedAt === null);
  const known = asking.filter(({ identity }) => identity !== null);
  // Of two people nobody may be shown what is the other's.
  return known.length > 1 ? null : (known[0] ?? asking[0] ?? null);
}

/** A session that the server has never heard of. */
export function newSession({
  siteId,
  random,
  at,
  identity,
  tellAt = at,
  id = random.uuid(),
}: {
  siteId: string;
  random: Random;
  at: number;
  identity: Identity | null;
  tellAt?: number;
  id?: string;
}): Session {
  return {
    id,
    siteId,
    sourceId: random.uuid(),
    pubsubToken: null,
    contactId: null,
    name: null,
    email: null,
    phoneNumber: null,
    identity,
    told: identity === null,
    tellAt,
    proven: false,
    refusal: null,
    endedAt: null,
    createdAt: at,
    listEtag: null,
    polledAt: 0,
    cableAttempt: 0,
    typingIn: null,
  };
}

/** What is stored of a session in which nothing has happened. */
function nothingBut(session: Session): Persisted {
  const inbox = unheardInbox;
  return { session, conversations: {}, outbox: {}, creations: {}, drafts: {}, syncedTo: {}, inbox };
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
  if (saved === null) Object.assign(set, versionItem);
  if (saved?.session !== next.session) set[`${prefix}contact`] = next.session;
  if ((saved?.inbox ?? unheardInbox) !== next.inbox) set[`${prefix}inbox`] = next.inbox;
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

function messagesOf(records: readonly HistoryRecord[], setAside: SetAside): Message[] {
  return records.flatMap(({ messageId, conversationId, record }) => {
    const message = readMessage(record);
    if (message?.id === messageId && message.conversationId === conversationId) return message;
    setAside(String(messageId));
    return [];
  });
}

/**
 * Loads what an update needs. `unsaved` are messages that are not in the history yet. A history that cannot be read
 * counts as empty, with more before it: it is a cache; `failed` hears why.
 */
export async function load(
  history: HistoryStore,
  sessionId: string,
  needs: Needs,
  unsaved: ReadonlyMap<number, Message>,
  setAside: SetAside,
  failed: (error: Error) => void = () => {},
): Promise<Loaded> {
  const messages: Record<number, Message> = {};
  const unreadable = (error: Error) => {
    failed(error);
    return null;
  };
  for (const { conversationId, ids } of needs.messages) {
    const records = await history.read(sessionId, conversationId, ids).catch(unreadable);
    for (const message of messagesOf(records ?? [], setAside)) messages[message.id] = message;
    for (const id of ids) {
      const fresh = unsaved.get(id);
      if (fresh) messages[id] = fresh;
    }
  }
  if (!needs.page) return { messages, page: null };
  const { conversationId, before, count } = needs.page;
  const place = before && { createdAt: before.createdAt, messageId: before.id };
  const records = await history.page(sessionId, conversationId, place, count + 1).catch(unreadable);
  const stored = new Map(messagesOf(records ?? [], setAside).map((message) => [message.id, message]));
  for (const message of unsaved.values()) {
    if (message.conversationId !== conversationId) continue;
    if (!before || byTime(message, before) < 0) stored.set(message.id, message);
  }
  const page = [...stored.values()].sort(byTime);
  const more = page.length > count || records === null || (await history.isCut(sessionId, conversationId));
  return { messages, page: { messages: page.slice(-count), more } };
}
