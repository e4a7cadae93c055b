// The room: how to subscribe to a contact session's events, and what they say (contract §5, §6).
// Pure. The pubsub token goes into the identifier and nowhere else.

import type { Presence, RoomEvent } from '@/lib/core/server-types';
import type { EpochMs } from '@/lib/core/types';
import { toConversationFrame, toMessage } from './mapping';
import { toAuthor } from './mapping-parts';
import { type Report, read, wireAvailability, wireFrame, wirePresence, wireTyping } from './wire';

/** The identifier to subscribe with (contract §5.3). The result holds the secret token: never log it. */
export function roomIdentifier(pubsubToken: string): string {
  return JSON.stringify({ channel: 'RoomChannel', pubsub_token: pubsubToken });
}

/** The ws: or wss: address of an installation's cable (contract §5.1). Throws where `installationUrl` is no URL. */
export function cableUrl(installationUrl: string): string {
  return `${new URL(installationUrl).origin.replace(/^http/, 'ws')}/cable`;
}

/**
 * Reads the `message` of a frame that came at `receivedAt`. Null for what is rightly ignored (private and activity
 * messages, an agent typing a note, the contact typing); 'unknown' for events that we do not know or cannot read. Never throws.
 */
export function parseFrame(
  message: unknown,
  receivedAt: EpochMs,
  report: Report = () => {},
): RoomEvent | null {
  const frame = read(wireFrame, message, 'frame', report);
  if (frame === null) return { type: 'unknown', event: '' };
  const { event, data } = frame;
  let unreadable = false;
  const result = parseEvent(event, data, receivedAt, (problem) => {
    unreadable = true;
    report(problem);
  });
  // Null without a problem is a decision; null with one is a frame that was lost on us.
  return result === null && unreadable ? unknown(event) : result;
}

function parseEvent(event: string, data: unknown, receivedAt: EpochMs, report: Report): RoomEvent | null {
  switch (event) {
    case 'message.created':
    case 'message.updated': {
      const message = toMessage(data, receivedAt, report);
      return message && { type: 'message', message, created: event === 'message.created' };
    }
    case 'conversation.created':
    case 'conversation.status_changed':
    case 'conversation.updated': {
      const conversation = toConversationFrame(data, receivedAt, report);
      return (
        conversation && { type: 'conversation', conversation, created: event === 'conversation.created' }
      );
    }
    case 'conversation.typing_on':
    case 'conversation.typing_off':
      return parseTyping(data, event === 'conversation.typing_on', report);
    case 'presence.update':
      return parsePresence(data, report);
    default:
      return unknown(event);
  }
}

function parseTyping(data: unknown, on: boolean, report: Report): RoomEvent | null {
  const typing = read(wireTyping, data, 'typing', report);
  if (typing === null || typing.is_private || typing.user?.type === 'contact') return null;
  const { id, contact_last_seen_at, agent_last_seen_at } = typing.conversation;
  return {
    type: 'typing',
    conversationId: id,
    author: toAuthor(typing.user),
    on,
    contactLastSeenAt: contact_last_seen_at,
    agentLastSeenAt: agent_last_seen_at,
  };
}

function parsePresence(data: unknown, report: Report): RoomEvent | null {
  const presence = read(wirePresence, data, 'presence', report);
  if (presence === null) return null;
  const users: Record<string, Presence> = {};
  for (const [id, value] of Object.entries(presence.users)) {
    const availability = read(wireAvailability, value, 'presence of an agent', report);
    if (availability !== null && /^\d{1,16}$/.test(id)) users[id] = availability;
  }
  return { type: 'presence', users };
}

function unknown(event: string): RoomEvent {
  return { type: 'unknown', event: event.slice(0, 100) };
}
