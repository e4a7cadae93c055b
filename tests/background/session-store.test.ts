// The loop of a session: what comes in which order, and that nothing stops it.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { rig } from './rig';
import { echoId, entry, message, persisted } from './samples';

const submitted: Event = { type: 'message.submitted', echoId, conversationKey: '7', text: 'Hello' };
const frame = (id: number): Event => ({ type: 'frame.message', message: message(id) });

it('saves, publishes, answers and only then acts on what a person asked for', async () => {
  const { store, log, clock } = rig();
  await store.asked(submitted).then(() => log.push('answer'));
  await clock.settle();
  expect(log.slice(0, 3)).toEqual(['store', 'publish', 'answer']);
  expect(log.slice(3).sort()).toEqual(['cable.open', 'http.listMessages']);
});

it('writes the history before the record that relies on it, and publishes after both', async () => {
  const { store, log, items } = rig(persisted({ outbox: { [echoId]: entry({ status: 'sending' }) } }));
  const echo = message(2, { echoId, author: { kind: 'contact', id: 3, name: 'Mira', avatarUrl: null } });
  await store.happened({ type: 'frame.message', message: echo });
  expect(log.slice(0, 3)).toEqual(['history', 'store', 'publish']);
  expect(Object.keys(await items.read('session/s1/outbox/'))).toEqual([]);
});

it('tells what came in before it is saved, and only once, also when it cannot be saved', async () => {
  const { store, log, disk } = rig();
  await store.happened(frame(2));
  expect(log.slice(0, 3)).toEqual(['publish', 'history', 'store']);
  disk.full = true;
  await store.happened(frame(3));
  expect(log.filter((what) => what === 'publish')).toHaveLength(2);
  expect(store.state.conversations[7]?.unread).toEqual([2, 3]);
});

it('handles one event at a time, and folds those that wait into one commit', async () => {
  const { store, items, history, log } = rig();
  await Promise.all([2, 3, 4, 5, 6].map((id) => store.happened(frame(id))));
  expect(items.writes).toBe(2);
  expect(log.filter((what) => what === 'history')).toHaveLength(2);
  expect(log.filter((what) => what === 'publish')).toHaveLength(2);
  const stored = await history.page('s1', 7, null, 10);
  expect(stored.map(({ messageId }) => messageId)).toEqual([2, 3, 4, 5, 6]);
  expect(store.state.conversations[7]?.unread).toEqual([2, 3, 4, 5, 6]);
});

it('decides each folded event on the state that the one before it left', async () => {
  const { store } = rig();
  const first = store.happened({ type: 'time.passed' });
  const second = store.happened(frame(2));
  const third = store.happened({
    type: 'frame.message',
    message: message(2, { text: 'Edited', updatedAt: message(2).createdAt + 1 }),
  });
  await Promise.all([first, second, third]);
  expect(store.state.conversations[7]).toMatchObject({ unread: [2], preview: { text: 'Edited' } });
});

it('reports an event that cannot be decided on, and goes on with the rest of its batch', async () => {
  const { store, reports } = rig(persisted({ outbox: { [echoId]: entry({ status: 'sending' }) } }));
  const first = store.happened({ type: 'time.passed' });
  const bad = store.happened({ type: 'message.failed', echoId, failure: null } as never);
  const good = store.happened(frame(2));
  await Promise.all([first, bad, good]);
  expect(reports).toEqual(['message.failed could not be handled: TypeError']);
  expect(store.state.conversations[7]?.unread).toEqual([2]);
  expect(store.state.outbox[echoId]?.status).toBe('sending');
});

it('survives an event of which not even the needs can be told, and refuses the command that it is', async () => {
  const { store, reports } = rig();
  await expect(store.asked({ type: 'frame.message', message: null } as never)).rejects.toThrow('be done');
  await store.asked(submitted);
  expect(store.state.outbox[echoId]?.text).toBe('Hello');
  expect(reports).toEqual(['frame.message could not be handled: TypeError']);
});

it('answers and goes on when a listener or an effect throws', async () => {
  const { store, others, reports, effects, clock } = rig();
  others.hear = () => {
    throw new RangeError('a panel broke');
  };
  others.act = others.hear;
  await store.asked(submitted);
  await store.happened(frame(2));
  await clock.settle();
  expect(store.state.conversations[7]?.unread).toEqual([2]);
  expect(effects.map(({ type }) => type).sort()).toEqual(['cable.open', 'http.listMessages']);
  expect(reports.toSorted()).toEqual([
    'cable.open failed: RangeError',
    'http.listMessages failed: RangeError',
    'publishing failed: RangeError',
    'publishing failed: RangeError',
  ]);
});
