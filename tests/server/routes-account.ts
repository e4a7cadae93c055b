// Owns the account API as far as the console and the tests' agent need it; every call needs an access token.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { presentAccountAgent, presentAccountConversation, presentAccountMessage } from './account-presenters';
import { answerJson, answerNothing, type Env } from './answers';
import { readAttachments } from './attachments';
import { agentTyping, assign, changeStatus, createConversation } from './conversation-actions';
import { deleteMessage, writeAsAgent } from './message-actions';
import { readParams } from './params';
import { iso } from './presenters';
import { notFound, wrongAccessToken } from './problems';
import type { Agent, Conversation, Json, Message, Status } from './records';
import { listMessages } from './store';
import type { World } from './world';

const STATUSES: unknown[] = ['open', 'resolved', 'pending', 'snoozed'];

export function routeAccount(app: Hono<Env>, world: World): void {
  const { store, accountId } = world;
  const base = `/api/v1/accounts/${accountId}/conversations`;
  const one = `${base}/:id`;
  type Ctx = Context<Env>;

  const agentOf = (c: Ctx): Agent => {
    const token = c.req.header('api_access_token');
    const agent = world.agents.find(({ apiAccessToken }) => apiAccessToken === token);
    if (agent === undefined) throw wrongAccessToken();
    return agent;
  };
  const conversationOf = (c: Ctx): Conversation => {
    const conversation = store.conversations.find(({ id }) => String(id) === c.req.param('id'));
    if (conversation === undefined) throw notFound();
    return conversation;
  };
  const show = (conversation: Conversation) =>
    presentAccountConversation(conversation, accountId, world.origin);
  const showMessage = (message: Message, conversation: Conversation) =>
    presentAccountMessage(message, conversation, accountId, world.origin);

  app.use(`/api/v1/accounts/*`, async (c, next) => {
    agentOf(c);
    await next();
  });

  app.get(base, (c) => {
    const status = c.req.query('status') ?? 'open';
    const shown = store.conversations
      .filter((conversation) => status === 'all' || conversation.status === status)
      .sort((a, b) => b.last_activity_at - a.last_activity_at);
    const assigned = shown.filter(({ assignee }) => assignee !== null);
    const meta = {
      mine_count: assigned.filter(({ assignee }) => assignee === agentOf(c)).length,
      assigned_count: assigned.length,
      unassigned_count: shown.length - assigned.length,
      all_count: shown.length,
    };
    return answerJson(c, { data: { meta, payload: shown.map(show) } });
  });
  app.post(base, async (c) => {
    const { source_id, inbox_id } = await readParams(c);
    const session = store.sessions.find(
      (candidate) =>
        candidate.source_id === source_id &&
        (inbox_id === undefined || candidate.inbox.id === Number(inbox_id)),
    );
    if (session === undefined) throw notFound();
    return answerJson(c, show(createConversation(world, session, {})));
  });
  app.get(one, (c) => answerJson(c, show(conversationOf(c))));

  app.get(`${one}/messages`, (c) => {
    const conversation = conversationOf(c);
    const payload = listMessages(conversation, true).map((message) => showMessage(message, conversation));
    return answerJson(c, { meta: show(conversation).meta, payload });
  });
  app.post(`${one}/messages`, async (c) => {
    const params = await readParams(c);
    const conversation = conversationOf(c);
    const message = writeAsAgent(world, conversation, agentOf(c), {
      content: params.content == null ? null : String(params.content),
      attachments: await readAttachments(store, params),
      private: params.private === true || params.private === 'true',
      content_type: String(params.content_type ?? 'text'),
      content_attributes: (params.content_attributes ?? {}) as Json,
    });
    return answerJson(c, showMessage(message, conversation));
  });
  app.delete(`${one}/messages/:message`, (c) => {
    const conversation = conversationOf(c);
    const message = conversation.messages.find(({ id }) => String(id) === c.req.param('message'));
    if (message === undefined) throw notFound();
    deleteMessage(world, conversation, message, agentOf(c));
    return answerJson(c, showMessage(message, conversation));
  });

  app.post(`${one}/toggle_typing_status`, async (c) => {
    const { typing_status, is_private } = await readParams(c);
    const conversation = conversationOf(c);
    const typing = { agent: agentOf(c), isPrivate: is_private === true };
    if (typing_status === 'on' || typing_status === 'off')
      agentTyping(world, conversation, { ...typing, on: typing_status === 'on' });
    return answerNothing(c);
  });
  app.post(`${one}/toggle_status`, async (c) => {
    const { status, snoozed_until } = await readParams(c);
    const conversation = conversationOf(c);
    // Without a status it toggles, as its name says.
    const wanted = STATUSES.includes(status)
      ? (status as Status)
      : conversation.status === 'open'
        ? 'resolved'
        : 'open';
    changeStatus(world, conversation, wanted, agentOf(c).name, Number(snoozed_until ?? 0) * 1000);
    return answerJson(c, {
      payload: {
        success: true,
        conversation_id: conversation.id,
        current_status: conversation.status,
        snoozed_until: iso(conversation.snoozed_until),
      },
    });
  });
  app.post(`${one}/assignments`, async (c) => {
    const { assignee_id } = await readParams(c);
    const assignee = world.agents.find(({ id }) => id === assignee_id) ?? null;
    assign(world, conversationOf(c), assignee, agentOf(c));
    return answerJson(c, assignee === null ? null : presentAccountAgent(assignee, accountId));
  });
  // Agents' reading is stored without any event (§7.9).
  app.post(`${one}/update_last_seen`, (c) => {
    const conversation = conversationOf(c);
    conversation.agent_last_seen_at = store.now();
    return answerJson(c, show(conversation));
  });
}
