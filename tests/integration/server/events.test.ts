// @vitest-environment node
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { identifierHash } from '../../server/records/inboxes';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, newConversation, RawCable } from './support';

let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterEach(() => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
});
afterAll(() => server.close());

async function listen(token: string): Promise<RawCable> {
  const cable = new RawCable(server);
  sockets.push(cable);
  return cable.subscribe(token);
}
/** A contact with one conversation, and a socket that joined before it began. */
async function listenedConversation() {
  const contact = await newContact(server, { name: 'Mira' });
  const cable = await listen(contact.pubsub_token);
  const { json } = await call(`${contact.url}/conversations`, 'POST', {});
  await cable.event('conversation.created');
  return { contact, cable, id: json.id as number, url: `${contact.url}/conversations/${json.id}` };
}

const MESSAGE_KEYS = [
  'account_id',
  'additional_attributes',
  'content',
  'content_attributes',
  'content_type',
  'conversation',
  'conversation_id',
  'created_at',
  'external_source_ids',
  'id',
  'inbox_id',
  'message_type',
  'private',
  'processed_message_content',
  'sender',
  'sender_id',
  'sender_type',
  'sentiment',
  'source_id',
  'status',
  'updated_at',
];
const CONVERSATION_KEYS = [
  'account_id',
  'additional_attributes',
  'agent_last_seen_at',
  'can_reply',
  'channel',
  'contact_inbox',
  'contact_last_seen_at',
  'created_at',
  'custom_attributes',
  'first_reply_created_at',
  'id',
  'inbox_id',
  'labels',
  'last_activity_at',
  'messages',
  'meta',
  'priority',
  'snoozed_until',
  'status',
  'timestamp',
  'unread_count',
  'updated_at',
  'waiting_since',
];

test('tells of a new conversation with the recorded keys and time formats', async () => {
  const { cable, contact } = await listenedConversation();
  const data = await cable.event('conversation.created');
  expect(Object.keys(data).sort()).toEqual(CONVERSATION_KEYS);
  expect(data).toMatchObject({
    channel: 'Channel::Api',
    status: 'open',
    messages: [],
    first_reply_created_at: null,
  });
  expect(data.contact_inbox).toMatchObject({ pubsub_token: contact.pubsub_token, hmac_verified: false });
  expect(Number.isInteger(data.created_at)).toBe(true);
  expect(Number.isInteger(data.waiting_since) && data.waiting_since > 0).toBe(true);
  expect(Number.isInteger(data.updated_at)).toBe(false);
});

test.each(['echo-1', 77])(
  'gives echo_id %o back with its type, to every tab, in the frame only',
  async (echo_id) => {
    const { cable, contact, url } = await listenedConversation();
    const tab = await listen(contact.pubsub_token);
    const { json } = await call(`${url}/messages`, 'POST', { content: 'hi', echo_id });
    for (const one of [cable, tab]) {
      const data = await one.event('message.created');
      expect(Object.keys(data).sort()).toEqual([...MESSAGE_KEYS, 'echo_id'].sort());
      expect(data).toMatchObject({
        id: json.id,
        echo_id,
        message_type: 0,
        sender_type: 'Contact',
        status: 'sent',
      });
      expect(data.updated_at).toMatch(/^\d{4}-.*\.\d{3}Z$/);
      expect(data.conversation).toMatchObject({ assignee_id: 1, unread_count: 1 });
    }
    expect(cable.events()).not.toContain('conversation.updated');
  },
);

test('tells of an agent reply with its performer, then of the conversation it changed, on the first reply only', async () => {
  const { cable, id } = await listenedConversation();
  const reply = await server.agent.reply(id, 'Yes, until **18:00**.');
  const data = await cable.event('message.created');
  expect(Object.keys(data).sort()).toEqual([...MESSAGE_KEYS, 'performer'].sort());
  expect(data).toMatchObject({ id: reply.id, message_type: 1, sender_type: 'User', sender_id: 1 });
  expect(data.performer).toEqual({
    id: 1,
    name: 'Grace Agent',
    available_name: 'Grace',
    avatar_url: '',
    type: 'user',
    availability_status: 'online',
    thumbnail: '',
  });
  const updated = await cable.event('conversation.updated');
  expect(updated).toMatchObject({ waiting_since: 0, messages: [{ id: reply.id }] });
  expect(updated.first_reply_created_at).toMatch(/Z$/);
  await server.agent.reply(id, 'Anything else?');
  await cable.event('message.created', 2);
  await cable.settle(updated.contact_inbox.pubsub_token);
  expect(cable.events().filter((name) => name === 'conversation.updated')).toHaveLength(1);
});

test('holds private notes and activity back', async () => {
  const { cable, contact, id } = await listenedConversation();
  await server.agent.note(id, 'secret');
  await server.agent.assign(id, 2);
  const updated = await cable.event('conversation.updated');
  expect(updated).toMatchObject({ messages: [], meta: { assignee: { id: 2 }, assignee_type: 'User' } });
  await cable.settle(contact.pubsub_token);
  expect(cable.events()).not.toContain('message.created');
  const kinds = (await server.agent.messages(id)).map((message) => [message.message_type, message.private]);
  expect(kinds).toEqual([
    [1, true],
    [2, false],
  ]);
});

