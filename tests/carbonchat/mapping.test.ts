// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';
import {
  toContactSession,
  toConversationFrame,
  toInbox,
  toMessage,
  toServerConversation,
} from '@/lib/carbonchat/mapping';
import * as samples from './samples';

let problems: string[];
const report = (problem: string) => problems.push(problem);
beforeEach(() => {
  problems = [];
});

const http = (changes: object) => toMessage({ ...samples.httpMessage(), ...changes }, null, report);
const frame = (changes: object) => toMessage({ ...samples.messageFrame(), ...changes }, 1234, report);
const sentBy = (sender: object) => http({ sender })?.author;

const plain = { content: { kind: 'plain' }, answer: null, quotedId: null, translations: {} };

describe('a message', () => {
  it('told by HTTP carries neither status nor version', () => {
    const told = { updated_at: '2026-11-23T00:42:41.782Z', status: 'read' };
    expect(http(told)).toEqual({
      id: 26,
      conversationId: 2,
      author: { kind: 'agent', id: 2, name: 'Grace', avatarUrl: null },
      text: 'our **flyer**',
      ...plain,
      attachments: [
        {
          id: 24,
          kind: 'image',
          url: samples.attachment().data_url,
          name: 'our flyer.png',
          size: 75,
          dimensions: null,
          transcript: null,
        },
      ],
      createdAt: 1795394563000,
      updatedAt: null,
      status: null,
      deleted: false,
      echoId: null,
      changedAt: null,
    });
    expect(problems).toEqual([]);
  });

  it('told by a frame carries status, version and the time it came', () => {
    expect(frame({})).toMatchObject({
      status: 'sent',
      updatedAt: Date.UTC(2026, 10, 23, 0, 42, 41, 782),
      changedAt: 1234,
      attachments: [],
    });
    expect(frame({ status: 'lost', updated_at: null })).toMatchObject({ status: null, updatedAt: null });
  });

  it('keeps its echo id as text, whatever its JSON type was', () => {
    expect(frame({ echo_id: 'a-1' })?.echoId).toBe('a-1');
    expect(frame({ echo_id: 17 })?.echoId).toBe('17');
    expect(frame({ echo_id: null })?.echoId).toBeNull();
  });

  it('shows the time the operator set, in whatever format, over the time it was stored', () => {
    const at = (external_created_at: unknown) =>
      http({ content_attributes: { external_created_at } })?.createdAt;
    expect(at(1700000000)).toBe(1700000000000);
    expect(at('1700000000')).toBe(1700000000000);
    expect(at(1700000000123)).toBe(1700000000123);
    expect(at('2023-11-14T22:13:20.000Z')).toBe(1700000000000);
    for (const none of [null, '', 'yesterday', 0]) expect(at(none)).toBe(1795394563000);
  });

  it('is a tombstone only where deleted is true', () => {
    expect(http({ content_attributes: { deleted: true } })?.deleted).toBe(true);
    expect(http({ content_attributes: { deleted: 'false' } })?.deleted).toBe(false);
  });

  it('survives nulls and absent fields', () => {
    const bare = { id: 1, conversation_id: 2, message_type: 1, created_at: 5 };
    const nulls = {
      content: null,
      content_type: null,
      content_attributes: null,
      attachments: null,
      sender: null,
    };
    for (const message of [bare, { ...bare, ...nulls }]) {
      expect(toMessage(message, 9, report)).toEqual({
        id: 1,
        conversationId: 2,
        author: { kind: 'none', id: null, name: '', avatarUrl: null },
        text: '',
        ...plain,
        attachments: [],
        createdAt: 5000,
        updatedAt: null,
        status: null,
        deleted: false,
        echoId: null,
        changedAt: 9,
      });
    }
    expect(problems).toEqual([]);
  });

  it('is dropped when it is private or an activity, without being a problem', () => {
    expect(http({ message_type: 2 })).toBeNull();
    expect(frame({ private: true })).toBeNull();
    expect(problems).toEqual([]);
  });

  it.each(['id', 'conversation_id', 'message_type', 'created_at'])(
    'without a usable %s is reported by the name of the field, without a value',
    (field) => {
      expect(http({ [field]: 'secret words' })).toBeNull();
      expect(problems).toEqual([`message: ${field}`]);
    },
  );
});

