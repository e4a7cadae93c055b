// What a reader of the recording finds in it by hand: the raw shapes, and what each must become. Written against the
// recording and the contract alone, so that it must not use the client's own mapping.
import type { Option, Rating } from '@/lib/core/content';
import type { Author, Message } from '@/lib/core/types';

export interface RawSender {
  id: number;
  type: string;
  name: string;
  available_name?: string;
  avatar_url?: string;
  thumbnail?: string;
}

export interface RawAttachment {
  id: number;
  file_type: string;
  data_url: string;
  file_size: number;
  width?: number | null;
  height?: number | null;
  transcribed_text?: string;
}

export interface RawMessage {
  id: number;
  conversation_id: number;
  message_type: number;
  content: string | null;
  content_type: string;
  content_attributes: Record<string, unknown>;
  created_at: number;
  sender?: RawSender;
  attachments?: RawAttachment[];
  /** These four in frames only. */
  updated_at?: string;
  status?: Message['status'];
  private?: boolean;
  echo_id?: string | number;
}

export interface RawConversation {
  id: number;
  status: string;
  contact_last_seen_at: number;
  agent_last_seen_at: number;
  messages: RawMessage[];
  /** These three in frames only. */
  updated_at: number;
  meta: { assignee: RawSender | null };
  contact_inbox: { source_id: string; pubsub_token: string };
}

export interface RawInbox {
  timezone: string;
  working_hours_enabled: boolean;
  working_hours: {
    day_of_week: number;
    closed_all_day: boolean;
    open_all_day: boolean;
    open_hour: number;
    open_minutes: number;
    close_hour: number;
    close_minutes: number;
  }[];
}

/** The week of an inbox in minutes since midnight. */
export function hoursOf(inbox: RawInbox) {
  if (!inbox.working_hours_enabled) return 'always';
  const days = inbox.working_hours.map((day) =>
    day.closed_all_day
      ? null
      : { opens: 60 * day.open_hour + day.open_minutes, closes: 60 * day.close_hour + day.close_minutes },
  );
  return { timeZone: inbox.timezone, days };
}

const kinds: Record<string, Author['kind']> = { contact: 'contact', user: 'agent', agent_bot: 'bot' };

/** Who is shown for a sender of the recording; the company itself where there is none. */
export function authorOf(sender: RawSender | null | undefined): Author {
  if (!sender) return { kind: 'none', id: null, name: '', avatarUrl: null };
  const kind = kinds[sender.type];
  if (!kind) throw new Error(`the recording has a new kind of sender: ${sender.type}`);
  const avatarUrl = [sender.avatar_url, sender.thumbnail].find((url) => url) ?? null;
  return { kind, id: sender.id, name: sender.available_name ?? sender.name, avatarUrl };
}

type Items = Record<string, string>[];

/** What a message of the recording shows or asks (contract §8). */
function contentOf({ content_type, content_attributes }: RawMessage): Message['content'] {
  const items = (content_attributes.items ?? []) as Items;
  switch (content_type) {
    case 'input_select':
      return { kind: 'options', options: items as unknown as Option[] };
    case 'input_email':
      return { kind: 'email' };
    case 'input_csat':
      return { kind: 'rating', scale: content_attributes.display_type === 'star' ? 'stars' : 'faces' };
    case 'article':
      return {
        kind: 'articles',
        articles: items.map(({ title = '', description = '', link = '' }) => ({
          title,
          text: description,
          url: link,
        })),
      };
    case 'cards':
      return {
        kind: 'cards',
        cards: items.map(({ title = '', description = '', media_url = '', actions }) => ({
          title,
          text: description,
          imageUrl: media_url || null,
          actions: (actions as unknown as Items).map(({ type, text = '', uri = '' }) => ({
            label: text,
            url: type === 'link' ? uri : null,
          })),
        })),
      };
    case 'form':
      return {
        kind: 'form',
        fields: items.map((item) => ({
          name: item.name as string,
          kind: item.type === 'text_area' ? 'textArea' : (item.type as 'text' | 'email' | 'select'),
          label: item.label ?? '',
          placeholder: item.placeholder ?? '',
          initial: item.default ?? '',
          required: Boolean(item.required),
          pattern: item.pattern ?? null,
          patternHint: item.pattern_error ?? null,
          options: ((item.options ?? []) as unknown as Items).map(({ label = '', value = '' }) => ({
            title: label,
            value,
          })),
        })),
        buttonLabel: (content_attributes.button_label as string | undefined) ?? null,
      };
    default:
      return { kind: 'plain' };
  }
}

