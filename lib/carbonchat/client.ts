// The client API, endpoint by endpoint (contract §3). Owns paths, bodies and which answer means what.
// Must not retry, remember or decide: that is the outbox's and the core's.

import type { Answer } from '@/lib/core/content';
import type {
  ContactChanges,
  ContactRecord,
  ContactSession,
  Outcome,
  ServerConversation,
  ServerInbox,
} from '@/lib/core/server-types';
import type { Identity, Message } from '@/lib/core/types';
import { toSubmittedValues } from './content';
import {
  toContactRecord,
  toContactSession,
  toInbox,
  toMessage,
  toMessages,
  toServerConversation,
} from './mapping';
import { type Call, createRequest, failed, parseJson, type RequestOptions } from './request';
import { type Report, readEach } from './wire';

const pageSize = 20;

interface ClientOptions extends RequestOptions {
  /** Told which fields could not be read, without their values. */
  onProblem?: Report;
}

interface ConversationList {
  conversations: ServerConversation[];
  etag: string | null;
  partial?: true;
}

/** Every method answers with an Outcome and never throws. The source id is the contact's secret. */
export interface CarbonChatClient {
  /** Contract §3.1. */
  inbox(): Promise<Outcome<ServerInbox>>;
  /**
   * Creates the contact session, or returns the one that has this source id already, whatever else is said (§3.2). A
   * right hash is only checked here: what verifies the session is `updateContact`.
   */
  createContact(contact: { sourceId: string; identity: Identity | null }): Promise<Outcome<ContactSession>>;
  /** Tests a source id and gets its pubsub token again (§3.3); a hash goes along, for some inboxes want it. */
  contact(sourceId: string, identity: Identity | null): Promise<Outcome<ContactSession>>;
  /**
   * Changes the contact, and with a hash verifies the session, also where nothing changes (§3.4, §3.0). An e-mail
   * address or telephone number of another contact merges this one into that one.
   */
  updateContact(
    sourceId: string,
    changes: ContactChanges,
    identity: Identity | null,
  ): Promise<Outcome<ContactRecord>>;
  /**
   * All conversations with all messages, in no order; 'unchanged' since the answer that had `etag` (§3.5). `partial`:
   * there are some besides that cannot be read.
   */
  conversations(sourceId: string, etag: string | null): Promise<Outcome<ConversationList | 'unchanged'>>;
  /** May return an old conversation where the inbox is locked to one (§3.6). */
  createConversation(sourceId: string): Promise<Outcome<ServerConversation>>;
  /**
   * The newest page of messages with ids below `before`, oldest first (§3.11). The answer's `before` asks for the
   * next page: the page's smallest id, messages that cannot be read included; `complete`: nothing is older.
   */
  messages(
    sourceId: string,
    conversationId: number,
    before: number | null,
  ): Promise<Outcome<{ messages: Message[]; before: number | null; complete: boolean }>>;
  /** Not idempotent: after a failure without an answer the message may exist (§3.12). */
  createMessage(
    sourceId: string,
    conversationId: number,
    text: string,
    echoId: string,
  ): Promise<Outcome<Message>>;
  /**
   * Answers a message; replaces what was answered before, so that it may be repeated (§3.13). That an e-mail address becomes
   * the contact's own is not part of it (§8.6).
   */
  answerMessage(
    sourceId: string,
    conversationId: number,
    messageId: number,
    answer: Answer,
  ): Promise<Outcome<Message>>;
  /** Marks the conversation as resolved; of one that is, nothing changes (§3.8). Servers before 3.7 answer 404. */
  resolve(sourceId: string, conversationId: number): Promise<Outcome<ServerConversation>>;
  /** Marks the conversation as read by the contact (§3.10). */
  updateLastSeen(sourceId: string, conversationId: number): Promise<Outcome<null>>;
  /** Tells the agents that the contact is typing, or no longer (§3.9). The server does not let it end by itself. */
  setTyping(sourceId: string, conversationId: number, on: boolean): Promise<Outcome<null>>;
}

