// A conversation is created together with its first message, never empty, and never twice: before the POST the
// server must have answered a read, and a POST without an answer is looked for in the list before it is repeated.
import { rateLimitDelay } from './backoff';
import { wantContact } from './contact';
import { noteMessages, noteServerConversation } from './conversations';
import type { EventOf } from './events';
import { noteRateLimit, verdictOf } from './failures';
import { wantList } from './list-request';
import { takeMessage } from './messages';
import { entriesOf } from './settle';
import { type Turn, without } from './turn';
import { type ConversationKey, type Creation, type EpochMs, keyOf } from './types';

/** How long an answer of the server counts as proof that it can be reached, in ms. */
const proofLasts = 10_000;
/** How long the key of a created conversation is remembered for late commands, in ms. */
const createdKept = 86_400_000;

function setCreation(turn: Turn, creation: Creation): void {
  turn.set({ creations: { ...turn.state.creations, [creation.localConversationId]: creation } });
}

/** Does the next step for a conversation that has a message waiting but no id yet. */
export function pumpCreation(turn: Turn, key: ConversationKey): void {
  const creation = turn.state.creations[key];
  if (!creation || creation.dueAt > turn.at) return;
  const { session, link, conversations } = turn.state;
  if (session.pubsubToken === null) wantContact(turn);
  else if (creation.phase === 'uncertain') {
    if (!turn.state.sync.list.busy) wantList(turn);
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
  const messages = conversation.messages.map((news) =>
    takeMessage(turn, news, { from: 'http', requestedAt }),
  );
  noteMessages(turn, conversation.id, messages);
}

function mapCreation(turn: Turn, creation: Creation, conversationId: number): void {
  const local = creation.localConversationId;
  const key = keyOf(conversationId);
  setCreation(turn, { ...creation, phase: 'created', conversationId });
  for (const entry of entriesOf(turn.state.outbox)) {
    if (entry.conversationKey === local) turn.setEntry({ ...entry, conversationKey: key });
  }
  const draft = turn.state.drafts[local];
  if (draft) {
    // An inbox locked to one conversation may have words waiting there, too: neither are lost.
    const text = [turn.state.drafts[key]?.text, draft.text].filter(Boolean).join('\n');
    turn.set({ drafts: { ...without(turn.state.drafts, local), [key]: { ...draft, text, saved: false } } });
  }
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
    setCreation(turn, { ...creation, phase: 'uncertain', attempts, dueAt: turn.at + turn.timings.settle });
  } else if (verdict.kind === 'slowDown') {
    const dueAt = turn.at + rateLimitDelay(attempts, turn.fraction);
    setCreation(turn, { ...creation, phase: 'wanted', attempts, dueAt });
    noteRateLimit(turn, event.failure, attempts);
  } else {
    setCreation(turn, { ...creation, phase: 'wanted', attempts });
    // The contact session may be gone; a retry then begins with a new one (contract §3.3).
    if (verdict.reason === 'gone') wantContact(turn);
    for (const entry of entriesOf(turn.state.outbox)) {
      if (entry.conversationKey !== creation.localConversationId) continue;
      turn.setEntry({ ...entry, status: 'failed', failure: verdict.reason });
    }
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
    } else {
      setCreation(turn, { ...creation, phase: 'wanted', dueAt: turn.at });
    }
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
