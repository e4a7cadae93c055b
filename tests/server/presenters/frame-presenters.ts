// Owns the payloads of cable events (contract §6). Must not decide who receives them.

import { listMessages } from '../records/message-list';
import type { Actor, Conversation, Message } from '../records/records';
import {
  attachmentsKey,
  iso,
  presentActor,
  presentAgent,
  presentContactSender,
  seconds,
  senderKey,
} from './client-presenters';
import type { View } from './view';

/** What agents have not read yet, capped at 10 as on the real server. */
export function unreadCount(conversation: Conversation): number {
  const unread = conversation.messages.filter(
    (message) => message.message_type === 0 && message.created_at > conversation.agent_last_seen_at,
  );
  return Math.min(10, unread.length);
}

/** A message as the cable and the account API's conversations carry it (§6.1). */
export function messagePayload(message: Message, conversation: Conversation, view: View) {
  return {
    id: message.id,
    content: message.content,
    account_id: view.accountId,
    inbox_id: conversation.session.inbox.id,
    conversation_id: conversation.id,
    message_type: message.message_type,
    created_at: seconds(message.created_at),
    updated_at: iso(message.updated_at),
    private: message.private,
    status: message.status,
    source_id: null,
    content_type: message.content_type,
    content_attributes: message.content_attributes,
    sender_type: message.sender?.type ?? null,
    sender_id: message.sender === null ? null : senderId(message.sender),
    external_source_ids: {},
    additional_attributes: {},
    processed_message_content: message.content,
    sentiment: {},
    conversation: {
      assignee_id: conversation.assignee?.id ?? null,
      unread_count: unreadCount(conversation),
      last_activity_at: seconds(conversation.last_activity_at),
      contact_inbox: { source_id: conversation.session.source_id },
    },
    ...attachmentsKey(message, view),
    ...senderKey(message, view),
  };
}

function senderId(sender: NonNullable<Message['sender']>): number {
  if (sender.type === 'Contact') return sender.contact.id;
  return sender.type === 'User' ? sender.agent.id : sender.bot.id;
}

/** A conversation as the cable carries it, without `account_id` (§6.3). Contains the cable secret, as the real one does. */
export function conversationPayload(conversation: Conversation, view: View) {
  const { session, assignee } = conversation;
  const last = listMessages(conversation).at(-1);
  return {
    additional_attributes: {},
    can_reply: true,
    channel: 'Channel::Api',
    contact_inbox: {
      id: session.id,
      contact_id: session.contact.id,
      inbox_id: session.inbox.id,
      source_id: session.source_id,
      created_at: iso(session.created_at),
      updated_at: iso(session.created_at),
      hmac_verified: session.hmac_verified,
      pubsub_token: session.pubsub_token,
    },
    id: conversation.id,
    inbox_id: session.inbox.id,
    messages: last === undefined ? [] : [messagePayload(last, conversation, view)],
    labels: conversation.labels,
    meta: {
      sender: presentContactSender(session.contact),
      assignee: assignee === null ? null : presentAgent(assignee, view),
      assignee_type: assignee === null ? null : 'User',
      team: null,
      hmac_verified: session.hmac_verified,
    },
    status: conversation.status,
    custom_attributes: conversation.custom_attributes,
    snoozed_until: iso(conversation.snoozed_until),
    unread_count: unreadCount(conversation),
    first_reply_created_at: iso(conversation.first_reply_created_at),
    priority: conversation.priority,
    waiting_since: seconds(conversation.waiting_since),
    agent_last_seen_at: seconds(conversation.agent_last_seen_at),
    contact_last_seen_at: seconds(conversation.contact_last_seen_at),
    last_activity_at: seconds(conversation.last_activity_at),
    timestamp: seconds(conversation.last_activity_at),
    created_at: seconds(conversation.created_at),
    updated_at: conversation.updated_at / 1000,
  };
}

/** `{}` or `{performer}`: present only when an agent or a bot caused the event. */
export const performerKey = (actor: Actor | null, view: View) =>
  actor === null ? {} : { performer: presentActor(actor, view) };
