// What the panel takes from the background: every field that the views read must be there, and what is more is let be.
import { describe, expect, it } from 'vitest';
import { parseResult, parseUpdate } from '@/lib/messaging/update-schema';

const author = { kind: 'agent', id: 2, name: 'Grace' };
const message = {
  id: 7,
  conversationId: 3,
  author,
  text: 'Hello',
  content: { kind: 'plain' },
  attachments: [{ id: 1 }],
  createdAt: 1_795_394_544_000,
};
const conversation = {
  id: 3,
  status: 'open',
  party: author,
  preview: { authorKind: 'agent', text: 'Hello', createdAt: 1_795_394_544_000 },
  unread: [7],
};
const entry = {
  echoId: 'e1',
  conversationKey: '3',
  act: { kind: 'message' },
  text: 'Hi',
  status: 'queued',
  sequence: 1,
  queuedAt: 1,
};
const link = { name: 'live', since: 1_795_394_544_000, nextTryAt: 5 };
const availability = { name: 'closed', opensAt: 1_795_394_544_000, onlineIds: [2] };
const window = {
  conversationKey: '3',
  messages: [message],
  hasOlder: true,
  loadingOlder: false,
};
const others = [{ siteId: 'pluck', name: 'Pluck', unread: 2 }];
const contact = { name: 'Ada', email: null, phoneNumber: null, kind: 'proven', change: { state: 'none' } };
const past = { role: 'own', earlier: { sessionId: 's0', unread: 1 } };
const snapshot = {
  site: { siteId: 'acme', sessionId: 's1', name: 'Acme', color: '#1f6feb' },
  contact,
  past,
  others,
  listed: true,
  conversations: [conversation],
  outbox: [entry],
  drafts: { '3': 'Half' },
  link,
  availability,
  window,
  typing: { '3': ['Grace'] },
};
const patches = [
  { type: 'conversation.changed', conversation },
  { type: 'conversation.removed', conversationId: 3 },
  { type: 'conversation.mapped', localConversationId: 'l1', conversationId: 3 },
  { type: 'messages.changed', conversationId: 3, messages: [message] },
  { type: 'older.changed', conversationId: 3, hasOlder: false, loadingOlder: true },
  { type: 'outbox.changed', entry },
  { type: 'outbox.removed', echoId: 'e1' },
  { type: 'draft.changed', conversationKey: '3', text: '' },
  { type: 'link.changed', link },
  { type: 'availability.changed', availability },
  { type: 'typing.changed', conversationId: 3, names: ['Grace'] },
  { type: 'listed.changed', listed: true },
  { type: 'others.changed', others },
  { type: 'contact.changed', contact },
  { type: 'past.changed', past },
];
const updates = [
  { type: 'snapshot', rev: 1, snapshot },
  { type: 'panel.show', siteId: 'pluck' },
  { type: 'panel.close' },
  ...patches.map((patch) => ({ type: 'patch', rev: 2, patches: [patch] })),
];
const nameOf = (update: { type: string; patches?: { type: string }[] }) =>
  update.patches?.[0]?.type ?? update.type;

type Json = Record<string, unknown>;
/** Objects whose keys are anybody's. */
const FREE = ['drafts', 'typing'];

/** Copies of a value, each with one field of it missing, or of another type. With the path that was spoiled. */
function spoiled(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value))
    return [
      [`${path} is no list`, {}],
      ...spoiled(value[0], `${path}[0]`).map(([name, item]): [string, unknown] => [name, [item]]),
    ];
  if (typeof value !== 'object' || value === null) return [[`${path} is of another type`, [value]]];
  const object = value as Json;
  const own: [string, unknown][] = path === '' ? [] : [[`${path} is no object`, 'text']];
  if (FREE.some((key) => path.endsWith(`.${key}`))) return own;
  const fields = Object.keys(object).flatMap((key): [string, unknown][] => {
    const { [key]: _removed, ...without } = object;
    const others = spoiled(object[key], `${path}.${key}`).map(([name, item]): [string, unknown] => [
      name,
      { ...object, [key]: item },
    ]);
    return [[`${path}.${key} is missing`, without], ...others];
  });
  return [...own, ...fields];
}

describe.each(updates.map((update) => [nameOf(update), update] as const))('%s', (_name, update) => {
  it('is taken as it is, and with more in it', () => {
    expect(parseUpdate(update)).toBe(update);
    expect(parseUpdate({ ...update, more: 1 })).not.toBeNull();
  });

  it.each(spoiled(update))('is refused when %s', (_what, value) => {
    expect(parseUpdate(value)).toBeNull();
  });
});

it.each([
  ['a conversation without a party', { ...conversation, party: null }],
  ['a conversation without a preview', { ...conversation, preview: null }],
  ['a conversation whose party has no id', { ...conversation, party: { ...author, id: null } }],
])('takes %s', (_name, changed) => {
  const update = {
    type: 'patch',
    rev: 1,
    patches: [{ type: 'conversation.changed', conversation: changed }],
  };
  expect(parseUpdate(update)).toBe(update);
});

it('takes a snapshot without a window, and a link that does not wait', () => {
  expect(parseUpdate({ type: 'snapshot', rev: 1, snapshot: { ...snapshot, window: null } })).not.toBeNull();
  const still = { ...snapshot, link: { ...link, nextTryAt: null } };
  expect(parseUpdate({ type: 'snapshot', rev: 1, snapshot: still })).not.toBeNull();
});

it('refuses a whole patch for one that is not known, or for a name of every object', () => {
  const good = { type: 'listed.changed', listed: true };
  expect(parseUpdate({ type: 'patch', rev: 1, patches: [good, { type: 'unknown' }] })).toBeNull();
  expect(parseUpdate({ type: 'patch', rev: 1, patches: [good, { type: 'toString' }] })).toBeNull();
  for (const value of [null, undefined, 5, 'snapshot', { type: 'toString' }, { type: '__proto__' }])
    expect(parseUpdate(value)).toBeNull();
});

it('reads the answer of a command, and nothing where there is none', () => {
  expect(parseResult({ ok: true, value: 'anything' })).toEqual({ ok: true, value: null });
  const error = { code: 'notSaved', message: 'The browser could not save this.' };
  expect(parseResult({ ok: false, error: { ...error, more: 1 } })).toEqual({ ok: false, error });
  for (const value of [null, undefined, {}, { ok: 1 }, { ok: false }, { ok: false, error: { code: 'x' } }])
    expect(parseResult(value)).toBeNull();
});

it.each<[string, object]>([
  ['a draft that is no text', { drafts: { 3: 5 } }],
  ['names that are no list', { typing: { 3: 'Grace' } }],
  ['a name that is no text', { typing: { 3: [null] } }],
])('takes no snapshot with %s', (_, change) => {
  expect(parseUpdate({ type: 'snapshot', rev: 1, snapshot: { ...snapshot, ...change } })).toBeNull();
});
