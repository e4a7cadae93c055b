// @vitest-environment node
// The stores that other tests stand on: what they count, how they fail, how they are taken back.
import { expect, it } from 'vitest';
import { MemoryHistory, MemoryStore } from '../support/memory-stores';

const change = {
  put: [{ conversationId: 1, messageId: 2, createdAt: 3, record: {} }],
  dropConversations: [],
  syncedTo: { 1: 2 },
};

it('reads what begins with a prefix, and sets before it removes', async () => {
  const store = new MemoryStore();
  await store.write({ 'a/1': { x: 1 }, 'a/2': 2, b: 3 }, []);
  await store.write({ 'a/3': 4 }, ['a/2', 'a/3']);
  expect(await store.read('a/')).toEqual({ 'a/1': { x: 1 } });
  expect(await store.read('')).toEqual({ 'a/1': { x: 1 }, b: 3 });
});

it('keeps and hands out copies', async () => {
  const store = new MemoryStore();
  const item = { list: [1] };
  const writing = store.write({ item }, []);
  item.list.push(2);
  await writing;
  ((await store.read('item')).item as typeof item).list.push(3);
  expect(await store.read('')).toEqual({ item: { list: [1] } });
});

it('counts the writes that were made and their JSON', async () => {
  const store = new MemoryStore();
  await store.write({ a: 'é' }, ['b']);
  expect([store.writes, store.bytes]).toEqual([1, '{"a":"é"}["b"]'.length]);
  const history = new MemoryHistory();
  await history.write('s', change);
  expect([history.writes, history.bytes]).toEqual([
    1,
    '[{"conversationId":1,"messageId":2,"createdAt":3,"record":{}}][]{"1":2}'.length,
  ]);
});

it('fails the next write and only that, without a trace', async () => {
  const store = new MemoryStore();
  store.failNextWrite();
  await expect(store.write({ a: 1 }, [])).rejects.toThrow('no space left');
  expect([await store.read(''), store.writes, store.bytes]).toEqual([{}, 0, 0]);
  await store.write({ a: 2 }, []);
  expect(await store.read('')).toEqual({ a: 2 });
  const history = new MemoryHistory();
  history.failNextWrite(new Error('gone'));
  await expect(history.write('s', change)).rejects.toThrow('gone');
  expect(await history.syncedTo('s')).toEqual({});
});

it('is taken back to a snapshot as often as wanted', async () => {
  const store = new MemoryStore();
  const history = new MemoryHistory();
  await store.write({ a: 1 }, []);
  await history.write('s', change);
  const [items, records] = [store.snapshot(), history.snapshot()];
  for (let i = 0; i < 2; i += 1) {
    await store.write({ a: 2, b: 3 }, []);
    await history.drop('s');
    store.restore(items);
    history.restore(records);
    expect(await store.read('')).toEqual({ a: 1 });
    expect(await history.syncedTo('s')).toEqual({ 1: 2 });
    expect(await history.read('s', 1, [2])).toEqual(change.put);
  }
});