describe('its author', () => {
  it('is the contact for every incoming message, even without a sender', () => {
    expect(http({ message_type: 0, sender: samples.mira() })?.author).toEqual({
      kind: 'contact',
      id: 3,
      name: 'Mira Reader',
      avatarUrl: null,
    });
    expect(http({ message_type: 0, sender: undefined })?.author).toMatchObject({ kind: 'contact', name: '' });
  });

  it('is agent, bot or assistant by the type of the sender, and an agent when the type is new', () => {
    const kinds = ['user', 'agent_bot', 'captain_assistant', 'robot_2', 'constructor', null];
    expect(kinds.map((type) => sentBy({ ...samples.grace(), type })?.kind)).toEqual([
      'agent',
      'bot',
      'assistant',
      'agent',
      'agent',
      'agent',
    ]);
  });

  it('goes by the name meant for contacts, else by the plain one', () => {
    expect(sentBy({ ...samples.grace(), available_name: '' })?.name).toBe('Grace Agent');
    expect(sentBy({ type: 'user' })?.name).toBe('');
  });

  it('has no characters in its name that turn words around', () => {
    const available_name = '\u202eecarG\u202c\u2067!\u2069 גרייס';
    expect(sentBy({ ...samples.grace(), available_name })?.name).toBe('ecarG! גרייס');
  });

  it('is the company for templates and for messages without a sender', () => {
    const none = { kind: 'none', id: null, name: '', avatarUrl: null };
    expect(http({ message_type: 3 })?.author).toEqual(none);
    expect(http({ sender: undefined })?.author).toEqual(none);
  });

  it('shows a picture from the web only', () => {
    expect(sentBy({ ...samples.grace(), avatar_url: 'https://chat.example.com/g.png' })?.avatarUrl).toBe(
      'https://chat.example.com/g.png',
    );
    expect(sentBy({ ...samples.grace(), thumbnail: 'http://a.test/t.png' })?.avatarUrl).toBe(
      'http://a.test/t.png',
    );
    for (const avatar_url of ['', '/g.png', 'data:image/png;base64,', 'javascript:alert(1)']) {
      expect(sentBy({ ...samples.grace(), avatar_url })?.avatarUrl).toBeNull();
    }
  });
});

describe('its attachments', () => {
  const attached = (...changes: (object | null)[]) =>
    http({ attachments: changes.map((change) => change && { ...samples.attachment(), ...change }) })
      ?.attachments;

  it('keep the kinds that can be shown and call everything else other', () => {
    const kinds = ['image', 'audio', 'video', 'file', 'location', null];
    expect(attached(...kinds.map((file_type) => ({ file_type })))?.map((a) => a.kind)).toEqual([
      'image',
      'audio',
      'video',
      'file',
      'other',
      'other',
    ]);
  });

  it('lose an address that does not lead to the web, but stay', () => {
    for (const data_url of ['javascript:alert(1)', 'file:///etc/passwd', 'blob:https://a.test/1', '', null]) {
      expect(attached({ data_url })).toMatchObject([{ id: 24, url: null, name: null }]);
    }
  });

  it('are named by the server, else by the end of the address, even where it is badly encoded', () => {
    expect(attached({ fallback_title: 'Our flyer' })?.[0]?.name).toBe('Our flyer');
    expect(attached({ data_url: 'https://a.test/files/50%25.txt?x=1' })?.[0]?.name).toBe('50%.txt');
    expect(attached({ data_url: 'https://a.test/50%.txt' })?.[0]?.name).toBe('50%.txt');
    expect(attached({ data_url: 'https://a.test/' })?.[0]?.name).toBeNull();
  });

  it('cannot pretend to be of another type by turning their name around', () => {
    expect(attached({ data_url: 'https://a.test/invoice%E2%80%AEgpj.exe' })?.[0]?.name).toBe(
      'invoicegpj.exe',
    );
    expect(attached({ fallback_title: '\u202e' })?.[0]?.name).toBeNull();
  });

  it('may be null without harm, and a bad one leaves its neighbours', () => {
    expect(attached(null, { id: 1 }, { id: 'x' }, { id: 2, file_size: -1 })).toMatchObject([
      { id: 1, size: 75 },
      { id: 2, size: null },
    ]);
    expect(problems).toEqual(['attachment: id']);
  });
});

describe('a conversation', () => {
  it('told by HTTP brings its readable messages in the order of the server', () => {
    const hidden = { ...samples.httpMessage(), message_type: 2 };
    const messages = [samples.httpMessage(), { id: 'x' }, hidden, samples.ownHttpMessage()];
    const conversation = toServerConversation({ ...samples.httpConversation(), messages }, report);
    expect(conversation).toMatchObject({
      id: 2,
      status: 'open',
      contactLastSeenAt: 1795394574000,
      agentLastSeenAt: 0,
      messages: [{ id: 26 }, { id: 14, author: { kind: 'contact' } }],
    });
    expect(problems).toEqual(['message: id']);
  });

  it('is treated as open when its status is new to us', () => {
    const statuses = ['open', 'resolved', 'pending', 'snoozed', 'archived', null];
    const read = statuses.map(
      (status) => toServerConversation({ ...samples.httpConversation(), status }, report)?.status,
    );
    expect(read).toEqual(['open', 'resolved', 'pending', 'snoozed', 'open', 'open']);
  });

  it('told by a frame brings version, assignee, owner and its last message with the time it came', () => {
    expect(toConversationFrame(samples.conversationFrame(), 77, report)).toEqual({
      id: 2,
      status: 'resolved',
      version: 1795394598.702288 * 1000,
      contactLastSeenAt: 1795394574000,
      agentLastSeenAt: 1795394573000,
      lastMessage: toMessage(samples.messageFrame(), 77, report),
      assignee: { kind: 'agent', id: 2, name: 'Grace', avatarUrl: null },
      sourceId: '766a3fed-52c9-4f31-9260-db8e8780bc77',
    });
  });

  it('told by a frame brings the last of several messages that can be read', () => {
    const messages = [{ ...samples.messageFrame(), id: 23 }, samples.messageFrame(), { id: 'x' }];
    const frame = toConversationFrame({ ...samples.conversationFrame(), messages }, 77, report);
    expect(frame?.lastMessage?.id).toBe(24);
  });

  it('told by a bare frame has no version, message, assignee or owner', () => {
    expect(toConversationFrame({ id: 2, messages: [], meta: { assignee: null } }, 77, report)).toEqual({
      id: 2,
      status: 'open',
      version: 0,
      contactLastSeenAt: 0,
      agentLastSeenAt: 0,
      lastMessage: null,
      assignee: null,
      sourceId: null,
    });
  });
});

