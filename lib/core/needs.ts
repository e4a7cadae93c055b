// What an event needs from the history before it can be decided on. Everything else is in memory.
import type { Event } from './events';
import type { State } from './state';
import { type ConversationKey, idOf, type Message } from './types';

export interface Needs {
  /** Stored messages by conversation and id. */
  messages: readonly { conversationId: number; ids: readonly number[] }[];
  /** A page of stored messages before the given one; null: the newest. */
  page: { conversationId: number; before: Message | null; count: number } | null;
}

/** Messages shown when a conversation is opened, at least so many before the unread ones, and added per scroll. */
const openingPage = 50;
const beforeUnread = 10;
const olderPage = 20;

const nothing: Needs = { messages: [], page: null };

function known(state: State, conversationId: number, messages: readonly Message[]): Needs['messages'] {
  const shown = new Set(state.windows[conversationId]?.messages.map(({ id }) => id));
  const ids = messages.map(({ id }) => id).filter((id) => !shown.has(id));
  return ids.length > 0 ? [{ conversationId, ids }] : [];
}

function pageOf(state: State, key: ConversationKey | null): Needs['page'] {
  if (key === null) return null;
  const conversationId = idOf(key) ?? state.creations[key]?.conversationId ?? null;
  if (conversationId === null || state.windows[conversationId]) return null;
  const unread = state.conversations[conversationId]?.unread.length ?? 0;
  return { conversationId, before: null, count: Math.max(openingPage, unread + beforeUnread) };
}

/** Names what to load from the history before `update` sees the event. */
export function needs(state: State, event: Event): Needs {
  switch (event.type) {
    case 'view.opened':
    // A command that got no answer is repeated: its message may be stored and settled by now.
    case 'message.submitted':
      return { messages: [], page: pageOf(state, event.conversationKey) };
    case 'older.requested': {
      const first = state.windows[event.conversationId]?.messages[0];
      if (!first) return nothing;
      return {
        messages: [],
        page: { conversationId: event.conversationId, before: first, count: olderPage },
      };
    }
    case 'frame.message':
    case 'answer.stored':
    case 'message.posted': {
      const { id, conversationId } = event.message;
      // A message above all that are known is new: it is not in the history, and must not wait for it.
      if (id > (state.conversations[conversationId]?.newestId ?? id)) return nothing;
      return { messages: known(state, conversationId, [event.message]), page: null };
    }
    case 'frame.conversation': {
      const { id, lastMessage } = event.conversation;
      return { messages: lastMessage ? known(state, id, [lastMessage]) : [], page: null };
    }
    case 'messages.listed':
      return { messages: known(state, event.conversationId, event.messages), page: null };
    case 'conversation.received':
      return { messages: known(state, event.conversation.id, event.conversation.messages), page: null };
    case 'conversations.listed':
      return {
        messages: event.conversations.flatMap(({ id, messages }) => known(state, id, messages)),
        page: null,
      };
    default:
      return nothing;
  }
}
