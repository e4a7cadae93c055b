// @vitest-environment node
// What agents hear of conversations and messages, and contacts do not: activity, notes, assignments, notifications.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { createAgentClient } from '../../server/testing/agent-client';
import { call, newContact, newConversation, RawCable } from './support';

const GRACE = { name: 'Grace Agent', apiAccessToken: 'grace', pubsubToken: 'grace-cable' };
const LINUS = { name: 'Linus Agent', apiAccessToken: 'linus', pubsubToken: 'linus-cable' };
let server: CarbonChatServer;
let agent: RawCable;
let contactsCable: RawCable | null;
beforeEach(async () => {
  server = await startServer({ agents: [GRACE, LINUS].map((one) => ({ ...one, autoOffline: true })) });
  contactsCable = null;
});
afterEach(async () => {
  agent.socket.terminate();
  contactsCable?.socket.terminate();
  await server.close();
});

const listen = async () => {
  agent = await new RawCable(server).subscribe('grace-cable', { account_id: 1, user_id: 1 });
};
/** Everything the agent heard so far but presence, in order. */
async function heard(): Promise<string[]> {
  await agent.settle('grace-cable', { account_id: 1, user_id: 1 });
  return agent.events().filter((name) => name !== 'presence.update');
}
/** What was heard from now on. */
async function hearing(deed: () => Promise<unknown>): Promise<string[]> {
  const before = (await heard()).length;
  await deed();
  return (await heard()).slice(before);
}
const activity = async (id: number) =>
  (await server.agent.messages(id)).flatMap((one) => (one.message_type === 2 ? [one.content] : []));

test('gives a new conversation to the agent that is online, without a note of it', async () => {
  await listen();
  const { id } = await newConversation(server);
  expect(await heard()).toEqual([
    'contact.created',
    'conversation.created',
    'assignee.changed',
    'notification.created',
  ]);
  expect((await agent.event('conversation.created')).meta.assignee).toMatchObject({ id: 1 });
  const { notification, ...counts } = await agent.event('notification.created');
  expect(counts).toEqual({ unread_count: 1, count: 1, account_id: 1 });
  expect(notification).toMatchObject({
    notification_type: 'conversation_assignment',
    secondary_actor: null,
    primary_actor: { id },
    user: { id: 1, availability_status: null },
    push_message_title: ': No content',
  });
  expect(notification.primary_actor).not.toHaveProperty('account_id');
  expect(await activity(id)).toEqual([]);
});

test('gives conversations by turns, and to nobody when nobody is online', async () => {
  await listen();
  const second = await new RawCable(server).subscribe('linus-cable', { account_id: 1, user_id: 2 });
  const assignees: unknown[] = [];
  for (let n = 0; n < 3; n++) {
    const { id } = await newConversation(server);
    assignees.push((await server.agent.conversation(id)).meta.assignee?.id);
  }
  second.socket.terminate();
  server.control.passTime({ ms: 30_000 });
  const { id } = await newConversation(server);
  expect(assignees).toEqual([1, 2, 1]);
  expect((await server.agent.conversation(id)).meta).not.toHaveProperty('assignee');
});

test('hears a message of the contact, of the contact itself, and one notification that replaces the last', async () => {
  await listen();
  const { url } = await newConversation(server, { name: 'Mira' });
  const events = await hearing(() =>
    call(`${url}/messages`, 'POST', { content: '**Hi** <b>you</b>\nthere', echo_id: 'e' }),
  );
  expect(events).toEqual([
    'message.created',
    'contact.updated',
    'notification.created',
    'notification.deleted',
  ]);
  expect(await agent.event('message.created')).toMatchObject({ echo_id: 'e', message_type: 0 });
  const first = await agent.event('notification.created');
  expect(await agent.event('notification.created', 2)).toMatchObject({
    unread_count: 2,
    notification: {
      notification_type: 'assigned_conversation_new_message',
      secondary_actor: { content: '**Hi** <b>you</b>\nthere' },
      push_message_body: 'Mira: Hi you there',
    },
  });
  expect(await agent.event('notification.deleted')).toEqual({
    notification: { id: first.notification.id },
    unread_count: 1,
    count: 1,
    account_id: 1,
  });
});

test('notes the first reply of a person, and tells others that take part of every reply', async () => {
  const { id } = await newConversation(server);
  const linus = createAgentClient(() => server.url, 1, 'linus');
  await linus.assign(id, 1);
  await listen();
  expect(await hearing(() => linus.reply(id, 'one'))).toEqual([
    'message.created',
    'first.reply.created',
    'conversation.updated',
    'notification.created',
    'notification.deleted',
  ]);
  expect(await hearing(() => linus.note(id, 'between us'))).toEqual([
    'message.created',
    'notification.created',
    'notification.deleted',
  ]);
  await linus.assign(id, null);
  await hearing(() => linus.reply(id, 'two'));
  expect(await agent.event('notification.created', 3)).toMatchObject({
    notification: { notification_type: 'participating_conversation_new_message' },
  });
  expect(await hearing(() => server.agent.reply(id, 'my own'))).toEqual(['message.created']);
});

