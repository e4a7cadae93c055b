// Putting something into the outbox: the one place where an entry is made.
import type { Turn } from './turn';
import type { Act, ConversationKey } from './types';

/** Puts an act behind all the others. */
export function enqueue(
  turn: Turn,
  echoId: string,
  conversationKey: ConversationKey,
  act: Act,
  text = '',
): void {
  const sequences = Object.values(turn.state.outbox).map(({ sequence }) => sequence);
  turn.setEntry({
    echoId,
    conversationKey,
    act,
    text,
    status: 'queued',
    sequence: 1 + Math.max(0, ...sequences),
    queuedAt: turn.at,
    attempts: 0,
    attemptedAt: null,
    dueAt: turn.at,
    baselineId: 0,
    failure: null,
  });
}
