// What the server tells, in our words: the shapes that answers and frames are turned into before a decision is made.
// Types only. Must not know the server's own names.

import type { InboxHours } from './hours';
import type { Author, ConversationStatus, EpochMs, Message } from './types';

/** The answer to a request: what was asked for, or why not. Requests never throw. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export type Failure =
  /** No answer: no network, a refused or broken connection, or an answer that points elsewhere. */
  | { kind: 'unreachable' }
  /** No whole answer within the time allowed; the server may have acted all the same. */
  | { kind: 'timeout' }
  /** A good status, but not what the server would say (a captive portal's page, a cut body). */
  | { kind: 'unreadable'; status: number }
  /**
   * Any other status. `message` is the server's reason, shortened and free of credentials; often null. `fields`: what it
   * refused, in the server's names, where it says so.
   */
  | { kind: 'status'; status: number; message: string | null; fields?: readonly string[] };

/** What is known of an inbox before any contact exists. */
export interface ServerInbox {
  name: string;
  /** Every request for a contact must prove who it is. */
  identityRequired: boolean;
  /** Null: not known. */
  hours: InboxHours | null;
}

/** The server's side of a session: who the contact is, and its two secrets. Never leaves the background. */
export interface ContactSession extends ContactRecord {
  sourceId: string;
  pubsubToken: string;
}

/** What the server knows of a contact. */
export interface ContactRecord {
  contactId: number;
  name: string | null;
  email: string | null;
  phoneNumber: string | null;
}

/** What may be changed of a contact; nothing can be removed (contract §3.4). */
export interface ContactChanges {
  name?: string;
  email?: string;
  phoneNumber?: string;
  avatarUrl?: string;
  customAttributes?: Record<string, string | number | boolean>;
}

/** A conversation as HTTP tells it, with all its messages. 0 in a last-seen time means never. */
export interface ServerConversation {
  id: number;
  status: ConversationStatus;
  contactLastSeenAt: EpochMs;
  agentLastSeenAt: EpochMs;
  messages: Message[];
}

/** A conversation as a frame tells it. */
export interface ConversationFrame {
  id: number;
  status: ConversationStatus;
  /** Orders the frames of one conversation: milliseconds with fractions; 0 when the frame has none. */
  version: number;
  contactLastSeenAt: EpochMs;
  agentLastSeenAt: EpochMs;
  lastMessage: Message | null;
  assignee: Author | null;
  /** The contact session that owns it: a verified session hears of its siblings' conversations, too. */
  sourceId: string | null;
}

export type Presence = 'online' | 'busy' | 'offline';

/** What one frame of the room says. */
export type RoomEvent =
  | { type: 'message'; message: Message; created: boolean }
  | { type: 'conversation'; conversation: ConversationFrame; created: boolean }
  | {
      type: 'typing';
      conversationId: number;
      author: Author;
      on: boolean;
      contactLastSeenAt: EpochMs;
      agentLastSeenAt: EpochMs;
    }
  /** Agents of the whole account by id; who is missing is offline. */
  | { type: 'presence'; users: Record<string, Presence> }
  /** An event we do not know, or cannot read. */
  | { type: 'unknown'; event: string };
