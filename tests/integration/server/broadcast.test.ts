// @vitest-environment node
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Broadcast } from '../../server/cable/broadcast';

/** Runs requests of `frames` frames each and notes what happened in which order; `|` is the answer. */
async function run(seed: number, settings: Partial<Broadcast['settings']>, requests = 12, frames = 1) {
  const order: string[] = [];
  const broadcast = new Broadcast((_token, event) => order.push(event), seed);
  Object.assign(broadcast.settings, settings);
  for (let n = 0; n < requests; n++) {
    const outgoing = new EventEmitter();
    await broadcast.runRequest(outgoing, async () => {
      for (let m = 0; m < frames; m++) broadcast.publish(['t'], String.fromCharCode(97 + m), () => ({}));
    });
    order.push('|');
    outgoing.emit('close');
  }
  return order.join('');
}

test('puts frames before or after the answer by chance, the same for the same seed', async () => {
  const first = await run(7, { order: 'random' });
  expect(await run(7, { order: 'random' })).toBe(first);
  expect(await run(8, { order: 'random' })).not.toBe(first);
  expect(first).toContain('a|');
  expect(first).toContain('|a');
});

test('shuffles the frames of one request after its answer, losing none', async () => {
  const shuffled = await run(7, { shuffle: true }, 1, 8);
  expect(shuffled).not.toBe('|abcdefgh');
  expect([...shuffled].sort().join('')).toBe('abcdefgh|');
  expect(await run(7, { shuffle: true }, 1, 8)).toBe(shuffled);
});

test('sends at once what happens outside of a request, or after its connection broke', async () => {
  const sent: string[] = [];
  const broadcast = new Broadcast((token, event) => sent.push(`${token} ${event}`), 1);
  broadcast.settings.order = 'after';
  broadcast.publish(['a', 'b'], 'outside', () => ({}));
  const outgoing = new EventEmitter();
  await broadcast.runRequest(outgoing, async () => {
    outgoing.emit('close');
    broadcast.publish(['a'], 'late', () => ({}));
  });
  expect(sent).toEqual(['a outside', 'b outside', 'a late']);
});
