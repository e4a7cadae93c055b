// Owns who may call the account API: agents with everything, bots with little, deleting for administrators only.
// Must not know what a call does.

import type { Context } from 'hono';
import type { Env } from './answers';
import { notFound, Problem, wrongAccessToken } from './problems';
import type { Actor, Agent, Conversation } from './records';
import type { World } from './world';

type Ctx = Context<Env>;

const refused = (error: string) => new Problem(401, { error }, true);

/** Look-ups of a request, each of which throws the answer of a request that has no right to it. */
export function accountAccess({ agents, inboxes, store }: World) {
  const actorOf = (c: Ctx): Actor => {
    const token = c.req.header('api_access_token');
    const bots = inboxes.flatMap(({ bot }) => bot ?? []);
    const actor = [...agents, ...bots].find(({ apiAccessToken }) => apiAccessToken === token);
    if (actor === undefined) throw wrongAccessToken();
    return actor;
  };
  const agentOf = (c: Ctx): Agent => {
    const actor = actorOf(c);
    if ('isBot' in actor) throw refused('Access to this endpoint is not authorized for bots');
    return actor;
  };
  return {
    /** Whoever calls, an agent or a bot. */
    actorOf,
    /** The agent who calls. */
    agentOf,
    /** The agent who calls, an administrator. */
    administratorOf: (c: Ctx): Agent => {
      const agent = agentOf(c);
      if (agent.role !== 'administrator') throw refused('You are not authorized to do this action');
      return agent;
    },
    conversationOf: (c: Ctx): Conversation => {
      const conversation = store.conversations.find(({ id }) => String(id) === c.req.param('id'));
      if (conversation === undefined) throw notFound();
      return conversation;
    },
  };
}
