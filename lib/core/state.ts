// All that the background knows of one session: the persisted record first, then what lives only while it runs.
import type { ContactChanges, Presence } from './server-types';
import type {
  Conversation,
  ConversationKey,
  Creation,
  Draft,
  EpochMs,
  Inbox,
  Link,
  Message,
  MessageWindow,
  OutboxEntry,
  Session,
  Typist,
  View,
} from './types';

/** A request that repeats until it succeeds: at most one is under way. */
export interface Repeating {
  wanted: boolean;
  busy: boolean;
  attempts: number;
  dueAt: EpochMs;
}

/** Reading the newest messages of one conversation back to what is known without holes (design: the watermark). */
export interface GapRead extends Repeating {
  conversationId: number;
  /** Page back from here; null: from the newest. */
  before: number | null;
  /** Highest id read so far. */
  top: number;
  /** The known part was met; this page is the one beyond it. */
  beyond: boolean;
  startedAt: EpochMs;
  /** The contact's own messages met so far that nobody claimed, for settling uncertain ones. */
  unclaimed: readonly Message[];
}

/** What became of the last change that the person asked for. */
export type ContactChangeState =
  | { state: 'none' | 'saved' }
  | { state: 'saving'; changes: ContactChanges; busy: boolean }
  | { state: 'failed'; problem: 'name' | 'email' | 'phoneNumber' | 'refused' | 'unreachable' };

/** Not persisted: what is under way, and what was read since the cable was lost. */
export interface Sync {
  contact: Repeating;
  /** `bare`: without what the server has refused. */
  identify: Repeating & { bare: boolean };
  change: ContactChangeState;
  /** Answers of 500 in a row to who is asking. */
  denials: number;
  /** Asked for only to learn why the cable or the contact cannot be had. */
  inbox: Repeating;
  /** Asked for to show when it is open. */
  hours: Repeating;
  /** When it was asked last who is there; 0: not since the cable is live. */
  presenceAskedAt: EpochMs;
  list: Repeating & { lastAt: EpochMs };
  gaps: Readonly<Record<number, GapRead>>;
  /** Conversations whose newest page was read since the cable is live; without one, in this very turn. */
  fresh: Readonly<Record<number, true>>;
  /** `readAt`: when a conversation was read here last. */
  lastSeen: Repeating & { sentAt: EpochMs; readAt: Readonly<Record<number, EpochMs>> };
  /** `writing`: where the person was last seen to write, and until when that counts. */
  typing: Repeating & { sentAt: EpochMs; writing: { key: ConversationKey; until: EpochMs } | null };
  /**
   * Conversations that answered 404: the contact, the inbox or they alone may be gone. Left alone until the contact
   * was asked for, then asked for once again.
   */
  doubted: Readonly<Record<number, 'contact' | 'again'>>;
  /** The list of conversations is known, from storage or the server. */
  listed: boolean;
}

export interface State {
  readonly session: Session;
  readonly conversations: Readonly<Record<number, Conversation>>;
  readonly outbox: Readonly<Record<string, OutboxEntry>>;
  readonly creations: Readonly<Record<string, Creation>>;
  readonly drafts: Readonly<Record<ConversationKey, Draft>>;
  readonly syncedTo: Readonly<Record<number, number>>;
  readonly inbox: Inbox;

  readonly windows: Readonly<Record<number, MessageWindow>>;
  readonly views: Readonly<Record<string, View>>;
  readonly focusedWindowId: number | null;
  readonly typing: Readonly<Record<number, readonly Typist[]>>;
  /** Who is there, by the id of the agent; null: nobody has said since the cable is live. */
  readonly presence: { users: Readonly<Record<string, Presence>>; at: EpochMs } | null;
  readonly link: Link;
  readonly sync: Sync;
}

/** The part of the state that survives the background. */
export type Persisted = Pick<
  State,
  'session' | 'conversations' | 'outbox' | 'creations' | 'drafts' | 'syncedTo' | 'inbox'
>;

/** Nobody has told of the inbox yet. */
export const unheardInbox: Inbox = { hours: null, heardAt: 0 };

const idleRequest: Repeating = { wanted: false, busy: false, attempts: 0, dueAt: 0 };

/** Nothing is wanted, under way or known. */
export const idleSync: Omit<Sync, 'listed'> = {
  contact: idleRequest,
  identify: { ...idleRequest, bare: false },
  change: { state: 'none' },
  denials: 0,
  inbox: idleRequest,
  hours: idleRequest,
  presenceAskedAt: 0,
  list: { ...idleRequest, lastAt: 0 },
  gaps: {},
  fresh: {},
  lastSeen: { ...idleRequest, sentAt: 0, readAt: {} },
  typing: { ...idleRequest, sentAt: 0, writing: null },
  doubted: {},
};

/** The state right after the background has loaded what was saved; nothing is under way. `at` is now. */
export function initialState(persisted: Persisted, at: EpochMs): State {
  return {
    ...persisted,
    windows: {},
    views: {},
    focusedWindowId: null,
    typing: {},
    presence: null,
    link: {
      cable: 'idle',
      since: at,
      nextTryAt: null,
      cause: null,
      online: true,
      rateLimitedUntil: 0,
      inboxMissing: false,
      answeredAt: 0,
    },
    sync: {
      ...idleSync,
      listed: persisted.session.listEtag !== null || persisted.session.pubsubToken === null,
    },
  };
}
