// Owns made-up history for tests and the demo. Must not emit frames: it is as if it had always been there.

import type { World } from '../world';
import type { Conversation, Sender, Status } from './records';

export type SeedOptions = { source_id?: string; count: number; status?: Status };

const MINUTE = 60_000;

/**
 * Adds a conversation of `count` messages, one a minute and the last one two minutes ago, contact and agent in turn,
 * to the session with this source id, or to the newest one. Returns its display id and its message ids, oldest first.
 */
export function seedConversation(
  { store, agents }: World,
  { source_id, count, status = 'open' }: SeedOptions,
): { conversationId: number; messageIds: number[] } {
  const session = store.sessions.findLast((one) => source_id === undefined || one.source_id === source_id);
  const agent = agents[0];
  if (session === undefined || agent === undefined)
    throw new Error('nothing to seed: no such session, or no agent');
  const conversation: Conversation = store.addConversation({ session, status, custom_attributes: {} });
  const startedAt = store.now() - (count + 1) * MINUTE;
  const senders: Sender[] = [
    { type: 'Contact', contact: session.contact },
    { type: 'User', agent },
  ];
  for (let index = 0; index < count; index++) {
    store.addMessage(conversation, {
      message_type: index % 2 === 0 ? 0 : 1,
      sender: senders[index % 2] ?? null,
      content: `Message ${index + 1}`,
      created_at: startedAt + index * MINUTE,
    });
  }
  conversation.created_at = startedAt;
  conversation.waiting_since = count % 2 === 1 ? conversation.last_activity_at : 0;
  if (count > 1) conversation.first_reply_created_at = startedAt + MINUTE;
  return { conversationId: conversation.id, messageIds: conversation.messages.map(({ id }) => id) };
}
