// Settling outbox entries: by the echo on the cable, or, where nobody knows whether a message arrived, by reading.
import { mostAttempts } from './backoff';
import { sameAnswer } from './content';
import { takeMessage } from './messages';
import { type Turn, without } from './turn';
import { type ConversationKey, keyOf, type Message, type OutboxEntry } from './types';

/** Whether a message goes on by itself: one that failed, or is held, waits for the person. */
export function isUnsent({ status }: Pick<OutboxEntry, 'status'>): boolean {
  return status !== 'failed' && status !== 'held';
}

/** The entries of a conversation in the order in which they were accepted. */
export function entriesOf(outbox: Readonly<Record<string, OutboxEntry>>): OutboxEntry[] {
  return Object.values(outbox).sort((a, b) => a.sequence - b.sequence);
}

/** The key under which a conversation is known now: the server's id once there is one. */
export function currentKey(turn: Turn, key: ConversationKey): ConversationKey {
  const created = turn.state.creations[key]?.conversationId;
  return created ? keyOf(created) : key;
}

/** A message of which nobody knows whether it arrived: it is looked for before it is sent again. */
export function hasToSettle({ act, status }: OutboxEntry): boolean {
  return act.kind === 'message' && status === 'uncertain';
}

/** An act of which nobody knows whether it arrived, and which a second time does no harm. */
export function mayRepeat({ act, status }: OutboxEntry): boolean {
  return act.kind !== 'message' && status === 'uncertain';
}

/** A message arrived, or changed: what it proves the server to have is settled. */
export function settleBy(turn: Turn, message: Message): void {
  settleByEcho(turn, message);
  for (const { act, status, echoId } of entriesOf(turn.state.outbox)) {
    if (act.kind !== 'answer' || act.messageId !== message.id || status === 'held') continue;
    if (sameAnswer(act.answer, message.answer)) turn.set({ outbox: without(turn.state.outbox, echoId) });
  }
}

/** Who carries an echo id can be claimed by nobody else; if it is one of ours, it is settled. */
function settleByEcho(turn: Turn, message: Message): void {
  if (message.echoId === null || message.author.kind !== 'contact') return;
  const { gaps } = turn.state.sync;
  const gap = gaps[message.conversationId];
  if (gap?.unclaimed.some(({ id }) => id === message.id)) {
    const unclaimed = gap.unclaimed.filter(({ id }) => id !== message.id);
    turn.setSync({ gaps: { ...gaps, [message.conversationId]: { ...gap, unclaimed } } });
  }
  const entry = turn.state.outbox[message.echoId];
  if (entry?.conversationKey === keyOf(message.conversationId)) {
    turn.set({ outbox: without(turn.state.outbox, entry.echoId) });
  }
}

/**
 * Settles the uncertain messages of a conversation after a read that began when they could no longer be on
 * their way: the first own message above the baseline with the same words, that nobody else claims, is it;
 * if there is none, it is sent again, though not forever.
 */
export function settleUncertain(
  turn: Turn,
  conversationId: number,
  unclaimed: readonly Message[],
  startedAt: number,
): void {
  const left = unclaimed.toSorted((a, b) => a.id - b.id);
  for (const entry of entriesOf(turn.state.outbox)) {
    if (entry.conversationKey !== keyOf(conversationId)) continue;
    if (!hasToSettle(entry) || entry.dueAt > startedAt) continue;
    const index = left.findIndex(
      (one) => one.id > entry.baselineId && one.text === entry.text && one.attachments.length === 0,
    );
    const found = left[index];
    if (found) {
      left.splice(index, 1);
      adopt(turn, entry, found, startedAt);
    } else {
      // A server that never stores it is left alone until the person asks again.
      const status = entry.attempts < mostAttempts ? 'queued' : 'failed';
      turn.setEntry({ ...entry, status, dueAt: turn.at });
    }
  }
}

function adopt(turn: Turn, entry: OutboxEntry, message: Message, requestedAt: number): void {
  takeMessage(turn, { ...message, echoId: entry.echoId }, { from: 'http', requestedAt });
  turn.set({ outbox: without(turn.state.outbox, entry.echoId) });
}

/** After a start: what was being sent when the background stopped may have arrived. What may be repeated is. */
export function recoverOutbox(turn: Turn): void {
  for (const entry of entriesOf(turn.state.outbox)) {
    if (entry.status !== 'sending') continue;
    if (entry.act.kind !== 'message') {
      turn.setEntry({ ...entry, status: 'uncertain', dueAt: turn.at });
      continue;
    }
    const dueAt = (entry.attemptedAt ?? turn.at) + turn.timings.requestTimeout + turn.timings.settle;
    turn.setEntry({ ...entry, status: 'uncertain', dueAt });
  }
}

/** The server has no such conversation any more: its messages and answers stay, as not sent. */
export function failGone(turn: Turn, conversationId: number): void {
  for (const entry of entriesOf(turn.state.outbox)) {
    if (entry.conversationKey !== keyOf(conversationId)) continue;
    if (entry.act.kind === 'resolve') turn.set({ outbox: without(turn.state.outbox, entry.echoId) });
    else if (entry.status !== 'failed') turn.setEntry({ ...entry, status: 'failed', failure: 'gone' });
  }
}
