// @vitest-environment node
// Every frame that a real installation sent to a contact, and what it sent to an agent under the same names, through
// the client: nothing is refused, nothing that is shown is lost, and no token comes through.
import { describe, expect, it } from 'vitest';
import { receive } from '@/lib/cable/frames';
import { parseFrame } from '@/lib/carbonchat/room-channel';
import { type RecordedSocket, readRecording } from '../support/recording';
import {
  authorOf,
  conversationFrameOf,
  messageOf,
  objectsIn,
  type RawConversation,
  type RawMessage,
  type RawSender,
} from './recorded-shapes';

const receivedAt = 1_795_395_000_000;
const { cable, http } = readRecording();
const isAgents = (socket: RecordedSocket) => socket.name === 'agent';
const tokens = objectsIn([http, framesOf(cable)])
  .map((one) => one.pubsub_token)
  .filter((token) => typeof token === 'string' && token !== '');

function framesOf(sockets: readonly RecordedSocket[]): Record<string, unknown>[] {
  return sockets
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.dir === 'in' ? [JSON.parse(event.raw)] : []));
}

const message = (created: boolean) => (raw: RawMessage) => {
  const told = messageOf(raw, receivedAt);
  return told && { type: 'message', message: told, created };
};
const conversation = (created: boolean) => (raw: RawConversation) => ({
  type: 'conversation',
  conversation: conversationFrameOf(raw, receivedAt),
  created,
});
/** Who types a note, or is a contact, is not shown as typing. */
const typing =
  (on: boolean) =>
  ({ user, ...raw }: { conversation: RawConversation; user: RawSender; is_private: boolean }) =>
    raw.is_private || user.type === 'contact'
      ? null
      : {
          type: 'typing',
          conversationId: raw.conversation.id,
          author: authorOf(user),
          on,
          contactLastSeenAt: raw.conversation.contact_last_seen_at * 1_000,
          agentLastSeenAt: raw.conversation.agent_last_seen_at * 1_000,
        };

/** What each event must become, by its raw data. Everything else is for agents. */
const expected: Record<string, (data: never) => unknown> = {
  'message.created': message(true),
  'message.updated': message(false),
  'conversation.created': conversation(true),
  'conversation.status_changed': conversation(false),
  'conversation.updated': conversation(false),
  'conversation.typing_on': typing(true),
  'conversation.typing_off': typing(false),
  'presence.update': ({ users }: { users: object }) => ({ type: 'presence', users }),
};

/** What the client makes of one event of a socket. */
function tell(message: unknown) {
  const problems: string[] = [];
  const told = parseFrame(message, receivedAt, (problem) => problems.push(problem));
  return { told, problems };
}

describe('the recorded frames of', () => {
  it.each(cable.map((socket, i) => ({ i, ...socket })))('socket $i, $name', (socket) => {
    for (const event of socket.events) {
      if (event.dir !== 'in') continue;
      const { type, identifier, message } = JSON.parse(event.raw);
      if (type !== undefined) {
        expect(receive(event.raw)).toMatchObject({
          type: type === 'confirm_subscription' ? 'confirm' : type,
        });
        continue;
      }
      expect(receive(event.raw)).toEqual({ type: 'message', identifier, message });
      const shape = expected[message.event];
      if (!shape) expect(socket.name).toBe('agent');
      const { told, problems } = tell(message);
      expect(told).toEqual(shape ? shape(message.data as never) : { type: 'unknown', event: message.event });
      expect(problems).toEqual([]);
      const text = JSON.stringify(told);
      expect(tokens.filter((token) => text.includes(String(token)))).toEqual([]);
    }
  });
});

it('the tokens that must not come through are known', () => {
  expect(new Set(tokens).size).toBeGreaterThan(20);
});

it.each([
  ['contacts', false, { frames: 299, events: 217, forContacts: 217, notShown: 4 }],
  ['the agent', true, { frames: 771, events: 764, forContacts: 389, notShown: 28 }],
])('all of them together are all that %s got', (name, agents, numbers) => {
  const frames = framesOf(cable.filter((socket) => isAgents(socket) === agents));
  const events = frames.filter(({ type }) => type === undefined).map(({ message }) => tell(message).told);
  const forContacts = events.filter((told) => told?.type !== 'unknown');
  const notShown = forContacts.filter((told) => told === null).length;
  console.info(
    `Recorded frames to ${name} read: ${frames.length}, ${events.length} of them events, ` +
      `${forContacts.length} of kinds for contacts, ${notShown} of these rightly not shown.`,
  );
  const counted = { frames: frames.length, events: events.length, forContacts: forContacts.length, notShown };
  expect(counted).toEqual(numbers);
});
