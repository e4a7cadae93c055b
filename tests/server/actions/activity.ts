// Owns the log that agents find among a conversation's messages. Contacts never get it, but it takes message ids.
// Must not decide what is worth noting.

import type { Conversation } from '../records/records';
import type { World } from '../world';
import { publishMessage } from './conversation-events';

/** Notes something for agents, made by a job: nobody is its sender. */
export function addActivity(world: World, conversation: Conversation, content: string): void {
  const message = world.store.addMessage(conversation, { message_type: 2, content });
  publishMessage(world, 'message.created', conversation, message);
}
