// What one message costs (design §5): the same however long the history is.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import type { Persisted } from '@/lib/core/state';
import { openIdbHistory } from '@/lib/platform/idb-history';
import type { HistoryStore } from '@/lib/platform/types';
import { MemoryHistory } from '../support/memory-stores';
import { rig } from './rig';
import { contact, conversation, echoId, entry, message, now, persisted } from './samples';

const words = 'Thank you for waiting. I have looked at your invoice and can see what went wrong: ';
const ordinary = (words + words + words).slice(0, 200);
/** Ids have the same number of digits whatever the length of the history. */
const newest = 20_000;
const budget = 2_048;

afterEach(() => vi.restoreAllMocks());

async function fill(history: HistoryStore, length: number): Promise<void> {
  const put = Array.from({ length }, (_, index) => {
    const id = newest - length + index + 1;
    const author = index % 2 === 0 ? contact : message(id).author;
    return {
      conversationId: 7,
      messageId: id,
      createdAt: now - 90_000_000 + id,
      record: message(id, { author, createdAt: now - 90_000_000 + id, text: ordinary }),
    };
  });
  await history.write('s1', { put, dropConversations: [], syncedTo: { 7: newest } });
}

function withUnread(count: number): Partial<Persisted> {
  const unread = Array.from({ length: count }, (_, index) => newest - count + index + 1);
  return {
    conversations: { 7: conversation(7, { newestId: newest, unread }) },
    syncedTo: { 7: newest },
  };
}

/** Receives one message in an open conversation; answers what that cost and what the panel was sent. */
async function receive(history: HistoryStore, length: number, start: Partial<Persisted> = withUnread(1)) {
  await fill(history, length);
  const { store, open, items, log, clock } = rig(persisted(start), history);
  const panel = await open('7');
  const changes = vi.spyOn(history, 'write');
  log.length = 0;
  items.bytes = 0;
  const updates = panel.updates.length;
  const author = {
    ...message(1).author,
    avatarUrl: `https://support.acme.com/avatars/${'x'.repeat(80)}.png`,
  };
  const at = { createdAt: now + 1_000, updatedAt: now + 1_000, changedAt: now + 1_000 };
  await store.happened({
    type: 'frame.message',
    message: message(newest + 1, { text: ordinary, author, ...at }),
  });
  await clock.settle();
  const written = changes.mock.calls.reduce((sum, [, change]) => sum + JSON.stringify(change).length, 0);
  return {
    transactions: log.filter((what) => what === 'history').length,
    sets: log.filter((what) => what === 'store').length,
    bytes: written + items.bytes,
    sent: panel.updates.slice(updates),
  };
}

it.each([10, 10_000])(
  'receives a message with one transaction and one write at %i stored',
  async (length) => {
    const { transactions, sets, bytes } = await receive(new MemoryHistory(), length);
    expect([transactions, sets]).toEqual([1, 1]);
    expect(bytes).toBeLessThanOrEqual(budget);
    expect(bytes).toBeGreaterThan(ordinary.length);
  },
);

it('costs the same bytes at 10 and at 10,000 stored messages', async () => {
  const few = await receive(new MemoryHistory(), 10);
  const many = await receive(new MemoryHistory(), 10_000);
  expect(many.bytes).toBe(few.bytes);
});

it('stays within the budget with a hundred messages unread', async () => {
  const { bytes } = await receive(new MemoryHistory(), 200, withUnread(100));
  expect(bytes).toBeLessThanOrEqual(budget);
});

it('sends an open panel the same patch at 10 and at 10,000 stored messages', async () => {
  const few = await receive(new MemoryHistory(), 10);
  const many = await receive(new MemoryHistory(), 10_000);
  expect(few.sent).toHaveLength(1);
  expect(many.sent).toHaveLength(1);
  expect(few.sent[0]).toMatchObject({
    type: 'patch',
    patches: [{ type: 'conversation.changed' }, { type: 'messages.changed', messages: [{ id: newest + 1 }] }],
  });
  expect(JSON.stringify(many.sent).length).toBe(JSON.stringify(few.sent).length);
});

it('makes one writing transaction in IndexedDB at 10,000 stored messages', async () => {
  const history = openIdbHistory();
  await fill(history, 10_000);
  const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const { store, clock, items, open } = rig(persisted(withUnread(1)), history);
  await open('7');
  await vi.waitUntil(() => store.state.windows[7]?.messages.length === 50);
  const writing = () => begun.mock.calls.filter(([, mode]) => mode === 'readwrite').length;
  const [before, writes] = [writing(), items.writes];
  await store.happened({ type: 'frame.message', message: message(newest + 1, { text: ordinary }) });
  await clock.settle();
  expect(writing() - before).toBe(1);
  expect(items.writes - writes).toBe(1);
  const [last] = await history.page('s1', 7, null, 1);
  expect(last?.messageId).toBe(newest + 1);
});

it('settles an own message with one transaction and one write', async () => {
  const sending = entry({ status: 'sending', attemptedAt: now, text: ordinary });
  const { store, log } = rig(persisted({ ...withUnread(0), outbox: { [echoId]: sending } }));
  await store.happened({ type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null });
  log.length = 0;
  await store.happened({
    type: 'message.posted',
    echoId,
    requestedAt: now,
    message: message(newest + 1, { text: ordinary, author: contact }),
  });
  expect(log.filter((what) => what === 'history' || what === 'store')).toEqual(['history', 'store']);
});
