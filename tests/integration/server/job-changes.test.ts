// @vitest-environment node
// What changes without anybody at hand: messages by jobs, and snoozed conversations by the time.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, RawCable } from './support';

let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeEach(async () => {
  server = await startServer({ agents: [{ name: 'Grace', apiAccessToken: 'grace', autoOffline: true }] });
});
afterEach(async () => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
  await server.close();
});

async function listened() {
  const contact = await newContact(server);
  const cable = await new RawCable(server).subscribe(contact.pubsub_token);
  sockets.push(cable);
  const { json } = await call(`${contact.url}/conversations`, 'POST', {});
  const url = `${contact.url}/conversations/${json.id}`;
  const say = async (body: unknown) => (await call(`${url}/messages`, 'POST', body)).json;
  return { cable, id: json.id as number, url, say, settle: () => cable.settle(contact.pubsub_token) };
}

test('a failed webhook is told once, with what was before and nobody as its performer', async () => {
  const { cable, say, settle } = await listened();
  const { id: messageId } = await say({ content: 'hi' });
  const fields = { status: 'failed', content_attributes: { external_error: 'timeout' } } as const;
  server.control.changeMessage({ messageId, fields });
  const data = await cable.event('message.updated');
  expect(data).toMatchObject({ id: messageId, ...fields });
  expect(data.previous_changes).toEqual({
    updated_at: [expect.any(String), data.updated_at],
    status: ['sent', 'failed'],
    content_attributes: [{}, { external_error: 'timeout' }],
  });
  expect(data).not.toHaveProperty('performer');
  server.control.changeMessage({ messageId, fields });
  await settle();
  expect(cable.events().filter((name) => name === 'message.updated')).toHaveLength(1);
});

test('a translation stands beside the other attributes, over the control door too', async () => {
  const { cable, id, url } = await listened();
  const items = [{ title: 'A', value: 'a' }];
  const { id: messageId } = await server.agent.select(id, 'Well?', items);
  const fields = { content_attributes: { translations: { de: 'Nun?' } } };
  const { status } = await call(`${server.url}/__control/changeMessage`, 'POST', { messageId, fields });
  expect(status).toBe(200);
  const kept = { items, translations: { de: 'Nun?' } };
  expect((await cable.event('message.updated')).content_attributes).toEqual(kept);
  expect((await call(`${url}/messages`)).json[0].content_attributes).toEqual(kept);
});

test('a transcription is told with no previous changes', async () => {
  const { cable, say } = await listened();
  const form = new FormData();
  form.append('attachments[]', new File(['...'], 'a.ogg', { type: 'audio/ogg' }));
  form.append('attachments[]', new File(['...'], 'a.txt', { type: 'text/plain' }));
  const { id: messageId, attachments } = await say(form);
  expect(attachments[0].transcribed_text).toBe('');
  server.control.changeMessage({ messageId, fields: { transcribed_text: 'Hello?' } });
  const data = await cable.event('message.updated');
  expect(data.previous_changes).toEqual({});
  expect(data.attachments[0].transcribed_text).toBe('Hello?');
  expect(data.attachments[1]).not.toHaveProperty('transcribed_text');
});

test('a message that is not there cannot be changed', () => {
  const fields = { content: 'x' };
  expect(() => server.control.changeMessage({ messageId: 99, fields })).toThrow('There is no message 99.');
});

test('a snoozed conversation opens when its time is over, and nobody is noted as who did it', async () => {
  const { cable, id, url, settle } = await listened();
  await server.agent.snooze(id, Math.floor(server.store.now() / 1000) + 3600);
  await cable.event('conversation.updated');
  server.control.passTime({ ms: 3_500_000 });
  await settle();
  expect((await call(url)).json.status).toBe('snoozed');
  server.control.passTime({ ms: 200_000 });
  await settle();
  expect((await call(url)).json.status).toBe('open');
  expect(await cable.event('conversation.status_changed', 2)).toMatchObject({
    status: 'open',
    snoozed_until: null,
  });
  expect(cable.events().filter((name) => name !== 'presence.update')).toEqual([
    'conversation.created',
    'conversation.status_changed',
    'conversation.updated',
    'conversation.status_changed',
    'conversation.updated',
  ]);
  const notes = (await server.agent.messages(id)).map(({ content }) => content);
  expect(notes).toEqual(['Conversation was snoozed by Grace']);
});

test('the end of an earlier snooze changes nothing later on', async () => {
  const { id, url, settle } = await listened();
  const now = Math.floor(server.store.now() / 1000);
  await server.agent.snooze(id, now + 60);
  await server.agent.resolve(id);
  server.control.passTime({ ms: 120_000 });
  await settle();
  expect((await call(url)).json.status).toBe('resolved');
  await server.agent.snooze(id, now + 600);
  await server.agent.open(id);
  await server.agent.snooze(id, now + 6000);
  server.control.passTime({ ms: 700_000 });
  await settle();
  expect((await call(url)).json.status).toBe('snoozed');
});
