// The outbox: messages, and other acts, accepted from the user until the server has them. Nothing lost, nothing twice.
// One per conversation is in flight, in order; a message that may have arrived is looked for before it is sent again.
import { actFailed } from './acts';
import { rateLimitDelay, settleDelay } from './backoff';
import { doubt } from './contact';
import { noteMessages } from './conversations';
import { moveDraft, newCreation, pumpCreation, renewCreation } from './creations';
import type { EventOf } from './events';
import { mayAsk, noteRateLimit, verdictOf } from './failures';
import { wantGap } from './gap';
import { takeMessage } from './messages';
import { enqueue } from './outbox-entries';
import { currentKey, entriesOf, hasToSettle, isUnsent, mayRepeat } from './settle';
import { type Turn, without } from './turn';
import { type ConversationKey, idOf, type OutboxEntry } from './types';

/** Accepts a message. The same echo id a second time (a repeated command) changes nothing, settled or not. */
export function messageSubmitted(turn: Turn, event: EventOf<'message.submitted'>): void {
  const { state } = turn;
  const conversationKey = currentKey(turn, event.conversationKey);
  const newest = turn.loaded.page ?? state.windows[idOf(conversationKey) ?? 0];
  const isStored = newest?.messages.some(({ echoId }) => echoId === event.echoId);
  if (state.outbox[event.echoId] || isStored) return;
  enqueue(turn, event.echoId, conversationKey, { kind: 'message' }, event.text);
  turn.set({ drafts: without(turn.state.drafts, conversationKey) });
  if (idOf(conversationKey) === null && !turn.state.creations[conversationKey]) {
    newCreation(turn, conversationKey);
  }
}

/** Sends a failed or held message: in its old place, or, where that is gone, in a new conversation. */
export function messageRetried(turn: Turn, event: EventOf<'message.retried'>): void {
  const resting = turn.state.outbox[event.echoId];
  if (!resting || isUnsent(resting)) return;
  if (resting.failure === 'gone') {
    if (resting.act.kind !== 'message') return; // it has no meaning in any other conversation
    moveAll(turn, event.echoId);
  }
  const entry = turn.state.outbox[event.echoId] as OutboxEntry;
  turn.setEntry({ ...entry, status: 'queued', attempts: 0, dueAt: turn.at, failure: null });
  renewCreation(turn, entry.conversationKey);
}

/** With a message goes all that waits beside it, so that nothing is left where nobody can send it from. */
function moveAll(turn: Turn, echoId: string): void {
  const from = turn.state.outbox[echoId]?.conversationKey as ConversationKey;
  // An echo id is a uuid, and no conversation but this will ever be named after it.
  for (const entry of entriesOf(turn.state.outbox)) {
    if (mayMove(entry) && entry.conversationKey === from && entry.act.kind === 'message')
      turn.setEntry({ ...entry, conversationKey: echoId, failure: null });
  }
  moveDraft(turn, from, echoId);
  newCreation(turn, echoId);
}

/** Throws a message away that is not under way. */
export function messageDiscarded(turn: Turn, event: EventOf<'message.discarded'>): void {
  const entry = turn.state.outbox[event.echoId];
  if (entry && mayMove(entry)) remove(turn, entry);
}

/** Whether nothing of a message is under way. */
function mayMove(entry: OutboxEntry): boolean {
  return entry.status === 'queued' || !isUnsent(entry);
}

function remove(turn: Turn, entry: OutboxEntry): void {
  turn.set({ outbox: without(turn.state.outbox, entry.echoId) });
  const key = entry.conversationKey;
  const creation = turn.state.creations[key];
  const others = Object.values(turn.state.outbox).some((other) => other.conversationKey === key);
  if (creation?.phase === 'wanted' && !others) {
    turn.set({ creations: without(turn.state.creations, key) });
  }
}

