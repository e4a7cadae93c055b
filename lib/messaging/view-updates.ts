// What the background tells a panel on its port: one snapshot per `view.open`, then patches with a running `rev`.
// Patches are per entity, so that one event costs the same however long the history is. No secrets in here.
import type {
  AvailabilityView,
  Conversation,
  ConversationKey,
  LinkView,
  Message,
  OutboxEntry,
} from '@/lib/core/types';

/** How the panel names and colours itself. */
export interface SiteView {
  siteId: string;
  /** The contact session that is shown; no secret. */
  sessionId: string;
  name: string;
  /** The company's colour as #rrggbb. */
  color: string;
}

/** A conversation as the list shows it. */
export type ConversationView = Pick<
  Conversation,
  'id' | 'status' | 'resolvedHere' | 'party' | 'preview' | 'unread' | 'agentLastSeenAt'
>;

/** A message as the thread shows it. */
export type MessageView = Pick<
  Message,
  | 'id'
  | 'conversationId'
  | 'author'
  | 'text'
  | 'content'
  | 'answer'
  | 'quotedId'
  | 'translations'
  | 'attachments'
  | 'createdAt'
  | 'status'
  | 'deleted'
  | 'echoId'
>;

/** A message that is not confirmed yet. */
export type OutboxView = Pick<
  OutboxEntry,
  | 'echoId'
  | 'conversationKey'
  | 'act'
  | 'text'
  | 'status'
  | 'sequence'
  | 'queuedAt'
  | 'baselineId'
  | 'failure'
>;

export interface WindowView {
  conversationKey: ConversationKey;
  messages: MessageView[];
  hasOlder: boolean;
  loadingOlder: boolean;
}

/** A site that the panel could show instead. */
export interface OtherSite {
  siteId: string;
  name: string;
  /** How many messages wait to be read there. */
  unread: number;
}

/** What became of the last change that the person made; `problem` names the field, or says that nobody took it. */
export type ContactChangeView =
  | { state: 'none' | 'saving' | 'saved' }
  | { state: 'failed'; problem: 'name' | 'email' | 'phoneNumber' | 'refused' | 'unreachable' };

/** Who is asking, as the person may see it. */
export interface ContactView {
  name: string | null;
  email: string | null;
  phoneNumber: string | null;
  /** `claimed`: the page says so; `proven`: the server has confirmed it. */
  kind: 'anonymous' | 'claimed' | 'proven';
  change: ContactChangeView;
}

/** How the session that is shown stands to the other one that a panel may show. */
export type PastView =
  /** Who is asking now; `earlier`: what they wrote before they signed in. */
  | { role: 'own'; earlier: { sessionId: string; unread: number } | null }
  | { role: 'earlier'; earlier: null; ownSessionId: string };

export interface Snapshot {
  site: SiteView;
  contact: ContactView;
  past: PastView;
  others: OtherSite[];
  /** False until the list of conversations is known from storage or the server. */
  listed: boolean;
  conversations: ConversationView[];
  outbox: OutboxView[];
  drafts: Record<ConversationKey, string>;
  link: LinkView;
  availability: AvailabilityView;
  /** The open conversation; null on the list. Its key is the server's as soon as there is one. */
  window: WindowView | null;
  /** conversation id -> names of those who are typing there. */
  typing: Record<number, string[]>;
}

export type Patch =
  | { type: 'conversation.changed'; conversation: ConversationView }
  | { type: 'conversation.removed'; conversationId: number }
  /** The server gave an id to a conversation that was started here. */
  | { type: 'conversation.mapped'; localConversationId: string; conversationId: number }
  | { type: 'messages.changed'; conversationId: number; messages: MessageView[] }
  | { type: 'older.changed'; conversationId: number; hasOlder: boolean; loadingOlder: boolean }
  | { type: 'outbox.changed'; entry: OutboxView }
  | { type: 'outbox.removed'; echoId: string }
  | { type: 'draft.changed'; conversationKey: ConversationKey; text: string }
  | { type: 'link.changed'; link: LinkView }
  | { type: 'availability.changed'; availability: AvailabilityView }
  | { type: 'typing.changed'; conversationId: number; names: string[] }
  | { type: 'listed.changed'; listed: boolean }
  | { type: 'others.changed'; others: OtherSite[] }
  | { type: 'contact.changed'; contact: ContactView }
  | { type: 'past.changed'; past: PastView };

export type ViewUpdate =
  | { type: 'snapshot'; rev: number; snapshot: Snapshot }
  | { type: 'patch'; rev: number; patches: Patch[] }
  /**
   * Another site, or another person, is wanted where this panel stands: it forgets what it showed, and begins anew with
   * whoever is asking at that site now.
   */
  | { type: 'panel.show'; siteId: string }
  | { type: 'panel.close' };
