// Owns the bundle that actions and routes work on, and the routing of events to contacts (contract §5.6).
// Must not know HTTP or sockets.

import type { Broadcast } from './broadcast';
import { conversationPayload } from './frame-presenters';
import type { Agent, Conversation, Inbox } from './records';
import type { Store } from './store';

export type World = {
  accountId: number;
  /** The installation's own address, for attachment links. Known once it listens. */
  origin: string;
  store: Store;
  inboxes: Inbox[];
  agents: Agent[];
  broadcast: Broadcast;
  /** Messages of any type that one conversation takes within a minute (§2). */
  messagesPerMinute: number;
};

/** Tokens that hear of a conversation: its session, and once that is verified all verified sessions of the contact. */
export function audience({ store }: World, { session }: Conversation): string[] {
  if (!session.hmac_verified) return [session.pubsub_token];
  return store.sessions
    .filter((other) => other.hmac_verified && other.contact === session.contact)
    .map((other) => other.pubsub_token);
}

/** Publishes a conversation event. Created is frozen now; the others carry the state at the time they leave (§6.3). */
export function publishConversation(
  world: World,
  event: 'conversation.created' | 'conversation.status_changed' | 'conversation.updated',
  conversation: Conversation,
): void {
  const payload = () => ({
    ...conversationPayload(conversation, world.accountId, world.origin),
    account_id: world.accountId,
  });
  const frozen = payload();
  const data = event === 'conversation.created' ? () => frozen : payload;
  world.broadcast.publish(audience(world, conversation), event, data);
}

/** Who is at work, by id as a string; agents that are away are left out (§6.5). */
export function presence({ accountId, agents }: World) {
  const present = agents.filter((agent) => agent.availability !== 'offline');
  return {
    account_id: accountId,
    users: Object.fromEntries(present.map((agent) => [String(agent.id), agent.availability])),
  };
}
