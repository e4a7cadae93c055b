// What a person does to a conversation besides writing: answering a question, marking it as resolved. Goes through the outbox in
// one order with the messages. Both may be repeated without harm, so nothing has to settle before they are sent again.
import { mostAttempts, retryDelay } from './backoff';
import { answers } from './content';
import { noteServerConversation } from './conversations';
import type { EventOf } from './events';
import { wantGap } from './gap';
import { takeMessage } from './messages';
import { enqueue } from './outbox-entries';
import { entriesOf } from './settle';
import { type Turn, without } from './turn';
import { type FailureReason, keyOf, type OutboxEntry } from './types';

/**
 * Accepts an answer; the one before it to the same message goes, unless it is under way. An e-mail address may merge the
 * contact with whoever has it (contract §3.4): unless they have proven who they are, they must have been asked.
 */
export function answerSubmitted(turn: Turn, event: EventOf<'answer.submitted'>): void {
  const { echoId, conversationId, messageId, answer } = event;
  const { outbox, windows, session } = turn.state;
  const message = windows[conversationId]?.messages.find(({ id }) => id === messageId);
  if (outbox[echoId] || (message && !answers(answer, message.content))) return;
  for (const other of entriesOf(outbox)) {
    if (isAnswerTo(other, messageId) && other.status !== 'sending') remove(turn, other);
  }
  enqueue(turn, echoId, keyOf(conversationId), { kind: 'answer', messageId, answer });
  if (answer.kind === 'email' && !session.proven && !event.mayMerge) refuse(turn, echoId);
}

/** Accepts that a conversation is to be marked as resolved. */
export function resolveAsked(turn: Turn, { echoId, conversationId }: EventOf<'resolve.asked'>): void {
  const key = keyOf(conversationId);
  const last = entriesOf(turn.state.outbox).findLast(({ conversationKey }) => conversationKey === key);
  const isDone = turn.state.conversations[conversationId]?.status === 'resolved' && !last;
  if (isDone || last?.act.kind === 'resolve') return;
  enqueue(turn, echoId, key, { kind: 'resolve' });
}

/** The server took an answer. */
export function answerStored(turn: Turn, event: EventOf<'answer.stored'>): void {
  takeMessage(turn, event.message, { from: 'http', requestedAt: event.requestedAt });
  done(turn, event.echoId);
}

/** The server says how the conversation is after it was asked to resolve it. */
export function conversationResolved(turn: Turn, event: EventOf<'conversation.resolved'>): void {
  const { conversation, requestedAt, echoId } = event;
  noteServerConversation(turn, conversation, requestedAt);
  const now = turn.state.conversations[conversation.id];
  if (now?.status === 'resolved') turn.setConversation({ ...now, resolvedHere: true });
  done(turn, echoId);
}

/**
 * It failed, or nobody knows: then it is simply repeated, though not forever. `gone` may mean the question, or a server
 * that does not know how to resolve (before 3.7): only a read tells whether the conversation is there.
 */
export function actFailed(turn: Turn, entry: OutboxEntry, reason: FailureReason | null): void {
  const attempts = entry.attempts + 1;
  if (reason === null && attempts < mostAttempts) {
    const dueAt = turn.at + retryDelay(attempts, turn.fraction, false);
    turn.setEntry({ ...entry, status: 'uncertain', attempts, dueAt });
  } else turn.setEntry({ ...entry, status: 'failed', failure: reason === 'gone' ? 'refused' : reason });
  if (reason === 'gone') wantGap(turn, Number(entry.conversationKey));
}

function done(turn: Turn, echoId: string): void {
  turn.setLink({ answeredAt: turn.at });
  turn.set({ outbox: without(turn.state.outbox, echoId) });
}

function refuse(turn: Turn, echoId: string): void {
  const entry = turn.state.outbox[echoId];
  if (entry) turn.setEntry({ ...entry, status: 'failed', failure: 'refused' });
}

function isAnswerTo({ act }: OutboxEntry, messageId: number): boolean {
  return act.kind === 'answer' && act.messageId === messageId;
}

function remove(turn: Turn, { echoId }: OutboxEntry): void {
  turn.set({ outbox: without(turn.state.outbox, echoId) });
}