/** How a message of the recording was answered (contract §8.12). */
function answerOf({ content_type, content_attributes }: RawMessage): Message['answer'] {
  const values = content_attributes.submitted_values;
  if (!values) return null;
  const first = Array.isArray(values) ? values[0] : values;
  switch (content_type) {
    case 'input_select':
      return { kind: 'option', option: first as Option };
    case 'input_email':
      return first?.value ? { kind: 'email', email: first.value } : null;
    case 'form':
      return { kind: 'fields', fields: values as { name: string; value: string }[] };
    case 'input_csat': {
      const { rating, feedback_message: comment = '' } = Object(values).csat_survey_response;
      // The server keeps any number and counts only these (contract §9.3).
      return rating >= 1 && rating <= 5
        ? { kind: 'rating', rating: Number(rating) as Rating, comment }
        : null;
    }
    default:
      return null;
  }
}

/** All that is kept of a message; `receivedAt` is null for one told by HTTP. Null for what a contact must not see. */
export function messageOf(raw: RawMessage, receivedAt: number | null): Message | null {
  if (raw.private || raw.message_type === 2) return null;
  return {
    id: raw.id,
    conversationId: raw.conversation_id,
    author: authorOf(raw.sender),
    text: raw.content ?? '',
    content: contentOf(raw),
    answer: answerOf(raw),
    quotedId: (raw.content_attributes.in_reply_to as number | undefined) ?? null,
    translations: {},
    attachments: (raw.attachments ?? []).map((attachment) => ({
      id: attachment.id,
      kind: attachment.file_type as Message['attachments'][number]['kind'],
      url: attachment.data_url,
      name: decodeURIComponent(attachment.data_url.slice(attachment.data_url.lastIndexOf('/') + 1)),
      size: attachment.file_size,
      dimensions: attachment.width ? { width: attachment.width, height: attachment.height as number } : null,
      transcript: attachment.transcribed_text || null,
    })),
    createdAt: raw.created_at * 1000,
    updatedAt: raw.updated_at === undefined ? null : Date.parse(raw.updated_at),
    status: raw.status ?? null,
    deleted: 'deleted' in raw.content_attributes,
    echoId: 'echo_id' in raw ? String(raw.echo_id) : null,
    changedAt: receivedAt,
  };
}

/** All that is kept of a conversation told by HTTP. */
export function conversationOf(raw: RawConversation): object {
  return {
    id: raw.id,
    status: raw.status,
    contactLastSeenAt: raw.contact_last_seen_at * 1000,
    agentLastSeenAt: raw.agent_last_seen_at * 1000,
    messages: raw.messages.map((message) => messageOf(message, null)),
  };
}

/** All that is kept of a conversation told by a frame. */
export function conversationFrameOf(raw: RawConversation, receivedAt: number): object {
  const last = raw.messages[0];
  return {
    id: raw.id,
    status: raw.status,
    version: raw.updated_at * 1000,
    contactLastSeenAt: raw.contact_last_seen_at * 1000,
    agentLastSeenAt: raw.agent_last_seen_at * 1000,
    lastMessage: last ? messageOf(last, receivedAt) : null,
    assignee: raw.meta.assignee && authorOf(raw.meta.assignee),
    sourceId: raw.contact_inbox.source_id,
  };
}

/** Every object anywhere in `value`, itself included. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (value === null || typeof value !== 'object') return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}
