// What is stored under which key, what a commit costs, and that nothing stored can stop a start.
import { expect, it } from 'vitest';
import { commitOf, load, loadSession } from '@/lib/background/repository';
import { type Persisted, unheardInbox } from '@/lib/core/state';
import { MemoryHistory, MemoryStore } from '../support/memory-stores';
import { conversation, creation, echoId, entry, localId, message, now, persisted, session } from './samples';
import { write } from './seeded';

const draft = { text: 'Half a sen', changedAt: now, saved: true };
const everything = persisted({
  conversations: { 7: conversation(7), 8: conversation(8) },
  outbox: { [echoId]: entry() },
  creations: { [localId]: creation() },
  drafts: { 7: draft, [localId]: draft },
  syncedTo: { 7: 1, 8: 2 },
  inbox: { hours: 'always', heardAt: now },
});
const random = { fraction: () => 0.5, uuid: () => 'fresh' };

async function stored(record: Persisted, items = new MemoryStore(), history = new MemoryHistory()) {
  await write(items, history, record.session.id, commitOf(null, record, [message(1)]));
  const aside: string[] = [];
  const reload = async () =>
    (await loadSession(items, history, 'acme', random, now, (key) => aside.push(key))).persisted;
  return { items, history, aside, reload };
}

it('stores one thing under one key', async () => {
  const { items } = await stored(everything);
  expect(Object.keys(await items.read('')).sort()).toEqual([
    'schemaVersion',
    'session/s1/contact',
    'session/s1/conversation/7',
    'session/s1/conversation/8',
    `session/s1/creation/${localId}`,
    `session/s1/draft/${localId}`,
    'session/s1/draft/7',
    'session/s1/inbox',
    `session/s1/outbox/${echoId}`,
  ]);
});

it('says once in which shape everything is stored', async () => {
  const { items } = await stored(everything);
  expect(await items.read('schemaVersion')).toEqual({ schemaVersion: 3 });
  expect(commitOf(everything, { ...everything, session: session() }, []).set).not.toHaveProperty(
    'schemaVersion',
  );
});

it('reads back what was written', async () => {
  const { reload, aside } = await stored(everything);
  expect(await reload()).toEqual(everything);
  expect(aside).toEqual([]);
});

it.each<[string, Partial<Persisted>, string]>([
  ['contact', { session: session({ name: 'Ada' }) }, 'contact'],
  [
    'conversation',
    { conversations: { ...everything.conversations, 8: conversation(8, { newestId: 5 }) } },
    'conversation/8',
  ],
  ['outbox', { outbox: { [echoId]: entry({ status: 'sending' }) } }, `outbox/${echoId}`],
  ['creation', { creations: { [localId]: creation({ phase: 'creating' }) } }, `creation/${localId}`],
  ['draft', { drafts: { ...everything.drafts, 7: { ...draft, text: 'More' } } }, 'draft/7'],
  ['inbox', { inbox: { hours: null, heardAt: now + 1 } }, 'inbox'],
])('writes nothing but the %s that changed', (_, change, key) => {
  const commit = commitOf(everything, { ...everything, ...change }, []);
  expect(Object.keys(commit.set)).toEqual([`session/s1/${key}`]);
  expect(commit).toMatchObject({ remove: [], history: null });
});

it('reads a session in which nobody has told of the inbox, and one in which that cannot be read', async () => {
  const nothing = { hours: null, heardAt: 0 };
  const before = await stored({ ...everything, inbox: unheardInbox });
  expect((await before.reload()).inbox).toEqual(nothing);
  expect(before.aside).toEqual([]);
  const { items, reload, aside } = await stored(everything);
  await items.write({ 'session/s1/inbox': { hours: 'sometimes', heardAt: now } }, []);
  expect(await reload()).toMatchObject({ inbox: nothing, drafts: everything.drafts });
  expect(aside).toEqual(['session/s1/inbox']);
});

it('removes the key of everything that is gone, and the history of a conversation', () => {
  const bare = {
    ...everything,
    conversations: { 7: conversation(7) },
    outbox: {},
    creations: {},
    drafts: {},
  };
  const commit = commitOf(everything, bare, []);
  expect(commit.remove.sort()).toEqual(
    ['conversation/8', `creation/${localId}`, `draft/${localId}`, 'draft/7', `outbox/${echoId}`].map(
      (key) => `session/s1/${key}`,
    ),
  );
  expect(commit.history).toEqual({ put: [], dropConversations: [8], syncedTo: {} });
});

