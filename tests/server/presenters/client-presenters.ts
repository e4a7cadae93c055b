// Owns the HTTP shapes of the client API and the parts shared with frames (contract §4).
// Must not change anything.

import { listMessages } from '../records/message-list';
import type {
  Actor,
  Agent,
  Bot,
  Contact,
  ContactInbox,
  Conversation,
  Inbox,
  Message,
  Sender,
} from '../records/records';
import { filePath, thumbPath } from './signed-links';
import type { View } from './view';

/** Unix seconds; 0 stays 0 and means never. */
export const seconds = (at: number) => Math.floor(at / 1000);
/** ISO 8601 in UTC with milliseconds, or null for never. */
export const iso = (at: number) => (at === 0 ? null : new Date(at).toISOString());

export function presentInbox(inbox: Inbox) {
  return {
    identifier: inbox.identifier,
    identity_validation_enabled: inbox.hmacMandatory,
    name: inbox.name,
    timezone: inbox.timezone,
    working_hours: inbox.workingHours,
    working_hours_enabled: inbox.workingHoursEnabled,
    csat_survey_enabled: inbox.csatSurvey,
    greeting_enabled: inbox.greeting !== null,
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

export function presentAgent(agent: Agent, view: View) {
  return {
    id: agent.id,
    name: agent.name,
    available_name: agent.availableName,
    avatar_url: '',
    type: 'user',
    availability_status: view.availability(agent),
    thumbnail: '',
  };
}

const presentBot = ({ id, name }: Bot) => ({ id, name, avatar_url: '', type: 'agent_bot' });

/** An agent or a bot (§4.5). */
export const presentActor = (actor: Actor, view: View) =>
  'isBot' in actor ? presentBot(actor) : presentAgent(actor, view);

function presentSender(sender: Sender, view: View) {
  if (sender.type === 'Contact') return presentContactSender(sender.contact);
  return sender.type === 'User' ? presentAgent(sender.agent, view) : presentBot(sender.bot);
}

/** `{}` or `{sender}`: the key is absent when there is none. */
export const senderKey = ({ sender }: Message, view: View) =>
  sender === null ? {} : { sender: presentSender(sender, view) };

/** `{}` or `{attachments}`; addresses are absolute on the installation (§4.4). */
export function attachmentsKey(message: Message, { accountId, origin }: View) {
  if (message.attachments.length === 0) return {};
  return {
    attachments: message.attachments.map((attachment) => {
      const isImage = attachment.file_type === 'image';
      return {
        id: attachment.id,
        message_id: message.id,
        file_type: attachment.file_type,
        account_id: accountId,
        extension: attachment.extension,
        content_type: attachment.content_type,
        data_url: origin + filePath(attachment),
        thumb_url: isImage ? origin + thumbPath(attachment) : '',
        file_size: attachment.bytes.byteLength,
        width: attachment.size?.width ?? null,
        height: attachment.size?.height ?? null,
        ...(attachment.file_type === 'audio' ? { transcribed_text: attachment.transcribed_text } : {}),
      };
    }),
  };
}

/** A message over HTTP: no status, no echo_id (§4.1). */
export function presentMessage(message: Message, conversation: Conversation, view: View) {
  const { id, content, message_type, content_type, content_attributes } = message;
  return {
    id,
    content,
    message_type,
    content_type,
    content_attributes,
    created_at: seconds(message.created_at),
    conversation_id: conversation.id,
    ...attachmentsKey(message, view),
    ...senderKey(message, view),
  };
}

/** A conversation over HTTP, with all its messages (§4.2). */
export function presentConversation(conversation: Conversation, view: View) {
  return {
    id: conversation.id,
    uuid: conversation.uuid,
    inbox_id: conversation.session.inbox.id,
    contact_last_seen_at: seconds(conversation.contact_last_seen_at),
    status: conversation.status,
    agent_last_seen_at: seconds(conversation.agent_last_seen_at),
    messages: listMessages(conversation).map((m) => presentMessage(m, conversation, view)),
    contact: presentContactRecord(conversation.session.contact, view.accountId),
  };
}
