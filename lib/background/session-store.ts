// The loop of one session: events one at a time, decided by `update`, saved, published, answered, and only then acted
// on. The only holder of the state.
import type { Effect } from '@/lib/core/effects';
import type { Event } from '@/lib/core/events';
import { needs } from '@/lib/core/needs';
import type { Persisted, State } from '@/lib/core/state';
import type { SendTimings } from '@/lib/core/turn';
import type { Message } from '@/lib/core/types';
import { update } from '@/lib/core/update';
import { nextWakeAt } from '@/lib/core/wake';
import type { Clock, HistoryStore, Random, Store } from '@/lib/platform/types';
import { load } from './repository';
import { Saver } from './saver';

export interface SessionStoreOptions {
  state: State;
  /** What the stores hold already; null for a session that was never saved. */
  saved: Persisted | null;
  /** Messages that the record keeps until the history takes them. */
  settled?: readonly Message[];
  store: Store;
  history: HistoryStore;
  clock: Clock;
  random: Random;
  timings: SendTimings;
  /**
   * Called after every save, and before any effect runs. What came in and leaves the outbox as it is, is told before it
   * is saved: it happened, whether it can be saved or not.
   */
  publish(before: State, after: State): void;
  run(effect: Effect): void;
  /** Told of what went wrong inside, in words without secrets. */
  report(problem: string): void;
}

interface Waiting {
  event: Event;
  /** A command is refused when it cannot be saved; anything else happened whether it is saved or not. */
  command: boolean;
  resolve(): void;
  reject(reason: Error): void;
}

interface Outcome {
  state: State;
  effects: Effect[];
  messages: Map<number, Message>;
  /** Events that could not be decided on. */
  broken: Set<Waiting>;
}

/** Thrown to the sender of a command that could not be saved. */
export class NotSavedError extends Error {}

const ended = () => new NotSavedError('This session has ended.');

/** What came in and would be lost for the outbox if it was not saved: taken in again until it is (idempotent). */
const repeatedUntilSaved: readonly Event['type'][] = [
  'frame.message',
  'message.posted',
  'message.failed',
  'contact.received',
  'conversation.received',
  'conversation.failed',
];
const repeatAfter = 2_000;

/** Woken later than this after something was due, or earlier than before: the clock was set, or slept. In ms. */
const lateBy = 120_000;
const earlyBy = 1_000;

/** Effects that must never run unless the state that asked for them is saved: the server does not de-duplicate. */
const onlyWhenSaved: readonly Effect['type'][] = ['http.createMessage', 'http.createConversation'];

export class SessionStore {
  #options: SessionStoreOptions;
  #state: State;
  #saver: Saver;
  #unsaved: Map<number, Message>;
  #foundDamaged = false;
  #queue: Waiting[] = [];
  #draining: Promise<void> | null = null;
  #stopped = false;
  /** To be taken in again, because it could not be saved; `#waits`: until a timer fires. */
  #again: Event[] = [];
  #waits = false;
  /** When the last event was taken in, and when something was due after it. */
  #lastAt: number;
  #dueAt: number | null = null;

  constructor(options: SessionStoreOptions) {
    this.#options = options;
    this.#state = options.state;
    const settled = options.settled ?? [];
    this.#saver = new Saver({ ...options, settled, onLost: () => this.#lost() });
    this.#unsaved = new Map(settled.map((message) => [message.id, message]));
    this.#lastAt = options.clock.now();
  }

  get state(): State {
    return this.#state;
  }

  /** Takes in something that happened. Resolves when it is dealt with. */
  happened(event: Event): Promise<void> {
    return this.#enqueue(event, false);
  }

  /** Takes in what a person asked for. Resolves when it is saved; rejects with NotSavedError when it cannot be. */
  asked(event: Event): Promise<void> {
    return this.#enqueue(event, true);
  }

