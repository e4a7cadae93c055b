// What the panel accepts from its port and as the answer of a command. Loose on purpose: it proves that the
// fields the views read are there; the background has already judged what they hold.
import * as v from 'valibot';
import type { ErrorCode, Result } from './commands';
import type { Patch, ViewUpdate } from './view-updates';

const number = v.number();
const string = v.string();
const boolean = v.boolean();
const strings = v.array(string);

const typedBy = v.looseObject({ kind: string });
const author = v.looseObject({ kind: string, id: v.nullable(number), name: string });
const conversation = v.looseObject({
  id: number,
  status: string,
  party: v.nullable(author),
  preview: v.nullable(v.looseObject({ authorKind: string, text: string, createdAt: number })),
  unread: v.array(number),
});
const message = v.looseObject({
  id: number,
  conversationId: number,
  author,
  text: string,
  content: typedBy,
  attachments: v.array(v.looseObject({ id: number })),
  createdAt: number,
});
const entry = v.looseObject({
  echoId: string,
  conversationKey: string,
  act: typedBy,
  text: string,
  status: string,
  sequence: number,
  queuedAt: number,
});
const link = v.looseObject({ name: string, since: number, nextTryAt: v.nullable(number) });
const availability = v.looseObject({ name: string, opensAt: v.nullable(number), onlineIds: v.array(number) });
const others = v.array(v.looseObject({ siteId: string, name: string, unread: number }));
const contact = v.looseObject({
  name: v.nullable(string),
  email: v.nullable(string),
  phoneNumber: v.nullable(string),
  kind: string,
  change: v.looseObject({ state: string }),
});
const past = v.looseObject({
  role: string,
  earlier: v.nullable(v.looseObject({ sessionId: string, unread: number })),
});
const older = { hasOlder: boolean, loadingOlder: boolean };

// Told apart by hand: valibot's `variant`, `record` and `pipe` would weigh a twentieth of the panel.
const patches = {
  'conversation.changed': v.looseObject({ conversation }),
  'conversation.removed': v.looseObject({ conversationId: number }),
  'conversation.mapped': v.looseObject({ localConversationId: string, conversationId: number }),
  'messages.changed': v.looseObject({ conversationId: number, messages: v.array(message) }),
  'older.changed': v.looseObject({ conversationId: number, ...older }),
  'outbox.changed': v.looseObject({ entry }),
  'outbox.removed': v.looseObject({ echoId: string }),
  'draft.changed': v.looseObject({ conversationKey: string, text: string }),
  'link.changed': v.looseObject({ link }),
  'availability.changed': v.looseObject({ availability }),
  'typing.changed': v.looseObject({ conversationId: number, names: strings }),
  'listed.changed': v.looseObject({ listed: boolean }),
  'others.changed': v.looseObject({ others }),
  'contact.changed': v.looseObject({ contact }),
  'past.changed': v.looseObject({ past }),
} satisfies Record<Patch['type'], unknown>;

const updates = {
  snapshot: v.looseObject({
    rev: number,
    snapshot: v.looseObject({
      site: v.looseObject({ siteId: string, sessionId: string, name: string, color: string }),
      contact,
      past,
      others,
      listed: boolean,
      conversations: v.array(conversation),
      outbox: v.array(entry),
      drafts: v.looseObject({}),
      link,
      availability,
      window: v.nullable(v.looseObject({ conversationKey: string, messages: v.array(message), ...older })),
      typing: v.looseObject({}),
    }),
  }),
  patch: v.looseObject({ rev: number, patches: v.array(v.looseObject({ type: string })) }),
  'panel.show': v.looseObject({ siteId: string }),
  'panel.close': v.looseObject({}),
} satisfies Record<ViewUpdate['type'], unknown>;

const typed = v.looseObject({ type: string });
const result = v.looseObject({ ok: boolean });
const refusal = v.looseObject({ error: v.looseObject({ code: string, message: string }) });

function isOneOf(schemas: Record<string, v.GenericSchema>, value: unknown): boolean {
  if (!v.is(typed, value)) return false;
  const schema = Object.hasOwn(schemas, value.type) ? schemas[value.type] : undefined;
  return schema !== undefined && v.is(schema, value);
}

/** Whether every part that has a key of its own is one that the views can read. */
function isWhole(update: ViewUpdate): boolean {
  if (update.type === 'patch') return update.patches.every((each) => isOneOf(patches, each));
  if (update.type !== 'snapshot') return true;
  const { drafts, typing } = update.snapshot;
  return v.is(strings, Object.values(drafts)) && v.is(v.array(strings), Object.values(typing));
}

/** @returns the update, or null when it is not one. */
export function parseUpdate(value: unknown): ViewUpdate | null {
  if (!isOneOf(updates, value)) return null;
  const update = value as ViewUpdate;
  return isWhole(update) ? update : null;
}

/** @returns the answer of a command; null when nobody answered (the background was stopped meanwhile). */
export function parseResult(value: unknown): Result<null> | null {
  if (!v.is(result, value)) return null;
  if (value.ok) return { ok: true, value: null };
  if (!v.is(refusal, value)) return null;
  return { ok: false, error: { code: value.error.code as ErrorCode, message: value.error.message } };
}