/** Does what is due for the first unfinished message of every conversation. */
export function pumpOutbox(turn: Turn): void {
  if (!mayAsk(turn)) return;
  const busy = new Set<ConversationKey>();
  const entries = entriesOf(turn.state.outbox);
  // What is under way comes first: a new conversation that turned out to be an old one brings earlier messages.
  const underWay = entries.filter(({ status }) => status === 'sending' || status === 'uncertain');
  for (const entry of [...underWay, ...entries]) {
    const key = entry.conversationKey;
    if (!isUnsent(entry) || busy.has(key)) continue;
    busy.add(key);
    if (entry.status === 'sending' || entry.dueAt > turn.at) continue;
    const conversationId = idOf(key);
    if (conversationId === null) pumpCreation(turn, key);
    else if (turn.state.sync.doubted[conversationId]) continue;
    else if (hasToSettle(entry) || !turn.state.sync.fresh[conversationId]) wantGap(turn, conversationId);
    else send(turn, entry, conversationId);
  }
}

function send(turn: Turn, entry: OutboxEntry, conversationId: number): void {
  const baselineId = turn.state.conversations[conversationId]?.newestId ?? 0;
  turn.setEntry({ ...entry, status: 'sending', attemptedAt: turn.at, baselineId });
  const { echoId, act, text } = entry;
  if (act.kind === 'message') turn.run({ type: 'http.createMessage', echoId, conversationId, text });
  else if (act.kind === 'resolve') turn.run({ type: 'http.resolve', echoId, conversationId });
  else {
    const { messageId, answer } = act;
    turn.run({ type: 'http.answerMessage', echoId, conversationId, messageId, answer });
  }
}

/** The server answered a POST with the stored message. */
export function messagePosted(turn: Turn, event: EventOf<'message.posted'>): void {
  const { echoId, requestedAt } = event;
  const message = takeMessage(turn, { ...event.message, echoId }, { from: 'http', requestedAt });
  noteMessages(turn, message.conversationId, [message]);
  turn.setLink({ answeredAt: turn.at });
  turn.set({ outbox: without(turn.state.outbox, echoId) });
}

/** A POST failed, or nobody knows. An entry that the cable has settled meanwhile stays settled. */
export function messageFailed(turn: Turn, event: EventOf<'message.failed'>): void {
  const entry = turn.state.outbox[event.echoId];
  if (entry?.status !== 'sending') return;
  const verdict = verdictOf(event.failure);
  const attempts = entry.attempts + 1;
  if (entry.act.kind !== 'message' && verdict.kind !== 'slowDown') {
    actFailed(turn, entry, verdict.kind === 'failed' ? verdict.reason : null);
  } else if (verdict.kind === 'failed' && verdict.reason === 'gone') {
    // The conversation, the contact or the whole inbox: that decides what becomes of the message.
    turn.setEntry({ ...entry, status: 'queued', dueAt: turn.at });
    doubt(turn, Number(entry.conversationKey));
  } else if (verdict.kind === 'failed') {
    turn.setEntry({ ...entry, status: 'failed', failure: verdict.reason });
  } else if (verdict.kind === 'uncertain') {
    const dueAt = turn.at + turn.timings.settle + settleDelay(attempts, turn.timings.settle);
    turn.setEntry({ ...entry, status: 'uncertain', attempts, dueAt });
  } else {
    const dueAt = turn.at + rateLimitDelay(attempts, turn.fraction);
    // Being slowed down is no failed attempt beyond its own pauses.
    turn.setEntry({ ...entry, status: 'queued', attempts: Math.min(attempts, 4), dueAt });
    noteRateLimit(turn, event.failure, attempts);
  }
}

/** Something came back (network, panel): what waits is tried now; what has to settle is not hurried. */
export function hurryOutbox(turn: Turn): void {
  for (const entry of entriesOf(turn.state.outbox)) {
    if ((entry.status === 'queued' || mayRepeat(entry)) && entry.dueAt > turn.at)
      turn.setEntry({ ...entry, dueAt: turn.at });
  }
}
