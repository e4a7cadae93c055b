// Small builders for tests of the core, and a bench that feeds it events under a fake time and keeps a history.
import type { Effect } from '@/lib/core/effects';
import type { Event, EventOf } from '@/lib/core/events';
import { byTime } from '@/lib/core/messages';
import { needs } from '@/lib/core/needs';
import type { ConversationFrame, Failure, ServerConversation } from '@/lib/core/server-types';
import { initialState, type State, unheardInbox } from '@/lib/core/state';
import type { Loaded, SendTimings } from '@/lib/core/turn';
import type {
  Author,
  Conversation,
  Creation,
  Identity,
  Message,
  OutboxEntry,
  Preview,
  Session,
} from '@/lib/core/types';
import { update } from '@/lib/core/update';

/** The time at which every bench begins. */
export const start = Date.UTC(2026, 0, 5, 9);
export const timings: SendTimings = { requestTimeout: 15_000, settle: 60_000 };
export const contact: Author = { kind: 'contact', id: 7, name: 'Ada', avatarUrl: null };
export const agent: Author = { kind: 'agent', id: 3, name: 'Grace', avatarUrl: null };
export const nobody: Author = { kind: 'none', id: null, name: '', avatarUrl: null };

/** A message of an agent in conversation 1, as HTTP tells it: its id is also its second after `start`. */
export function aMessage(id: number, change: Partial<Message> = {}): Message {
  return {
    id,
    conversationId: 1,
    author: agent,
    text: `message ${id}`,
    content: { kind: 'plain' },
    answer: null,
    quotedId: null,
    translations: {},
    attachments: [],
    createdAt: start + id * 1_000,
    updatedAt: null,
    status: null,
    deleted: false,
    echoId: null,
    changedAt: null,
    ...change,
  };
}

/** A message of the contact. */
export function ownMessage(id: number, change: Partial<Message> = {}): Message {
  return aMessage(id, { author: contact, ...change });
}

export function aConversation(id: number, change: Partial<Conversation> = {}): Conversation {
  return {
    id,
    status: 'open',
    resolvedHere: false,
    version: 0,
    changedAt: start - 1_000,
    party: null,
    assignee: null,
    preview: null,
    newestId: 0,
    unread: [],
    readUpTo: 0,
    toldUpTo: 0,
    contactLastSeenAt: 0,
    agentLastSeenAt: 0,
    ...change,
  };
}

export function serverConversation(
  id: number,
  messages: Message[] = [],
  change: Partial<ServerConversation> = {},
): ServerConversation {
  return { id, status: 'open', contactLastSeenAt: 0, agentLastSeenAt: 0, messages, ...change };
}

export function aFrame(id: number, change: Partial<ConversationFrame> = {}): ConversationFrame {
  return {
    id,
    status: 'open',
    version: 1,
    contactLastSeenAt: 0,
    agentLastSeenAt: 0,
    lastMessage: null,
    assignee: null,
    sourceId: null,
    ...change,
  };
}

export function anEntry(echoId: string, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    echoId,
    conversationKey: '1',
    act: { kind: 'message' },
    text: `words of ${echoId}`,
    status: 'queued',
    sequence: 1,
    queuedAt: start,
    attempts: 0,
    attemptedAt: null,
    dueAt: start,
    baselineId: 0,
    failure: null,
    ...change,
  };
}

export function aCreation(localConversationId: string, change: Partial<Creation> = {}): Creation {
  return {
    localConversationId,
    phase: 'wanted',
    baselineId: 0,
    attempts: 0,
    attemptedAt: null,
    dueAt: start,
    conversationId: null,
    ...change,
  };
}

/** What the list shows of a conversation whose last word is the contact's, so that an answer is awaited. */
export const awaited: Preview = {
  messageId: 1,
  authorKind: 'contact',
  text: '',
  file: null,
  createdAt: start,
};

/** The whole of conversation 1, read for its gap: nothing in it. */
export const emptyPage: EventOf<'messages.listed'> = {
  type: 'messages.listed',
  purpose: 'gap',
  asked: null,
  conversationId: 1,
  messages: [],
  before: null,
  complete: true,
  requestedAt: start,
};

