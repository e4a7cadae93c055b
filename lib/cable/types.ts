// The words of the cable: its states, its options and what it tells its listener.
// Types only. Nothing of chat: the identifier is a string that the caller made.

import type { Clock, Random, SocketFactory } from '@/lib/platform/types';

/**
 * Every state a cable can be in. `attempt` counts the tries that failed in a row before this one: 0 for the
 * first try and for the first one after a drop. `nextTryAt` is epoch milliseconds.
 */
export type CableState =
  | { name: 'idle' }
  /** The socket is opening, or open and waiting for the server's welcome. */
  | { name: 'connecting'; attempt: number }
  /** Welcome received, subscribe sent. */
  | { name: 'subscribing'; attempt: number }
  /** The server confirmed the subscription. */
  | { name: 'live' }
  /** Backing off before the next try. */
  | { name: 'waiting'; attempt: number; nextTryAt: number }
  /** Will not retry by itself; `connect` starts again. */
  | { name: 'closed'; reason: ClosedReason };

/**
 * unauthorized: the server said disconnect and forbade reconnecting. unsupported: it chose another sub-protocol.
 * blocked: the browser forbids the socket. rejected: the server rejected the subscription.
 */
type ClosedReason = 'unauthorized' | 'unsupported' | 'blocked' | 'rejected';

/** What a cable tells its owner. Any of these may call back into the cable at once. */
export interface CableListener {
  onState(state: CableState): void;
  /** The parsed `message` of a frame for our identifier; it may come before the subscription is confirmed. */
  onMessage(message: unknown): void;
  /** The server greets but does not confirm: the caller must check its token. The cable goes on retrying. */
  onSubscribeTimeout(): void;
  /** A frame that is malformed or of an unknown type: to be counted, never fatal. */
  onUnknownFrame?(text: string): void;
}

/** All in milliseconds. */
export interface CableTimings {
  /** No frame of any kind for so long: the socket is dead. */
  staleAfter: number;
  /** From the subscribe to its confirmation. */
  subscribeTimeout: number;
  /** From the opening of the socket to the welcome. */
  openTimeout: number;
  /** Longest wait after a mere drop; a subscription must have been live for as long to count as a success. */
  firstDelay: number;
  /** From try to try when an outage begins; it grows from there. */
  interval: number;
  /** Longest from try to try in an outage, while somebody watches; also what clients that are sent away spread over. */
  maxDelay: number;
  /** The same while nobody watches. */
  maxDelayUnwatched: number;
}

export interface CableOptions {
  /** ws: or wss: address. */
  url: string;
  /** Sent and compared byte for byte. */
  identifier: string;
  socket: SocketFactory;
  clock: Clock;
  random: Random;
  listener: CableListener;
  timings?: Partial<CableTimings>;
  /** Failed tries to start counting from, so that a replaced cable keeps its place in the backoff. */
  attempt?: number;
}
