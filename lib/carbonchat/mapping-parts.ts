// The parts of a message that stand for themselves: who wrote it, and what is attached. Pure.

import type { Attachment, Author, AuthorKind } from '@/lib/core/types';
import { type Report, read, type WireAttachment, type WireSender, wireAttachment } from './wire';

/** The other party (contract §4.5); without a sender it is the company itself. */
export function toAuthor(sender: WireSender | null): Author {
  if (sender === null) return { kind: 'none', id: null, name: '', avatarUrl: null };
  return {
    kind: kindOf(sender.type),
    id: sender.id,
    name: inOrder(sender.available_name || sender.name || ''),
    avatarUrl: webUrl(sender.avatar_url || sender.thumbnail),
  };
}

/** The user of the panel, who is the author of incoming messages even where the server does not say more. */
export function toContact(sender: WireSender | null): Author {
  return { ...toAuthor(sender), kind: 'contact' };
}

/** Names stand in sentences and in tooltips: characters that turn the words around them, or themselves, are left out. */
function inOrder(name: string): string {
  return name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

function kindOf(type: string | null): AuthorKind {
  if (type === 'agent_bot') return 'bot';
  if (type === 'captain_assistant') return 'assistant';
  return 'agent';
}

/** An attachment (contract §4.4); what cannot be shown by its kind is 'other', null when unreadable. */
export function toAttachment(value: unknown, report: Report): Attachment | null {
  const attachment = read(wireAttachment, value, 'attachment', report);
  if (attachment === null) return null;
  const url = webUrl(attachment.data_url);
  const { width, height } = attachment;
  return {
    id: attachment.id,
    kind: attachmentKind(attachment.file_type),
    url,
    name: inOrder(attachment.fallback_title || fileName(url) || '') || null,
    size: attachment.file_size,
    dimensions: width && height ? { width, height } : null,
    transcript: attachment.transcribed_text || null,
  };
}

function attachmentKind(type: WireAttachment['file_type']): Attachment['kind'] {
  return type === 'image' || type === 'audio' || type === 'video' || type === 'file' ? type : 'other';
}

/** Only what a browser may load from the web: no javascript:, data: or relative address comes through. */
export function webUrl(text: string | null): string | null {
  if (!text || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** The server has no field for it: the file's name is the end of its address. */
function fileName(url: string | null): string | null {
  const end = url && new URL(url).pathname.split('/').at(-1);
  if (!end) return null;
  try {
    return decodeURIComponent(end);
  } catch {
    return end; // a lone percent sign
  }
}
