// Owns the page of a rating by the conversation's uuid, which is the only secret it needs (contract §3.14, §3.15).
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { answerMessage } from '../actions/message-answers';
import { notFound } from '../actions/problems';
import { iso } from '../presenters/client-presenters';
import { isObject } from '../records/json';
import type { Conversation, Message } from '../records/records';
import type { World } from '../world';
import { withParams } from './params';
import { answerJson, type Env } from './responses';

type Asked = { conversation: Conversation; message: Message };

function presentResponse({ conversation, message }: Asked, account_id: number) {
  const response = message.csat;
  return (
    response && {
      id: response.id,
      account_id,
      conversation_id: conversation.database_id,
      message_id: message.id,
      rating: response.rating,
      feedback_message: response.feedback_message,
      contact_id: conversation.session.contact.id,
      assigned_agent_id: response.assignee?.id ?? null,
      created_at: iso(response.created_at),
      updated_at: iso(response.updated_at),
      csat_review_notes: null,
      review_notes_updated_at: null,
      review_notes_updated_by_id: null,
    }
  );
}

export function routeCsat(app: Hono<Env>, world: World): void {
  const path = '/public/api/v1/csat_survey/:uuid{[^/.]+}';

  const askedOf = (c: Context<Env>): Asked => {
    const conversation = world.store.conversations.find(({ uuid }) => uuid === c.req.param('uuid'));
    const message = conversation?.messages.find(({ content_type }) => content_type === 'input_csat');
    if (conversation === undefined || message === undefined) throw notFound();
    return { conversation, message };
  };
  const present = ({ conversation, message }: Asked) => ({
    id: message.id,
    csat_survey_response: presentResponse({ conversation, message }, world.accountId),
    display_type: message.content_attributes.display_type ?? 'emoji',
    content: message.content,
    inbox_avatar_url: '',
    inbox_name: conversation.session.inbox.name,
    locale: 'en',
    conversation_id: conversation.database_id,
    created_at: iso(message.created_at),
  });

  app.get(
    path,
    withParams((c) => answerJson(c, present(askedOf(c)))),
  );
  app.on(
    ['PATCH', 'PUT'],
    path,
    withParams((c, params) => {
      const asked = askedOf(c);
      // A job records the rating, so the answer still shows the one before.
      const shown = present(asked);
      const submitted = isObject(params.message) ? params.message.submitted_values : undefined;
      answerMessage(world, asked.conversation, asked.message, submitted);
      return answerJson(c, shown);
    }),
  );
}
