// The server's own shapes (contract §3, §4, §6) as tolerant schemas: only what places a thing is required, every other
// field falls back, unknown fields are left behind (among them the secrets in frames). Knows nothing of our types.

import * as v from 'valibot';
import { toEpochMs } from './times';

/** Told of everything that could not be read: what and which field, never a value. */
export type Report = (problem: string) => void;

const orNull = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.nullable(schema), null);
const text = orNull(v.string());
const flag = v.fallback(v.boolean(), false);
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const time = v.pipe(v.unknown(), v.transform(toEpochMs), v.number());
const timeOrNever = v.fallback(time, 0);
/** Stands alone in a path, so the path's own signs are refused (contract §2). */
const sourceId = v.pipe(v.string(), v.regex(/^[^/.?#]+$/));
/** Items are read one by one, so that a bad one leaves the others alone. */
const items = v.fallback(v.array(v.unknown()), () => []);
/** What of them is read stands in content.ts. */
const attributes = v.fallback(v.record(v.string(), v.unknown()), () => ({}));
/** What we do not know is treated as open (contract §10.17). */
const conversationStatus = v.fallback(v.picklist(['open', 'resolved', 'pending', 'snoozed']), 'open');

export const wireInbox = v.object({
  name: v.string(),
  identity_validation_enabled: flag,
  timezone: v.fallback(v.string(), ''),
  working_hours: items,
  working_hours_enabled: orNull(v.boolean()),
});
export type WireInbox = v.InferOutput<typeof wireInbox>;

const count = orNull(v.pipe(v.number(), v.safeInteger()));

/** Contract §9.2. */
export const wireWorkingDay = v.object({
  day_of_week: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(6)),
  closed_all_day: flag,
  open_all_day: flag,
  open_hour: count,
  open_minutes: count,
  close_hour: count,
  close_minutes: count,
});

/** Contract §4.3: the raw record of a contact, of which a session's answer tells the same (§3.2). */
export const wireContactRecord = v.object({ id, name: text, email: text, phone_number: text });
export type WireContactRecord = v.InferOutput<typeof wireContactRecord>;

export const wireContactSession = v.object({
  source_id: sourceId,
  pubsub_token: v.pipe(v.string(), v.minLength(1)),
  ...wireContactRecord.entries,
});

/** Contract §4.5: contact, user, agent_bot, captain_assistant. */
const wireSender = v.object({
  id: orNull(id),
  name: text,
  available_name: text,
  avatar_url: text,
  thumbnail: text,
  type: text,
});
export type WireSender = v.InferOutput<typeof wireSender>;

const pixels = orNull(v.pipe(v.number(), v.minValue(1)));

/** Contract §4.4. */
export const wireAttachment = v.object({
  id,
  file_type: text,
  data_url: text,
  fallback_title: text,
  file_size: orNull(v.pipe(v.number(), v.minValue(0))),
  width: pixels,
  height: pixels,
  transcribed_text: text,
});
export type WireAttachment = v.InferOutput<typeof wireAttachment>;

/** Contract §4.1 and §6.1; from `updated_at` on, fields that only frames have. */
export const wireMessage = v.object({
  id,
  conversation_id: id,
  message_type: v.number(),
  created_at: time,
  content: text,
  content_type: v.fallback(v.string(), 'text'),
  content_attributes: attributes,
  attachments: items,
  sender: orNull(wireSender),
  updated_at: orNull(time),
  status: orNull(v.picklist(['sent', 'delivered', 'read', 'failed'])),
  private: flag,
  echo_id: orNull(v.union([v.string(), v.number()])),
});
export type WireMessage = v.InferOutput<typeof wireMessage>;

/** Contract §4.2 and §6.3; from `updated_at` on, fields that only frames have. */
export const wireConversation = v.object({
  id,
  status: conversationStatus,
  contact_last_seen_at: timeOrNever,
  agent_last_seen_at: timeOrNever,
  messages: items,
  updated_at: timeOrNever,
  meta: orNull(v.object({ assignee: orNull(wireSender) })),
  contact_inbox: orNull(v.object({ source_id: text })),
});

/** Contract §6.4. */
export const wireTyping = v.object({
  conversation: v.object({
    id,
    contact_last_seen_at: timeOrNever,
    agent_last_seen_at: timeOrNever,
  }),
  user: orNull(wireSender),
  is_private: flag,
});

/** Contract §6.5. */
export const wirePresence = v.object({ users: v.record(v.string(), v.unknown()) });
export const wireAvailability = v.picklist(['online', 'busy', 'offline']);

/** What the cable hands over (contract §6). */
export const wireFrame = v.object({ event: v.string(), data: v.unknown() });

/** `value` as `schema` reads it; null, and one report under the name `what`, where it cannot. Never throws. */
export function read<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
  report: Report,
): v.InferOutput<S> | null {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  report(`${what}: ${v.getDotPath(result.issues[0]) ?? 'not an object'}`);
  return null;
}

/** Every item of a list that `parse` can use; anything but a list is an empty one. */
export function readEach<T>(list: readonly unknown[], parse: (item: unknown) => T | null): T[] {
  return list.map(parse).filter((item) => item !== null);
}
