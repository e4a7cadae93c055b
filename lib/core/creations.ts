// A conversation is created together with its first message, never empty, and never twice: before the POST the
// server must have answered a read, and a POST without an answer is looked for in the list before it is repeated.
import { mostAttempts, rateLimitDelay, retryDelay, settleDelay } from './backoff';
import { wantContact } from './contact';
import { noteMessages, noteServerConversation } from './conversations';
import type { EventOf } from './events';
import { noteRateLimit, verdictOf } from './failures';
import { wantList } from './list-request';
import { byTime, takeMessage } from './messages';
import { entriesOf } from './settle';
import { type Turn, without } from './turn';
import { type ConversationKey, type Creation, type EpochMs, keyOf, type OutboxEntry } from './types';

/** How long an answer of the server counts as proof that it can be reached, in ms. */
const proofLasts = 10_000;
/** So often may the server deny an inbox or contact that it has, before a conversation counts as refused. */
const mostDenials = 4;
/** How long the key of a created conversation is remembered for late commands, in ms. */
const createdKept = 86_400_000;

function setCreation(turn: Turn, creation: Creation): void {
  turn.set({ creations: { ...turn.state.creations, [creation.localConversationId]: creation } });
}

/** A conversation is to be created under this key. */
export function newCreation(turn: Turn, key: ConversationKey): void {
  setCreation(turn, {
    localConversationId: key,
    phase: 'wanted',
    baselineId: 0,
    attempts: 0,
    attemptedAt: null,
    dueAt: turn.at,
    conversationId: null,
  });
}

/** A person asks again: what failed before counts no more. */
export function renewCreation(turn: Turn, key: ConversationKey): void {
  const creation = turn.state.creations[key];
  if (creation?.phase === 'wanted') setCreation(turn, { ...creation, attempts: 0, dueAt: turn.at });
}

/** Takes a draft along to the key under which its words go on, beside those that wait there. */
export function moveDraft(turn: Turn, from: ConversationKey, to: ConversationKey): void {
  const draft = turn.state.drafts[from];
  if (!draft) return;
  const text = [turn.state.drafts[to]?.text, draft.text].filter(Boolean).join('\n');
  turn.set({ drafts: { ...without(turn.state.drafts, from), [to]: { ...draft, text, saved: false } } });
}

/** Does the next step for a conversation that has a message waiting but no id yet. */
export function pumpCreation(turn: Turn, key: ConversationKey): void {
  const creation = turn.state.creations[key];
  if (!creation || creation.dueAt > turn.at) return;
  const { session, link, conversations } = turn.state;
  if (session.pubsubToken === null) wantContact(turn);
  else if (creation.phase === 'uncertain') {
    const { list } = turn.state.sync;
    // One that failed is waited for: asking again would make light of its pauses.
    if (!list.busy && !list.wanted) wantList(turn);
  } else if (creation.phase === 'wanted') {
    const reachable = link.cable === 'live' || turn.at - link.answeredAt < proofLasts;
    if (!reachable) {
      wantContact(turn);
      return;
    }
    const baselineId = Math.max(0, ...Object.keys(conversations).map(Number));
    setCreation(turn, { ...creation, phase: 'creating', attemptedAt: turn.at, baselineId });
    turn.run({ type: 'http.createConversation', localConversationId: key });
  }
}

/** The server has the conversation: everything that waited under the local key moves to its id. */
export function conversationReceived(turn: Turn, event: EventOf<'conversation.received'>): void {
  const creation = turn.state.creations[event.localConversationId];
  const { conversation, requestedAt } = event;
  noteServerConversation(turn, conversation, requestedAt);
  turn.setLink({ answeredAt: turn.at });
  if (creation && creation.phase !== 'created') mapCreation(turn, creation, conversation.id);
  // An inbox locked to one conversation answers with an old one and its history (contract §3.6).
  const messages = conversation.messages
    .toSorted(byTime)
    .map((news) => takeMessage(turn, news, { from: 'http', requestedAt }));
  noteMessages(turn, conversation.id, messages);
}

