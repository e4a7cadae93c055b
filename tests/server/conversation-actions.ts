// Owns what happens to conversations, with the frames it causes: creation, status, reading, typing, assignment.
// Must not know HTTP.

import { conversationPayload, messagePayload, performerKey } from './frame-presenters';
import { presentAgent } from './presenters';
import type { Agent, ContactInbox, Conversation, Json, Status } from './records';
import { audience, publishConversation, type World } from './world';

/** Starts a conversation; a blocked contact's is resolved at once (§3.6). */
export function createConversation(
  world: World,
  session: ContactInbox,
  custom_attributes: Json,
): Conversation {
  const status = session.contact.blocked ? 'resolved' : 'open';
  const conversation = world.store.addConversation({ session, custom_attributes, status });
  publishConversation(world, 'conversation.created', conversation);
  return conversation;
}

/** Notes something for agents only. Contacts never get it, but it takes a message id. */
export function addActivity({ store }: World, conversation: Conversation, content: string): void {
  store.addMessage(conversation, { message_type: 2, content });
}

const DEEDS = {
  resolved: 'marked resolved',
  open: 'reopened',
  snoozed: 'snoozed',
  pending: 'marked pending',
};

/** Changes the status: two frames, and none when it is the same already (§6.3). */
export function changeStatus(
  world: World,
  conversation: Conversation,
  status: Status,
  by: string,
  snoozed_until = 0,
): void {
  if (conversation.status === status) return;
  conversation.updated_at = world.store.now();
  conversation.status = status;
  conversation.snoozed_until = status === 'snoozed' ? snoozed_until : 0;
  if (status === 'resolved') conversation.waiting_since = 0;
  addActivity(world, conversation, `Conversation was ${DEEDS[status]} by ${by}`);
  publishConversation(world, 'conversation.status_changed', conversation);
  publishConversation(world, 'conversation.updated', conversation);
}

/** The contact has read: every message of others becomes `read`, one frame each (§3.10). */
export function readByContact(world: World, conversation: Conversation): void {
  const { store, broadcast, accountId, origin } = world;
  conversation.contact_last_seen_at = store.now();
  for (const message of conversation.messages) {
    if (message.message_type === 0 || !['sent', 'delivered'].includes(message.status)) continue;
    const before = { status: message.status, updated_at: new Date(message.updated_at).toISOString() };
    message.status = 'read';
    message.updated_at = store.now();
    if (message.private || message.message_type === 2) continue;
    const payload = messagePayload(message, conversation, accountId, origin);
    const previous_changes = {
      updated_at: [before.updated_at, payload.updated_at],
      status: [before.status, 'read'],
    };
    broadcast.publish(audience(world, conversation), 'message.updated', () => ({
      ...payload,
      previous_changes,
    }));
  }
}

/** An agent types, also when writing a private note; only the owning session hears it (§6.4). */
export function agentTyping(
  world: World,
  conversation: Conversation,
  { agent, on, isPrivate }: { agent: Agent; on: boolean; isPrivate: boolean },
): void {
  const { broadcast, accountId, origin } = world;
  const data = {
    conversation: conversationPayload(conversation, accountId, origin),
    user: presentAgent(agent),
    is_private: isPrivate,
    account_id: accountId,
    ...performerKey(agent),
  };
  const event = on ? 'conversation.typing_on' : 'conversation.typing_off';
  broadcast.publish([conversation.session.pubsub_token], event, () => data);
}

/** Assigns an agent or nobody. */
export function assign(world: World, conversation: Conversation, assignee: Agent | null, by: Agent): void {
  if (conversation.assignee === assignee) return;
  conversation.assignee = assignee;
  conversation.updated_at = world.store.now();
  const note = assignee ? `Assigned to ${assignee.name} by` : 'Conversation unassigned by';
  addActivity(world, conversation, `${note} ${by.name}`);
  publishConversation(world, 'conversation.updated', conversation);
}
