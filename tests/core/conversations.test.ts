// What is kept of a conversation: preview, party, unread, status; the same news twice changes nothing.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Author, Conversation } from '@/lib/core/types';
import { anAttachment } from '../support/attachments';
import {
  aConversation,
  aFrame,
  agent,
  aMessage,
  aState,
  Bench,
  contact,
  nobody,
  ownMessage,
  serverConversation,
  start,
} from '../support/core-builders';

const arrived = (...args: Parameters<typeof aMessage>): Event => ({
  type: 'frame.message',
  message: aMessage(...args),
});
const changed = (before: Partial<Conversation>, ...events: Event[]) =>
  new Bench(aState({ conversations: { 1: aConversation(1, before) } })).run(...events).state.conversations[1];
const frame = (change: Parameters<typeof aFrame>[1]): Event => ({
  type: 'frame.conversation',
  conversation: aFrame(1, change),
});
const page = (...messages: ReturnType<typeof aMessage>[]): Event => ({
  type: 'messages.listed',
  purpose: 'older',
  asked: null,
  conversationId: 1,
  messages,
  before: 1,
  complete: false,
  requestedAt: start,
});

describe('the preview', () => {
  it('is the newest message in time, shortened', () => {
    expect(changed({}, arrived(9, { text: 'x'.repeat(200) }))?.preview).toEqual({
      messageId: 9,
      authorKind: 'agent',
      text: 'x'.repeat(160),
      file: null,
      createdAt: start + 9_000,
    });
    const attachments = [anAttachment(1)];
    expect(changed({}, arrived(9, { attachments }))?.preview?.file).toEqual({ kind: 'file', name: null });
    expect(changed({}, arrived(9), arrived(8))?.preview?.messageId).toBe(9);
    expect(changed({}, arrived(8), arrived(9))?.preview?.messageId).toBe(9);
  });

  it('is the higher id within one second', () => {
    const createdAt = start;
    expect(changed({}, arrived(8, { createdAt }), arrived(9, { createdAt }))?.preview?.messageId).toBe(9);
    expect(changed({}, arrived(9, { createdAt }), arrived(8, { createdAt }))?.preview?.messageId).toBe(9);
  });

  it('follows an edit, and does not keep deleted words', () => {
    expect(changed({}, arrived(9), arrived(9, { text: 'edited' }))?.preview?.text).toBe('edited');
    expect(changed({}, arrived(9), arrived(9, { text: 'deleted', deleted: true }))?.preview?.text).toBe(
      'deleted',
    );
    expect(changed({}, arrived(8), arrived(9, { deleted: true }))?.preview?.messageId).toBe(8);
  });

  it('counts the highest id, also of what is not newest in time', () => {
    const late = changed({ newestId: 4 }, arrived(9), arrived(12, { createdAt: start }));
    expect([late?.newestId, late?.preview?.messageId]).toEqual([12, 9]);
  });
});

describe('the party', () => {
  const by = (kind: Author['kind'], name: string) => ({ author: { kind, id: 1, name, avatarUrl: null } });

  it('is the latest other author', () => {
    expect(changed({}, arrived(8), arrived(9, by('bot', 'Bot')))?.party?.name).toBe('Bot');
    expect(changed({}, arrived(9), arrived(8, by('bot', 'Bot')))?.party).toEqual(agent);
    expect(changed({ party: agent }, arrived(9, { author: contact }))?.party).toBe(agent);
    expect(changed({}, arrived(9, { author: nobody }))?.party).toBeNull();
    expect(changed({}, arrived(9, { author: contact }))?.party).toBeNull();
  });

  it('is found on an older page when nobody newer answered', () => {
    const own = { type: 'frame.message', message: ownMessage(20) } as const;
    expect(changed({}, own, page(aMessage(8, by('bot', 'Bot')), aMessage(9), ownMessage(10)))?.party).toEqual(
      agent,
    );
  });

  it('is the assignee until somebody has answered, and whoever takes it over after that', () => {
    const linus = { ...agent, id: 4, name: 'Linus' };
    const bot = { ...linus, kind: 'bot' as const };
    expect(changed({}, frame({ assignee: linus }))).toMatchObject({ party: linus, assignee: 'agent/4' });
    expect(changed({ party: agent }, frame({ assignee: linus }))?.party).toBe(linus);
    expect(changed({ party: agent, assignee: 'agent/4' }, frame({ assignee: bot }))?.party).toBe(bot);
  });

  it('stays whoever took it over when the newest message is told again', () => {
    const linus = { ...agent, id: 4, name: 'Linus' };
    const taken = [arrived(9), frame({ assignee: linus, lastMessage: aMessage(9) })];
    expect(changed({}, ...taken)?.party).toBe(linus);
    expect(changed({}, ...taken, frame({ assignee: linus, lastMessage: aMessage(9) }))?.party).toBe(linus);
    expect(changed({}, ...taken, arrived(9, { status: 'read' }))?.party).toBe(linus);
    expect(changed({}, ...taken, arrived(10))?.party).toEqual(agent);
  });

  it('stays who answered while the assignee stays, or is none any more', () => {
    const linus = { ...agent, id: 4, name: 'Linus' };
    const answered = { party: agent, assignee: 'agent/4' };
    expect(changed(answered, frame({ assignee: { ...linus, name: 'L.' } }))?.party).toBe(agent);
    expect(changed(answered, frame({ assignee: null }))).toMatchObject({ party: agent, assignee: null });
    expect(changed({ ...answered, party: null }, frame({ assignee: linus }))?.party).toBe(linus);
  });
});

