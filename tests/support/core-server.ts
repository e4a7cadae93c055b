// A pure stand-in for the server, for simulations of the core: commits messages, remembers the echo id of each for
// the final count, tells it in frames only. Knows no time and no faults.
import type { Answer } from '@/lib/core/content';
import type { Effect } from '@/lib/core/effects';
import type { Event } from '@/lib/core/events';
import type { Failure, ServerConversation } from '@/lib/core/server-types';
import type { Message } from '@/lib/core/types';
import { aMessage, ownMessage, serverConversation } from './core-builders';

const pageSize = 20;

export type Request = Exclude<Effect, { type: `cable.${string}` }>;

export class CoreServer {
  readonly conversations = new Map<number, Message[]>();
  /** Called for every message that was committed; it carries the echo id. */
  onMessage: (message: Message) => void = () => {};
  /** One conversation only, however often one is asked for (contract 3.6). */
  readonly locked: boolean;
  /** Leaves the contact's own messages out of everything that is read: then nothing can be adopted. */
  readonly hidesOwn: boolean;
  #lastId = 100;

  constructor({ locked = false, hidesOwn = false } = {}) {
    this.locked = locked;
    this.hidesOwn = hidesOwn;
  }

  createConversation(): ServerConversation {
    const last = Math.max(0, ...this.conversations.keys());
    const id = this.locked && last > 0 ? last : last + 1;
    if (!this.conversations.has(id)) this.conversations.set(id, []);
    return this.read(id);
  }

  /** A message of the contact (with an echo id) or of an agent (null). */
  commit(conversationId: number, text: string, echoId: string | null, at: number): Message {
    this.#lastId += 1;
    const told = { conversationId, text, echoId, createdAt: at - (at % 1_000) };
    const message = echoId === null ? aMessage(this.#lastId, told) : ownMessage(this.#lastId, told);
    this.conversations.get(conversationId)?.push(message);
    this.onMessage(message);
    return withoutEcho(message);
  }

  /** The message as it is with an answer. */
  answer(conversationId: number, messageId: number, answer: Answer): Message {
    const all = this.conversations.get(conversationId) ?? [];
    const index = all.findIndex(({ id }) => id === messageId);
    const answered = { ...aMessage(messageId, { conversationId }), ...all[index], answer };
    if (index >= 0) all[index] = answered;
    return withoutEcho(answered);
  }

  read(id: number): ServerConversation {
    return serverConversation(id, this.#told(id));
  }

  list(): ServerConversation[] {
    return [...this.conversations.keys()].map((id) => this.read(id));
  }

  /** The newest messages with an id below `before`, oldest first. */
  page(id: number, before: number | null): { messages: Message[]; complete: boolean } {
    const earlier = this.#told(id).filter((message) => before === null || message.id < before);
    return { messages: earlier.slice(-pageSize), complete: earlier.length < pageSize };
  }

  #told(id: number): Message[] {
    const all = this.conversations.get(id) ?? [];
    return all.filter(({ author }) => !this.hidesOwn || author.kind !== 'contact').map(withoutEcho);
  }
}

function withoutEcho(message: Message): Message {
  return { ...message, echoId: null };
}

const contact = { contactId: 7, name: 'Ada', email: null, phoneNumber: null };

/** Does what is asked for, and tells the outcome as the shell would. */
export function answer(server: CoreServer, request: Request, requestedAt: number, at: number): Event | null {
  switch (request.type) {
    case 'http.createContact':
    case 'http.getContact':
      return { type: 'contact.received', pubsubToken: 'token', ...contact };
    case 'http.identify':
      return { type: 'contact.identified', identity: request.identity, ...contact };
    case 'http.changeContact':
      return { type: 'contact.changed', ...contact };
    case 'http.getInbox':
      return { type: 'inbox.received', purpose: request.purpose, identityRequired: false, hours: null };
    case 'http.listConversations': {
      const conversations = server.list();
      const etag = JSON.stringify(conversations).length.toString();
      if (etag === request.etag) return { type: 'conversations.unchanged' };
      return { type: 'conversations.listed', conversations, etag, requestedAt };
    }
    case 'http.createConversation': {
      const { localConversationId } = request;
      return {
        type: 'conversation.received',
        localConversationId,
        conversation: server.createConversation(),
        requestedAt,
      };
    }
    case 'http.listMessages': {
      const { purpose, conversationId } = request;
      const page = server.page(conversationId, request.before);
      const before = page.messages.length > 0 ? Math.min(...page.messages.map(({ id }) => id)) : null;
      return {
        type: 'messages.listed',
        purpose,
        asked: request.before,
        conversationId,
        ...page,
        before,
        requestedAt,
      };
    }
    case 'http.createMessage': {
      const { conversationId, text, echoId } = request;
      const message = server.commit(conversationId, text, echoId, at);
      return { type: 'message.posted', echoId, message, requestedAt };
    }
    case 'http.answerMessage': {
      const { echoId, conversationId, messageId } = request;
      const message = server.answer(conversationId, messageId, request.answer);
      return { type: 'answer.stored', echoId, message, requestedAt };
    }
    case 'http.resolve': {
      const { echoId, conversationId } = request;
      const conversation = { ...server.read(conversationId), status: 'resolved' as const };
      return { type: 'conversation.resolved', echoId, conversation, requestedAt };
    }
    case 'http.updateLastSeen': {
      const { conversationId, upTo } = request;
      return { type: 'lastSeen.told', conversationId, upTo, failure: null };
    }
    case 'http.setTyping':
      return { type: 'typing.told', on: request.on, failure: null };
  }
}

/** The outcome of a request that came to nothing, as far as anyone can tell. */
export function failed(request: Request, failure: Failure): Event | null {
  switch (request.type) {
    case 'http.createContact':
    case 'http.getContact':
      return { type: 'contact.failed', failure };
    case 'http.identify':
      return { type: 'contact.identifyFailed', failure };
    case 'http.changeContact':
      return { type: 'contact.changeFailed', failure };
    case 'http.getInbox':
      return { type: 'inbox.failed', purpose: request.purpose, failure };
    case 'http.listConversations':
      return { type: 'conversations.failed', failure };
    case 'http.createConversation':
      return { type: 'conversation.failed', localConversationId: request.localConversationId, failure };
    case 'http.listMessages': {
      const { purpose, conversationId, before: asked } = request;
      return { type: 'messages.failed', purpose, asked, conversationId, failure };
    }
    case 'http.createMessage':
    case 'http.answerMessage':
    case 'http.resolve':
      return { type: 'message.failed', echoId: request.echoId, failure };
    case 'http.updateLastSeen': {
      const { conversationId, upTo } = request;
      return { type: 'lastSeen.told', conversationId, upTo, failure };
    }
    case 'http.setTyping':
      return { type: 'typing.told', on: request.on, failure };
  }
}
