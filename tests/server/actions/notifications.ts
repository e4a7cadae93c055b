// Owns agents' notifications: who is told of an assignment or a message, and the frames of it.
// Must not be heard by contacts. One is kept for each conversation and agent: a new one deletes those before it.

import { iso, presentAgent, seconds } from '../presenters/client-presenters';
import { conversationPayload, messagePayload, performerKey } from '../presenters/frame-presenters';
import { agentView, contactView, type View } from '../presenters/view';
import type { Agent, Conversation, Message, Notification } from '../records/records';
import type { World } from '../world';
import { senderName } from './names';

type Notice = Pick<Notification, 'type' | 'agent' | 'message'>;

/** A message in one line of plain words, after the name of who wrote it. */
function preview({ message, conversation }: Notification): string {
  const shown = message ?? conversation.messages.findLast(({ message_type }) => message_type === 0);
  const words = (shown?.content ?? '')
    .replace(/<[^>]*>/g, '')
    .replace(/[*_`~]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `${senderName(shown?.sender ?? null)}: ${words || (shown?.attachments.length ? 'Attachment' : 'No content')}`;
}

function present(notification: Notification, view: View) {
  const { id, type, agent, conversation, message, read_at, created_at } = notification;
  return {
    id,
    notification_type: type,
    primary_actor_type: 'Conversation',
    primary_actor_id: conversation.database_id,
    read_at: iso(read_at),
    secondary_actor: message === null ? null : messagePayload(message, conversation, view),
    user: presentAgent(agent, view),
    created_at: seconds(created_at),
    last_activity_at: seconds(created_at),
    snoozed_until: null,
    meta: {},
    account_id: view.accountId,
    primary_actor: conversationPayload(conversation, view),
    push_message_title: preview(notification),
    push_message_body: preview(notification),
  };
}

/** One frame to the agent whom it concerns, frozen now. Both counts are of what it has not read. */
function tell(world: World, event: string, agent: Agent, notification: unknown, extra: object = {}): void {
  const unread = world.store.notifications.filter((one) => one.agent === agent && one.read_at === 0).length;
  const data = { notification, unread_count: unread, count: unread, account_id: world.accountId, ...extra };
  world.broadcast.publish([agent.pubsubToken], event, () => data);
}

/** The notices a message gives rise to: for who is assigned, and for who takes part, but not for who wrote it. */
export function noticesOf(conversation: Conversation, message: Message): Notice[] {
  const writer = message.sender?.type === 'User' ? message.sender.agent : null;
  const others = conversation.participants.filter((agent) => agent !== conversation.assignee);
  const notices: Notice[] = others.map((agent) => ({
    type: 'participating_conversation_new_message',
    agent,
    message,
  }));
  if (conversation.assignee !== null)
    notices.unshift({ type: 'assigned_conversation_new_message', agent: conversation.assignee, message });
  return notices.filter(({ agent }) => agent !== writer);
}

/** Gives notice of everything at once, then removes what it replaces. Nobody is told of a blocked contact. */
export function notify(world: World, conversation: Conversation, notices: Notice[]): void {
  const { store } = world;
  if (conversation.session.contact.blocked) return;
  for (const notice of notices) {
    const created_at = store.now();
    const notification = {
      ...notice,
      id: store.nextId('notification'),
      conversation,
      read_at: 0,
      created_at,
    };
    store.notifications.push(notification);
    tell(world, 'notification.created', notice.agent, present(notification, contactView(world)));
  }
  for (const agent of new Set(notices.map((notice) => notice.agent))) {
    const mine = store.notifications.filter(
      (one) => one.agent === agent && one.conversation === conversation,
    );
    for (const old of mine.reverse().slice(1)) {
      store.notifications = store.notifications.filter((one) => one !== old);
      tell(world, 'notification.deleted', agent, { id: old.id });
    }
  }
}

/** The agent has seen the conversation: what it was told of it is read. */
export function readNotifications(world: World, conversation: Conversation, agent: Agent): void {
  const view = agentView(world);
  for (const one of world.store.notifications) {
    if (one.agent !== agent || one.conversation !== conversation || one.read_at !== 0) continue;
    one.read_at = world.store.now();
    tell(world, 'notification.updated', agent, present(one, view), performerKey(agent, view));
  }
}

/** What was told of a conversation goes with it, without a frame. */
export function forgetNotifications({ store }: World, conversation: Conversation): void {
  store.notifications = store.notifications.filter((one) => one.conversation !== conversation);
}
