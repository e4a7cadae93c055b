// A command that is repeated because its answer was lost, after the message has reached the server and left the outbox.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { aMessage, Bench, liveState, ownMessage } from '../support/core-builders';

const submitted: Event = { type: 'message.submitted', echoId: 'a', conversationKey: '1', text: 'hello' };
const stored = [aMessage(40), ownMessage(41, { text: 'hello', echoId: 'a' })];
const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
const windows = { 1: { messages: stored, hasOlder: false, loadingOlder: false } };

it.each([
  ['on screen', new Bench(liveState({ views, windows }))],
  ['in the history', new Bench(liveState(), stored)],
])('sends nothing twice that is %s', (_, bench) => {
  bench.run(submitted);
  expect([bench.state.outbox, bench.asked]).toEqual([{}, expect.not.arrayContaining(['http.createMessage'])]);
});

it('sends the same words under another echo id', () => {
  const bench = new Bench(liveState({ views, windows })).run({ ...submitted, echoId: 'b' } as Event);
  expect(bench.asked).toEqual(['http.createMessage']);
});
