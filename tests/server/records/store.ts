// Owns every record of the in-memory CarbonChat, its counters and its clock.
// Must not emit frames or know HTTP: actions do the first, routes the second.

import { randomInt, randomUUID } from 'node:crypto';
import type { Contact, ContactInbox, Conversation, Inbox, Message, Notification } from './records';
import { newToken } from './token';

const WORDS = [
  'little',
  'meadow',
  'wispy',
  'forest',
  'twilight',
  'tree',
  'quiet',
  'river',
  'morning',
  'cloud',
];

/** Two random words and a number, the name of a contact that gave none (contract §3.2). */
function randomName(): string {
  const pick = () => WORDS[randomInt(WORDS.length)];
  return `${pick()}-${pick()}-${randomInt(100, 1000)}`;
}

export class Store {
  contacts: Contact[] = [];
  sessions: ContactInbox[] = [];
  conversations: Conversation[] = [];
  notifications: Notification[] = [];
  /** The agent that was last given a conversation by turns; 0: nobody yet. */
  lastInTurn = 0;
  #ids = new Map<string, number>();
  /** When agents and contacts were last heard of on the cable, by id. */
  agentsSeen = new Map<number, number>();
  contactsSeen = new Map<number, number>();
  #lastNow = 0;
  #ahead = 0;
  #jobs: { at: number; run: (at: number) => void }[] = [];

  /** Epoch milliseconds with a fraction; strictly increasing, because `updated_at` orders frames. Runs what is due. */
  now(): number {
    this.#lastNow = Math.max(performance.timeOrigin + performance.now() + this.#ahead, this.#lastNow + 0.001);
    const due = this.#jobs.filter(({ at }) => at <= this.#lastNow);
    if (due.length > 0) this.#jobs = this.#jobs.filter((job) => !due.includes(job));
    for (const job of due) job.run(job.at);
    return this.#lastNow;
  }

  /** Runs a job as soon as somebody asks for the time when `ms` have passed. It is told when it was due. */
  schedule(ms: number, run: (at: number) => void): void {
    this.#jobs.push({ at: this.now() + ms, run });
  }

  /** Moves the clock forward, by milliseconds; everything that depends on the time follows it. */
  passTime(ms: number): void {
    this.#ahead += ms;
  }

  /** The next id of a table, from 1. Message ids are global, conversation ids are display ids. */
  nextId(
    table: 'contact' | 'session' | 'conversation' | 'message' | 'attachment' | 'notification' | 'csat',
  ): number {
    const id = (this.#ids.get(table) ?? 0) + 1;
    this.#ids.set(table, id);
    return id;
  }

  /** Forgets every record; counters start again at 1. */
  reset(): void {
    this.contacts = [];
    this.sessions = [];
    this.conversations = [];
    this.notifications = [];
    this.lastInTurn = 0;
    this.#ids.clear();
    this.agentsSeen.clear();
    this.contactsSeen.clear();
    this.#ahead = 0;
    this.#lastNow = 0;
    this.#jobs = [];
  }

  addContact(fields: Partial<Contact>): Contact {
    const at = this.now();
    const contact: Contact = {
      id: this.nextId('contact'),
      name: randomName(),
      email: null,
      phone_number: null,
      identifier: null,
      custom_attributes: {},
      additional_attributes: {},
      blocked: false,
      last_activity_at: 0,
      created_at: at,
      updated_at: at,
      ...fields,
    };
    this.contacts.push(contact);
    return contact;
  }

  addSession(inbox: Inbox, contact: Contact, sourceId: string | undefined): ContactInbox {
    const session: ContactInbox = {
      id: this.nextId('session'),
      contact,
      inbox,
      source_id: sourceId ?? randomUUID(),
      pubsub_token: newToken(),
      hmac_verified: false,
      created_at: this.now(),
    };
    this.sessions.push(session);
    return session;
  }

  findSession(inbox: Inbox, sourceId: unknown): ContactInbox | undefined {
    return this.sessions.find((session) => session.inbox === inbox && session.source_id === sourceId);
  }

  addConversation(fields: Pick<Conversation, 'session' | 'custom_attributes' | 'status'>): Conversation {
    const at = this.now();
    const id = this.nextId('conversation');
    const conversation: Conversation = {
      id,
      database_id: id + 1000,
      uuid: randomUUID(),
      assignee: null,
      participants: [],
      labels: [],
      priority: null,
      messages: [],
      snoozed_until: 0,
      first_reply_created_at: 0,
      waiting_since: at,
      agent_last_seen_at: 0,
      assignee_last_seen_at: 0,
      contact_last_seen_at: 0,
      last_activity_at: at,
      created_at: at,
      updated_at: at,
      ...fields,
    };
    this.conversations.push(conversation);
    return conversation;
  }

  addMessage(conversation: Conversation, fields: Partial<Message> & Pick<Message, 'message_type'>): Message {
    const at = fields.created_at ?? this.now();
    const message: Message = {
      id: this.nextId('message'),
      content: null,
      content_type: 'text',
      content_attributes: {},
      private: false,
      status: 'sent',
      sender: null,
      attachments: [],
      csat: null,
      created_at: at,
      updated_at: at,
      ...fields,
    };
    conversation.messages.push(message);
    conversation.last_activity_at = at;
    return message;
  }

  /** Conversations a session may see: its own, or with a verified identity all of the contact (§3.0). */
  conversationsOf(session: ContactInbox): Conversation[] {
    return this.conversations.filter(
      (conversation) =>
        conversation.session === session ||
        (session.hmac_verified && conversation.session.contact === session.contact),
    );
  }
}
