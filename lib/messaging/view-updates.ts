// What the background tells a panel on its port: one snapshot per `view.open`, then patches with a running `rev`.
// Patches are per entity, so that one event costs the same however long the history is. No secrets in here.
import type { Conversation, ConversationKey, LinkView, Message, OutboxEntry } from '@/lib/core/types';

/** How the panel names and colours itself. */
export interface SiteView {
  siteId: string;
  name: string;
  /** The company's colour as #rrggbb. */
  color: string;
}

/** A conversation as the list shows it. */
export type ConversationView = Pick<
  Conversation,
  'id' | 'status' | 'party' | 'preview' | 'unread' | 'agentLastSeenAt'
>;

/** A message as the thread shows it. */
export type MessageView = Pick<
  Message,
  | 'id'
  | 'conversationId'
  | 'author'
  | 'text'
  | 'contentType'
  | 'attachments'
  | 'createdAt'
  | 'status'
  | 'deleted'
  | 'echoId'
>;

/** A message that is not confirmed yet. */
export type OutboxView = Pick<
  OutboxEntry,
  'echoId' | 'conversationKey' | 'text' | 'status' | 'sequence' | 'queuedAt' | 'baselineId' | 'failure'
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

export interface Snapshot {
  site: SiteView;
  others: OtherSite[];
  /** False until the list of conversations is known from storage or the server. */
  listed: boolean;
  conversations: ConversationView[];
  outbox: OutboxView[];
  drafts: Record<ConversationKey, string>;
  link: LinkView;
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
  | { type: 'typing.changed'; conversationId: number; names: string[] }
  | { type: 'listed.changed'; listed: boolean }
  | { type: 'others.changed'; others: OtherSite[] };

export type ViewUpdate =
  | { type: 'snapshot'; rev: number; snapshot: Snapshot }
  | { type: 'patch'; rev: number; patches: Patch[] }
  /** Another site is wanted where this panel stands: it begins anew as a panel of that one. */
  | { type: 'panel.show'; siteId: string }
  | { type: 'panel.close' };
