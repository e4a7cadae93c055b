// The one interface behind which every client of the conformance suite stands: what it tells, and what it is asked.
// Types only. Whatever a client calls these things itself is its adapter's business.

/** What a client tells its user, or does. */
export type ClientEvent =
  /** It opens a socket. */
  | { name: 'trying' }
  /** The subscription is confirmed. */
  | { name: 'connected' }
  /** There is no connection; it will be tried again. */
  | { name: 'disconnected' }
  /** The server greets, but leaves the subscription unanswered. */
  | { name: 'silence' }
  /** The server rejected the subscription. */
  | { name: 'rejected' }
  /** There is no connection, and none will be tried. */
  | { name: 'ended' }
  | { name: 'received'; message: unknown }
  /** An exception that nobody caught: in a page it would have reached `window.onerror`. */
  | { name: 'threw'; error: unknown };

export interface ClientOptions {
  /** Used by no other client at the time. */
  url: string;
  /** A JSON object. Clients that write it themselves keep its keys and values, not its spelling. */
  identifier: string;
  tell: (event: ClientEvent) => void;
}

/** A client that has been told to connect. */
export interface RunningClient {
  /** Performs an action of the channel, if the client thinks that it can. */
  perform(action: string): void;
  /** The end: no socket is left, and none will be opened. */
  close(): void;
}

export interface ClientKind {
  name: string;
  /** Milliseconds after which something that has not been told will never be. */
  patience: number;
  /** Milliseconds in which it would have tried again, if it wanted to. */
  lull: number;
  start(options: ClientOptions): RunningClient;
}
