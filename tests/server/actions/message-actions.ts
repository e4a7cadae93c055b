// Owns writing messages, by both sides, with the frames that follow.
// Must not know HTTP beyond the problems it throws.

import type { Actor, Attachment, Contact, Conversation, Message } from '../records/records';
import type { World } from '../world';
import { noteTurn, noticeOfAssignment } from './assignment';
import { tellOfContact } from './contact-events';
import { validateContent } from './content-attributes';
import { publishConversation, publishMessage, tellAgentsOfConversation } from './conversation-events';
import { noticesOf, notify } from './notifications';
import { invalid } from './problems';
import { wake } from './status-actions';
import { answerByTemplate } from './templates';

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

/**
 * A message from the contact, of whichever of its sessions. `echoId` comes back in the one frame only, with its JSON
 * type. Frames in the recorded order: waking the conversation, the message, the server's own answer, and the wait
 * for an agent if it begins now.
 */
export function writeAsContact(
  world: World,
  conversation: Conversation,
  draft: Draft,
  echoId: unknown,
): Message {
  validate(world, conversation, draft.content);
  const { store } = world;
  const contact: Contact = conversation.session.contact;
  const sender = { type: 'Contact' as const, contact };
  const message = store.addMessage(conversation, { ...draft, message_type: 0, sender });
  const isTaken = wake(world, conversation);
  const extra = echoId == null ? {} : { echo_id: echoId };
  publishMessage(world, 'message.created', conversation, message, { extra });
  if (isTaken) tellAgentsOfConversation(world, 'assignee.changed', conversation);
  answerByTemplate(world, conversation);

  contact.last_activity_at = message.created_at;
  contact.updated_at = store.now();
  tellOfContact(world, 'contact.updated', contact, null);
  if (conversation.waiting_since === 0) {
    conversation.waiting_since = message.created_at;
    conversation.updated_at = store.now();
    publishConversation(world, 'conversation.updated', conversation);
  }
  if (isTaken) noteTurn(world, conversation, null);
  const assignment = isTaken ? noticeOfAssignment(conversation) : [];
  notify(world, conversation, [...assignment, ...noticesOf(conversation, message)]);
  return message;
}

/**
 * A message from an agent or a bot: reply or private note. A reply ends the wait, and an agent's first one is noted;
 * either is one more frame.
 */
export function writeAsAgent(
  world: World,
  conversation: Conversation,
  by: Actor,
  draft: Draft & Pick<Message, 'private' | 'content_type' | 'content_attributes'>,
): Message {
  validate(world, conversation, draft.content);
  validateContent(draft.content_type, draft.content_attributes);
  const isBot = 'isBot' in by;
  const message = world.store.addMessage(conversation, {
    ...draft,
    message_type: 1,
    sender: isBot ? { type: 'AgentBot', bot: by } : { type: 'User', agent: by },
  });
  publishMessage(world, 'message.created', conversation, message, { by });
  if (!message.private) {
    const isFirstReply = !isBot && conversation.first_reply_created_at === 0;
    if (isFirstReply) {
      conversation.first_reply_created_at = message.created_at;
      publishMessage(world, 'first.reply.created', conversation, message, { by });
    }
    if (isFirstReply || conversation.waiting_since !== 0) {
      conversation.waiting_since = 0;
      conversation.updated_at = world.store.now();
      publishConversation(world, 'conversation.updated', conversation);
    }
  }
  notify(world, conversation, noticesOf(conversation, message));
  return message;
}
