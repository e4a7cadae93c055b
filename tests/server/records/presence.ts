// Owns who is present, by the server's clock (contract §5.7), and whom a subscription names.
// Must not know sockets nor tell anybody.

import type { World } from '../world';
import type { Agent, Subscriber } from './records';

/** Milliseconds for which a subscribe or an `update_presence` shows an agent, and a contact, as present. */
const AGENT_STAYS = 20_000;
const CONTACT_STAYS = 90_000;

/** Whether an agent is present: by its own word, or always when it does not go offline by itself. */
function isOnline({ store }: World, agent: Agent): boolean {
  return !agent.autoOffline || store.now() - (store.agentsSeen.get(agent.id) ?? 0) <= AGENT_STAYS;
}

/** What is shown of an agent: its chosen availability while it is present. */
export function shownAvailability(world: World, agent: Agent): Agent['availability'] {
  return isOnline(world, agent) ? agent.availability : 'offline';
}

/** Whether a contact subscribed or asked for presence lately, by id. */
export function isContactOnline({ store }: World, contactId: number): boolean {
  return store.now() - (store.contactsSeen.get(contactId) ?? 0) <= CONTACT_STAYS;
}

/** Who is at work, by id as a string, whole account; agents also hear which contacts are there (§6.5). */
function presence(world: World, forAgents: boolean) {
  const { accountId, agents, store } = world;
  const users = agents.filter((agent) => isOnline(world, agent));
  const contacts = [...store.contactsSeen.keys()].filter((id) => isContactOnline(world, id));
  return {
    account_id: accountId,
    users: Object.fromEntries(users.map((agent) => [String(agent.id), agent.availability])),
    ...(forAgents && { contacts: Object.fromEntries(contacts.map((id) => [String(id), 'online'])) }),
  };
}

/** Whom a subscription names: with a user id an agent of the account by its token, else a contact session; null for nobody. */
export function findSubscriber(world: World, keys: Record<string, unknown>): Subscriber | null {
  const { pubsub_token: token, user_id, account_id } = keys;
  if (typeof token !== 'string') return null;
  if (user_id !== undefined && user_id !== null && user_id !== '') {
    const agent = world.agents.find(({ id, pubsubToken }) => pubsubToken === token && id === Number(user_id));
    return agent && Number(account_id) === world.accountId ? { token, agentId: agent.id } : null;
  }
  const session = world.store.sessions.find(({ pubsub_token }) => pubsub_token === token);
  return session ? { token, contactId: session.contact.id } : null;
}

/** A subscriber is present from now on; returns what it is told about the others. */
export function enter(world: World, subscriber: Subscriber) {
  const { store } = world;
  if ('agentId' in subscriber) store.agentsSeen.set(subscriber.agentId, store.now());
  else store.contactsSeen.set(subscriber.contactId, store.now());
  return presence(world, 'agentId' in subscriber);
}