describe('unread', () => {
  it('counts messages of others once', () => {
    expect(changed({}, arrived(8), arrived(8), arrived(9))?.unread).toEqual([8, 9]);
  });

  it.each([
    ['of the contact', { author: contact }, {}],
    ['that are deleted', { deleted: true }, {}],
    ['read elsewhere', { status: 'read' as const }, {}],
    ['at or below what the server was told of', {}, { readUpTo: 9, toldUpTo: 9 }],
    ['from before the contact last looked', {}, { contactLastSeenAt: start + 10_000 }],
  ])('does not count messages %s', (_, message, conversation) => {
    expect(changed(conversation, arrived(9, message))?.unread).toEqual([]);
    expect(changed({ ...conversation, unread: [8, 9] }, arrived(9, message))?.unread).toEqual([8]);
  });

  it('counts a message that comes after a later one was read, until it is read as well', () => {
    const late = changed({ readUpTo: 9 }, arrived(8), arrived(8));
    expect(late?.unread).toEqual([8]);
    expect(changed({ readUpTo: 9 }, arrived(8), arrived(8, { status: 'read' }))?.unread).toEqual([]);
  });

  it('does not count a message again that was read here', () => {
    const conversations = { 1: aConversation(1, { newestId: 9, readUpTo: 9 }) };
    const one = new Bench(aState({ conversations }), [aMessage(8)]).run(arrived(8));
    expect(one.state.conversations[1]?.unread).toEqual([]);
  });

  it('counts a message of the same second as the last look', () => {
    expect(changed({ contactLastSeenAt: start + 9_000 }, arrived(9))?.unread).toEqual([9]);
  });

  it('keeps the hundred newest, in whatever order they come', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 11);
    expect(changed({ unread: hundred }, arrived(111))?.unread).toEqual([...hundred.slice(1), 111]);
    expect(changed({ unread: hundred }, arrived(10))?.unread).toEqual(hundred);
  });

  it('ends with news that the contact looked elsewhere after the newest message', () => {
    const before = {
      unread: [9],
      preview: { messageId: 9, authorKind: 'agent', text: '', file: null, createdAt: start },
    } as const;
    const seenAt = (contactLastSeenAt: number) =>
      changed({ ...before, unread: [9] }, frame({ contactLastSeenAt }));
    expect(seenAt(start + 1_000)).toMatchObject({ unread: [], contactLastSeenAt: start + 1_000 });
    expect(seenAt(start)).toMatchObject({ unread: [9], contactLastSeenAt: start });
    expect(
      changed(
        { ...before, unread: [9], contactLastSeenAt: start + 5_000 },
        frame({ contactLastSeenAt: start + 5_000 }),
      )?.unread,
    ).toEqual([9]);
  });
});

describe('a conversation frame', () => {
  it('is ignored when it is older than the known one', () => {
    const known = { version: 5.5, status: 'open' as const };
    expect(changed(known, frame({ version: 5.4, status: 'resolved' }))?.status).toBe('open');
    expect(changed(known, frame({ version: 5.5, status: 'resolved' }))?.status).toBe('resolved');
    expect(changed(known, frame({ version: 5.6 }))).toMatchObject({ version: 5.6, changedAt: start });
  });

  it('brings its last message, and makes conversations known', () => {
    const bench = new Bench(aState({ conversations: {} }));
    bench.run(frame({ status: 'pending', lastMessage: aMessage(9) }));
    expect(bench.state.conversations[1]).toMatchObject({ status: 'pending', newestId: 9, unread: [9] });
    expect(bench.history.has(9)).toBe(true);
  });

  it('tells when somebody looked also where nobody has spoken yet', () => {
    expect(changed({}, frame({ contactLastSeenAt: 10 }))?.contactLastSeenAt).toBe(10);
  });

  it('moves times of looking only forward', () => {
    const known = { contactLastSeenAt: 20, agentLastSeenAt: 20 };
    expect(changed(known, frame({ contactLastSeenAt: 10, agentLastSeenAt: 30 }))).toMatchObject({
      contactLastSeenAt: 20,
      agentLastSeenAt: 30,
    });
  });
});

describe('a message', () => {
  it('makes its conversation known', () => {
    const { state } = new Bench(aState({ conversations: {} })).run(arrived(9));
    expect(state.conversations[1]).toEqual(
      aConversation(1, {
        changedAt: start,
        party: agent,
        newestId: 9,
        unread: [9],
        preview: expect.anything(),
      }),
    );
  });

  it('told again leaves the conversation as it is', () => {
    const bench = new Bench(aState()).run(arrived(9));
    const { conversations } = bench.state;
    expect(bench.run(arrived(9)).state.conversations).toBe(conversations);
  });

  it('that is not there makes nothing known', () => {
    const { state } = new Bench(aState({ conversations: {} })).run(page());
    expect(state.conversations).toEqual({});
  });
});

it('a status told by HTTP is believed while no frame has told of any, though a message made it known later', () => {
  const bench = new Bench(aState({ conversations: {} })).run(arrived(9));
  bench.run({
    type: 'conversations.listed',
    conversations: [serverConversation(1, [], { status: 'resolved' })],
    etag: null,
    requestedAt: start,
  });
  expect(bench.state.conversations[1]?.status).toBe('resolved');
});

it('a conversation told by HTTP keeps what only frames know', () => {
  const bench = new Bench(
    aState({ conversations: { 1: aConversation(1, { version: 5, unread: [9], changedAt: 1 }) } }),
  );
  bench.run({
    type: 'conversation.received',
    localConversationId: 'x',
    conversation: serverConversation(1, [], { status: 'resolved' }),
    requestedAt: start,
  });
  expect(bench.state.conversations[1]).toEqual(
    aConversation(1, { version: 5, unread: [9], status: 'resolved', changedAt: 1 }),
  );
});
