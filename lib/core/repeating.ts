// Requests that repeat until they succeed, one at a time: wanted, under way, waiting for the next try.
import { retryDelay } from './backoff';
import type { Repeating } from './state';
import type { Turn } from './turn';
import type { EpochMs } from './types';

/** Asked for at `dueAt`, or earlier if it already was. */
export function want<T extends Repeating>(request: T, dueAt: EpochMs): T {
  return { ...request, wanted: true, dueAt: request.wanted ? Math.min(request.dueAt, dueAt) : dueAt };
}

/** Whether it is to be sent now. */
export function isDue(request: Repeating, at: EpochMs): boolean {
  return request.wanted && !request.busy && request.dueAt <= at;
}

/** Sent. A wish that comes while it is under way is kept. */
export function begun<T extends Repeating>(request: T): T {
  return { ...request, wanted: false, busy: true };
}

/** Answered. A wish that came meanwhile is kept. */
export function succeeded<T extends Repeating>(request: T): T {
  return { ...request, busy: false, attempts: 0 };
}

/** Failed: tried again after a backoff. */
export function failed<T extends Repeating>(
  request: T,
  { at, fraction, state }: Pick<Turn, 'at' | 'fraction' | 'state'>,
): T {
  const attempts = request.attempts + 1;
  const delay = retryDelay(attempts, fraction, Object.keys(state.views).length > 0);
  return { ...request, busy: false, wanted: true, attempts, dueAt: at + delay };
}

/** When it has to be looked at again; null: not before something happens. */
export function nextTry(request: Repeating): EpochMs | null {
  return request.wanted && !request.busy ? request.dueAt : null;
}
