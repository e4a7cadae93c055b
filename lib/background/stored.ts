// The shapes of the records in chrome.storage, checked when they are read: what does not fit is set aside, never fatal.
import type { Conversation, Creation, Draft, Message, OutboxEntry, Session } from '@/lib/core/types';

type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'string?' | 'number?' | 'object?';
type Shape<T> = { [K in keyof T]-?: Kind };

const session: Shape<Session> = {
  id: 'string',
  siteId: 'string',
  sourceId: 'string',
  pubsubToken: 'string?',
  contactId: 'number?',
  name: 'string?',
  createdAt: 'number',
  listEtag: 'string?',
  polledAt: 'number',
};
const conversation: Shape<Conversation> = {
  id: 'number',
  status: 'string',
  version: 'number',
  changedAt: 'number',
  party: 'object?',
  preview: 'object?',
  newestId: 'number',
  unread: 'array',
  readUpTo: 'number',
  contactLastSeenAt: 'number',
  agentLastSeenAt: 'number',
};
const entry: Shape<OutboxEntry> = {
  echoId: 'string',
  conversationKey: 'string',
  text: 'string',
  status: 'string',
  sequence: 'number',
  queuedAt: 'number',
  attempts: 'number',
  attemptedAt: 'number?',
  dueAt: 'number',
  baselineId: 'number',
  failure: 'string?',
};
const creation: Shape<Creation> = {
  localConversationId: 'string',
  phase: 'string',
  baselineId: 'number',
  attempts: 'number',
  attemptedAt: 'number?',
  dueAt: 'number',
  conversationId: 'number?',
};
const draft: Shape<Draft> = { text: 'string', changedAt: 'number', saved: 'boolean' };
const message: Shape<Message> = {
  id: 'number',
  conversationId: 'number',
  author: 'object',
  text: 'string',
  contentType: 'string',
  attributes: 'object',
  attachments: 'array',
  createdAt: 'number',
  updatedAt: 'number?',
  status: 'string?',
  deleted: 'boolean',
  echoId: 'string?',
  changedAt: 'number?',
};

function isKind(value: unknown, kind: Kind): boolean {
  if (kind.endsWith('?')) return value === null || isKind(value, kind.slice(0, -1) as Kind);
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === kind;
}

function reader<T>(shape: Shape<T>): (value: unknown) => T | null {
  return (value) => {
    if (typeof value !== 'object' || value === null) return null;
    const fits = Object.entries(shape).every(([key, kind]) =>
      isKind((value as Record<string, unknown>)[key], kind as Kind),
    );
    return fits ? (value as T) : null;
  };
}

/** Each answers the record, or null when the stored value does not have its shape. */
export const readSession = reader(session);
export const readConversation = reader(conversation);
export const readEntry = reader(entry);
export const readCreation = reader(creation);
export const readDraft = reader(draft);
export const readMessage = reader(message);
