// Owns the part of the account API that concerns conversations; every call needs an access token.
// Must not change records by itself.

import type { Context, Hono } from 'hono';
import { assign } from '../actions/assignment';
import {
  actorTyping,
  createConversation,
  deleteConversation,
  readByAgent,
  setCustomAttributes,
  setLabels,
  setPriority,
} from '../actions/conversation-actions';
import { notFound } from '../actions/problems';
import { changeStatus, handOver, mute, unmute } from '../actions/status-actions';
import { presentAccountAgent, presentAccountConversation } from '../presenters/account-presenters';
import { iso } from '../presenters/client-presenters';
import { isObject, isScalar, isTrue, scalar } from '../records/json';
import type { Actor, Conversation, Priority, Status } from '../records/records';
import type { World } from '../world';
import { accountAccess } from './account-access';
import { foundById } from './params';
import { answerJson, answerNothing, type Env } from './responses';
import { routeAccountMessages } from './routes-account-messages';

const STATUSES: unknown[] = ['open', 'resolved', 'pending', 'snoozed'];
const PRIORITIES: unknown[] = ['low', 'medium', 'high', 'urgent'];

export function routeAccount(app: Hono<Env>, world: World): void {
  const { store, accountId, agents } = world;
  const { forActors, forAgents, forAdministrators } = accountAccess(world);
  const base = `/api/v1/accounts/${accountId}/conversations`;
  const one = `${base}/:id`;
  const conversationOf = (c: Context<Env>) => foundById(store.conversations, c.req.param('id'));
  const show = (conversation: Conversation) => presentAccountConversation(world, conversation);

  app.get(
    base,
    forAgents(({ c, params, by }) => {
      const status = params.status ?? 'open';
      const shown = store.conversations
        .filter((conversation) => status === 'all' || conversation.status === status)
        .sort((a, b) => b.last_activity_at - a.last_activity_at);
      const assigned = shown.filter(({ assignee }) => assignee !== null);
      const meta = {
        mine_count: assigned.filter(({ assignee }) => assignee === by).length,
        assigned_count: assigned.length,
        unassigned_count: shown.length - assigned.length,
        all_count: shown.length,
      };
      return answerJson(c, { data: { meta, payload: shown.map(show) } });
    }),
  );
  app.post(
    base,
    forActors(({ c, params, by }) => {
      const inboxId = scalar(params.inbox_id);
      const session = store.sessions.find(
        ({ source_id, inbox }) =>
          source_id === scalar(params.source_id) && (inboxId === null || inboxId === String(inbox.id)),
      );
      if (session === undefined) throw notFound();
      const attributes = isObject(params.custom_attributes) ? params.custom_attributes : {};
      return answerJson(c, show(createConversation(world, session, attributes, by)));
    }),
  );
  app.get(
    one,
    forAgents(({ c }) => answerJson(c, show(conversationOf(c)))),
  );
  app.delete(
    one,
    forAdministrators(({ c }) => {
      deleteConversation(world, conversationOf(c));
      return answerNothing(c);
    }),
  );

  /** Changes the status; a bot that opens its pending conversation hands it over, and is told of no success. */
  const setStatus = (conversation: Conversation, status: Status, by: Actor, snoozedUntil: number) => {
    const isHandOver = 'isBot' in by && conversation.status === 'pending' && status === 'open';
    if (isHandOver) handOver(world, conversation, by);
    else changeStatus(world, conversation, status, by, { snoozedUntil });
    return isHandOver ? null : true;
  };
  app.post(
    `${one}/toggle_status`,
    forActors(({ c, params, by }) => {
      const conversation = conversationOf(c);
      // Without a status it toggles, as its name says.
      const toggled = conversation.status === 'open' ? 'resolved' : 'open';
      const wanted = STATUSES.includes(params.status) ? (params.status as Status) : toggled;
      const success = setStatus(conversation, wanted, by, Number(scalar(params.snoozed_until)) * 1000);
      return answerJson(c, {
        payload: {
          success,
          conversation_id: conversation.id,
          current_status: conversation.status,
          snoozed_until: iso(conversation.snoozed_until),
        },
      });
    }),
  );
  app.post(
    `${one}/toggle_typing_status`,
    forActors(({ c, params, by }) => {
      const conversation = conversationOf(c);
      const { typing_status, is_private } = params;
      if (typing_status === 'on' || typing_status === 'off')
        actorTyping(world, conversation, { by, isPrivate: isTrue(is_private), on: typing_status === 'on' });
      return answerNothing(c);
    }),
  );
  app.post(
    `${one}/assignments`,
    forActors(({ c, params, by }) => {
      const assignee = agents.find(({ id }) => String(id) === scalar(params.assignee_id)) ?? null;
      assign(world, conversationOf(c), assignee, by);
      return answerJson(c, assignee === null ? null : presentAccountAgent(world, assignee));
    }),
  );
  app.post(
    `${one}/update_last_seen`,
    forAgents(({ c, by }) => {
      const conversation = conversationOf(c);
      readByAgent(world, conversation, by);
      return answerJson(c, show(conversation));
    }),
  );
  const muting = (deed: typeof mute) =>
    forAgents(({ c, by }) => {
      deed(world, conversationOf(c), by);
      return answerNothing(c);
    });
  app.post(`${one}/mute`, muting(mute));
  app.post(`${one}/unmute`, muting(unmute));

  app.get(
    `${one}/labels`,
    forAgents(({ c }) => answerJson(c, { payload: conversationOf(c).labels })),
  );
  app.post(
    `${one}/labels`,
    forAgents(({ c, params, by }) => {
      const conversation = conversationOf(c);
      const labels = Array.isArray(params.labels) ? params.labels.filter(isScalar).map(String) : [];
      setLabels(world, conversation, labels, by);
      return answerJson(c, { payload: conversation.labels });
    }),
  );
  app.post(
    `${one}/custom_attributes`,
    forActors(({ c, params }) => {
      const conversation = conversationOf(c);
      setCustomAttributes(
        world,
        conversation,
        isObject(params.custom_attributes) ? params.custom_attributes : {},
      );
      return answerJson(c, { custom_attributes: conversation.custom_attributes });
    }),
  );
  app.post(
    `${one}/toggle_priority`,
    forActors(({ c, params, by }) => {
      const wanted = PRIORITIES.includes(params.priority) ? (params.priority as Priority) : null;
      setPriority(world, conversationOf(c), wanted, by);
      return answerNothing(c);
    }),
  );

  routeAccountMessages(app, world, one);
}
