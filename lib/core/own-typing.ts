// Telling the agents that the contact is typing. The server lets nothing end by itself (contract §3.9), so whatever was told on
// is told off: where it may believe the contact to be typing stands in the session's record, saved before it is told.
import { mostAttempts } from './backoff';
import type { EventOf } from './events';
import { isNotFound, mayAsk, noteRateLimit } from './failures';
import { failed, succeeded } from './repeating';
import type { State } from './state';
import type { Turn } from './turn';
import { type ConversationKey, type EpochMs, idOf } from './types';

/** Who writes nothing for so long is not typing, in ms. */
const writingLasts = 5_000;
/** Least time between two calls, in ms. */
const typingEvery = 5_000;

/** The person changed the draft of a conversation. */
export function noteWriting(turn: Turn, key: ConversationKey, text: string): void {
  const writing = text.trim() === '' ? null : { key, until: turn.at + writingLasts };
  turn.setSync({ typing: { ...turn.state.sync.typing, writing } });
}

/** After a start: an earlier life may have told just now; what it has told on is still to be told off. */
export function recoverTyping(turn: Turn): void {
  turn.setSync({ typing: { ...turn.state.sync.typing, sentAt: turn.at } });
}

/** The conversation in which the person is seen to type; null: none. */
function typesIn({ sync, views, drafts, link }: State, at: EpochMs): number | null {
  const { writing } = sync.typing;
  if (writing === null || writing.until <= at || !drafts[writing.key] || link.cable !== 'live') return null;
  const isShown = Object.values(views).some(
    ({ conversationKey, visible }) => visible && conversationKey === writing.key,
  );
  return isShown ? idOf(writing.key) : null;
}

/** Tells what changed: never two calls at once, and first of all what has ended. */
export function pumpTyping(turn: Turn): void {
  const { session, conversations, sync } = turn.state;
  const { typingIn } = session;
  const { busy, sentAt, dueAt } = sync.typing;
  if (busy) return;
  // With a conversation that is gone it has ended by itself.
  if (typingIn !== null && session.endedAt === null && !conversations[typingIn]) {
    setTypingIn(turn, null);
    return;
  }
  const now = typesIn(turn.state, turn.at);
  if (now === typingIn || Math.max(sentAt + typingEvery, dueAt) > turn.at || !mayAsk(turn)) return;
  const conversationId = typingIn ?? now;
  if (conversationId === null) return;
  setTypingIn(turn, conversationId);
  turn.setSync({ typing: { ...sync.typing, busy: true, sentAt: turn.at } });
  turn.run({ type: 'http.setTyping', conversationId, on: typingIn === null });
}

/** What was told off is over. Where that failed it is told again, though not forever: agents forget it by themselves. */
export function typingTold(turn: Turn, { on, failure }: EventOf<'typing.told'>): void {
  const { typing } = turn.state.sync;
  const next = failure === null ? succeeded(typing) : failed(typing, turn);
  const isOver = failure === null || isNotFound(failure) || next.attempts >= mostAttempts;
  const rest = isOver ? { attempts: 0, dueAt: 0 } : {};
  turn.setSync({ typing: { ...next, ...rest, wanted: false } });
  if (failure) noteRateLimit(turn, failure, next.attempts);
  if (!on && isOver) setTypingIn(turn, null);
}

function setTypingIn(turn: Turn, typingIn: number | null): void {
  if (turn.state.session.typingIn !== typingIn) turn.set({ session: { ...turn.state.session, typingIn } });
}

/** When something has to be told of typing; null: not before something happens. */
export function typingDueAt(state: State, at: EpochMs): EpochMs | null {
  const { busy, sentAt, dueAt, writing } = state.sync.typing;
  const { typingIn } = state.session;
  const now = typesIn(state, at);
  if (busy || (typingIn === null && now === null)) return null;
  const mayAt = Math.max(sentAt + typingEvery, dueAt);
  return now === typingIn && writing ? Math.max(writing.until, mayAt) : mayAt;
}
