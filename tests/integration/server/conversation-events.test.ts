// @vitest-environment node
// What contacts hear when a conversation wakes, is muted, labelled, assigned or deleted.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, RawCable } from './support';

let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterEach(() => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
});
afterAll(() => server.close());

/** A contact with one conversation, and a socket that joined before it began. */
async function listenedConversation() {
  const contact = await newContact(server, { name: 'Mira' });
  const cable = await new RawCable(server).subscribe(contact.pubsub_token);
  sockets.push(cable);
  const { json } = await call(`${contact.url}/conversations`, 'POST', {});
  await cable.event('conversation.created');
  return { contact, cable, id: json.id as number, url: `${contact.url}/conversations/${json.id}` };
}

test.each(['resolve', 'snooze'] as const)(
  'wakes a conversation by a message after %s: its two frames, then the message, then the wait if it begins',
  async (how) => {
    const { cable, id, url } = await listenedConversation();
    await server.agent.reply(id, 'ends the wait');
    if (how === 'resolve') await server.agent.resolve(id);
    else await server.agent.snooze(id, 1_999_999_999);
    await cable.event('conversation.updated', 2);
    const seen = cable.events().length;
    const { json } = await call(`${url}/messages`, 'POST', { content: 'one more thing' });
    await cable.event('conversation.updated', 4);
    expect(cable.events().slice(seen)).toEqual([
      'conversation.status_changed',
      'conversation.updated',
      'message.created',
      'conversation.updated',
    ]);
    const [first, second] = [
      await cable.event('conversation.updated', 3),
      await cable.event('conversation.updated', 4),
    ];
    expect(first).toMatchObject({ status: 'open', waiting_since: 0, snoozed_until: null });
    expect(first.messages).toMatchObject([{ id: json.id }]);
    expect(second.waiting_since).toBe(json.created_at);
  },
);

test('hides the change of status when waking gives the conversation to an agent', async () => {
  const { cable, id, url } = await listenedConversation();
  await server.agent.assign(id, null);
  await server.agent.resolve(id);
  await cable.event('conversation.updated', 2);
  const seen = cable.events().length;
  await call(`${url}/messages`, 'POST', { content: 'one more thing' });
  await cable.event('conversation.updated', 4);
  expect(cable.events().slice(seen)).toEqual([
    'conversation.updated',
    'message.created',
    'conversation.updated',
  ]);
  expect(await cable.event('conversation.updated', 3)).toMatchObject({
    status: 'open',
    meta: { assignee: { id: 1, availability_status: null }, assignee_type: 'User' },
  });
});

test('leaves a resolved conversation of a muted contact as it is, but lets it wait', async () => {
  const { cable, contact, id, url } = await listenedConversation();
  await server.agent.mute(id);
  const seen = (await cable.event('conversation.updated')) && cable.events().length;
  await call(`${url}/messages`, 'POST', { content: 'blocked?' });
  const updated = await cable.event('conversation.updated', 2);
  expect(cable.events().slice(seen)).toEqual(['message.created', 'conversation.updated']);
  expect(updated).toMatchObject({ status: 'resolved', meta: { sender: { blocked: true } } });
  await server.agent.unmute(id);
  await cable.settle(contact.pubsub_token);
  expect(cable.events().slice(seen + 2)).toEqual(['presence.update']);
});

test('tells of labels, attributes, priority and an assignment by one update each, none when nothing changed', async () => {
  const { cable, contact, id } = await listenedConversation();
  for (let twice = 0; twice < 2; twice++) {
    await server.agent.setLabels(id, ['vip', 'cart']);
    await server.agent.setAttributes(id, { order: 'A-17' });
    await server.agent.setPriority(id, 'high');
    await server.agent.assign(id, 2);
  }
  await cable.settle(contact.pubsub_token);
  expect(cable.events().filter((name) => name === 'conversation.updated')).toHaveLength(4);
  expect(await cable.event('conversation.updated', 4)).toMatchObject({
    labels: ['vip', 'cart'],
    custom_attributes: { order: 'A-17' },
    priority: 'high',
    meta: { assignee: { id: 2 }, team: null },
  });
});

test('deletes a conversation in silence', async () => {
  const { cable, contact, id, url } = await listenedConversation();
  await server.agent.deleteConversation(id);
  await cable.settle(contact.pubsub_token);
  expect(cable.events().filter((name) => name !== 'presence.update')).toEqual(['conversation.created']);
  for (const path of ['', '/messages', '/toggle_status'])
    expect((await call(url + path, path === '/toggle_status' ? 'POST' : 'GET')).status).toBe(404);
});
