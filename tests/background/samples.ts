// The things of a session as the background holds them, each with nothing left out, for tests to bend.
import { type Persisted, unheardInbox } from '@/lib/core/state';
import type { Conversation, Creation, Message, OutboxEntry, Session } from '@/lib/core/types';
import { aConversation, aCreation, aMessage, anEntry } from '../support/core-builders';

export const now = 1_781_700_000_000;
export const echoId = '22222222-2222-4222-8222-222222222222';
export const localId = '11111111-1111-4111-8111-111111111111';

const agent = { kind: 'agent', id: 9, name: 'Grace', avatarUrl: null } as const;
export const contact = { kind: 'contact', id: 3, name: 'Mira', avatarUrl: null } as const;

export function session(fields: Partial<Session> = {}): Session {
  return {
    id: 's1',
    siteId: 'acme',
    sourceId: 'source-secret',
    pubsubToken: 'pubsub-secret',
    contactId: 3,
    name: 'Mira',
    email: null,
    phoneNumber: null,
    identity: null,
    told: true,
    tellAt: 0,
    proven: false,
    refusal: null,
    endedAt: null,
    createdAt: now - 90_000,
    listEtag: 'W/"1"',
    polledAt: 0,
    cableAttempt: 0,
    typingIn: null,
    ...fields,
  };
}

export function message(id: number, fields: Partial<Message> = {}): Message {
  const createdAt = now + id;
  const told = { author: agent, text: `Message ${id}`, status: 'sent', changedAt: now } as const;
  return aMessage(id, { conversationId: 7, createdAt, updatedAt: createdAt, ...told, ...fields });
}

export function conversation(id: number, fields: Partial<Conversation> = {}): Conversation {
  return aConversation(id, { changedAt: now - 60_000, party: agent, ...fields });
}

export function entry(fields: Partial<OutboxEntry> = {}): OutboxEntry {
  const text = 'Is anybody there?';
  return anEntry(echoId, { conversationKey: '7', text, queuedAt: now, dueAt: now, ...fields });
}

export function creation(fields: Partial<Creation> = {}): Creation {
  return aCreation(localId, { dueAt: now, ...fields });
}

/** A session with one conversation, 7, whose history is known without holes. */
export function persisted(fields: Partial<Persisted> = {}): Persisted {
  return {
    session: session(),
    conversations: { 7: conversation(7) },
    outbox: {},
    creations: {},
    drafts: {},
    syncedTo: { 7: 1 },
    inbox: unheardInbox,
    ...fields,
  };
}
