// Owns the part of the account API that concerns the messages of a conversation. Tokens are checked in routes-account.ts.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { accountAccess } from './account-access';
import { presentAccountConversation, presentAccountMessage } from './account-presenters';
import { answerJson, type Env } from './answers';
import { readAttachments } from './attachments';
import { isObject } from './contact-merge';
import { writeAsAgent } from './message-actions';
import { deleteMessage, reportStatus } from './message-changes';
import { readParams } from './params';
import { notFound } from './problems';
import type { Conversation, Message } from './records';
import { listMessages } from './store';
import { agentView } from './view';
import type { World } from './world';

/** `one` is the path of a conversation. */
export function routeAccountMessages(app: Hono<Env>, world: World, one: string): void {
  const { actorOf, agentOf, conversationOf } = accountAccess(world);
  const show = (message: Message, conversation: Conversation) =>
    presentAccountMessage(message, conversation, agentView(world));
  const messageOf = (c: Context<Env>, conversation: Conversation): Message => {
    const message = conversation.messages.find(({ id }) => String(id) === c.req.param('message'));
    if (message === undefined) throw notFound();
    return message;
  };

  app.get(`${one}/messages`, (c) => {
    agentOf(c);
    const conversation = conversationOf(c);
    const payload = listMessages(conversation, true).map((message) => show(message, conversation));
    return answerJson(c, { meta: presentAccountConversation(world, conversation).meta, payload });
  });
  app.post(`${one}/messages`, async (c) => {
    const params = await readParams(c);
    const conversation = conversationOf(c);
    const message = writeAsAgent(world, conversation, actorOf(c), {
      content: params.content == null ? null : String(params.content),
      attachments: await readAttachments(world.store, params),
      private: params.private === true || params.private === 'true',
      content_type: String(params.content_type ?? 'text'),
      content_attributes: isObject(params.content_attributes) ? params.content_attributes : {},
    });
    return answerJson(c, show(message, conversation));
  });
  app.delete(`${one}/messages/:message`, (c) => {
    const conversation = conversationOf(c);
    const message = messageOf(c, conversation);
    deleteMessage(world, conversation, message, agentOf(c));
    return answerJson(c, show(message, conversation));
  });
  app.patch(`${one}/messages/:message`, async (c) => {
    const { status, external_error: error } = await readParams(c);
    const conversation = conversationOf(c);
    const message = messageOf(c, conversation);
    reportStatus(world, conversation, message, { status, error, by: agentOf(c) });
    return answerJson(c, show(message, conversation));
  });
}
