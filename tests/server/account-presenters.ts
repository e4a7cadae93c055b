// Owns the shapes of the account API, the agents' side, with the keys of the recorded answers.
// Must not be used for what contacts get: private notes and activity are in here.

import { messagePayload, unreadCount } from './frame-presenters';
import { attachmentsKey, iso, presentContactSender, seconds, senderKey } from './presenters';
import type { Agent, Conversation, Message } from './records';
import { listMessages } from './store';

/** A message as the agents' dashboard gets it after posting or deleting one, and in lists. */
export function presentAccountMessage(
  message: Message,
  conversation: Conversation,
  accountId: number,
  origin: string,
) {
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
    ...attachmentsKey(message, accountId, origin),
    ...senderKey(message),
  };
}

/** A conversation as the agents' dashboard gets it. */
export function presentAccountConversation(conversation: Conversation, accountId: number, origin: string) {
  const { session } = conversation;
  const { type: _type, ...sender } = presentContactSender(session.contact);
  const payload = (message: Message | undefined) =>
    message === undefined ? null : messagePayload(message, conversation, accountId, origin);
  const last = payload(listMessages(conversation, true).at(-1));
  return {
    meta: {
      sender: {
        ...sender,
        availability_status: 'online',
        last_activity_at: seconds(session.contact.last_activity_at),
        created_at: seconds(session.contact.created_at),
      },
      channel: 'Channel::Api',
      ...(conversation.assignee && { assignee: presentAccountAgent(conversation.assignee, accountId) }),
      hmac_verified: session.hmac_verified,
    },
    id: conversation.id,
    messages: last === null ? [] : [last],
    account_id: accountId,
    uuid: conversation.uuid,
    additional_attributes: {},
    agent_last_seen_at: seconds(conversation.agent_last_seen_at),
    assignee_last_seen_at: 0,
    can_reply: true,
    contact_last_seen_at: seconds(conversation.contact_last_seen_at),
    custom_attributes: conversation.custom_attributes,
    inbox_id: session.inbox.id,
    labels: [],
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
    priority: null,
    waiting_since: seconds(conversation.waiting_since),
    sla_policy_id: null,
  };
}

export function presentAccountAgent(agent: Agent, accountId: number) {
  return {
    id: agent.id,
    account_id: accountId,
    availability_status: agent.availability,
    auto_offline: true,
    confirmed: true,
    email: agent.email,
    provider: 'email',
    available_name: agent.availableName,
    name: agent.name,
    role: 'agent',
    thumbnail: '',
  };
}
