// Turns what the server says into core types. Pure; sees no time but the one passed in, and stores nothing.

import { hoursOf, type InboxHours } from '@/lib/core/hours';
import type {
  ContactRecord,
  ContactSession,
  ConversationFrame,
  ServerConversation,
  ServerInbox,
} from '@/lib/core/server-types';
import type { EpochMs, Message } from '@/lib/core/types';
import { toAnswer, toContent, toQuotedId, toTranslations } from './content';
import { toAttachment, toAuthor, toContact } from './mapping-parts';
import { toEpochMs } from './times';
import {
  type Report,
  read,
  readEach,
  type WireContactRecord,
  type WireInbox,
  type WireMessage,
  wireContactRecord,
  wireContactSession,
  wireConversation,
  wireInbox,
  wireMessage,
  wireWorkingDay,
} from './wire';

/** The answer of GET inbox (contract §3.1); null when unreadable. */
export function toInbox(value: unknown, report: Report): ServerInbox | null {
  const inbox = read(wireInbox, value, 'inbox', report);
  return (
    inbox && {
      name: inbox.name,
      identityRequired: inbox.identity_validation_enabled,
      hours: toHours(inbox, report),
    }
  );
}

/** When the inbox is open (contract §9.2). One day that cannot be read leaves no hours that anybody could rely on. */
function toHours(
  { timezone, working_hours, working_hours_enabled }: WireInbox,
  report: Report,
): InboxHours | null {
  if (working_hours_enabled === null) return null;
  if (!working_hours_enabled) return 'always';
  const days = readEach(working_hours, (item) => read(wireWorkingDay, item, 'hours of a day', report));
  const told = [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
    const day = days.find(({ day_of_week }) => day_of_week === weekday);
    if (!day) return null;
    const minutes = (hours: number | null, minute: number | null) =>
      hours === null || minute === null ? null : hours * 60 + minute;
    return {
      closedAllDay: day.closed_all_day,
      openAllDay: day.open_all_day,
      opens: minutes(day.open_hour, day.open_minutes),
      closes: minutes(day.close_hour, day.close_minutes),
    };
  });
  const hours = hoursOf(timezone, told);
  if (hours === null) report('inbox: its hours');
  return hours;
}

/** The answer of POST and GET contacts (contract §3.2, §3.3); null when unreadable. */
export function toContactSession(value: unknown, report: Report): ContactSession | null {
  const contact = read(wireContactSession, value, 'contact', report);
  return contact && { sourceId: contact.source_id, pubsubToken: contact.pubsub_token, ...recordOf(contact) };
}

/** The answer of PATCH contact (contract §3.4, §4.3); null when unreadable. */
export function toContactRecord(value: unknown, report: Report): ContactRecord | null {
  const contact = read(wireContactRecord, value, 'changed contact', report);
  return contact && recordOf(contact);
}

function recordOf({ id, name, email, phone_number }: WireContactRecord): ContactRecord {
  return { contactId: id, name, email, phoneNumber: phone_number };
}

/**
 * A message (contract §4.1, §6.1). `receivedAt` is our clock when the frame came, null for a message told by HTTP,
 * which knows neither version nor status. Null for what is unreadable and for what a contact must not see.
 */
export function toMessage(value: unknown, receivedAt: EpochMs | null, report: Report): Message | null {
  const message = read(wireMessage, value, 'message', report);
  if (message === null || message.private || message.message_type === 2) return null;
  const framed = receivedAt !== null;
  return {
    id: message.id,
    conversationId: message.conversation_id,
    author: authorOf(message),
    text: message.content ?? '',
    content: toContent(message, report),
    answer: toAnswer(message),
    quotedId: toQuotedId(message),
    translations: toTranslations(message),
    // The contract allows null entries (§4.4): they are nothing, not a problem.
    attachments: readEach(message.attachments, (item) => (item === null ? null : toAttachment(item, report))),
    // The operator's own time is the one to show (contract §8.11); its format is the operator's, too.
    createdAt: toEpochMs(message.content_attributes.external_created_at) || message.created_at,
    updatedAt: framed ? message.updated_at : null,
    status: framed ? message.status : null,
    deleted: message.content_attributes.deleted === true,
    echoId: message.echo_id === null ? null : String(message.echo_id),
    changedAt: receivedAt,
  };
}

function authorOf({ message_type, sender }: WireMessage): Message['author'] {
  if (message_type === 0) return toContact(sender);
  return toAuthor(message_type === 3 ? null : sender);
}

/** The readable messages of an HTTP list, in the server's order. */
export function toMessages(list: readonly unknown[], report: Report): Message[] {
  return readEach(list, (item) => toMessage(item, null, report));
}

/** A conversation told by HTTP (contract §4.2); null when unreadable. */
export function toServerConversation(value: unknown, report: Report): ServerConversation | null {
  const conversation = read(wireConversation, value, 'conversation', report);
  return (
    conversation && {
      id: conversation.id,
      status: conversation.status,
      contactLastSeenAt: conversation.contact_last_seen_at,
      agentLastSeenAt: conversation.agent_last_seen_at,
      messages: toMessages(conversation.messages, report),
    }
  );
}

/** A conversation told by a frame (contract §6.3) that came at `receivedAt`; null when unreadable. */
export function toConversationFrame(
  value: unknown,
  receivedAt: EpochMs,
  report: Report,
): ConversationFrame | null {
  const conversation = read(wireConversation, value, 'conversation frame', report);
  if (conversation === null) return null;
  const assignee = conversation.meta?.assignee;
  return {
    id: conversation.id,
    status: conversation.status,
    version: conversation.updated_at,
    contactLastSeenAt: conversation.contact_last_seen_at,
    agentLastSeenAt: conversation.agent_last_seen_at,
    lastMessage:
      readEach(conversation.messages, (item) => toMessage(item, receivedAt, report)).at(-1) ?? null,
    assignee: assignee ? toAuthor(assignee) : null,
    sourceId: conversation.contact_inbox?.source_id ?? null,
  };
}
