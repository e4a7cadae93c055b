// Owns who hears of something: all agents, and the sessions of a contact (contract §5.6).
// Must not know what is told.

import type { Conversation } from '../records/records';
import type { World } from '../world';

/** The tokens of every agent. */
export const agentTokens = ({ agents }: World): string[] => agents.map(({ pubsubToken }) => pubsubToken);

/** The tokens of contacts that hear of a conversation: its session's, and once that is verified those of all verified sessions of the contact. */
export function contactTokens({ store }: World, { session }: Conversation): string[] {
  if (!session.hmac_verified) return [session.pubsub_token];
  return store.sessions
    .filter((other) => other.hmac_verified && other.contact === session.contact)
    .map((other) => other.pubsub_token);
}

/** Publishes to every agent. `data` is called when the frame leaves. */
export function tellAgents(world: World, event: string, data: () => unknown): void {
  world.broadcast.publish(agentTokens(world), event, data);
}
