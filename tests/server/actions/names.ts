// Owns how the server words whom it speaks of in notes, notifications and errors. Must not change a record.

import type { Sender } from '../records/records';

/** The first letter large, the others small: as the server puts contacts' names. */
export const capitalized = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1).toLowerCase()}`;

/** The name of who wrote a message; empty for the server itself. */
export function senderName(sender: Sender | null): string {
  if (sender === null) return '';
  if (sender.type === 'Contact') return sender.contact.name;
  return sender.type === 'User' ? sender.agent.name : sender.bot.name;
}
