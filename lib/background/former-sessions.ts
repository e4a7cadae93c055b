// The sessions of a site that ask no more: what is under way in them settles unseen, and each is deleted as soon as nobody
// will come back for it. Must not know who is asking now.
import { type FormerSession, isExpired, isKept } from '@/lib/core/asking';
import { hasWords, isAtRest } from '@/lib/core/ending';
import type { EpochMs, Session } from '@/lib/core/types';
import type { Clock, TimerId } from '@/lib/platform/types';
import type { SessionHost } from './session-host';
import { deleteSession } from './site-records';

/** How long after its end a session still takes what was written in it, in ms. */
const lastWords = 2_000;
/** So long the agents may still be told that somebody who is gone does not type any more, in ms. */
const typingEnds = 30_000;

export interface FormerSessionsOptions {
  clock: Clock;
  report(problem: string): void;
  begin(sessionId: string): SessionHost;
  stop(host: SessionHost): Promise<void>;
  /** The session of that id, as long as the site has it. */
  sessionOf(sessionId: string): Promise<Session | null>;
  /** Saves which sessions the site has. */
  save(): Promise<void>;
  /** Does something after all that was asked for before. */
  next(change: () => Promise<void>): Promise<void>;
}

interface Former {
  entry: FormerSession;
  host: SessionHost;
}

export class FormerSessions {
  readonly #options: FormerSessionsOptions;
  #former: Former[] = [];
  #timer: TimerId | null = null;

  constructor(options: FormerSessionsOptions) {
    this.#options = options;
  }

  hosts(): SessionHost[] {
    return this.#former.map(({ host }) => host);
  }

  async sessions(): Promise<Session[]> {
    const stores = await Promise.all(this.#former.map(({ host }) => host.store));
    return stores.map(({ state }) => state.session);
  }

  /** As they are stored. */
  entries(): FormerSession[] {
    return this.#former.map(({ entry }) => entry);
  }

  /** From now on they are these. */
  become(entries: readonly FormerSession[], hostOf: (sessionId: string) => SessionHost): void {
    this.#former = entries.map((entry) => ({ entry, host: hostOf(entry.sessionId) }));
  }

  /** Ends those that are meant: what can be read of them goes at once. */
  async end(isMeant: (entry: FormerSession) => boolean): Promise<void> {
    for (const { entry, host } of this.#former) {
      if (!isMeant(entry)) continue;
      await host.happened({ type: 'session.ended', at: entry.endedAt });
      await host.history.drop(entry.sessionId).catch(() => this.notDeleted());
    }
  }

  /** Reports that something should be gone and is not. */
  notDeleted(): void {
    this.#options.report('what is left of a former session could not be deleted');
  }

  tidySoon(): void {
    void this.#options.next(() => this.tidy());
  }

  /** Lets go of those in which nothing is under way, and deletes those that nobody will come back to. */
  async tidy(): Promise<void> {
    const at = this.#options.clock.now();
    const stays: Former[] = [];
    for (const former of this.#former) {
      if ((await this.#isNeeded(former, at)) || !(await this.#delete(former, at))) stays.push(former);
    }
    this.#awaitLastWords(stays, at);
    if (stays.length === this.#former.length) return;
    this.#former = stays;
    await this.#options.save();
  }

  /** A panel that was told to begin anew hands its last words over. One timer serves all, however many came and went. */
  #awaitLastWords(former: readonly Former[], at: EpochMs): void {
    const { clock } = this.#options;
    const ends = former.flatMap(({ entry: { endedAt } }) => [endedAt + lastWords, endedAt + typingEnds]);
    const rests = ends.map((end) => end - at).filter((rest) => rest > 0);
    if (this.#timer !== null) clock.clearTimeout(this.#timer);
    // A clock that was set back makes nobody wait for longer.
    const rest = Math.min(typingEnds, ...rests);
    this.#timer = rests.length === 0 ? null : clock.setTimeout(() => this.tidySoon(), rest);
  }

  async #isNeeded({ entry, host }: Former, at: EpochMs): Promise<boolean> {
    if (at - entry.endedAt < lastWords) return true;
    const { state } = await host.store;
    if (isExpired(entry, at)) return false;
    if (state.session.typingIn !== null && at - entry.endedAt < typingEnds) return true;
    if (!isAtRest(state)) return true;
    const owner = entry.of === null ? state.session : await this.#options.sessionOf(entry.of);
    return isKept(entry, owner, hasWords(state), at);
  }

  /** Stops a session and deletes it. False: words came to it until the end, and it goes on; or it cannot be deleted. */
  async #delete(former: Former, at: EpochMs): Promise<boolean> {
    const { entry, host } = former;
    await this.#options.stop(host);
    if (await this.#isNeeded(former, at)) {
      former.host = this.#options.begin(entry.sessionId);
      await former.host.store;
      return false;
    }
    return deleteSession(host.storage, host.history, entry.sessionId).then(
      () => true,
      () => {
        this.notDeleted();
        return false;
      },
    );
  }
}