/** A client of one inbox. Throws where `installationUrl` is no URL. */
export function createClient(options: ClientOptions): CarbonChatClient {
  const request = createRequest(options);
  const report = options.onProblem ?? (() => {});

  /** `parse` gets undefined for a body that is no JSON, and returns null for one it cannot read. */
  async function ask<T>(
    call: Call,
    parse: (body: unknown, etag: string | null) => T | null,
  ): Promise<Outcome<T>> {
    const outcome = await request(call);
    if (!outcome.ok) return outcome;
    const { status, etag, text } = outcome.value;
    const value = parse(parseJson(text), etag);
    return value === null ? failed({ kind: 'unreadable', status }) : { ok: true, value };
  }

  /** For what is answered by an empty body (contract §2). */
  async function tell(path: Call['path'], body?: Record<string, string>): Promise<Outcome<null>> {
    const outcome = await request({ method: 'POST', path, ...(body && { body }) });
    return outcome.ok ? { ok: true, value: null } : outcome;
  }

  const contact = (body: unknown) => toContactSession(body, report);
  const record = (body: unknown) => toContactRecord(body, report);
  const conversation = (item: unknown) => toServerConversation(item, report);
  const conversationsOf = (sourceId: string) => ['contacts', sourceId, 'conversations'];

  return {
    inbox: () => ask({ method: 'GET', path: [] }, (body) => toInbox(body, report)),
    createContact({ sourceId, identity }) {
      const said = identity
        ? { identifier: identity.identifier, ...proofOf(identity), ...fieldsOf(identity) }
        : {};
      return ask({ method: 'POST', path: ['contacts'], body: { source_id: sourceId, ...said } }, contact);
    },
    contact(sourceId, identity) {
      const proof = proofOf(identity);
      const query = proof ? `?${new URLSearchParams(proof)}` : '';
      return ask({ method: 'GET', path: ['contacts', sourceId], query }, contact);
    },
    updateContact: (sourceId, changes, identity) =>
      ask(
        {
          method: 'PATCH',
          path: ['contacts', sourceId],
          body: { ...proofOf(identity), ...fieldsOf(changes) },
        },
        record,
      ),
    async conversations(sourceId, etag) {
      const answer = await ask<ConversationList>(
        { method: 'GET', path: conversationsOf(sourceId), etag },
        (body, newEtag) => {
          if (!Array.isArray(body)) return null;
          const conversations = readEach(body, conversation);
          if (conversations.length === body.length) return { conversations, etag: newEtag };
          return conversations.length === 0 ? null : { conversations, etag: newEtag, partial: true };
        },
      );
      const unchanged = !answer.ok && answer.failure.kind === 'status' && answer.failure.status === 304;
      return unchanged ? { ok: true, value: 'unchanged' } : answer;
    },
    createConversation: (sourceId) => ask({ method: 'POST', path: conversationsOf(sourceId) }, conversation),
    messages: (sourceId, conversationId, before) =>
      ask(
        {
          method: 'GET',
          path: [...conversationsOf(sourceId), conversationId, 'messages'],
          query: before === null ? '' : `?before=${before}`,
        },
        (body) => {
          if (!Array.isArray(body)) return null;
          const oldest = smallestId(body);
          // Things without any id are no page: taken for the end of the history they would say what is not there.
          if (oldest === null && body.length > 0) return null;
          // Judged by what came, not by what is left of it: a page may hold things not meant for contacts.
          return { messages: toMessages(body, report), before: oldest, complete: body.length < pageSize };
        },
      ),
    createMessage: (sourceId, conversationId, text, echoId) =>
      ask(
        {
          method: 'POST',
          path: [...conversationsOf(sourceId), conversationId, 'messages'],
          body: { content: text, echo_id: echoId },
        },
        (body) => {
          const message = toMessage(body, null, report);
          return message && { ...message, echoId }; // the answer does not repeat it (contract §10.1)
        },
      ),
    answerMessage: (sourceId, conversationId, messageId, answer) =>
      ask(
        {
          method: 'PATCH',
          path: [...conversationsOf(sourceId), conversationId, 'messages', messageId],
          body: { submitted_values: toSubmittedValues(answer) },
        },
        (body) => toMessage(body, null, report),
      ),
    resolve: (sourceId, conversationId) =>
      ask(
        { method: 'POST', path: [...conversationsOf(sourceId), conversationId, 'toggle_status'] },
        conversation,
      ),
    updateLastSeen: (sourceId, conversationId) =>
      tell([...conversationsOf(sourceId), conversationId, 'update_last_seen']),
    setTyping: (sourceId, conversationId, on) =>
      tell([...conversationsOf(sourceId), conversationId, 'toggle_typing'], {
        typing_status: on ? 'on' : 'off',
      }),
  };
}

/** The pair that proves an identity (§3.0); null where there is no hash, for an identifier alone proves nothing. */
function proofOf(identity: Identity | null) {
  return identity?.hash ? { identifier: identity.identifier, identifier_hash: identity.hash } : null;
}

/** What is said of a contact in the server's names. Undefined stays out of the JSON. */
function fieldsOf({ name, email, phoneNumber, avatarUrl, customAttributes = {} }: Partial<Identity>) {
  return {
    name: name ?? undefined,
    email: email ?? undefined,
    phone_number: phoneNumber ?? undefined,
    avatar_url: avatarUrl ?? undefined,
    custom_attributes: Object.keys(customAttributes).length > 0 ? customAttributes : undefined,
  };
}

function smallestId(list: readonly unknown[]): number | null {
  const ids = list.map((item) => Object(item).id).filter((id) => Number.isSafeInteger(id));
  // One by one: a list may have more items than a function may have arguments.
  return ids.length > 0 ? ids.reduce((least, id) => Math.min(least, id)) : null;
}
