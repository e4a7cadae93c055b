// Owns a conversation's status: how it changes, by whom, and the frames and notes that follow.
// Must not know HTTP.

import type { Actor, Agent, Contact, Conversation, Status } from '../records/records';
import type { World } from '../world';
import { addActivity } from './activity';
import { noteTurn, noticeOfAssignment, takeTurn } from './assignment';
import { tellOfContact } from './contact-events';
import { publishConversation, tellAgentsOfConversation } from './conversation-events';
import { capitalized } from './names';
import { notify } from './notifications';
import { askForRating } from './templates';

/** Whom a change of status comes from: `message` is the contact's, that wakes a conversation, null a job. */
type Cause = Actor | Contact | 'message' | null;

/** The words of the note, if any; a pending conversation gets those of a reopened one, as recorded. */
function note(status: Status, by: Cause): string | null {
  if (by === null) return null;
  if (by === 'message' || status === 'pending')
    return 'System reopened the conversation due to a new incoming message.';
  if ('blocked' in by) return `Conversation was resolved by ${capitalized(by.name)}`;
  const deeds = { resolved: 'marked resolved', open: 'reopened', snoozed: 'snoozed' };
  return `Conversation was ${deeds[status]} by ${by.name}`;
}

type StatusOptions = {
  /** Epoch milliseconds, for a snoozed conversation. */
  snoozedUntil?: number;
  /** What else is done at once; the first frame does not show it yet. */
  meanwhile?: () => void;
};

/**
 * Saves a status with its two frames (§6.3). Opening may give the conversation to an agent within the same save,
 * which hides the change of status from whoever looks at what was saved: then there is one `conversation.updated`
 * only, and the caller has to tell of the assignment. Returns whether that is so.
 */
function saveStatus(
  world: World,
  conversation: Conversation,
  status: Status,
  by: Cause,
  { snoozedUntil = 0, meanwhile = () => {} }: StatusOptions = {},
): boolean {
  conversation.status = status;
  conversation.snoozed_until = status === 'snoozed' ? snoozedUntil : 0;
  if (status === 'resolved') conversation.waiting_since = 0;
  conversation.updated_at = world.store.now();
  const isTaken = takeTurn(world, conversation);
  if (!isTaken) {
    publishConversation(world, 'conversation.status_changed', conversation);
    meanwhile();
    const words = note(status, by);
    if (words !== null) addActivity(world, conversation, words);
  }
  publishConversation(world, 'conversation.updated', conversation);
  return isTaken;
}

/** Changes the status, by somebody or by a job; nothing at all when it is the same already. */
export function changeStatus(
  world: World,
  conversation: Conversation,
  status: Status,
  by: Actor | Contact | null,
  options: StatusOptions = {},
): void {
  if (conversation.status === status) return;
  if (saveStatus(world, conversation, status, by, options)) {
    tellAgentsOfConversation(world, 'assignee.changed', conversation);
    noteTurn(world, conversation, by === null || 'blocked' in by ? null : by);
    notify(world, conversation, noticeOfAssignment(conversation));
  }
  if (status === 'resolved') askForRating(world, conversation);
  if (status === 'snoozed') reopenWhenOver(world, conversation);
}

/** Opens a conversation that is still snoozed when its time is over: by a job, which notes nothing. */
function reopenWhenOver(world: World, conversation: Conversation): void {
  const { store } = world;
  const until = conversation.snoozed_until;
  if (until === 0) return;
  store.schedule(until - store.now(), () => {
    const { status, snoozed_until } = conversation;
    const isThere = store.conversations.includes(conversation);
    if (isThere && status === 'snoozed' && snoozed_until === until)
      changeStatus(world, conversation, 'open', null);
  });
}

/**
 * A message of the contact wakes a resolved or snoozed conversation, a resolved one for the bot if there is one;
 * a blocked contact's stays as it is (§7.3). Returns whether an agent was given it, which is still to be told.
 */
export function wake(world: World, conversation: Conversation): boolean {
  const { status, session } = conversation;
  if (session.contact.blocked || (status !== 'resolved' && status !== 'snoozed')) return false;
  const isForBot = status === 'resolved' && session.inbox.bot !== null;
  return saveStatus(world, conversation, isForBot ? 'pending' : 'open', 'message');
}

/** A bot opens its conversation for people: the contact waits from now on. */
export function handOver(world: World, conversation: Conversation, by: Actor): void {
  if (conversation.waiting_since === 0) {
    conversation.waiting_since = world.store.now();
    conversation.updated_at = conversation.waiting_since;
    publishConversation(world, 'conversation.updated', conversation);
  }
  changeStatus(world, conversation, 'open', by);
}

function setBlocked(world: World, { session: { contact } }: Conversation, blocked: boolean, by: Agent): void {
  Object.assign(contact, { blocked, updated_at: world.store.now() });
  tellOfContact(world, 'contact.updated', contact, by);
}

/** Resolves the conversation and blocks its contact. */
export function mute(world: World, conversation: Conversation, by: Agent): void {
  const block = () => setBlocked(world, conversation, true, by);
  if (conversation.status === 'resolved') block();
  else changeStatus(world, conversation, 'resolved', by, { meanwhile: block });
  addActivity(world, conversation, `${by.name} has muted the conversation`);
}

/** Unblocks the contact; the conversation stays as it is. */
export function unmute(world: World, conversation: Conversation, by: Agent): void {
  setBlocked(world, conversation, false, by);
  addActivity(world, conversation, `${by.name} has unmuted the conversation`);
}
