// Who a sender is, and which messages count as commands of theirs.
import { expect, it } from 'vitest';
import { type CommandType, commandSchemas, maxMessageLength, maxPageText } from '@/lib/messaging/commands';
import { mayCome, parseCommand, senderKind } from '@/lib/messaging/senders';
import { senders } from '../background/senders';
import { own } from '../support/fake-platform';
import { commands } from './commands';

const types = Object.keys(commandSchemas) as CommandType[];
const kinds = ['panel', 'options', 'page', 'stranger'] as const;

it.each(senders)('knows $who as $kind', ({ from, kind }) => {
  expect(senderKind(from, own)).toBe(kind);
});

it('knows the panel in a browser that gives its pages no origin of their own', () => {
  const firefox = { id: 'panel@acme', origin: 'moz-extension://0f3a' };
  const from = { id: firefox.id, url: 'moz-extension://0f3a/sidepanel.html', tabId: null, frameId: null };
  expect(senderKind(from, firefox)).toBe('panel');
});

it('lets the panel write, and a page no more than ask for its button and the panel', () => {
  const allowed = (kind: (typeof kinds)[number]) =>
    types.filter((type) => mayCome[type].includes(kind)).sort();
  expect(allowed('panel')).toEqual([
    'contact.change',
    'conversation.resolve',
    'draft.change',
    'history.loadOlder',
    'link.retry',
    'message.answer',
    'message.discard',
    'message.retry',
    'message.send',
    'page.open',
    'session.forget',
  ]);
  expect(allowed('page')).toEqual(['button.show', 'panel.toggle', 'user.attributes', 'user.say']);
  expect([...allowed('options'), ...allowed('stranger')]).toEqual([]);
});

for (const type of types) {
  it.each(kinds)(`takes ${type} from a %s only where the table says so`, (kind) => {
    const expected = mayCome[type].includes(kind) ? commands[type] : null;
    expect(parseCommand(commands[type], kind)).toEqual(expected);
  });
}

/** The command with one thing wrong with it, in every way. */
function spoiled(type: CommandType): unknown[] {
  const command: Record<string, unknown> = commands[type];
  const wrong = [undefined, null, {}, [], -1, 1.5, Number.NaN, '../7'];
  const wrongIn = (field: string) => {
    if (field === 'sessionId') return [true, '', 'a b', 'a'.repeat(41)];
    return typeof command[field] === 'boolean' ? [0, 'true'] : [true, 'g'.repeat(36), '1'.repeat(17)];
  };
  /** What may be any text, and what is looked at below. */
  const free = ['type', 'text', 'user', 'attributes', 'changes'];
  const fields = Object.keys(command).filter((field) => !free.includes(field));
  return [
    { ...command, more: 1 },
    { ...command, type: [type] },
    ...fields.flatMap((field) =>
      [...wrong, ...wrongIn(field)].map((value) => ({ ...command, [field]: value })),
    ),
    ...fields.map((field) => Object.fromEntries(Object.entries(command).filter(([key]) => key !== field))),
    ...('text' in command ? [5, null, undefined, 'x'.repeat(2 * maxMessageLength + 1)] : []).map((text) => ({
      ...command,
      text,
    })),
  ];
}

it.each(types)('refuses %s with anything wrong in it', (type) => {
  const kind = mayCome[type][0] ?? 'stranger';
  expect(parseCommand(commands[type], kind)).not.toBeNull();
  for (const message of spoiled(type))
    expect(parseCommand(message, kind), JSON.stringify(message)).toBeNull();
});

it.each([
  ['user.say', 'user', [undefined, 5, {}, 'x'.repeat(maxPageText + 1)]],
  ['user.attributes', 'attributes', [undefined, null, 5, {}, 'x'.repeat(maxPageText + 1)]],
  ['contact.change', 'changes', [undefined, null, { more: 1 }, { name: 5 }, { name: 'x'.repeat(256) }]],
] as const)('refuses a %s with a %s that is none', (type, field, wrong) => {
  const kind = mayCome[type][0] ?? 'stranger';
  for (const value of wrong)
    expect(parseCommand({ ...commands[type], [field]: value }, kind), JSON.stringify(value)).toBeNull();
});

it('takes it from a page that nobody is signed in', () => {
  expect(parseCommand({ type: 'user.say', user: null }, 'page')).not.toBeNull();
});

it('refuses an empty message, but takes an empty draft', () => {
  expect(parseCommand({ ...commands['message.send'], text: '' }, 'panel')).toBeNull();
  expect(parseCommand({ ...commands['draft.change'], text: '' }, 'panel')).not.toBeNull();
});

it('takes the key of the highest id that a conversation can have', () => {
  const conversationKey = String(Number.MAX_SAFE_INTEGER);
  expect(parseCommand({ ...commands['draft.change'], conversationKey }, 'panel')).not.toBeNull();
});

it('takes 150,000 characters of two units each', () => {
  const text = '😀'.repeat(maxMessageLength);
  expect(parseCommand({ ...commands['message.send'], text }, 'panel')).toMatchObject({ text });
});

it.each([
  null,
  undefined,
  5,
  'panel.toggle',
  [],
  {},
  { type: 'toString' },
  { type: '__proto__' },
  { type: '' },
])('takes %j for no command', (message) => {
  for (const kind of kinds) expect(parseCommand(message, kind)).toBeNull();
});