test('gives two frames for a change of status, with growing versions, and none when nothing changed', async () => {
  const { cable, contact, id, url } = await listenedConversation();
  await server.agent.resolve(id);
  await call(`${url}/toggle_status`, 'POST');
  await server.agent.snooze(id, 1_999_999_999);
  const snoozed = await cable.event('conversation.updated', 2);
  expect(snoozed.snoozed_until).toBe('2033-05-18T03:33:19.000Z');
  await cable.settle(contact.pubsub_token);
  expect(cable.events().filter((name) => name.startsWith('conversation'))).toEqual([
    'conversation.created',
    'conversation.status_changed',
    'conversation.updated',
    'conversation.status_changed',
    'conversation.updated',
  ]);
  const resolved = await cable.event('conversation.status_changed');
  expect(Object.keys(resolved).sort()).toEqual(CONVERSATION_KEYS);
  expect(resolved.status).toBe('resolved');
  expect(snoozed.updated_at).toBeGreaterThan(resolved.updated_at);
});

test('tells of an answer to an interactive message with what it replaced, and of nothing when nothing changed', async () => {
  const { cable, contact, id, url } = await listenedConversation();
  const items = [{ title: 'Books', value: 'books' }];
  const question = await server.agent.select(id, 'Pick one', items);
  const answer = (submitted_values: unknown) =>
    call(`${url}/messages/${question.id}`, 'PATCH', { submitted_values });
  await answer(items);
  await answer(items);
  await answer('text');
  const updated = await cable.event('message.updated');
  await cable.settle(contact.pubsub_token);
  expect(cable.events().filter((name) => name === 'message.updated')).toHaveLength(1);
  expect(Object.keys(updated).sort()).toEqual([...MESSAGE_KEYS, 'previous_changes'].sort());
  expect(Object.keys(updated.previous_changes)).toEqual(['updated_at', 'content_attributes']);
  expect(updated.previous_changes.content_attributes).toEqual([
    { items },
    { items, submitted_values: items },
  ]);
  expect(updated.sender.availability_status).toBeNull();
});

test('marks every message of others as read, one update each', async () => {
  const { cable, contact, id, url } = await listenedConversation();
  await call(`${url}/messages`, 'POST', { content: 'mine' });
  const replies = [await server.agent.reply(id, 'one'), await server.agent.reply(id, 'two')];
  await server.agent.note(id, 'not for you');
  await call(`${url}/update_last_seen`, 'POST');
  await call(`${url}/update_last_seen`, 'POST');
  const second = await cable.event('message.updated', 2);
  await cable.settle(contact.pubsub_token);
  const updates = cable.frames.filter(({ message }) => message?.event === 'message.updated');
  expect(updates.map(({ message }) => message.data.id)).toEqual(replies.map((reply) => reply.id));
  expect(Object.keys(second).sort()).toEqual([...MESSAGE_KEYS, 'previous_changes'].sort());
  expect(second).toMatchObject({ status: 'read', previous_changes: { status: ['sent', 'read'] } });
});

test('tells of a deletion with the tombstone and what it replaced', async () => {
  const { cable, id } = await listenedConversation();
  const reply = await server.agent.reply(id, 'wrong');
  await server.agent.deleteMessage(id, reply.id);
  const data = await cable.event('message.updated');
  expect(data).toMatchObject({ content: 'This message was deleted', content_attributes: { deleted: true } });
  expect(data.previous_changes).toMatchObject({
    content: ['wrong', 'This message was deleted'],
    content_attributes: [{}, { deleted: true }],
    processed_message_content: ['wrong', 'This message was deleted'],
  });
  expect(data.performer).toMatchObject({ id: 1, type: 'user' });
});

test('tells of an agent typing, private or not, and never of the contact itself', async () => {
  const { cable, contact, id, url } = await listenedConversation();
  await call(`${url}/toggle_typing`, 'POST', { typing_status: 'on' });
  await server.agent.typing(id, 'on');
  await server.agent.typing(id, 'off');
  await server.agent.typing(id, 'on', true);
  const second = await cable.event('conversation.typing_on', 2);
  await cable.settle(contact.pubsub_token);
  expect(cable.events().filter((name) => name.includes('typing'))).toEqual([
    'conversation.typing_on',
    'conversation.typing_off',
    'conversation.typing_on',
  ]);
  expect(Object.keys(second).sort()).toEqual([
    'account_id',
    'conversation',
    'is_private',
    'performer',
    'user',
  ]);
  expect(second.is_private).toBe(true);
  expect((await cable.event('conversation.typing_on')).is_private).toBe(false);
  expect(second.conversation.id).toBe(id);
  expect(second.conversation).not.toHaveProperty('account_id');
});

test('fans messages out to all verified sessions of a contact, but typing only to the owner', async () => {
  const proof = { identifier: 'stan', identifier_hash: identifierHash('strict-hmac-secret-demo', 'stan') };
  const { contact, id } = await newConversation(server, proof, 'strict-inbox-demo');
  const verified = await newContact(server, proof, 'strict-inbox-demo');
  const unverified = await newContact(server, proof, 'strict-inbox-demo');
  await call(contact.url, 'PATCH', proof);
  await call(verified.url, 'PATCH', proof);
  const [owner, sibling, stranger] = [
    await listen(contact.pubsub_token),
    await listen(verified.pubsub_token),
    await listen(unverified.pubsub_token),
  ];
  await server.agent.typing(id, 'on');
  await server.agent.reply(id, 'Hi Stan');
  await owner.event('message.created');
  await sibling.event('message.created');
  await sibling.settle(verified.pubsub_token);
  await stranger.settle(unverified.pubsub_token);
  expect(owner.events()).toContain('conversation.typing_on');
  expect(sibling.events()).not.toContain('conversation.typing_on');
  expect(stranger.events()).toEqual(['presence.update', 'presence.update']);
});
