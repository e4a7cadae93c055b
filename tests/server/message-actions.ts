// Owns what happens to messages, with the frames it causes: writing by both sides, deletion.
// Must not know HTTP beyond the problems it throws.

import { addActivity } from './conversation-actions';
import { messagePayload, performerKey } from './frame-presenters';
import { invalid } from './problems';
import type { Agent, Attachment, Conversation, Json, Message } from './records';
import { audience, publishConversation, type World } from './world';

type Draft = { content: string | null; attachments: Attachment[] };

/** Length in characters (not UTF-16 units) and the flood limit (§2, §3.12). */
function validate(
  { store, messagesPerMinute }: World,
  conversation: Conversation,
  content: string | null,
): void {
  if (content !== null && content.length > 150_000 && [...content].length > 150_000)
    throw invalid([{ attribute: 'content', message: 'Content is too long (maximum is 150000 characters)' }]);
  const minuteAgo = store.now() - 60_000;
  const recent = conversation.messages.filter((message) => message.created_at > minuteAgo);
  if (recent.length >= messagesPerMinute)
    throw invalid([{ attribute: 'base', message: 'Too many messages' }]);
}

function publishCreated(world: World, conversation: Conversation, message: Message, extra: Json): void {
  if (message.private) return;
  const payload = { ...messagePayload(message, conversation, world.accountId, world.origin), ...extra };
  world.broadcast.publish(audience(world, conversation), 'message.created', () => payload);
}

/**
 * A message from the contact. `echoId` comes back in the one frame only, with its JSON type.
 * Reopens a resolved or snoozed conversation; the frames are those recorded: an update before the message,
 * one after it when the wait for an agent begins, and no status_changed.
 */
export function writeAsContact(
  world: World,
  conversation: Conversation,
  draft: Draft,
  echoId: unknown,
): Message {
  validate(world, conversation, draft.content);
  const { store } = world;
  const { contact } = conversation.session;
  const message = store.addMessage(conversation, {
    ...draft,
    message_type: 0,
    sender: { type: 'Contact', contact },
  });
  contact.last_activity_at = message.created_at;
  const asleep = conversation.status === 'resolved' || conversation.status === 'snoozed';
  if (asleep && !contact.blocked) {
    conversation.status = 'open';
    conversation.snoozed_until = 0;
    conversation.updated_at = store.now();
    publishConversation(world, 'conversation.updated', conversation);
  }
  publishCreated(world, conversation, message, echoId == null ? {} : { echo_id: echoId });
  if (asleep && !contact.blocked)
    addActivity(world, conversation, 'System reopened the conversation due to a new incoming message.');
  if (conversation.waiting_since === 0) {
    conversation.waiting_since = message.created_at;
    conversation.updated_at = store.now();
    publishConversation(world, 'conversation.updated', conversation);
  }
  return message;
}

/** A message from an agent: reply or private note. The reply ends the wait, which is one more frame. */
export function writeAsAgent(
  world: World,
  conversation: Conversation,
  agent: Agent,
  draft: Draft & Pick<Message, 'private' | 'content_type' | 'content_attributes'>,
): Message {
  validate(world, conversation, draft.content);
  const message = world.store.addMessage(conversation, {
    ...draft,
    message_type: 1,
    sender: { type: 'User', agent },
  });
  publishCreated(world, conversation, message, performerKey(agent));
  if (message.private) return message;
  const isFirstReply = conversation.first_reply_created_at === 0;
  if (isFirstReply) conversation.first_reply_created_at = message.created_at;
  if (isFirstReply || conversation.waiting_since !== 0) {
    conversation.waiting_since = 0;
    conversation.updated_at = world.store.now();
    publishConversation(world, 'conversation.updated', conversation);
  }
  return message;
}

/** Leaves a tombstone (§8.10). */
export function deleteMessage(world: World, conversation: Conversation, message: Message, by: Agent): void {
  const old = { ...message };
  const content = 'This message was deleted';
  Object.assign(message, {
    content,
    content_type: 'text',
    content_attributes: { deleted: true },
    attachments: [],
    updated_at: world.store.now(),
  });
  if (message.private) return;
  const payload = messagePayload(message, conversation, world.accountId, world.origin);
  const previous_changes = {
    content: [old.content, content],
    updated_at: [new Date(old.updated_at).toISOString(), payload.updated_at],
    content_attributes: [old.content_attributes, { deleted: true }],
    processed_message_content: [old.content, content],
  };
  world.broadcast.publish(audience(world, conversation), 'message.updated', () => ({
    ...payload,
    previous_changes,
    ...performerKey(by),
  }));
}