describe('a contact session', () => {
  it('has both secrets, or is none', () => {
    expect(toContactSession(samples.contact(), report)).toEqual({
      sourceId: '766a3fed-52c9-4f31-9260-db8e8780bc77',
      pubsubToken: 'secret-pubsub-token-0000',
      contactId: 3,
      name: 'wispy-forest-742',
      email: null,
      phoneNumber: null,
    });
    expect(toContactSession({ ...samples.contact(), pubsub_token: '' }, report)).toBeNull();
  });

  it.each(['', '..', 'a/b', 'a?b', 'a#b'])(
    'is refused with the source id %j, which is no path segment',
    (id) => {
      expect(toContactSession({ ...samples.contact(), source_id: id }, report)).toBeNull();
    },
  );
});

describe('an inbox', () => {
  const weekday = (day_of_week: number, change: object = {}) => ({
    day_of_week,
    closed_all_day: false,
    open_all_day: false,
    open_hour: 9,
    open_minutes: 30,
    close_hour: 17,
    close_minutes: 0,
    ...change,
  });
  const numbers = { open_hour: null, open_minutes: null, close_hour: null, close_minutes: null };
  const closed = { ...numbers, closed_all_day: true };
  const week = [
    weekday(0, closed),
    ...[1, 2, 3, 4].map((day) => weekday(day)),
    weekday(5, { open_all_day: true, open_hour: 0, open_minutes: 0, close_hour: 23, close_minutes: 59 }),
    weekday(6, closed),
  ];
  const keeping = (working_hours: unknown, change: object = {}) => ({
    ...samples.inbox(),
    timezone: 'Asia/Kolkata',
    working_hours_enabled: true,
    working_hours,
    ...change,
  });

  it('tells its name, whether it wants proof of identity, and that it keeps no hours', () => {
    const hours = 'always';
    expect(toInbox(samples.inbox(), report)).toEqual({
      name: 'Web API inbox',
      identityRequired: true,
      hours,
    });
    expect(toInbox({ name: 'x' }, report)).toEqual({ name: 'x', identityRequired: false, hours: null });
    expect(toInbox({}, report)).toBeNull();
  });

  it('tells the hours of each day in its own time zone, in whatever order', () => {
    const usual = { opens: 570, closes: 1020 };
    const days = [null, usual, usual, usual, usual, { opens: 0, closes: 1439 }, null];
    expect(toInbox(keeping(week), report)?.hours).toEqual({ timeZone: 'Asia/Kolkata', days });
    expect(toInbox(keeping(week.toReversed()), report)?.hours).toEqual({ timeZone: 'Asia/Kolkata', days });
  });

  it.each<[string, unknown]>([
    ['a day is missing', keeping(week.slice(1))],
    ['a day cannot be read', keeping(['closed', ...week.slice(1)])],
    ['a day has no end', keeping([...week.slice(0, 6), weekday(6, { close_minutes: null })])],
    ['a day ends in fractions', keeping([...week.slice(0, 6), weekday(6, { close_hour: 17.5 })])],
    ['there are no days', keeping(null)],
    ['the time zone is none', keeping(week, { timezone: 'Mars/Olympus_Mons' })],
    ['there is no time zone', keeping(week, { timezone: null })],
    ['nobody knows whether it keeps any', keeping(week, { working_hours_enabled: 'yes' })],
  ])('has no hours to rely on where %s, and is an inbox all the same', (_, raw) => {
    expect(toInbox(raw, report)).toMatchObject({ name: 'Web API inbox', hours: null });
  });

  it('keeps no hours whatever stands in them', () => {
    expect(toInbox(keeping(null, { working_hours_enabled: false }), report)?.hours).toBe('always');
  });
});
