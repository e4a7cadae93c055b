// An attachment of which only its id is known; each test says what it is about.
import type { Attachment } from '@/lib/core/types';

export function anAttachment(id: number, change: Partial<Attachment> = {}): Attachment {
  return {
    id,
    kind: 'file',
    url: null,
    name: null,
    size: null,
    dimensions: null,
    transcript: null,
    ...change,
  };
}