it('leaves a stored draft alone while it is being written, and replaces it once it rests', () => {
  const writing = {
    ...everything,
    drafts: { ...everything.drafts, 7: { ...draft, text: 'A', saved: false } },
  };
  expect(commitOf(everything, writing, [])).toEqual({ set: {}, remove: [], history: null });
  const rested = { ...writing, drafts: { ...writing.drafts, 7: { ...draft, text: 'A' } } };
  expect(commitOf(writing, rested, []).set).toEqual({ 'session/s1/draft/7': rested.drafts[7] });
});

it('puts messages and the watermark into one history change', () => {
  const commit = commitOf(everything, { ...everything, syncedTo: { ...everything.syncedTo, 7: 3 } }, [
    message(2),
    message(3),
  ]);
  expect(commit.history).toMatchObject({
    put: [
      { conversationId: 7, messageId: 2, createdAt: now + 2 },
      { messageId: 3, record: message(3) },
    ],
    syncedTo: { 7: 3 },
  });
  expect(commit.set).toEqual({});
});

it.each([`conversation/7`, `outbox/${echoId}`, `creation/${localId}`, 'draft/7'])(
  'sets a broken %s aside, names it, and loads the rest',
  async (key) => {
    const { items, reload, aside } = await stored(everything);
    const broken = { [`session/s1/${key}`]: { text: 5, id: 'seven' } };
    await items.write(broken, []);
    const loaded = await reload();
    expect(aside).toEqual([`session/s1/${key}`]);
    const kind = `${key.split('/')[0]}${key.startsWith('outbox') ? '' : 's'}` as keyof Persisted;
    expect(loaded[kind]).not.toHaveProperty(String(key.split('/')[1]));
    expect(loaded.conversations[8]).toEqual(everything.conversations[8]);
    expect(await items.read(`session/s1/${key}`)).toEqual({});
    expect(await items.read('aside/')).toEqual({ [`aside/session/s1/${key}`]: broken[`session/s1/${key}`] });
    expect(await reload()).toEqual(loaded);
    expect(aside).toHaveLength(1);
  },
);

it('leaves a broken item where it is when it cannot be set aside now', async () => {
  const { items, reload, aside } = await stored(everything);
  const broken = { [`session/s1/outbox/${echoId}`]: { text: 5 } };
  await items.write(broken, []);
  items.failNextWrite();
  expect((await reload()).outbox).toEqual({});
  expect(await items.read('session/s1/outbox/')).toEqual(broken);
  await reload();
  expect(await items.read('session/s1/outbox/')).toEqual({});
  expect(aside).toHaveLength(2);
});

it.each([null, 5, 'text', []])('takes %j in place of a record for a broken one', async (value) => {
  const { items, reload, aside } = await stored(everything);
  await items.write({ [`session/s1/outbox/${echoId}`]: value }, []);
  expect((await reload()).outbox).toEqual({});
  expect(aside).toEqual([`session/s1/outbox/${echoId}`]);
});

it('begins a new session where nobody can tell whose the stored one is, and names it', async () => {
  const { items, reload, aside } = await stored(everything);
  await items.write({ 'session/s1/contact': { id: 's1', sourceId: 'source-secret' } }, []);
  const { session: fresh, conversations } = await reload();
  expect(fresh).toMatchObject({ siteId: 'acme', pubsubToken: null, createdAt: now });
  expect(conversations).toEqual({});
  expect(aside).toEqual(['session/s1/contact']);
  expect(Object.keys(await items.read('session/s1/outbox/'))).toHaveLength(1);
});

it('keeps of a broken contact what can be read, and everything beside it', async () => {
  const { items, reload, aside } = await stored(everything);
  const broken = { ...session(), pubsubToken: 5, listEtag: undefined, polledAt: 'never' };
  await items.write({ 'session/s1/contact': broken }, []);
  const found = await reload();
  expect(found).toEqual({
    ...everything,
    session: session({ pubsubToken: null, listEtag: null, polledAt: 0 }),
  });
  expect(await reload()).toEqual(found);
  expect(aside).toEqual(['session/s1/contact']);
  expect(await items.read('aside/session/s1/contact')).toMatchObject({
    'aside/session/s1/contact': { pubsubToken: 5, polledAt: 'never' },
  });
});

