// Owns the bundle that actions and routes work on, and the routing of events to contacts (contract §5.6).
// Must not know HTTP or sockets.

import type { Broadcast } from './broadcast';
import type { Agent, Conversation, Inbox } from './records';
import type { Store } from './store';

export type World = {
  accountId: number;
  accountName: string;
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