test('hears nothing by notification of a blocked contact', async () => {
  await listen();
  const { id, url } = await newConversation(server);
  const events = await hearing(() => server.agent.mute(id));
  expect(events).toEqual([
    'conversation.status_changed',
    'contact.updated',
    'message.created',
    'conversation.updated',
    'message.created',
  ]);
  expect(await agent.event('contact.updated')).toMatchObject({ blocked: true, performer: { id: 1 } });
  expect(await hearing(() => call(`${url}/messages`, 'POST', { content: 'x' }))).toEqual([
    'message.created',
    'contact.updated',
    'conversation.updated',
  ]);
});

test('reads notifications by reading the conversation, and hears of nothing else', async () => {
  await listen();
  const { id, url } = await newConversation(server);
  await call(`${url}/messages`, 'POST', { content: 'hi' });
  expect(await hearing(() => server.agent.read(id))).toEqual(['notification.updated']);
  const data = await agent.event('notification.updated');
  expect(data).toMatchObject({ unread_count: 0, performer: { id: 1, availability_status: 'online' } });
  expect(data.notification.read_at).toMatch(/Z$/);
  expect(await hearing(() => server.agent.read(id))).toEqual([]);
});

test('hears that the contact has read, with an update for every message, notes and activity too', async () => {
  await listen();
  const { id, url } = await newConversation(server);
  await server.agent.reply(id, 'reply');
  await server.agent.note(id, 'note');
  await server.agent.setLabels(id, ['vip']);
  expect(await hearing(() => call(`${url}/update_last_seen`, 'POST'))).toEqual([
    'conversation.read',
    'message.updated',
    'message.updated',
    'message.updated',
  ]);
  expect((await agent.event('conversation.read')).contact_last_seen_at).toBeGreaterThan(0);
});

test('hears the contact typing, and another agent, but not itself', async () => {
  await listen();
  const { contact, id, url } = await newConversation(server);
  contactsCable = await new RawCable(server).subscribe(contact.pubsub_token);
  const type = (typing_status: string, query = '') =>
    call(`${url}/toggle_typing${query}`, 'POST', query ? undefined : { typing_status });
  const events = await hearing(async () => {
    await type('on');
    await type('maybe');
    await type('', '?typing_status=off');
    await server.agent.typing(id, 'on');
    await createAgentClient(() => server.url, 1, 'linus').typing(id, 'on', true);
  });
  expect(events).toEqual(['conversation.typing_on', 'conversation.typing_off', 'conversation.typing_on']);
  const data = await agent.event('conversation.typing_on');
  expect(Object.keys(data).sort()).toEqual(['account_id', 'conversation', 'is_private', 'user']);
  expect(data).toMatchObject({ user: { id: contact.id, type: 'contact' }, is_private: false });
  await contactsCable.settle(contact.pubsub_token);
  expect(contactsCable.events().filter((name) => name.includes('typing'))).toEqual([
    'conversation.typing_on',
    'conversation.typing_on',
  ]);
});

test('finds a note of everything that was done, in the recorded words', async () => {
  const { id, url } = await newConversation(server, { name: 'Mira Reader' });
  await listen();
  await server.agent.assign(id, 2);
  await server.agent.assign(id, 1);
  await server.agent.assign(id, null);
  await server.agent.setLabels(id, ['vip', 'cart']);
  await server.agent.setLabels(id, ['cart']);
  await server.agent.setPriority(id, 'high');
  await server.agent.setPriority(id, 'low');
  await server.agent.setPriority(id, null);
  await server.agent.resolve(id);
  await call(`${url}/messages`, 'POST', { content: 'taken by turn' });
  await server.agent.snooze(id, 1_999_999_999);
  await call(`${url}/messages`, 'POST', { content: 'wakes it' });
  await server.agent.pend(id);
  await server.agent.open(id);
  await call(`${url}/toggle_status`, 'POST');
  await server.agent.mute(id);
  await server.agent.unmute(id);
  expect(await activity(id)).toEqual([
    'Assigned to Linus Agent by Grace Agent',
    'Grace Agent self-assigned this conversation',
    'Conversation unassigned by Grace Agent',
    'Grace Agent added vip, cart',
    'Grace Agent removed vip',
    'Grace Agent set the priority to high',
    'Grace Agent changed the priority from high to low',
    'Grace Agent removed the priority',
    'Conversation was marked resolved by Grace Agent',
    'Assigned to Grace Agent by Automation System',
    'Conversation was snoozed by Grace Agent',
    'System reopened the conversation due to a new incoming message.',
    'System reopened the conversation due to a new incoming message.',
    'Conversation was reopened by Grace Agent',
    'Conversation was resolved by Mira reader',
    'Grace Agent has muted the conversation',
    'Grace Agent has unmuted the conversation',
  ]);
});

test('tells contacts nothing of notes, activity, assignments, notifications and reading', async () => {
  await listen();
  const contact = await newContact(server);
  contactsCable = await new RawCable(server).subscribe(contact.pubsub_token);
  const { json } = await call(`${contact.url}/conversations`, 'POST', {});
  await server.agent.note(json.id, 'secret');
  await server.agent.setPriority(json.id, 'high');
  await server.agent.read(json.id);
  await call(`${contact.url}/conversations/${json.id}/update_last_seen`, 'POST');
  await server.agent.deleteMessage(json.id, (await server.agent.note(json.id, 'also secret')).id);
  await contactsCable.settle(contact.pubsub_token);
  expect(contactsCable.events().filter((name) => name !== 'presence.update')).toEqual([
    'conversation.created',
    'conversation.updated',
  ]);
});