  /** Takes in nothing more. Resolves when nothing of it will be saved any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { command, resolve, reject } of this.#queue.splice(0)) {
      if (command) reject(ended());
      else resolve();
    }
    await this.#draining;
  }

  #enqueue(event: Event, command: boolean): Promise<void> {
    // What happens to a session that is no more is nobody's.
    if (this.#stopped && !command) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(ended());
      this.#queue.push({ event, command, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // Everything that waits is folded into one commit.
      const batch = [...this.#clockEvents(), ...this.#queue.splice(0)];
      if (await this.#process(batch, batch.length === 1)) continue;
      for (const waiting of batch) await this.#process([waiting], true);
    }
    this.#draining = null;
  }

  /** Says so when the clock no longer goes on from where it was. */
  #clockEvents(): Waiting[] {
    const at = this.#options.clock.now();
    const wasSet = at < this.#lastAt - earlyBy || (this.#dueAt !== null && at > this.#dueAt + lateBy);
    this.#lastAt = at;
    this.#dueAt = null;
    if (!wasSet) return [];
    return [{ event: { type: 'clock.changed' }, command: false, resolve: () => {}, reject: () => {} }];
  }

  async #decide(batch: readonly Waiting[]): Promise<Outcome> {
    const { clock, random, timings, history } = this.#options;
    let state = this.#state;
    const effects: Effect[] = [];
    const messages = new Map(this.#unsaved);
    const broken = new Set<Waiting>();
    for (const waiting of batch) {
      try {
        const needed = needs(state, waiting.event);
        const loaded = await load(
          history,
          state.session.id,
          needed,
          messages,
          () => this.#damaged(),
          ({ name }) => name === 'HistoryLostError' && this.#lost(),
        );
        const at = clock.now();
        const result = update(state, waiting.event, { at, fraction: random.fraction(), timings, loaded });
        state = result.state;
        effects.push(...result.effects);
        for (const message of result.messages) messages.set(message.id, message);
        // Nothing that could be read outlives the end of a session.
        if (state.session.endedAt !== null) messages.clear();
      } catch (error) {
        broken.add(waiting);
        this.#options.report(`${waiting.event.type} could not be handled: ${(error as Error).name}`);
      }
    }
    return { state, effects, messages, broken };
  }

  /** Answers false when the batch could not be saved and is to be tried event by event. */
  async #process(batch: readonly Waiting[], last: boolean): Promise<boolean> {
    const outcome = await this.#decide(batch);
    const isTold = last && this.#tellEarly(batch, outcome);
    const saved = await this.#saver.save(outcome.state, outcome.messages);
    if (saved === 'nothing' && !last) return false;
    if (saved !== 'nothing') this.#keep(outcome, saved === 'everything', isTold);
    else if (batch.some((waiting) => waiting.command)) {
      for (const waiting of batch) waiting.reject(new NotSavedError('The browser could not save this.'));
      return true;
    } else {
      this.#keepUnsaved(outcome, isTold);
      this.#tryAgain(batch.map(({ event }) => event));
    }
    for (const waiting of batch) {
      if (outcome.broken.has(waiting) && waiting.command)
        waiting.reject(new Error('This could not be done.'));
      else waiting.resolve();
    }
    await Promise.resolve(); // the answer goes out before anything is done
    const effects =
      saved === 'nothing'
        ? outcome.effects.filter(({ type }) => !onlyWhenSaved.includes(type))
        : outcome.effects;
    for (const effect of effects) this.#guard(effect.type, () => this.#options.run(effect));
    return true;
  }

  /** Time passes as well, so that whatever was held back is saved, and done, once it can be. */
  #tryAgain(events: readonly Event[]): void {
    this.#again.push(...events.filter(({ type }) => repeatedUntilSaved.includes(type)));
    if (this.#waits) return;
    this.#waits = true;
    this.#options.clock.setTimeout(() => {
      this.#waits = false;
      this.#saver.tryHistoryAgain();
      for (const event of this.#again.splice(0)) void this.happened(event);
      void this.happened({ type: 'time.passed' });
    }, repeatAfter);
  }

  /** Whoever is told or asked to do something must not stop the loop. */
  #guard(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.report(`${what} failed: ${(error as Error).name}`);
    }
  }

  /** What is stored of the messages is gone: they are read again. */
  #lost(): void {
    this.#options.report('the history is lost');
    void this.happened({ type: 'history.lost' });
  }

  /** Once in a life: a message that can never be stored in a readable way must not be asked for again and again. */
  #damaged(): void {
    this.#options.report('a stored message could not be read');
    if (!this.#foundDamaged) void this.happened({ type: 'history.lost' });
    this.#foundDamaged = true;
  }

  /** Tells what came in at once, unless something that is to be sent is about to move: that is told when it is saved. */
  #tellEarly(batch: readonly Waiting[], { state }: Outcome): boolean {
    const before = this.#state;
    const moves = state.outbox !== before.outbox || state.creations !== before.creations;
    if (moves || batch.some(({ command }) => command)) return false;
    this.#publish(before, state);
    return true;
  }

  #publish(before: State, after: State): void {
    this.#guard('publishing', () => this.#options.publish(before, after));
  }

  #keep({ state, messages }: Outcome, isWhole: boolean, isTold: boolean): void {
    const before = this.#state;
    this.#state = state;
    this.#dueAt = nextWakeAt(state, this.#lastAt);
    this.#unsaved = isWhole ? new Map() : messages;
    if (!isWhole) this.#tryAgain([]);
    if (!isTold) this.#publish(before, state);
  }

  /** Shown all the same; but nothing that a later start would rely on moves before it is saved. */
  #keepUnsaved({ state, messages }: Outcome, isTold: boolean): void {
    const before = this.#state;
    const { outbox, creations, syncedTo } = before;
    // The session moves on: what it says (a token, when it was last asked) would be asked for without a pause.
    this.#state = { ...state, outbox, creations, syncedTo };
    this.#unsaved = messages;
    if (!isTold) this.#publish(before, this.#state);
  }
}
