// Owns who may call the account API: agents with everything, bots with little, deleting for administrators only.
// Must not know what a call does.

import type { Context } from 'hono';
import { Problem, wrongAccessToken } from '../actions/problems';
import type { Actor, Agent } from '../records/records';
import type { World } from '../world';
import { type Params, withParams } from './params';
import type { Env } from './responses';

type Call<Who extends Actor> = { c: Context<Env>; params: Params; by: Who };
type Answer<Who extends Actor> = (call: Call<Who>) => Response | Promise<Response>;

const refused = (error: string) => new Problem(401, { error }, true);

function agent(actor: Actor): Agent {
  if ('isBot' in actor) throw refused('Access to this endpoint is not authorized for bots');
  return actor;
}

function administrator(actor: Actor): Agent {
  const one = agent(actor);
  if (one.role !== 'administrator') throw refused('You are not authorized to do this action');
  return one;
}

/** Makers of handlers, each for those it admits: by their access token, which is looked at before anything but the body. */
export function accountAccess({ agents, inboxes }: World) {
  const actorOf = (c: Context<Env>): Actor => {
    const token = c.req.header('api_access_token');
    const bots = inboxes.flatMap(({ bot }) => bot ?? []);
    const actor = [...agents, ...bots].find(({ apiAccessToken }) => apiAccessToken === token);
    if (actor === undefined) throw wrongAccessToken();
    return actor;
  };
  const handlerFor =
    <Who extends Actor>(admit: (actor: Actor) => Who) =>
    (answer: Answer<Who>) =>
      withParams((c, params) => answer({ c, params, by: admit(actorOf(c)) }));
  return {
    /** For agents and bots. */
    forActors: handlerFor((actor) => actor),
    forAgents: handlerFor(agent),
    forAdministrators: handlerFor(administrator),
  };
}