function mapCreation(turn: Turn, creation: Creation, conversationId: number): void {
  const local = creation.localConversationId;
  const key = keyOf(conversationId);
  setCreation(turn, { ...creation, phase: 'created', conversationId });
  for (const entry of entriesOf(turn.state.outbox)) {
    if (entry.conversationKey === local) turn.setEntry({ ...entry, conversationKey: key });
  }
  // An inbox locked to one conversation may have words waiting there, too: neither are lost.
  moveDraft(turn, local, key);
  const views = Object.values(turn.state.views).map((view) =>
    view.conversationKey === local ? { ...view, conversationKey: key } : view,
  );
  turn.set({ views: Object.fromEntries(views.map((view) => [view.viewId, view])) });
  if (views.some((view) => view.conversationKey === key) && !turn.state.windows[conversationId]) {
    turn.set({
      windows: {
        ...turn.state.windows,
        [conversationId]: { messages: [], hasOlder: false, loadingOlder: false },
      },
    });
  }
  turn.setSync({ fresh: { ...turn.state.sync.fresh, [conversationId]: true } });
}

/** The POST failed, or nobody knows. */
export function conversationFailed(turn: Turn, event: EventOf<'conversation.failed'>): void {
  const creation = turn.state.creations[event.localConversationId];
  if (creation?.phase !== 'creating') return;
  const verdict = verdictOf(event.failure);
  const attempts = creation.attempts + 1;
  if (verdict.kind === 'uncertain') {
    const dueAt = turn.at + turn.timings.settle + settleDelay(attempts, turn.timings.settle);
    setCreation(turn, { ...creation, phase: 'uncertain', attempts, dueAt });
  } else if (verdict.kind === 'slowDown') {
    const dueAt = turn.at + rateLimitDelay(attempts, turn.fraction);
    setCreation(turn, { ...creation, phase: 'wanted', attempts: Math.min(attempts, mostDenials), dueAt });
    noteRateLimit(turn, event.failure, attempts);
  } else if (verdict.reason === 'gone' && attempts <= mostDenials) {
    // The contact session may be gone: then the message goes on with a new one (contract §3.3).
    const dueAt = turn.at + retryDelay(attempts, turn.fraction, true);
    setCreation(turn, { ...creation, phase: 'wanted', attempts, dueAt });
    wantContact(turn);
  } else failCreation(turn, creation, verdict.reason === 'gone' ? 'refused' : verdict.reason);
}

/** What waits for the conversation has failed with it. */
function failCreation(turn: Turn, creation: Creation, failure: OutboxEntry['failure']): void {
  setCreation(turn, { ...creation, phase: 'wanted', dueAt: turn.at });
  for (const entry of entriesOf(turn.state.outbox)) {
    if (entry.conversationKey !== creation.localConversationId) continue;
    turn.setEntry({ ...entry, status: 'failed', failure });
  }
}

/**
 * After a full list: an uncertain creation adopts a conversation that was not known before the attempt and holds
 * no message of the contact; if there is none, it is created again.
 */
export function settleCreations(
  turn: Turn,
  listed: readonly { id: number; hasOwnMessages: boolean }[],
  requestedAt: EpochMs,
): void {
  const creations = Object.values(turn.state.creations);
  // What is listed may be the answer to another creation, which has not told its id yet.
  if (creations.some(({ phase }) => phase === 'creating')) return;
  const claimed = new Set(creations.map((creation) => creation.conversationId));
  for (const creation of creations) {
    if (creation.phase !== 'uncertain' || creation.dueAt > requestedAt) continue;
    const found = listed
      .filter(({ id, hasOwnMessages }) => id > creation.baselineId && !hasOwnMessages && !claimed.has(id))
      .reduce((least, { id }) => Math.min(least, id), Number.POSITIVE_INFINITY);
    if (Number.isFinite(found)) {
      claimed.add(found);
      mapCreation(turn, creation, found);
    } else if (creation.attempts < mostAttempts) {
      setCreation(turn, { ...creation, phase: 'wanted', dueAt: turn.at });
    } else failCreation(turn, creation, null);
  }
}

/** After a start: a creation under way is uncertain; keys of conversations created long ago are forgotten. */
export function recoverCreations(turn: Turn): void {
  for (const creation of Object.values(turn.state.creations)) {
    const attemptedAt = creation.attemptedAt ?? turn.at;
    if (creation.phase === 'creating') {
      const dueAt = attemptedAt + turn.timings.requestTimeout + turn.timings.settle;
      setCreation(turn, { ...creation, phase: 'uncertain', dueAt });
    } else if (creation.phase === 'created' && turn.at - attemptedAt > createdKept) {
      turn.set({ creations: without(turn.state.creations, creation.localConversationId) });
    }
  }
}

/** Something came back: what only waits to be tried is tried now. */
export function hurryCreations(turn: Turn): void {
  for (const creation of Object.values(turn.state.creations)) {
    if (creation.phase === 'wanted' && creation.dueAt > turn.at)
      setCreation(turn, { ...creation, dueAt: turn.at });
  }
}
