// The things the panel is about, as plain JSON: what is stored, decided on and shown.
// No code beyond two tiny conversions, and no import but of types: every other room may read this file.
import type { Answer, MessageContent } from './content';
import type { InboxHours } from './hours';

/** Milliseconds since 1970. */
export type EpochMs = number;

/**
 * Names a conversation in routes, drafts and the outbox: the server's id in decimal, or, until the server
 * has given one, the uuid under which the panel started it.
 */
export type ConversationKey = string;

/** The key of a conversation that the server knows. */
export function keyOf(conversationId: number): ConversationKey {
  return String(conversationId);
}

/** The server's id in a key; null while the conversation exists only here. */
export function idOf(key: ConversationKey): number | null {
  return /^\d+$/.test(key) ? Number(key) : null;
}

export type AuthorKind = 'contact' | 'agent' | 'bot' | 'assistant' | 'none';

/** Who wrote something. `contact` is the user of this panel; `none` is the company itself (templates). */
export interface Author {
  kind: AuthorKind;
  id: number | null;
  name: string;
  avatarUrl: string | null;
}

export interface Attachment {
  id: number;
  kind: 'image' | 'audio' | 'video' | 'file' | 'other';
  url: string | null;
  name: string | null;
  /** Bytes. */
  size: number | null;
  /** Of an image, in its own pixels; null until the server has measured it. */
  dimensions: { width: number; height: number } | null;
  /** What is said in an audio; null when nobody has written it down. */
  transcript: string | null;
}

export type MessageStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** A message that the server has. */
export interface Message {
  id: number;
  conversationId: number;
  author: Author;
  /** Empty when there are no words (files only). */
  text: string;
  content: MessageContent;
  /** What the contact answered to it; null: not answered. */
  answer: Answer | null;
  /** The message that it quotes. */
  quotedId: number | null;
  /** Its words in other languages, by language code. */
  translations: Record<string, string>;
  attachments: Attachment[];
  createdAt: EpochMs;
  /** Version given by the newest frame; null when only HTTP has told of it. */
  updatedAt: EpochMs | null;
  /** Known from frames only. */
  status: MessageStatus | null;
  deleted: boolean;
  /** The echo id under which it was sent, from here or another device; null when nobody said. */
  echoId: string | null;
  /** Our clock when a frame last changed it; older HTTP answers do not overwrite it. */
  changedAt: EpochMs | null;
}

export type ConversationStatus = 'open' | 'resolved' | 'pending' | 'snoozed';

/** The newest message of a conversation, shortened for the list. */
export interface Preview {
  messageId: number;
  authorKind: AuthorKind;
  text: string;
  /** The first of its files: what it is told by where it has no words. */
  file: Pick<Attachment, 'kind' | 'name'> | null;
  createdAt: EpochMs;
}

/** What is kept in memory of every conversation; its messages are in the history. */
export interface Conversation {
  id: number;
  status: ConversationStatus;
  /** It is resolved, and it was the contact who marked it so here. */
  resolvedHere: boolean;
  /** `updated_at` of the newest conversation frame; 0 when only HTTP has told of it. */
  version: number;
  /** Our clock when a frame last changed it, or it was first heard of. */
  changedAt: EpochMs;
  /** Who answers: the latest other author, or who was assigned since; null before either. */
  party: Author | null;
  /** Whom a frame said that it is assigned to, as `kind/id`; null: nobody, or nobody has said. */
  assignee: string | null;
  preview: Preview | null;
  /** Highest message id known: the baseline for telling one's own uncertain message. */
  newestId: number;
  /** Ids of messages by others that were not read yet (at most 100). */
  unread: number[];
  /** Everything at or below that was known was read here. */
  readUpTo: number;
  /** The server was told so up to here. */
  toldUpTo: number;
  contactLastSeenAt: EpochMs;
  agentLastSeenAt: EpochMs;
}

/** `tooLong`: more characters than the server takes; `tooLarge`: more bytes than something before it lets pass. */
export type FailureReason = 'refused' | 'tooLong' | 'tooLarge' | 'gone';

/**
 * What a person does to a conversation, all of it in one order. An answer and a resolving may be repeated at the server
 * without harm; a message may not.
 */
export type Act =
  | { kind: 'message' }
  | { kind: 'answer'; messageId: number; answer: Answer }
  | { kind: 'resolve' };

/** `held`: written in a former sign-in, or before it: not sent until the person says so. */
export type OutboxStatus = 'queued' | 'sending' | 'uncertain' | 'failed' | 'held';

/** A message, or another act, accepted from the user that the server has not confirmed yet. */
export interface OutboxEntry {
  echoId: string;
  conversationKey: ConversationKey;
  act: Act;
  /** Of a message; empty for other acts. */
  text: string;
  status: OutboxStatus;
  /** Order of acceptance within the session. */
  sequence: number;
  queuedAt: EpochMs;
  /** Attempts that failed in a row, for the backoff. */
  attempts: number;
  /** Saved before the POST; null before the first. */
  attemptedAt: EpochMs | null;
  /** Not tried (queued) or not settled (uncertain) before this time. */
  dueAt: EpochMs;
  /** Highest message id known in the conversation when the attempt began. */
  baselineId: number;
  failure: FailureReason | null;
}

