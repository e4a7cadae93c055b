// Owns changing a message that exists, and telling what changed (contract §6.2).
// Must not decide what may change.

import { deepMerge } from '../records/json';
import type { Actor, Conversation, Json, Message } from '../records/records';
import type { World } from '../world';
import { publishMessage } from './conversation-events';

type Changes = Partial<
  Pick<Message, 'content' | 'status' | 'content_type' | 'content_attributes' | 'attachments'>
>;

/** The columns that `previous_changes` tells of, in the order of the table. */
function columns(message: Message): Json {
  return {
    content: message.content,
    updated_at: new Date(message.updated_at).toISOString(),
    status: message.status,
    content_type: message.content_type,
    content_attributes: message.content_attributes,
    processed_message_content: message.content,
  };
}

/** Saves the changes; `message.updated` when there are any, with what was before and is now, else nothing at all. Returns whether there are. */
export function changeMessage(
  world: World,
  conversation: Conversation,
  message: Message,
  changes: Changes,
  by: Actor | null = null,
): boolean {
  const before = columns(message);
  Object.assign(message, changes);
  if (JSON.stringify(columns(message)) === JSON.stringify(before)) return false;
  message.updated_at = world.store.now();
  const previous_changes: Json = {};
  for (const [name, value] of Object.entries(columns(message)))
    if (JSON.stringify(value) !== JSON.stringify(before[name]))
      previous_changes[name] = [before[name], value];
  publishMessage(world, 'message.updated', conversation, message, { by, extra: { previous_changes } });
  return true;
}

/** What a job may set: columns, content attributes beside those that are there, and what was said in audio files. */
export type JobFields = Partial<
  Pick<Message, 'content' | 'status' | 'content_attributes'> & { transcribed_text: string }
>;

/**
 * A change made by nobody who is at hand: a failed webhook, a translation, a transcription (§6.2). Told once, without a
 * performer; a transcription is no column of the message, so that alone is told with no previous changes.
 */
export function changeByJob(
  world: World,
  conversation: Conversation,
  message: Message,
  { transcribed_text, content_attributes = {}, ...columns }: JobFields,
): void {
  if (transcribed_text !== undefined)
    for (const attachment of message.attachments)
      if (attachment.file_type === 'audio') attachment.transcribed_text = transcribed_text;
  const attributes = deepMerge(message.content_attributes, content_attributes);
  const changed = changeMessage(world, conversation, message, { ...columns, content_attributes: attributes });
  if (!changed && transcribed_text !== undefined)
    publishMessage(world, 'message.updated', conversation, message, { extra: { previous_changes: {} } });
}

/** Leaves a tombstone (§8.10). */
export function deleteMessage(world: World, conversation: Conversation, message: Message, by: Actor): void {
  const changes: Changes = {
    content: 'This message was deleted',
    content_type: 'text',
    content_attributes: { deleted: true },
    attachments: [],
  };
  changeMessage(world, conversation, message, changes, by);
}

const STATUSES: unknown[] = ['sent', 'delivered', 'read', 'failed'];

/** The operator's own report of a message's way; a read one does not become delivered again. `error` goes with `failed`. */
export function reportStatus(
  world: World,
  conversation: Conversation,
  message: Message,
  { status, error, by }: { status: unknown; error: unknown; by: Actor },
): void {
  if (!STATUSES.includes(status) || (message.status === 'read' && status === 'delivered')) return;
  const { external_error: _old, ...attributes } = message.content_attributes;
  const content_attributes =
    status === 'failed' && error != null ? { ...attributes, external_error: error } : attributes;
  changeMessage(
    world,
    conversation,
    message,
    { status: status as Message['status'], content_attributes },
    by,
  );
}
