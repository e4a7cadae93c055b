// Owns how contacts end: merged into another one, or deleted (contract §3.4, §7.7, §7.8).
// Must not know HTTP beyond the problems it throws.

import { iso } from '../presenters/client-presenters';
import { conversationPayload, performerKey } from '../presenters/frame-presenters';
import { agentView, contactView } from '../presenters/view';
import { deepMerge } from '../records/json';
import { isContactOnline } from '../records/presence';
import type { Agent, Contact, Conversation, Message } from '../records/records';
import type { World } from '../world';
import { tellAgents } from './audience';
import { tellOfContact } from './contact-events';
import { publishMessage } from './conversation-events';
import { busyContact } from './problems';

/** Moves the messages a contact wrote to another one; what changed is told later. */
function moveMessages({ store }: World, mergee: Contact, base: Contact): [Message, Conversation, number][] {
  const written = store.conversations.flatMap((conversation) =>
    conversation.messages
      .filter(({ sender }) => sender?.type === 'Contact' && sender.contact === mergee)
      .map((message): [Message, Conversation] => [message, conversation]),
  );
  written.sort(([a], [b]) => a.id - b.id);
  return written.map(([message, conversation]) => {
    const before = message.updated_at;
    message.sender = { type: 'Contact', contact: base };
    message.updated_at = store.now();
    return [message, conversation, before];
  });
}

/**
 * Merges a contact into another one: sessions with their secrets, conversations and messages move, empty fields of
 * the survivor are filled, the merged one is gone. Only `contact.merged` is told at once; the rest when the
 * transaction of the caller ends: by calling what is returned.
 */
export function mergeContacts(world: World, base: Contact, mergee: Contact, by: Agent | null): () => void {
  const { store, accountId } = world;
  const sessions = store.sessions.filter(({ contact }) => contact === mergee);
  const conversations = store.conversations.filter(({ session }) => sessions.includes(session));
  for (const conversation of conversations) conversation.updated_at = store.now();
  const messages = moveMessages(world, mergee, base);
  for (const session of sessions) session.contact = base;
  store.contacts = store.contacts.filter((contact) => contact !== mergee);
  tellOfContact(world, 'contact.merged', base, by);
  const before = JSON.stringify(base);
  for (const key of ['identifier', 'email', 'phone_number'] as const) base[key] ??= mergee[key];
  for (const key of ['additional_attributes', 'custom_attributes'] as const)
    base[key] = deepMerge(mergee[key], base[key]);
  if (JSON.stringify(base) !== before) base.updated_at = store.now();

  return () => {
    const view = by === null ? contactView(world) : agentView(world);
    const extra = { account_id: accountId, ...performerKey(by, view) };
    for (const conversation of conversations) {
      const payload = { ...conversationPayload(conversation, view), ...extra };
      tellAgents(world, 'conversation.contact_changed', () => payload);
    }
    for (const [message, conversation, before] of messages) {
      const changes = { updated_at: [before, message.updated_at].map(iso), sender_id: [mergee.id, base.id] };
      publishMessage(world, 'message.updated', conversation, message, {
        by,
        extra: { previous_changes: changes },
      });
    }
    tellOfContact(world, 'contact.deleted', mergee, by);
  };
}

/** Deletes a contact with its sessions and conversations; 422 while it is online (§7.8). */
export function deleteContact(world: World, contact: Contact, by: Agent): void {
  const { store } = world;
  if (isContactOnline(world, contact.id)) throw busyContact(contact.name);
  const isTheirs = ({ session }: Conversation) => session.contact === contact;
  store.notifications = store.notifications.filter(({ conversation }) => !isTheirs(conversation));
  store.conversations = store.conversations.filter((conversation) => !isTheirs(conversation));
  store.sessions = store.sessions.filter((session) => session.contact !== contact);
  store.contacts = store.contacts.filter((other) => other !== contact);
  tellOfContact(world, 'contact.deleted', contact, by);
}