/** A conversation being created; kept for a while after, so that late commands find the server's id. */
export interface Creation {
  localConversationId: string;
  phase: 'wanted' | 'creating' | 'uncertain' | 'created';
  /** Highest conversation id known when the attempt began. */
  baselineId: number;
  attempts: number;
  attemptedAt: EpochMs | null;
  dueAt: EpochMs;
  conversationId: number | null;
}

/**
 * Who the page says is asking. Untrusted until the server has confirmed the hash (HMAC of the identifier, contract §3.0),
 * which never leaves the background.
 */
export interface Identity {
  identifier: string;
  hash: string | null;
  name: string | null;
  email: string | null;
  phoneNumber: string | null;
  /** An address on the web. */
  avatarUrl: string | null;
  customAttributes: Record<string, string | number | boolean>;
}

/** Why the server lets nobody in: it wants a proven identity and there is none, or it denies the one that is given. */
export type RefusalReason = 'signedOut' | 'identityRefused';

/** One contact in one inbox of one installation, with its credentials. Never leaves the background. */
export interface Session {
  id: string;
  siteId: string;
  sourceId: string;
  /** Null until the server has created the contact session. */
  pubsubToken: string | null;
  contactId: number | null;
  name: string | null;
  email: string | null;
  phoneNumber: string | null;
  /** Null: nobody has said who is asking. */
  identity: Identity | null;
  /** The server knows all of the identity; true where there is none. */
  told: boolean;
  /** Not before this time: a page that names one after the other is not to ask much of the server. */
  tellAt: EpochMs;
  /** The server has confirmed the identity's hash: it shows the conversations of all devices. */
  proven: boolean;
  /** While it stands, nothing is asked for. */
  refusal: { reason: RefusalReason; at: EpochMs } | null;
  /** When somebody else came to ask in its place: since then it sends nothing new, and keeps only what waits. */
  endedAt: EpochMs | null;
  createdAt: EpochMs;
  /** ETag of the full list of conversations. */
  listEtag: string | null;
  /** When awaited answers were last asked for without a cable. */
  polledAt: EpochMs;
  /** Tries to have the cable that failed in a row: a background that is started anew goes on from there. */
  cableAttempt: number;
  /** The conversation in which the server may believe the contact to be typing; null: none. */
  typingIn: number | null;
}

/** What is known of the inbox itself. */
export interface Inbox {
  /** Null: not known. */
  hours: InboxHours | null;
  /** When it was heard last; 0 is never. */
  heardAt: EpochMs;
}

export interface Draft {
  text: string;
  changedAt: EpochMs;
  saved: boolean;
}

/** The messages of a conversation that is open in some panel, oldest first. */
export interface MessageWindow {
  messages: Message[];
  /** Whether earlier messages may exist beyond the first one here. */
  hasOlder: boolean;
  loadingOlder: boolean;
}

/** One open panel. */
export interface View {
  viewId: string;
  windowId: number | null;
  conversationKey: ConversationKey | null;
  /** Newest message that is really on screen; null while the panel is hidden or scrolled up. */
  seenUpTo: number | null;
  /** The panel's page is visible. */
  visible: boolean;
}

/**
 * What is known of a cable that cannot be had. `answers`: the server does answer, which is no cause yet; `cableBlocked`:
 * and yet the cable cannot be had; `failing`: the server answers with errors; `intercepted`: something else answers in
 * its place (a captive portal, a company's proxy).
 */
export type CableCause = 'answers' | 'cableBlocked' | 'failing' | 'intercepted';

export type CableName = 'idle' | 'connecting' | 'live' | 'waiting' | 'closed';

/** What is known of the way to the server. */
export interface Link {
  cable: CableName;
  /** Since when it is live, idle, or wanted and not there. */
  since: EpochMs;
  nextTryAt: EpochMs | null;
  /** Why it cannot be had; null: not known, or not reachable at all. */
  cause: CableCause | null;
  online: boolean;
  rateLimitedUntil: EpochMs;
  /** The server answers, but does not know the inbox: nothing is asked for but whether it is there again. */
  inboxMissing: boolean;
  /** The server answered a read at this time; 0 when not since the cable was lost. */
  answeredAt: EpochMs;
}

export interface Typist {
  author: Author;
  until: EpochMs;
}

/**
 * The link as a person is told about it. `idle`: nothing to connect for yet; `silent`: what is asked for is not
 * answered; `cableBlocked`: it is, but answers do not come by themselves; `intercepted`: somebody else answers.
 */
export interface LinkView {
  name:
    | 'idle'
    | 'live'
    | 'connecting'
    | 'reconnecting'
    | 'silent'
    | 'cableBlocked'
    | 'intercepted'
    | 'offline'
    | 'rateLimited'
    | 'inboxMissing'
    | RefusalReason;
  /** 0: not known. */
  since: EpochMs;
  nextTryAt: EpochMs | null;
  /** There while it is being found out if what is wrong still is. */
  checking?: true;
}

/**
 * Whether somebody answers, as a person is told about it. `here`: open, and somebody may be there; `away`: open, and nobody
 * is; `closed`: out of hours, until `opensAt` where that is within a week. `onlineIds`: agents who are there now.
 */
export interface AvailabilityView {
  name: 'here' | 'away' | 'closed' | 'unknown';
  opensAt: EpochMs | null;
  onlineIds: number[];
}