it('begins anew at the server without the source id, and keeps what waits to be sent', async () => {
  const { items, reload } = await stored(everything);
  await items.write({ 'session/s1/contact': { ...session(), sourceId: null } }, []);
  const found = await reload();
  expect(found.session).toMatchObject({ id: 's1', sourceId: 'fresh', pubsubToken: null, contactId: null });
  expect(found.outbox).toEqual(everything.outbox);
});

it('leaves everything of a newer version as it is', async () => {
  const { items, history } = await stored(everything);
  await items.write({ schemaVersion: 4, 'session/s1/draft/7': 'another shape' }, []);
  const before = await items.read('');
  const found = await loadSession(items, history, 'acme', random, now, () => {});
  expect(found).toMatchObject({ isNewer: true, stored: false });
  expect(found.persisted.outbox).toEqual({});
  expect(await items.read('')).toEqual(before);
});

it('loads the session of the site alone', async () => {
  const { items, history, reload } = await stored(everything);
  const other = persisted({ session: session({ id: 's2', siteId: 'other' }), drafts: { 9: draft } });
  await write(items, history, 's2', commitOf(null, other, []));
  expect(await reload()).toEqual(everything);
});

it('forgets the mark of the list when the history is lost, so that the list comes whole again', async () => {
  const { history, reload } = await stored(everything);
  await history.drop('s1');
  const { session: found, syncedTo, conversations } = await reload();
  expect([found.listEtag, syncedTo]).toEqual([null, {}]);
  expect(conversations).toEqual(everything.conversations);
});

it('takes a history that cannot be opened for a lost one', async () => {
  const { history, reload } = await stored(everything);
  history.syncedTo = async () => {
    throw new Error('the database is broken');
  };
  expect((await reload()).session.listEtag).toBeNull();
});

it('loads a page, and whether more is stored before it, with what is not saved yet in its place', async () => {
  const history = new MemoryHistory();
  const record = (id: number) => ({
    conversationId: 7,
    messageId: id,
    createdAt: now + id,
    record: message(id),
  });
  await history.write('s1', { put: [1, 2, 3, 4].map(record), dropConversations: [], syncedTo: {} });
  const edited = message(3, { text: 'Edited' });
  const unsaved = new Map([3, 5].map((id) => [id, id === 3 ? edited : message(id)]));
  const page = (before: number | null, count: number) =>
    load(
      history,
      's1',
      { messages: [], page: { conversationId: 7, before: before ? message(before) : null, count } },
      unsaved,
      () => {},
    );
  const newest = await page(null, 3);
  expect(newest.page).toEqual({ messages: [edited, message(4), message(5)], more: true });
  const older = await page(3, 2);
  expect(older.page).toEqual({ messages: [message(1), message(2)], more: false });
});

it('passes over a message that cannot be read, and names it', async () => {
  const history = new MemoryHistory();
  const put = [{ conversationId: 7, messageId: 4, createdAt: now, record: { id: 4 } }];
  await history.write('s1', { put, dropConversations: [], syncedTo: {} });
  const aside: string[] = [];
  const needs = {
    messages: [{ conversationId: 7, ids: [4] }],
    page: { conversationId: 7, before: null, count: 5 },
  };
  const loaded = await load(history, 's1', needs, new Map(), (id) => aside.push(id));
  expect(loaded).toEqual({ messages: {}, page: { messages: [], more: false } });
  expect(aside).toEqual(['4', '4']);
});

it('counts a history that cannot be read as empty', async () => {
  const history = new MemoryHistory();
  history.read = history.page = async () => {
    throw new Error('the database is broken');
  };
  const needs = {
    messages: [{ conversationId: 7, ids: [4] }],
    page: { conversationId: 7, before: null, count: 5 },
  };
  const loaded = await load(history, 's1', needs, new Map([[4, message(4)]]), () => {});
  expect(loaded.messages).toEqual({ 4: message(4) });
  expect(loaded.page).toEqual({ messages: [message(4)], more: true });
});

it('says that more is before the last page of a conversation of which some was evicted', async () => {
  const { history } = await stored(everything);
  const needs = { messages: [], page: { conversationId: 7, before: null, count: 5 } };
  const page = async () => (await load(history, 's1', needs, new Map(), () => {})).page;
  expect(await page()).toEqual({ messages: [message(1)], more: false });
  await history.evict('s1', [7], 1);
  expect(await page()).toEqual({ messages: [], more: true });
});
