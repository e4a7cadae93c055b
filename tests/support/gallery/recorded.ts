// Messages of a real installation, as the panel gets them: one of each shape that the recording holds.

import { toMessage } from '@/lib/carbonchat/mapping';
import type { Message } from '@/lib/core/types';
import { readRecording } from '../recording';

/** What a message looks like apart from its words. */
const shapeOf = ({ author, content, answer, attachments, deleted }: Message) =>
  JSON.stringify([author.kind, content.kind, answer?.kind, attachments[0]?.kind, deleted]);

/** The newest form of each message counts; of those that look the same, the first. */
export function recordedMessages(): Message[] {
  const byId = new Map<number, Message>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('message_type' in value && 'content_type' in value) {
      const message = toMessage(value, null, () => {});
      if (message) byId.set(message.id, message);
    }
    for (const part of Object.values(value)) look(part);
  };
  for (const { response } of readRecording().http) look(response.body);
  const messages = [...byId.values()].sort((a, b) => a.id - b.id);
  return [...new Map(messages.toReversed().map((message) => [shapeOf(message), message])).values()].reverse();
}
