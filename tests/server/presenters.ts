// Owns the HTTP shapes of the client API and the parts shared with frames (contract §4).
// Must not read the store by itself or change anything.

import type { Agent, Contact, ContactInbox, Conversation, Inbox, Message, Sender } from './records';
import { listMessages } from './store';

/** Unix seconds; 0 stays 0 and means never. */
export const seconds = (at: number) => Math.floor(at / 1000);
/** ISO 8601 in UTC with milliseconds, or null for never. */
export const iso = (at: number) => (at === 0 ? null : new Date(at).toISOString());

export function presentInbox(inbox: Inbox) {
  const closed = { open_hour: null, open_minutes: null, close_hour: null, close_minutes: null };
  const open = { open_hour: 9, open_minutes: 0, close_hour: 17, close_minutes: 0 };
  return {
    identifier: inbox.identifier,
    identity_validation_enabled: inbox.hmacMandatory,
    name: inbox.name,
    timezone: inbox.timezone,
    working_hours: [0, 1, 2, 3, 4, 5, 6].map((day) => ({
      day_of_week: day,
      closed_all_day: day % 6 === 0,
      ...(day % 6 === 0 ? closed : open),
      open_all_day: false,
    })),
    working_hours_enabled: false,
    csat_survey_enabled: false,
    greeting_enabled: false,
  };
}

export function presentSession({ source_id, pubsub_token, contact }: ContactInbox) {
  const { id, name, email, phone_number } = contact;
  return { source_id, pubsub_token, id, name, email, phone_number };
}

/** The raw record: what PATCH answers with and conversations embed (§4.3). */
export function presentContactRecord(contact: Contact, accountId: number) {
  return {
    id: contact.id,
    name: contact.name,
    email: contact.email,
    phone_number: contact.phone_number,
    account_id: accountId,
    created_at: iso(contact.created_at),
    updated_at: iso(contact.updated_at),
    additional_attributes: contact.additional_attributes,
    identifier: contact.identifier,
    custom_attributes: contact.custom_attributes,
    last_activity_at: iso(contact.last_activity_at),
    contact_type: contact.email || contact.phone_number ? 'lead' : 'visitor',
    middle_name: '',
    last_name: '',
    location: null,
    country_code: null,
    blocked: contact.blocked,
    company_id: null,
    label_list: [],
  };
}

export function presentContactSender(contact: Contact) {
  const { id, name, email, phone_number, identifier, additional_attributes, custom_attributes, blocked } =
    contact;
  return {
    additional_attributes,
    custom_attributes,
    email,
    id,
    identifier,
    name,
    phone_number,
    thumbnail: '',
    blocked,
    type: 'contact',
  };
}

export function presentAgent(agent: Agent) {
  return {
    id: agent.id,
    name: agent.name,
    available_name: agent.availableName,
    avatar_url: '',
    type: 'user',
    availability_status: agent.availability,
    thumbnail: '',
  };
}

const presentSender = (sender: Sender) =>
  sender.type === 'Contact' ? presentContactSender(sender.contact) : presentAgent(sender.agent);

/** `{}` or `{sender}`: the key is absent when there is none. */
export const senderKey = ({ sender }: Message) => (sender === null ? {} : { sender: presentSender(sender) });

/** `{}` or `{attachments}`; addresses are absolute on the installation (§4.4). */
export function attachmentsKey(message: Message, accountId: number, origin: string) {
  if (message.attachments.length === 0) return {};
  return {
    attachments: message.attachments.map((attachment) => {
      const path = `${attachment.id}/${encodeURIComponent(attachment.name)}`;
      const isImage = attachment.file_type === 'image';
      return {
        id: attachment.id,
        message_id: message.id,
        file_type: attachment.file_type,
        account_id: accountId,
        extension: attachment.extension,
        content_type: attachment.content_type,
        data_url: `${origin}/rails/active_storage/blobs/redirect/${path}`,
        thumb_url: isImage ? `${origin}/rails/active_storage/representations/redirect/${path}` : '',
        file_size: attachment.bytes.byteLength,
        width: null,
        height: null,
        ...(attachment.file_type === 'audio' ? { transcribed_text: '' } : {}),
      };
    }),
  };
}

/** A message over HTTP: no status, no echo_id (§4.1). */
export function presentMessage(
  message: Message,
  conversation: Conversation,
  accountId: number,
  origin: string,
) {
  const { id, content, message_type, content_type, content_attributes } = message;
  return {
    id,
    content,
    message_type,
    content_type,
    content_attributes,
    created_at: seconds(message.created_at),
    conversation_id: conversation.id,
    ...attachmentsKey(message, accountId, origin),
    ...senderKey(message),
  };
}

/** A conversation over HTTP, with all its messages (§4.2). */
export function presentConversation(conversation: Conversation, accountId: number, origin: string) {
  return {
    id: conversation.id,
    uuid: conversation.uuid,
    inbox_id: conversation.session.inbox.id,
    contact_last_seen_at: seconds(conversation.contact_last_seen_at),
    status: conversation.status,
    agent_last_seen_at: seconds(conversation.agent_last_seen_at),
    messages: listMessages(conversation).map((m) => presentMessage(m, conversation, accountId, origin)),
    contact: presentContactRecord(conversation.session.contact, accountId),
  };
}
