// Owns what happens to conversations apart from their status: beginning, reading, typing, labels and the like, the end.
// Must not know HTTP beyond the problems it throws.

import { presentActor, presentContactSender } from '../presenters/client-presenters';
import { conversationPayload, performerKey } from '../presenters/frame-presenters';
import { agentView, contactView } from '../presenters/view';
import type { Actor, Agent, ContactInbox, Conversation, Json, Priority } from '../records/records';
import type { World } from '../world';
import { addActivity } from './activity';
import { noticeOfAssignment, takeTurn } from './assignment';
import { agentTokens } from './audience';
import { publishConversation, tellAgentsOfConversation } from './conversation-events';
import { changeMessage } from './message-changes';
import { forgetNotifications, notify, readNotifications } from './notifications';
import { invalid } from './problems';

/** Text of a custom attribute has 1,500 characters at most, a whole number ten digits (§3.6). */
function validateAttributes(attributes: Json): void {
  const faults = Object.entries(attributes).flatMap(([key, value]) => {
    if (typeof value === 'string' && [...value].length > 1500) return [`${key} length should be < 1500`];
    if (Number.isInteger(value) && (value as number) > 9_999_999_999)
      return [`${key} value should be < 9999999999`];
    return [];
  });
  if (faults.length === 0) return;
  const message = faults.map((fault) => `Custom attributes ${fault}`).join(', ');
  throw invalid([{ attribute: 'custom_attributes', message }]);
}

/**
 * Starts a conversation: pending where a bot is first, resolved at once for a blocked contact (§3.6). An inbox that
 * is locked to one conversation gives the session's last one back, whatever its status, and tells nobody.
 */
export function createConversation(
  world: World,
  session: ContactInbox,
  custom_attributes: Json,
  by: Actor | null = null,
): Conversation {
  const { store } = world;
  const last = store.conversations.findLast((conversation) => conversation.session === session);
  if (session.inbox.lockToSingleConversation && last !== undefined) return last;
  validateAttributes(custom_attributes);
  const status = session.contact.blocked ? 'resolved' : session.inbox.bot === null ? 'open' : 'pending';
  const conversation = store.addConversation({ session, custom_attributes, status });
  const isTaken = takeTurn(world, conversation);
  publishConversation(world, 'conversation.created', conversation, by);
  if (!isTaken) return conversation;
  tellAgentsOfConversation(world, 'assignee.changed', conversation);
  notify(world, conversation, noticeOfAssignment(conversation));
  return conversation;
}

/** The contact has read: every message of others becomes `read`, one frame each (§3.10). */
export function readByContact(world: World, conversation: Conversation): void {
  conversation.contact_last_seen_at = world.store.now();
  conversation.updated_at = conversation.contact_last_seen_at;
  tellAgentsOfConversation(world, 'conversation.read', conversation);
  for (const message of conversation.messages)
    if (message.message_type !== 0 && ['sent', 'delivered'].includes(message.status))
      changeMessage(world, conversation, message, { status: 'read' });
}

/** An agent has read: stored without any event, except that its notifications are read too (§7.9). */
export function readByAgent(world: World, conversation: Conversation, agent: Agent): void {
  conversation.agent_last_seen_at = world.store.now();
  if (conversation.assignee === agent) conversation.assignee_last_seen_at = conversation.agent_last_seen_at;
  readNotifications(world, conversation, agent);
}

/** Somebody types; heard by the owning session and all agents, but not by who types (§6.4). */
function typing(world: World, conversation: Conversation, own: string | null, on: boolean, data: Json): void {
  const tokens = [...agentTokens(world), conversation.session.pubsub_token];
  const event = on ? 'conversation.typing_on' : 'conversation.typing_off';
  world.broadcast.publish(
    tokens.filter((token) => token !== own),
    event,
    () => data,
  );
}

export function contactTyping(world: World, conversation: Conversation, on: boolean): void {
  const { contact, pubsub_token } = conversation.session;
  typing(world, conversation, pubsub_token, on, {
    conversation: conversationPayload(conversation, contactView(world)),
    user: presentContactSender(contact),
    is_private: false,
    account_id: world.accountId,
  });
}

/** An agent or a bot types, maybe a private note: that, too, reaches the contact. */
export function actorTyping(
  world: World,
  conversation: Conversation,
  { by, on, isPrivate }: { by: Actor; on: boolean; isPrivate: boolean },
): void {
  const view = agentView(world);
  typing(world, conversation, 'isBot' in by ? null : by.pubsubToken, on, {
    conversation: conversationPayload(conversation, view),
    user: presentActor(by, view),
    is_private: isPrivate,
    account_id: world.accountId,
    ...performerKey(by, view),
  });
}

function publishUpdated(world: World, conversation: Conversation): void {
  conversation.updated_at = world.store.now();
  publishConversation(world, 'conversation.updated', conversation);
}

/** Replaces all labels; notes what was added and removed. */
export function setLabels(world: World, conversation: Conversation, labels: string[], by: Actor): void {
  const old = conversation.labels;
  const added = labels.filter((label) => !old.includes(label));
  const removed = old.filter((label) => !labels.includes(label));
  conversation.labels = labels;
  if (added.length > 0) addActivity(world, conversation, `${by.name} added ${added.join(', ')}`);
  if (removed.length > 0) addActivity(world, conversation, `${by.name} removed ${removed.join(', ')}`);
  if (added.length + removed.length > 0) publishUpdated(world, conversation);
}

/** Replaces all custom attributes. */
export function setCustomAttributes(world: World, conversation: Conversation, attributes: Json): void {
  validateAttributes(attributes);
  if (JSON.stringify(attributes) === JSON.stringify(conversation.custom_attributes)) return;
  conversation.custom_attributes = attributes;
  publishUpdated(world, conversation);
}

export function setPriority(
  world: World,
  conversation: Conversation,
  priority: Priority | null,
  by: Actor,
): void {
  const old = conversation.priority;
  if (priority === old) return;
  conversation.priority = priority;
  const deed =
    priority === null
      ? 'removed the priority'
      : old === null
        ? `set the priority to ${priority}`
        : `changed the priority from ${old} to ${priority}`;
  addActivity(world, conversation, `${by.name} ${deed}`);
  publishUpdated(world, conversation);
}

/** Nothing is told; later requests find it gone (§7.8). */
export function deleteConversation(world: World, conversation: Conversation): void {
  const { store } = world;
  store.conversations = store.conversations.filter((one) => one !== conversation);
  forgetNotifications(world, conversation);
}
