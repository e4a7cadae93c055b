// Owns the shapes of what the in-memory CarbonChat remembers and of what it is started with.
// Must not know HTTP, frames or presenters. Times inside records are epoch milliseconds; 0 means never.

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';
export type Json = Record<string, unknown>;

export type InboxOptions = {
  identifier: string;
  name: string;
  hmacToken: string;
  hmacMandatory?: boolean;
  /** IANA name; the working hours are read in it. */
  timezone?: string;
  /** Seven days from Sunday; Monday to Friday from 9 to 17 when absent. */
  workingHours?: WorkingDay[];
  workingHoursEnabled?: boolean;
  /** Sent after a message while closed, when the working hours are enabled. */
  outOfOffice?: string;
  /** Sent after the first message of a conversation. */
  greeting?: string;
  /** Asks for a rating once a conversation is resolved. */
  csatSurvey?: boolean;
  /** One conversation for each session, for ever. */
  lockToSingleConversation?: boolean;
  /** Takes new conversations before the agents do. */
  bot?: BotOptions;
};
export type Inbox = Required<Omit<InboxOptions, 'greeting' | 'outOfOffice' | 'bot'>> & {
  id: number;
  greeting: string | null;
  outOfOffice: string | null;
  bot: Bot | null;
};

/** One day of the week, as it stands in the inbox's answer (§9.2); 0 is Sunday, hours are null when closed. */
export type WorkingDay = {
  day_of_week: number;
  closed_all_day: boolean;
  open_hour: number | null;
  open_minutes: number | null;
  close_hour: number | null;
  close_minutes: number | null;
  open_all_day: boolean;
};

export type BotOptions = { name: string; apiAccessToken: string };
export type Bot = BotOptions & { id: number; isBot: true };

export type AgentOptions = {
  name: string;
  availableName?: string;
  email?: string;
  apiAccessToken: string;
  /** The cable's secret; random when absent. */
  pubsubToken?: string;
  role?: 'administrator' | 'agent';
  /** Whether it is offline without a cable of its own; absent: all but the first. */
  autoOffline?: boolean;
};
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

/** Who subscribed: a contact or an agent, under a token that stays theirs even when they are deleted. */
export type Subscriber = { token: string; contactId: number } | { token: string; agentId: number };

export type Attachment = {
  id: number;
  file_type: 'image' | 'audio' | 'video' | 'file';
  extension: string | null;
  content_type: string;
  name: string;
  bytes: Uint8Array;
  /** Of an image, as soon as it was analysed. */
  size: { width: number; height: number } | null;
  /** What is said in an audio file, as soon as a job has written it down. */
  transcribed_text: string;
};

export type MessageType = 0 | 1 | 2 | 3;
/** Who uses the account API. */
export type Actor = Agent | Bot;
export type Sender =
  | { type: 'Contact'; contact: Contact }
  | { type: 'User'; agent: Agent }
  | { type: 'AgentBot'; bot: Bot };

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
  /** The rating that its answer was recorded as. */
  csat: CsatResponse | null;
  created_at: number;
  updated_at: number;
};

export type Priority = 'low' | 'medium' | 'high' | 'urgent';

/** A rating as it is recorded of the answer to one message (§3.14). */
export type CsatResponse = {
  id: number;
  rating: number;
  feedback_message: string | null;
  assignee: Agent | null;
  created_at: number;
  updated_at: number;
};

/** What an agent finds in its inbox of notices: about a conversation, and maybe one message of it. */
export type Notification = {
  id: number;
  type:
    | 'conversation_assignment'
    | 'assigned_conversation_new_message'
    | 'participating_conversation_new_message';
  agent: Agent;
  conversation: Conversation;
  message: Message | null;
  read_at: number;
  created_at: number;
};

export type Conversation = {
  /** The display id, which is the only one that contacts see. */
  id: number;
  /** What the tables are joined by; shows in CSAT answers and notifications only. */
  database_id: number;
  uuid: string;
  session: ContactInbox;
  status: Status;
  assignee: Agent | null;
  /** Everybody who was assigned once; told of later messages. */
  participants: Agent[];
  labels: string[];
  priority: Priority | null;
  custom_attributes: Json;
  messages: Message[];
  snoozed_until: number;
  first_reply_created_at: number;
  waiting_since: number;
  agent_last_seen_at: number;
  assignee_last_seen_at: number;
  contact_last_seen_at: number;
  last_activity_at: number;
  created_at: number;
  updated_at: number;
};
