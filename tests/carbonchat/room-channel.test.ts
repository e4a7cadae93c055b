// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { toConversationFrame, toMessage } from '@/lib/carbonchat/mapping';
import { cableUrl, parseFrame, roomIdentifier } from '@/lib/carbonchat/room-channel';
import * as samples from './samples';

const parse = (event: string, data: unknown) => parseFrame({ event, data }, 500);
const ignore = () => {};

it('subscribes as a contact: channel and token, no user', () => {
  expect(roomIdentifier('tok"en')).toBe('{"channel":"RoomChannel","pubsub_token":"tok\\"en"}');
});

it('finds the cable at the origin of the installation, encrypted where the installation is', () => {
  expect(cableUrl('https://chat.example.com/')).toBe('wss://chat.example.com/cable');
  expect(cableUrl('http://127.0.0.1:3000/app?x')).toBe('ws://127.0.0.1:3000/cable');
});

describe('a frame', () => {
  it('of a message says whether it is new', () => {
    const message = toMessage(samples.messageFrame(), 500, ignore);
    expect(parse('message.created', samples.messageFrame())).toEqual({
      type: 'message',
      message,
      created: true,
    });
    expect(parse('message.updated', samples.messageFrame())).toEqual({
      type: 'message',
      message,
      created: false,
    });
  });

  it.each([
    ['conversation.created', true],
    ['conversation.status_changed', false],
    ['conversation.updated', false],
  ])('%s brings the conversation', (event, created) => {
    const conversation = toConversationFrame(samples.conversationFrame(), 500, ignore);
    expect(parse(event, samples.conversationFrame())).toEqual({
      type: 'conversation',
      conversation,
      created,
    });
  });

  it('of typing tells who, where, and whether it began or ended', () => {
    const typing = {
      type: 'typing',
      conversationId: 2,
      author: { kind: 'agent', id: 2, name: 'Grace', avatarUrl: null },
      contactLastSeenAt: 1_795_394_574_000,
      agentLastSeenAt: 1_795_394_573_000,
    };
    expect(parse('conversation.typing_on', samples.typingFrame())).toEqual({ ...typing, on: true });
    expect(parse('conversation.typing_off', samples.typingFrame())).toEqual({ ...typing, on: false });
  });

  it('is ignored where an agent types a private note, the contact types, or it is not for contacts', () => {
    expect(parse('conversation.typing_on', { ...samples.typingFrame(), is_private: true })).toBeNull();
    expect(parse('conversation.typing_on', { ...samples.typingFrame(), user: samples.mira() })).toBeNull();
    expect(parse('message.created', { ...samples.messageFrame(), private: true })).toBeNull();
    expect(parse('message.updated', { ...samples.messageFrame(), message_type: 2 })).toBeNull();
  });

  it('of presence keeps the agents it can read', () => {
    const users = {
      1: 'online',
      2: 'busy',
      3: 'offline',
      4: 'asleep',
      5: null,
      x: 'online',
      '1e999': 'online',
    };
    expect(parse('presence.update', { account_id: 1, users })).toEqual({
      type: 'presence',
      users: { 1: 'online', 2: 'busy', 3: 'offline' },
    });
    expect(parse('presence.update', { account_id: 1, users: {} })).toEqual({ type: 'presence', users: {} });
  });

  it('of a kind that we do not know is named, shortened', () => {
    expect(parse('contact.updated', {})).toEqual({ type: 'unknown', event: 'contact.updated' });
    expect(parse('x'.repeat(5000), {})).toEqual({ type: 'unknown', event: 'x'.repeat(100) });
  });

  it.each(['message.created', 'conversation.updated', 'conversation.typing_on', 'presence.update'])(
    '%s that cannot be read is unknown and reported',
    (event) => {
      const problems: string[] = [];
      const parsed = parseFrame({ event, data: { id: 'secret' } }, 500, (problem) => problems.push(problem));
      expect(parsed).toEqual({ type: 'unknown', event });
      expect(problems).toHaveLength(1);
      expect(problems[0]).not.toContain('secret');
    },
  );

  it('that is no frame at all is unknown without a name', () => {
    for (const message of [null, 'x', 4, [], {}, { event: 4, data: {} }]) {
      expect(parseFrame(message, 500)).toEqual({ type: 'unknown', event: '' });
    }
  });

  it('never hands on the pubsub token that conversations and typing carry', () => {
    for (const event of [
      parse('conversation.updated', samples.conversationFrame()),
      parse('conversation.typing_on', samples.typingFrame()),
    ]) {
      expect(JSON.stringify(event)).not.toContain('secret-pubsub-token');
    }
  });
});
