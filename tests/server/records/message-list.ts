// Owns which messages of a conversation are listed, and in which order. Must not present them.

import type { Conversation, Message } from './records';

/** Messages in list order (time, then id), without those held back from contacts unless asked for. */
export function listMessages(conversation: Conversation, forAgents = false): Message[] {
  return conversation.messages
    .filter((message) => forAgents || (!message.private && message.message_type !== 2))
    .sort((a, b) => a.created_at - b.created_at || a.id - b.id);
}