export const newSession: Session = {
  id: 'session',
  siteId: 'acme',
  sourceId: 'source',
  pubsubToken: null,
  contactId: null,
  name: null,
  email: null,
  phoneNumber: null,
  identity: null,
  told: true,
  tellAt: 0,
  proven: false,
  refusal: null,
  endedAt: null,
  createdAt: start,
  listEtag: null,
  polledAt: 0,
  cableAttempt: 0,
  typingIn: null,
};
export const knownSession: Session = { ...newSession, pubsubToken: 'token', contactId: 7, name: 'Ada' };

/** Who a page says is there, with a hash. */
export const ada: Identity = {
  identifier: 'ada',
  hash: 'a'.repeat(64),
  name: 'Ada',
  email: 'ada@example.com',
  phoneNumber: null,
  avatarUrl: null,
  customAttributes: {},
};

/** A loaded session that the server knows, with conversation 1 and nothing under way. */
export function aState(change: Partial<State> = {}): State {
  const persisted = {
    session: knownSession,
    conversations: { 1: aConversation(1) },
    outbox: {},
    creations: {},
    drafts: {},
    syncedTo: {},
    inbox: unheardInbox,
  };
  return { ...initialState(persisted, start), ...change };
}

/** The state of a live cable, with conversation 1 freshly read: what is submitted is sent at once. */
export function liveState(change: Partial<State> = {}): State {
  const state = aState();
  return {
    ...state,
    link: { ...state.link, cable: 'live', answeredAt: start },
    sync: { ...state.sync, fresh: { 1: true }, listed: true },
    ...change,
  };
}

export const failures = {
  unreachable: { kind: 'unreachable' },
  timeout: { kind: 'timeout' },
  unreadable: { kind: 'unreadable', status: 200 },
  gone: { kind: 'status', status: 404, message: null },
  tooFast: { kind: 'status', status: 429, message: 'Retry later' },
  tooMany: { kind: 'status', status: 422, message: 'Too many messages' },
  broken: { kind: 'status', status: 500, message: null },
  denied: { kind: 'status', status: 422, message: null, fields: ['email'] },
} satisfies Record<string, Failure>;

/** What the stored history answers to the needs of an event. */
export function loadedFor(state: State, event: Event, history: ReadonlyMap<number, Message>): Loaded {
  const wanted = needs(state, event);
  const messages: Record<number, Message> = {};
  for (const id of wanted.messages.flatMap(({ ids }) => ids)) {
    const stored = history.get(id);
    if (stored) messages[id] = stored;
  }
  if (!wanted.page) return { messages, page: null };
  const { conversationId, before, count } = wanted.page;
  const stored = [...history.values()]
    .filter(
      (message) => message.conversationId === conversationId && (!before || byTime(message, before) < 0),
    )
    .sort(byTime);
  return { messages, page: { messages: stored.slice(-count), more: stored.length > count } };
}

/** Feeds events to the core. `effects` and `messages` are those of the last call. */
export class Bench {
  state: State;
  at = start;
  effects: readonly Effect[] = [];
  messages: readonly Message[] = [];
  readonly history = new Map<number, Message>();

  constructor(state: State, stored: readonly Message[] = []) {
    this.state = state;
    for (const message of stored) this.history.set(message.id, message);
  }

  /** Time passes without anything happening. */
  wait(ms: number): this {
    this.at += ms;
    return this;
  }

  /** Takes in events one after the other, all at the present time; one that depends on the state is made from it. */
  run(...events: (Event | ((state: State) => Event))[]): this {
    const effects: Effect[] = [];
    const messages: Message[] = [];
    for (const each of events) {
      const event = typeof each === 'function' ? each(this.state) : each;
      const loaded = loadedFor(this.state, event, this.history);
      const result = update(this.state, event, { at: this.at, fraction: 0.5, timings, loaded });
      this.state = result.state;
      effects.push(...result.effects);
      messages.push(...result.messages);
      for (const message of result.messages) this.history.set(message.id, message);
    }
    this.effects = effects;
    this.messages = messages;
    return this;
  }

  /** Time passes, and the core is told. */
  pass(ms: number): this {
    return this.wait(ms).run({ type: 'time.passed' });
  }

  /** The types of the effects of the last call, in order. */
  get asked(): string[] {
    return this.effects.map(({ type }) => type);
  }
}
