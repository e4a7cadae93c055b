// Messages of a real installation, as the panel gets them: one of each shape that the recording holds.

import { toMessage } from '@/lib/carbonchat/mapping';
import type { Message } from '@/lib/core/types';
import { readRecording } from '../recording';

/** What a message looks like apart from its words. */
const shapeOf = ({ author, content, answer, attachments, deleted }: Message) =>
  JSON.stringify([author.kind, content.kind, answer?.kind, attachments[0]?.kind, deleted]);

/** Of those that look the same, the first. */
export function recordedMessages(): Message[] {
  const byShape = new Map<string, Message>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('message_type' in value && 'content_type' in value) {
      const message = toMessage(value, null, () => {});
      if (message && !byShape.has(shapeOf(message))) byShape.set(shapeOf(message), message);
    }
    for (const part of Object.values(value)) look(part);
  };
  for (const { response } of readRecording().http) look(response.body);
  return [...byShape.values()];
}
