// Owns how many requests an address may make a minute over the whole installation (contract §2), handshakes included.
// Must not answer: it only says whether one more is allowed.

import type { IncomingMessage } from 'node:http';

const MINUTE = 60_000;

export class RateLimit {
  #counts = new Map<string, { since: number; count: number }>();
  #perMinute: number;

  /** `now`: the server's clock, in milliseconds. */
  constructor(
    private readonly usual: number,
    private readonly now: () => number,
  ) {
    this.#perMinute = usual;
  }

  /** Counts a request of an address; false when it is over the limit. A minute begins with an address's first request. */
  allows(request: IncomingMessage): boolean {
    const now = this.now();
    const forwarded = String(request.headers['x-forwarded-for'] ?? '');
    const address = forwarded.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? '');
    const known = this.#counts.get(address);
    const entry = known && now - known.since < MINUTE ? known : { since: now, count: 0 };
    this.#counts.set(address, entry);
    entry.count += 1;
    return entry.count <= this.#perMinute;
  }

  /** Another limit from now on, the usual one when absent; what was counted is forgotten. */
  reset(perMinute = this.usual): void {
    this.#perMinute = perMinute;
    this.#counts.clear();
  }
}
