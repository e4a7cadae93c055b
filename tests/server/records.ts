// Owns the shapes of what the in-memory CarbonChat remembers and of what it is started with.
// Must not know HTTP, frames or presenters. Times inside records are epoch milliseconds; 0 means never.

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';
export type Json = Record<string, unknown>;

export type InboxOptions = {
  identifier: string;
  name: string;
  hmacToken: string;
  hmacMandatory?: boolean;
  timezone?: string;
};
export type Inbox = Required<InboxOptions> & { id: number };

export type AgentOptions = { name: string; availableName?: string; email?: string; apiAccessToken: string };
export type Agent = Required<AgentOptions> & { id: number; availability: 'online' | 'busy' | 'offline' };

export type Contact = {
  id: number;
  name: string;
  email: string | null;
  phone_number: string | null;
  identifier: string | null;
  custom_attributes: Json;
  additional_attributes: Json;
  blocked: boolean;
  last_activity_at: number;
  created_at: number;
  updated_at: number;
};

/** A contact session: one contact in one inbox, with its two secrets. */
export type ContactInbox = {
  id: number;
  contact: Contact;
  inbox: Inbox;
  source_id: string;
  pubsub_token: string;
  hmac_verified: boolean;
  created_at: number;
};

export type Attachment = {
  id: number;
  file_type: 'image' | 'audio' | 'video' | 'file';
  extension: string | null;
  content_type: string;
  name: string;
  bytes: Uint8Array;
};

export type MessageType = 0 | 1 | 2 | 3;
export type Sender = { type: 'Contact'; contact: Contact } | { type: 'User'; agent: Agent };

export type Message = {
  id: number;
  content: string | null;
  message_type: MessageType;
  content_type: string;
  content_attributes: Json;
  private: boolean;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  sender: Sender | null;
  attachments: Attachment[];
  created_at: number;
  updated_at: number;
};

export type Conversation = {
  id: number;
  uuid: string;
  session: ContactInbox;
  status: Status;
  assignee: Agent | null;
  custom_attributes: Json;
  messages: Message[];
  snoozed_until: number;
  first_reply_created_at: number;
  waiting_since: number;
  agent_last_seen_at: number;
  contact_last_seen_at: number;
  last_activity_at: number;
  created_at: number;
  updated_at: number;
};
