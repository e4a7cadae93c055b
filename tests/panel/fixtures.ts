// Canned things as the background publishes them; each test changes what it is about.
import type { Author, LinkView } from '@/lib/core/types';
import type {
  ContactView,
  ConversationView,
  MessageView,
  OutboxView,
  Snapshot,
} from '@/lib/messaging/view-updates';

/** Monday, 23 November 2026, 14:10 in the time zone of the test. */
export const now = new Date(2026, 10, 23, 14, 10).getTime();
export const minute = 60_000;
export const day = 24 * 60 * minute;

export const mara: Author = { kind: 'agent', id: 7, name: 'Mara Lindqvist', avatarUrl: null };
export const me: Author = { kind: 'contact', id: 1, name: 'Ana', avatarUrl: null };
export const live: LinkView = { name: 'live', since: now - minute, nextTryAt: null };

export function message(id: number, change: Partial<MessageView> = {}): MessageView {
  return {
    id,
    conversationId: 1,
    author: mara,
    text: `Message ${id}`,
    content: { kind: 'plain' },
    answer: null,
    quotedId: null,
    translations: {},
    attachments: [],
    createdAt: now - day + id * 1000,
    status: null,
    deleted: false,
    echoId: null,
    ...change,
  };
}

export function conversation(id: number, change: Partial<ConversationView> = {}): ConversationView {
  return {
    id,
    status: 'open',
    resolvedHere: false,
    party: mara,
    preview: {
      messageId: id * 100,
      authorKind: 'agent',
      text: `Words of ${id}`,
      file: null,
      createdAt: now - id * 60 * minute,
    },
    unread: [],
    agentLastSeenAt: 0,
    ...change,
  };
}

export function entry(echoId: string, change: Partial<OutboxView> = {}): OutboxView {
  return {
    echoId,
    conversationKey: '1',
    act: { kind: 'message' },
    text: `Own ${echoId.at(-1)}`,
    status: 'queued',
    sequence: 1,
    queuedAt: now,
    baselineId: 0,
    failure: null,
    ...change,
  };
}

/** Whoever is asking: nobody has said who that is. */
export function contact(change: Partial<ContactView> = {}): ContactView {
  return {
    name: null,
    email: null,
    phoneNumber: null,
    kind: 'anonymous',
    change: { state: 'none' },
    ...change,
  };
}

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    site: { siteId: 'ledgerly', sessionId: 'own', name: 'Ledgerly', color: '#1f6feb' },
    contact: contact(),
    past: { role: 'own', earlier: null },
    others: [],
    listed: true,
    conversations: [],
    outbox: [],
    drafts: {},
    link: live,
    availability: { name: 'unknown', opensAt: null, onlineIds: [] },
    window: null,
    typing: {},
    ...change,
  };
}

/** The snapshot of an open conversation 1 with these messages. */
export function opened(messages: MessageView[], change: Partial<Snapshot> = {}): Snapshot {
  return snapshot({
    conversations: [conversation(1)],
    window: { conversationKey: '1', messages, hasOlder: false, loadingOlder: false },
    ...change,
  });
}
