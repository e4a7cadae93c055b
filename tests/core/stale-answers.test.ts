// HTTP answers that were asked for before a frame told of a change: whatever brings them, they undo nothing.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import {
  aCreation,
  aFrame,
  aMessage,
  anEntry,
  Bench,
  liveState,
  ownMessage,
  serverConversation,
  start,
} from '../support/core-builders';

const stale = ownMessage(50, { text: 'as it was' });
const edited: Event = {
  type: 'frame.message',
  message: { ...stale, text: 'edited', status: 'sent', updatedAt: start + 5, changedAt: start + 5 },
};
const sending = anEntry('a', { status: 'sending', attemptedAt: start });

it.each<[string, Event, Partial<State>]>([
  [
    'a POST',
    { type: 'message.posted', echoId: 'a', message: stale, requestedAt: start },
    { outbox: { a: sending } },
  ],
  [
    'a conversation that turned out to be an old one',
    {
      type: 'conversation.received',
      localConversationId: 'local',
      conversation: serverConversation(1, [stale]),
      requestedAt: start,
    },
    { creations: { local: aCreation('local', { phase: 'creating', attemptedAt: start }) } },
  ],
  [
    'a page',
    {
      type: 'messages.listed',
      purpose: 'older',
      asked: null,
      conversationId: 1,
      messages: [stale],
      before: 50,
      complete: true,
      requestedAt: start,
    },
    {},
  ],
  [
    'the list',
    {
      type: 'conversations.listed',
      conversations: [serverConversation(1, [stale])],
      etag: null,
      requestedAt: start,
    },
    {},
  ],
])('the answer to %s leaves words that were edited meanwhile', (_, answer, change) => {
  const bench = new Bench(liveState(change)).wait(5).run(edited).wait(5).run(answer);
  expect(bench.history.get(50)?.text).toBe('edited');
});

it('the last message of a conversation frame is as new as the frame', () => {
  const known = aMessage(50, { status: 'sent', updatedAt: start, changedAt: start });
  const lastMessage = { ...known, status: 'read' as const, updatedAt: start + 5, changedAt: start + 5 };
  const bench = new Bench(liveState(), [known]);
  bench.run({ type: 'frame.conversation', conversation: aFrame(1, { lastMessage }) });
  expect(bench.history.get(50)).toEqual(lastMessage);
});
