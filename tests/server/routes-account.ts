// Owns the part of the account API that concerns conversations; every call needs an access token.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { accountAccess } from './account-access';
import { presentAccountAgent, presentAccountConversation } from './account-presenters';
import { answerJson, answerNothing, type Env } from './answers';
import { assign } from './assignment';
import { isObject } from './contact-merge';
import {
  actorTyping,
  createConversation,
  deleteConversation,
  readByAgent,
  setCustomAttributes,
  setLabels,
  setPriority,
} from './conversation-actions';
import { readParams } from './params';
import { iso } from './presenters';
import { notFound } from './problems';
import type { Actor, Conversation, Priority, Status } from './records';
import { routeAccountMessages } from './routes-account-messages';
import { changeStatus, handOver, mute, unmute } from './status-actions';
import type { World } from './world';

const STATUSES: unknown[] = ['open', 'resolved', 'pending', 'snoozed'];
const PRIORITIES: unknown[] = ['low', 'medium', 'high', 'urgent'];

export function routeAccount(app: Hono<Env>, world: World): void {
  const { store, accountId } = world;
  const { actorOf, agentOf, administratorOf, conversationOf } = accountAccess(world);
  const base = `/api/v1/accounts/${accountId}/conversations`;
  const one = `${base}/:id`;
  type Ctx = Context<Env>;
  const show = (conversation: Conversation) => presentAccountConversation(world, conversation);

  app.use('/api/v1/accounts/*', async (c, next) => {
    actorOf(c);
    await next();
  });

  app.get(base, (c) => {
    const agent = agentOf(c);
    const status = c.req.query('status') ?? 'open';
    const shown = store.conversations
      .filter((conversation) => status === 'all' || conversation.status === status)
      .sort((a, b) => b.last_activity_at - a.last_activity_at);
    const assigned = shown.filter(({ assignee }) => assignee !== null);
    const meta = {
      mine_count: assigned.filter(({ assignee }) => assignee === agent).length,
      assigned_count: assigned.length,
      unassigned_count: shown.length - assigned.length,
      all_count: shown.length,
    };
    return answerJson(c, { data: { meta, payload: shown.map(show) } });
  });
  app.post(base, async (c) => {
    const { source_id, inbox_id, custom_attributes } = await readParams(c);
    const session = store.sessions.find(
      (candidate) =>
        candidate.source_id === source_id &&
        (inbox_id === undefined || candidate.inbox.id === Number(inbox_id)),
    );
    if (session === undefined) throw notFound();
    const attributes = isObject(custom_attributes) ? custom_attributes : {};
    return answerJson(c, show(createConversation(world, session, attributes, actorOf(c))));
  });
  app.get(one, (c) => {
    agentOf(c);
    return answerJson(c, show(conversationOf(c)));
  });
  app.delete(one, (c) => {
    administratorOf(c);
    deleteConversation(world, conversationOf(c));
    return answerNothing(c);
  });

  /** Changes the status; a bot that opens its pending conversation hands it over, and is told of no success. */
  const setStatus = (conversation: Conversation, status: Status, by: Actor, snoozedUntil: number) => {
    const isHandOver = 'isBot' in by && conversation.status === 'pending' && status === 'open';
    if (isHandOver) handOver(world, conversation, by);
    else changeStatus(world, conversation, status, by, { snoozedUntil });
    return isHandOver ? null : true;
  };
  app.post(`${one}/toggle_status`, async (c) => {
    const { status, snoozed_until } = await readParams(c);
    const conversation = conversationOf(c);
    // Without a status it toggles, as its name says.
    const wanted = STATUSES.includes(status)
      ? (status as Status)
      : conversation.status === 'open'
        ? 'resolved'
        : 'open';
    const success = setStatus(conversation, wanted, actorOf(c), Number(snoozed_until ?? 0) * 1000);
    return answerJson(c, {
      payload: {
        success,
        conversation_id: conversation.id,
        current_status: conversation.status,
        snoozed_until: iso(conversation.snoozed_until),
      },
    });
  });
  app.post(`${one}/toggle_typing_status`, async (c) => {
    const { typing_status, is_private } = await readParams(c);
    const conversation = conversationOf(c);
    const typing = { by: actorOf(c), isPrivate: is_private === true };
    if (typing_status === 'on' || typing_status === 'off')
      actorTyping(world, conversation, { ...typing, on: typing_status === 'on' });
    return answerNothing(c);
  });
  app.post(`${one}/assignments`, async (c) => {
    const { assignee_id } = await readParams(c);
    const assignee = world.agents.find(({ id }) => id === assignee_id) ?? null;
    assign(world, conversationOf(c), assignee, actorOf(c));
    return answerJson(c, assignee === null ? null : presentAccountAgent(world, assignee));
  });
  app.post(`${one}/update_last_seen`, (c) => {
    const conversation = conversationOf(c);
    readByAgent(world, conversation, agentOf(c));
    return answerJson(c, show(conversation));
  });
  const muting = (deed: typeof mute) => (c: Ctx) => {
    deed(world, conversationOf(c), agentOf(c));
    return answerNothing(c);
  };
  app.post(`${one}/mute`, muting(mute));
  app.post(`${one}/unmute`, muting(unmute));

  app.get(`${one}/labels`, (c) => {
    agentOf(c);
    return answerJson(c, { payload: conversationOf(c).labels });
  });
  app.post(`${one}/labels`, async (c) => {
    const { labels } = await readParams(c);
    const conversation = conversationOf(c);
    setLabels(world, conversation, Array.isArray(labels) ? labels.map(String) : [], agentOf(c));
    return answerJson(c, { payload: conversation.labels });
  });
  app.post(`${one}/custom_attributes`, async (c) => {
    const { custom_attributes } = await readParams(c);
    const conversation = conversationOf(c);
    actorOf(c);
    setCustomAttributes(world, conversation, isObject(custom_attributes) ? custom_attributes : {});
    return answerJson(c, { custom_attributes: conversation.custom_attributes });
  });
  app.post(`${one}/toggle_priority`, async (c) => {
    const { priority } = await readParams(c);
    const wanted = PRIORITIES.includes(priority) ? (priority as Priority) : null;
    setPriority(world, conversationOf(c), wanted, actorOf(c));
    return answerNothing(c);
  });

  routeAccountMessages(app, world, one);
}
