// One turn of the loop: the state being changed, the effects asked for and the messages to be stored.
// A turn lives only inside one `update`; to everybody outside, `update` is a pure function.
import type { Effect } from './effects';
import type { State, Sync } from './state';
import type { Conversation, EpochMs, Link, Message, OutboxEntry } from './types';

/** What an update may know besides the state and the event. */
export interface Surroundings {
  /** Now. */
  at: EpochMs;
  /** A random number in [0, 1), for jitter. */
  fraction: number;
  timings: SendTimings;
  /** What `needs` asked to be loaded from the history. */
  loaded: Loaded;
}

export interface SendTimings {
  /** How long a request may take, in ms. */
  requestTimeout: number;
  /** How long after the end of an unanswered attempt the server may still store the message, in ms. */
  settle: number;
}

export interface Loaded {
  messages: Readonly<Record<number, Message>>;
  /** A page of stored messages, oldest first, and whether more are stored before it. */
  page: { messages: Message[]; more: boolean } | null;
}

export class Turn {
  state: State;
  readonly at: EpochMs;
  readonly fraction: number;
  readonly timings: SendTimings;
  readonly loaded: Loaded;
  readonly effects: Effect[] = [];
  /** Messages that changed, by id: to be stored and shown. */
  readonly messages = new Map<number, Message>();
  /** Ids of messages that were not known before. */
  readonly firstHeard = new Set<number>();

  constructor(state: State, surroundings: Surroundings) {
    this.state = state;
    this.at = surroundings.at;
    this.fraction = surroundings.fraction;
    this.timings = surroundings.timings;
    this.loaded = surroundings.loaded;
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }

  setLink(change: Partial<Link>): void {
    this.set({ link: { ...this.state.link, ...change } });
  }

  setSync(change: Partial<Sync>): void {
    this.set({ sync: { ...this.state.sync, ...change } });
  }

  setConversation(conversation: Conversation): void {
    this.set({ conversations: { ...this.state.conversations, [conversation.id]: conversation } });
  }

  setEntry(entry: OutboxEntry): void {
    this.set({ outbox: { ...this.state.outbox, [entry.echoId]: entry } });
  }

  /** Asks the shell to do something once the state is saved. */
  run(effect: Effect): void {
    this.effects.push(effect);
  }
}

/** A copy of a record without one key; the same record if the key is not in it. */
export function without<T>(record: Readonly<Record<string, T>>, key: string | number): Record<string, T> {
  if (!(key in record)) return record;
  const { [key]: _removed, ...rest } = record;
  return rest;
}
