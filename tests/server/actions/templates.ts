// Owns the messages that the server writes by itself: greeting, out of office, the request for a rating, what a job says (contract §9).
// Must not know HTTP. They have no sender and end no wait.

import type { Conversation, Message } from '../records/records';
import { isClosed } from '../records/working-hours';
import type { World } from '../world';
import { publishMessage } from './conversation-events';

const MINUTE = 60_000;

/** Says something by nobody. */
export function writeTemplate(
  world: World,
  conversation: Conversation,
  fields: Partial<Message> & Pick<Message, 'content'>,
): void {
  const message = world.store.addMessage(conversation, { ...fields, message_type: 3 });
  publishMessage(world, 'message.created', conversation, message);
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Answers a message of the contact: that nobody is there, once a day, or with a greeting, once (§9.1). */
export function answerByTemplate(world: World, conversation: Conversation): void {
  const { messages, session } = conversation;
  const { inbox } = session;
  const now = world.store.now();
  const templates = messages.filter(({ message_type }) => message_type === 3);
  const replies = messages.filter(({ message_type }) => message_type === 1);
  const isAttended = replies.some((reply) => !reply.private && reply.created_at > now - 5 * MINUTE);
  const wasToday = templates.some(({ created_at }) => day(created_at) === day(now));
  if (inbox.outOfOffice !== null && isClosed(inbox, now) && !isAttended && !wasToday)
    writeTemplate(world, conversation, { content: inbox.outOfOffice });
  else if (inbox.greeting !== null && templates.length + replies.length === 0)
    writeTemplate(world, conversation, { content: inbox.greeting });
}

/** Asks for a rating, once in a conversation, however often it is resolved (§9.3). */
export function askForRating(world: World, conversation: Conversation): void {
  const isAsked = conversation.messages.some(({ content_type }) => content_type === 'input_csat');
  if (!conversation.session.inbox.csatSurvey || isAsked) return;
  writeTemplate(world, conversation, {
    content: 'Please rate the conversation',
    content_type: 'input_csat',
    content_attributes: { display_type: 'emoji' },
  });
}
