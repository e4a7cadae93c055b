// Owns who a conversation is assigned to: by an agent, or by turns among the agents that are online.
// Must not know HTTP.

import { shownAvailability } from '../records/presence';
import type { Actor, Agent, Conversation } from '../records/records';
import type { World } from '../world';
import { addActivity } from './activity';
import { publishConversation, tellAgentsOfConversation } from './conversation-events';
import { notify } from './notifications';

function give(conversation: Conversation, agent: Agent): void {
  conversation.assignee = agent;
  if (!conversation.participants.includes(agent)) conversation.participants.push(agent);
}

/** Gives an open conversation that is nobody's to the next agent online; false when there is none. Tells nobody yet. */
export function takeTurn(world: World, conversation: Conversation): boolean {
  if (conversation.status !== 'open' || conversation.assignee !== null) return false;
  const online = world.agents.filter((agent) => shownAvailability(world, agent) === 'online');
  const next = online.find(({ id }) => id > world.store.lastInTurn) ?? online[0];
  if (next === undefined) return false;
  world.store.lastInTurn = next.id;
  give(conversation, next);
  return true;
}

/** The notice for whoever a conversation was given to. */
export function noticeOfAssignment({ assignee: agent }: Conversation) {
  return agent === null ? [] : [{ type: 'conversation_assignment' as const, agent, message: null }];
}

/** Notes for agents that a conversation was given to somebody by turns. */
export function noteTurn(world: World, conversation: Conversation, by: Actor | null): void {
  const name = by?.name ?? 'Automation System';
  addActivity(world, conversation, `Assigned to ${conversation.assignee?.name} by ${name}`);
}

/** Assigns an agent or nobody, as an agent or a bot asks for. */
export function assign(world: World, conversation: Conversation, assignee: Agent | null, by: Actor): void {
  if (conversation.assignee === assignee) return;
  if (assignee === null) conversation.assignee = null;
  else give(conversation, assignee);
  conversation.updated_at = world.store.now();
  publishConversation(world, 'conversation.updated', conversation);
  tellAgentsOfConversation(world, 'assignee.changed', conversation);
  const note =
    assignee === by
      ? `${by.name} self-assigned this conversation`
      : assignee === null
        ? `Conversation unassigned by ${by.name}`
        : `Assigned to ${assignee.name} by ${by.name}`;
  addActivity(world, conversation, note);
  if (assignee !== by) notify(world, conversation, noticeOfAssignment(conversation));
}
