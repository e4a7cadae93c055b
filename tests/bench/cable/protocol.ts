// What the bench and the process of a fleet say to each other. Types only.

/** Whose code a fleet runs. */
export const kinds = ['ours', '@rails/actioncable', '@anycable/core'] as const;
export type Kind = (typeof kinds)[number];

/** What a fleet is to connect to. Every client of it is a device of the same contact. */
export interface Assignment {
  kind: Kind;
  clients: number;
  seed: number;
  cablePort: number;
  /** Only ours asks anything over HTTP. */
  httpPort: number;
  inboxIdentifier: string;
  sourceId: string;
  pubsubToken: string;
  contactId: number;
  conversationId: number;
}

/** A message that a client shows: its id, and when it was shown first. */
export type Shown = [id: number, at: number];

export type Command =
  | { type: 'start'; assignment: Assignment }
  /** Answered when every client shows the message and asks for nothing any more, or after `patience` milliseconds. */
  | { type: 'settle'; messageId: number; patience: number }
  /** Answered by what every client shows of the messages above `after` up to `upTo`, in the order in which it shows them. */
  | { type: 'report'; after: number; upTo: number }
  /** Every client goes back to its list and opens the conversation anew. */
  | { type: 'reopen' };

/** `lost`: the client tells that there is no connection. `live`: it is subscribed. `at` by the common clock. */
export interface Told {
  type: 'lost' | 'live';
  client: number;
  at: number;
}

export type FromFleet = Told | { type: 'answer'; value: Shown[][] };

/** One client, of whatever kind, in the process of its fleet. */
export interface BenchClient {
  /** The ids of the messages in the order in which they are shown. */
  shown(): readonly number[];
  /** When a message was shown first. */
  shownAt(id: number): number | undefined;
  /** Whether nothing is asked for. */
  isQuiet(): boolean;
  reopen(): void;
}

export type Tell = (type: Told['type']) => void;
