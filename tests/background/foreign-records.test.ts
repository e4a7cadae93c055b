// What lies in the stores under a key that is not its own, or cannot be believed: nothing of it is taken in.
import { expect, it } from 'vitest';
import { commitOf, load, loadSession } from '@/lib/background/repository';
import { MemoryHistory, MemoryStore } from '../support/memory-stores';
import { conversation, creation, echoId, entry, localId, message, now, persisted } from './samples';
import { write } from './seeded';

const draft = { text: 'Half a sen', changedAt: now, saved: true };
const everything = persisted({
  conversations: { 7: conversation(7), 8: conversation(8) },
  outbox: { [echoId]: entry() },
  drafts: { 7: draft },
  syncedTo: { 7: 1, 8: 2 },
});
const random = { fraction: () => 0.5, uuid: () => 'fresh' };

async function stored() {
  const [items, history] = [new MemoryStore(), new MemoryHistory()];
  await write(items, history, 's1', commitOf(null, everything, []));
  const aside: string[] = [];
  const reload = async () =>
    (await loadSession(items, history, 'acme', random, now, (key) => aside.push(key))).persisted;
  return { items, history, aside, reload };
}

it.each([
  ['conversation/9', conversation(8)],
  ['conversation/__proto__', conversation(8)],
  [`outbox/${localId}`, entry()],
  [`creation/${echoId}`, creation()],
  ['draft/toString', draft],
])('sets aside what lies under the key of another: %s', async (key, record) => {
  const { items, reload, aside } = await stored();
  await items.write(JSON.parse(`{${JSON.stringify(`session/s1/${key}`)}:${JSON.stringify(record)}}`), []);
  expect(await reload()).toMatchObject({ outbox: everything.outbox, drafts: everything.drafts });
  expect(aside).toEqual([`session/s1/${key}`]);
});

it('asks for the whole list again where a conversation cannot be read', async () => {
  const { items, reload } = await stored();
  expect((await reload()).session.listEtag).not.toBeNull();
  await items.write({ 'session/s1/conversation/8': { id: 8 } }, []);
  expect((await reload()).session.listEtag).toBeNull();
});

it('believes no mark of a whole history that is no id', async () => {
  const { history, reload } = await stored();
  const marks = { 7: 'x', 8: 2.5 } as unknown as Record<number, number>;
  await history.write('s1', { put: [], dropConversations: [], syncedTo: marks });
  expect((await reload()).syncedTo).toEqual({});
});

it('takes no stored message for another one', async () => {
  const history = new MemoryHistory();
  const put = [message(4), message(5, { conversationId: 8 })].map((record, index) => ({
    conversationId: 7,
    messageId: index + 5,
    createdAt: now,
    record,
  }));
  await history.write('s1', { put, dropConversations: [], syncedTo: {} });
  const needs = { messages: [{ conversationId: 7, ids: [5, 6] }], page: null };
  expect((await load(history, 's1', needs, new Map(), () => {})).messages).toEqual({});
});
