// Who may send what: one table, and the judgement of who a sender is.

import * as v from 'valibot';
import { type Command, type CommandType, commandSchemas } from './commands';

/** A sender as the browser describes it. */
export interface Sender {
  id: string | null;
  url: string | null;
  tabId: number | null;
  frameId: number | null;
}

/** `page`: our content script in the top frame of a tab; whether that page is configured is judged elsewhere. */
export type SenderKind = 'panel' | 'options' | 'page' | 'stranger';

/** Which command may come from whom. */
export const mayCome: Readonly<Record<CommandType, readonly SenderKind[]>> = {
  'message.send': ['panel'],
  'message.answer': ['panel'],
  'conversation.resolve': ['panel'],
  'message.retry': ['panel'],
  'message.discard': ['panel'],
  'draft.change': ['panel'],
  'history.loadOlder': ['panel'],
  'link.retry': ['panel'],
  'contact.change': ['panel'],
  'session.forget': ['panel'],
  'page.open': ['panel'],
  'panel.toggle': ['page'],
  'button.show': ['page'],
  'user.say': ['page'],
  'user.attributes': ['page'],
};

const ownPages: Readonly<Record<string, SenderKind>> = {
  '/sidepanel.html': 'panel',
  '/options.html': 'options',
};

/**
 * Judges a sender by its extension id and the exact path of its page. The id alone does not tell a content
 * script from the panel, and a panel opened as a window or tab has a tab, too.
 */
export function senderKind(sender: Sender, own: { id: string; origin: string }): SenderKind {
  if (sender.id !== own.id || sender.url === null || !URL.canParse(sender.url)) return 'stranger';
  const { origin, protocol, host, pathname } = new URL(sender.url);
  // Firefox gives "null" as the origin of its extension pages.
  const from = origin === 'null' ? `${protocol}//${host}` : origin;
  if (from === own.origin) return ownPages[pathname] ?? 'stranger';
  const web = protocol === 'https:' || protocol === 'http:';
  return web && sender.tabId !== null && sender.frameId === 0 ? 'page' : 'stranger';
}

/** The command in a message, if it is well-formed and its sender may send it; else null. */
export function parseCommand(message: unknown, kind: SenderKind): Command | null {
  const named = v.safeParse(v.looseObject({ type: v.string() }), message);
  if (!named.success || !Object.hasOwn(commandSchemas, named.output.type)) return null;
  const type = named.output.type as CommandType;
  if (!mayCome[type].includes(kind)) return null;
  return parseWith<Command>(commandSchemas[type], message);
}

/** What a schema makes of a value; null when it does not fit. */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | null {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}
