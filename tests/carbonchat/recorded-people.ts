// The people and things of the recording as the panel shows them, for values that are written down by hand.
import { expect } from 'vitest';
import type { Author } from '@/lib/core/types';

export const mira: Author = { kind: 'contact', id: 3, name: 'Mira Reader', avatarUrl: null };
export const grace: Author = { kind: 'agent', id: 2, name: 'Grace', avatarUrl: null };
export const bot: Author = { kind: 'bot', id: 1, name: 'Helper Bot', avatarUrl: null };
export const company: Author = { kind: 'none', id: null, name: '', avatarUrl: null };

export const books = { title: 'Books', value: 'books' };
export const maps = { title: 'Maps', value: 'maps' };

/** A message of plain words. */
export const words = {
  content: { kind: 'plain' },
  answer: null,
  quotedId: null,
  translations: {},
  attachments: [],
  deleted: false,
  echoId: null,
};

/** An object that has these fields among others. */
export const having = (fields: object) => expect.objectContaining(fields);

export const file = (name: string, kind: string, size: number) =>
  having({
    name,
    kind,
    size,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3300\/rails\/active_storage\/./),
  });
