// What is loaded from the history before a decision.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { needs } from '@/lib/core/needs';
import {
  aConversation,
  aCreation,
  aFrame,
  aMessage,
  aState,
  serverConversation,
  start,
} from '../support/core-builders';

const opened = (conversationKey: string | null): Event => ({
  type: 'view.opened',
  viewId: 'v',
  windowId: 1,
  conversationKey,
});
const window = { messages: [aMessage(5), aMessage(6)], hasOlder: true, loadingOlder: false };

describe('messages', () => {
  it.each<[string, Event, object[]]>([
    ['a message frame', { type: 'frame.message', message: aMessage(6) }, [{ conversationId: 1, ids: [6] }]],
    [
      'a POST answer',
      { type: 'message.posted', echoId: 'a', message: aMessage(6), requestedAt: start },
      [{ conversationId: 1, ids: [6] }],
    ],
    [
      'a conversation frame',
      { type: 'frame.conversation', conversation: aFrame(1, { lastMessage: aMessage(6) }) },
      [{ conversationId: 1, ids: [6] }],
    ],
    ['a conversation frame without one', { type: 'frame.conversation', conversation: aFrame(1) }, []],
    [
      'a page',
      {
        type: 'messages.listed',
        purpose: 'gap',
        asked: null,
        conversationId: 1,
        messages: [aMessage(6), aMessage(7)],
        before: 6,
        complete: true,
        requestedAt: start,
      },
      [{ conversationId: 1, ids: [6, 7] }],
    ],
    [
      'a created conversation',
      {
        type: 'conversation.received',
        localConversationId: 'l',
        conversation: serverConversation(1, [aMessage(6)]),
        requestedAt: start,
      },
      [{ conversationId: 1, ids: [6] }],
    ],
    [
      'the list',
      {
        type: 'conversations.listed',
        conversations: [
          serverConversation(1, [aMessage(6)]),
          serverConversation(2, [aMessage(8)]),
          serverConversation(3),
        ],
        etag: null,
        requestedAt: start,
      },
      [
        { conversationId: 1, ids: [6] },
        { conversationId: 2, ids: [8] },
      ],
    ],
    ['time', { type: 'time.passed' }, []],
  ])('of %s', (_, event, messages) => {
    const state = aState({ conversations: { 1: aConversation(1, { newestId: 6 }) } });
    expect(needs(state, event)).toEqual({ messages, page: null });
  });

  it('of a message above all that are known of its conversation are none: it is new', () => {
    const state = aState({ conversations: { 1: aConversation(1, { newestId: 6 }) } });
    const message = aMessage(7);
    expect(needs(state, { type: 'frame.message', message }).messages).toEqual([]);
    const posted: Event = { type: 'message.posted', echoId: 'a', message, requestedAt: start };
    expect(needs(state, posted).messages).toEqual([]);
    const elsewhere = aMessage(7, { conversationId: 2 });
    expect(needs(state, { type: 'frame.message', message: elsewhere }).messages).toHaveLength(1);
  });

  it('in an open window are known already', () => {
    const conversations = { 1: aConversation(1, { newestId: 7 }) };
    const state = aState({ conversations, windows: { 1: window } });
    expect(needs(state, { type: 'frame.message', message: aMessage(6) }).messages).toEqual([]);
    expect(needs(state, { type: 'frame.message', message: aMessage(7) }).messages).toEqual([
      { conversationId: 1, ids: [7] },
    ]);
  });
});

describe('a page', () => {
  it('is the newest for a conversation that is opened', () => {
    const page = { conversationId: 1, before: null, count: 50 };
    expect(needs(aState(), opened('1'))).toEqual({ messages: [], page });
    const creations = { local: aCreation('local', { phase: 'created', conversationId: 1 }) };
    expect(needs(aState({ creations }), opened('local')).page).toEqual(page);
  });

  it('holds all that is unread and ten before, where that is more than usual', () => {
    const unread = (count: number) =>
      aState({
        conversations: {
          1: aConversation(1, { unread: Array.from({ length: count }, (_, index) => index + 1) }),
        },
      });
    const counts = [40, 41, 100].map((count) => needs(unread(count), opened('1')).page?.count);
    expect(counts).toEqual([50, 51, 110]);
  });

  it('is the newest for a message that is submitted, which may be stored by now', () => {
    const submitted: Event = { type: 'message.submitted', echoId: 'a', conversationKey: '1', text: 'hello' };
    const page = { conversationId: 1, before: null, count: 50 };
    expect(needs(aState(), submitted)).toEqual({ messages: [], page });
  });

  it('is not needed for the list, a new conversation or an open window', () => {
    expect(needs(aState(), opened(null)).page).toBeNull();
    expect(needs(aState(), opened('local')).page).toBeNull();
    expect(needs(aState({ creations: { local: aCreation('local') } }), opened('local')).page).toBeNull();
    expect(needs(aState({ windows: { 1: window } }), opened('1')).page).toBeNull();
  });

  it('is the one before the window for a reader who scrolls up', () => {
    const asked: Event = { type: 'older.requested', conversationId: 1 };
    const state = aState({ windows: { 1: window } });
    expect(needs(state, asked)).toEqual({
      messages: [],
      page: { conversationId: 1, before: aMessage(5), count: 20 },
    });
    expect(needs(aState(), asked).page).toBeNull();
    expect(needs(aState({ windows: { 1: { ...window, messages: [] } } }), asked).page).toBeNull();
  });
});
