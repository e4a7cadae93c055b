// Owns the bundle that actions and routes work on.
// Must not know HTTP or sockets.

import type { Broadcast } from './cable/broadcast';
import type { Agent, Inbox } from './records/records';
import type { Store } from './records/store';

export type World = {
  accountId: number;
  accountName: string;
  /** The installation's own address, for attachment links. Known once it listens. */
  origin: string;
  store: Store;
  inboxes: Inbox[];
  agents: Agent[];
  broadcast: Broadcast;
  /** Messages of any type that one conversation takes within a minute (§2). */
  messagesPerMinute: number;
};
