// Owns the shapes of the account API, the agents' side, with the keys of the recorded answers.
// Must not be used for what contacts get: private notes and activity are in here.

import { listMessages } from '../records/message-list';
import { isContactOnline, shownAvailability } from '../records/presence';
import type { Agent, Contact, Conversation, Message } from '../records/records';
import type { World } from '../world';
import { attachmentsKey, iso, presentContactSender, seconds, senderKey } from './client-presenters';
import { messagePayload, unreadCount } from './frame-presenters';
import { agentView, type View } from './view';

/** A message as the agents' dashboard gets it after posting or deleting one, and in lists. */
export function presentAccountMessage(message: Message, conversation: Conversation, view: View) {
  return {
    id: message.id,
    content: message.content,
    inbox_id: conversation.session.inbox.id,
    conversation_id: conversation.id,
    message_type: message.message_type,
    content_type: message.content_type,
    status: message.status,
    content_attributes: message.content_attributes,
    created_at: seconds(message.created_at),
    private: message.private,
    source_id: null,
    ...attachmentsKey(message, view),
    ...senderKey(message, view),
  };
}

/** A contact as agents get it; without `last_activity_at` while there was none. */
export function presentAccountContact(world: World, contact: Contact) {
  const { type: _type, ...sender } = presentContactSender(contact);
  return {
    ...sender,
    availability_status: isContactOnline(world, contact.id) ? 'online' : 'offline',
    ...(contact.last_activity_at > 0 && { last_activity_at: seconds(contact.last_activity_at) }),
    created_at: seconds(contact.created_at),
  };
}

/** A conversation as the agents' dashboard gets it. */
export function presentAccountConversation(world: World, conversation: Conversation) {
  const { session, assignee } = conversation;
  const view = agentView(world);
  const payload = (message: Message | undefined) =>
    message === undefined ? null : messagePayload(message, conversation, view);
  const last = payload(listMessages(conversation, true).at(-1));
  return {
    meta: {
      sender: presentAccountContact(world, session.contact),
      channel: 'Channel::Api',
      ...(assignee && { assignee: presentAccountAgent(world, assignee) }),
      hmac_verified: session.hmac_verified,
    },
    id: conversation.id,
    messages: last === null ? [] : [last],
    account_id: world.accountId,
    uuid: conversation.uuid,
    additional_attributes: {},
    agent_last_seen_at: seconds(conversation.agent_last_seen_at),
    assignee_last_seen_at: seconds(conversation.assignee_last_seen_at),
    can_reply: true,
    contact_last_seen_at: seconds(conversation.contact_last_seen_at),
    custom_attributes: conversation.custom_attributes,
    inbox_id: session.inbox.id,
    labels: conversation.labels,
    muted: session.contact.blocked,
    snoozed_until: iso(conversation.snoozed_until),
    status: conversation.status,
    created_at: seconds(conversation.created_at),
    updated_at: conversation.updated_at / 1000,
    timestamp: seconds(conversation.last_activity_at),
    first_reply_created_at: seconds(conversation.first_reply_created_at),
    unread_count: unreadCount(conversation),
    last_non_activity_message: payload(
      listMessages(conversation, true).findLast(({ message_type }) => message_type !== 2),
    ),
    last_activity_at: seconds(conversation.last_activity_at),
    priority: conversation.priority,
    waiting_since: seconds(conversation.waiting_since),
    sla_policy_id: null,
  };
}

export function presentAccountAgent(world: World, agent: Agent) {
  return {
    id: agent.id,
    account_id: world.accountId,
    availability_status: shownAvailability(world, agent),
    auto_offline: agent.autoOffline,
    confirmed: true,
    email: agent.email,
    provider: 'email',
    available_name: agent.availableName,
    name: agent.name,
    role: agent.role,
    thumbnail: '',
  };
}
