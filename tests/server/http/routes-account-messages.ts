// Owns the part of the account API that concerns the messages of a conversation.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { writeAsAgent } from '../actions/message-actions';
import { deleteMessage, reportStatus } from '../actions/message-changes';
import { Problem, unprocessable } from '../actions/problems';
import { presentAccountConversation, presentAccountMessage } from '../presenters/account-presenters';
import { agentView } from '../presenters/view';
import { isObject, isTrue, scalar } from '../records/json';
import { listMessages } from '../records/message-list';
import type { Conversation, Message } from '../records/records';
import type { World } from '../world';
import { accountAccess } from './account-access';
import { readAttachments } from './attachments';
import { foundById } from './params';
import { answerJson, type Env } from './responses';

/** What is wrong with a new message is told in one sentence here. */
function retold(problem: unknown): unknown {
  if (!(problem instanceof Problem) || problem.body?.attributes === undefined) return problem;
  return unprocessable(`Validation failed: ${problem.body.message}`);
}

/** `one` is the path of a conversation. */
export function routeAccountMessages(app: Hono<Env>, world: World, one: string): void {
  const { store } = world;
  const { forActors, forAgents } = accountAccess(world);
  const show = (message: Message, conversation: Conversation) =>
    presentAccountMessage(message, conversation, agentView(world));
  const conversationOf = (c: Context<Env>) => foundById(store.conversations, c.req.param('id'));
  const messageOf = (c: Context<Env>, { messages }: Conversation) =>
    foundById(messages, c.req.param('message'));

  app.get(
    `${one}/messages`,
    forAgents(({ c }) => {
      const conversation = conversationOf(c);
      const payload = listMessages(conversation, true).map((message) => show(message, conversation));
      return answerJson(c, { meta: presentAccountConversation(world, conversation).meta, payload });
    }),
  );
  app.post(
    `${one}/messages`,
    forActors(async ({ c, params, by }) => {
      const conversation = conversationOf(c);
      const draft = {
        content: scalar(params.content),
        attachments: await readAttachments(store, params),
        private: isTrue(params.private),
        content_type: scalar(params.content_type) ?? 'text',
        content_attributes: isObject(params.content_attributes) ? params.content_attributes : {},
      };
      try {
        return answerJson(c, show(writeAsAgent(world, conversation, by, draft), conversation));
      } catch (problem) {
        throw retold(problem);
      }
    }),
  );
  app.delete(
    `${one}/messages/:message`,
    forAgents(({ c, by }) => {
      const conversation = conversationOf(c);
      const message = messageOf(c, conversation);
      deleteMessage(world, conversation, message, by);
      return answerJson(c, show(message, conversation));
    }),
  );
  app.patch(
    `${one}/messages/:message`,
    forAgents(({ c, params, by }) => {
      const conversation = conversationOf(c);
      const message = messageOf(c, conversation);
      const error = scalar(params.external_error);
      reportStatus(world, conversation, message, { status: params.status, error, by });
      return answerJson(c, show(message, conversation));
    }),
  );
}
