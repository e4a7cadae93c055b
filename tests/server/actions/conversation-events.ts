// Owns the way of a conversation's and its messages' events to agents and contacts (contract §5.6).
// Must not change anything.

import { conversationPayload, messagePayload, performerKey } from '../presenters/frame-presenters';
import { agentView, contactView } from '../presenters/view';
import type { Actor, Conversation, Json, Message } from '../records/records';
import type { World } from '../world';
import { agentTokens, contactTokens, tellAgents } from './audience';

/** What contacts never get: notes between agents, and the log of what was done. */
const isInternal = (message: Message) => message.private || message.message_type === 2;

/** Publishes to every agent and to the sessions that may hear of the conversation, as one frame. */
function tellAll(world: World, conversation: Conversation, event: string, data: () => unknown): void {
  const tokens = [...agentTokens(world), ...contactTokens(world, conversation)];
  world.broadcast.publish(tokens, event, data);
}

/** Publishes a conversation event. Created is frozen now; the others carry the state at the time they leave (§6.3). */
export function publishConversation(
  world: World,
  event: 'conversation.created' | 'conversation.status_changed' | 'conversation.updated',
  conversation: Conversation,
  by: Actor | null = null,
): void {
  const { accountId } = world;
  const view = by === null ? contactView(world) : agentView(world);
  const payload = () => ({
    ...conversationPayload(conversation, view),
    account_id: accountId,
    ...performerKey(by, view),
  });
  const frozen = payload();
  tellAll(world, conversation, event, event === 'conversation.created' ? () => frozen : payload);
}

/** Tells agents only; made by a job, so it carries the state at the time it leaves. */
export function tellAgentsOfConversation(
  world: World,
  event: 'assignee.changed' | 'conversation.read',
  conversation: Conversation,
): void {
  tellAgents(world, event, () => ({
    ...conversationPayload(conversation, contactView(world)),
    account_id: world.accountId,
  }));
}

/** Publishes a message event, frozen now; contacts get it unless it is internal. `by` is who asked for it over the account API. */
export function publishMessage(
  world: World,
  event: 'message.created' | 'message.updated' | 'first.reply.created',
  conversation: Conversation,
  message: Message,
  { by = null, extra = {} }: { by?: Actor | null; extra?: Json } = {},
): void {
  const view = by === null ? contactView(world) : agentView(world);
  const payload = { ...messagePayload(message, conversation, view), ...extra, ...performerKey(by, view) };
  if (isInternal(message) || event === 'first.reply.created') tellAgents(world, event, () => payload);
  else tellAll(world, conversation, event, () => payload);
}
