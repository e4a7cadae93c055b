// What a failed request means for the thing that was being sent.
import { rateLimitDelay } from './backoff';
import type { Failure } from './server-types';
import type { Turn } from './turn';
import type { FailureReason } from './types';

export type Verdict =
  | { kind: 'slowDown' }
  | { kind: 'failed'; reason: FailureReason }
  /** Nobody knows whether the server did it. */
  | { kind: 'uncertain' };

/**
 * Judges a failed POST (contract §2). No answer, 5xx, 408 and a 200 that cannot be read leave it uncertain;
 * 429 and "Too many messages" ask to slow down; every other status is final.
 */
export function verdictOf(failure: Failure): Verdict {
  if (failure.kind !== 'status') return { kind: 'uncertain' };
  const { status, message } = failure;
  if (status === 429 || (status === 422 && message?.includes('Too many messages')))
    return { kind: 'slowDown' };
  if (status === 408 || status >= 500) return { kind: 'uncertain' };
  if (status === 404) return { kind: 'failed', reason: 'gone' };
  if (status === 413) return { kind: 'failed', reason: 'tooLarge' };
  if (status === 422 && message?.includes('too long')) return { kind: 'failed', reason: 'tooLong' };
  return { kind: 'failed', reason: 'refused' };
}

/** Where the server asked all requests to slow down (429), nothing is sent for a while. */
export function noteRateLimit(turn: Turn, failure: Failure, attempts: number): void {
  if (failure.kind !== 'status' || failure.status !== 429) return;
  const until = turn.at + rateLimitDelay(attempts, turn.fraction);
  turn.setLink({ rateLimitedUntil: Math.max(until, turn.state.link.rateLimitedUntil) });
}

/** Whether the server may be asked for anything now, but for the contact session and its inbox. */
export function mayAsk({ state, at }: Pick<Turn, 'state' | 'at'>): boolean {
  return state.link.rateLimitedUntil <= at && !state.link.inboxMissing && !state.session.refusal;
}

/** Whether the server said that there is no such thing. */
export function isNotFound(failure: Failure): boolean {
  return failure.kind === 'status' && failure.status === 404;
}
