// @vitest-environment node
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentOptions } from '../../server/records/records';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, inboxUrl, newContact, newConversation, RawCable, roomIdentifier } from './support';

const AGENTS: AgentOptions[] = [
  { name: 'Grace Agent', apiAccessToken: 'grace', pubsubToken: 'grace-cable', role: 'administrator' },
  { name: 'Linus Agent', apiAccessToken: 'linus' },
];
const GRACE = { account_id: 1, user_id: 1 };
let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeAll(async () => {
  server = await startServer({ agents: AGENTS });
});
afterEach(() => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
  server.control.reset();
});
afterAll(() => server.close());

function open(): RawCable {
  const cable = new RawCable(server);
  sockets.push(cable);
  return cable;
}
const asAgent = (method: string, path: string, body?: object) =>
  call(`${server.url}/api/v1/accounts/1/${path}`, method, body, { api_access_token: 'grace' });
const ABOUT_CONTACTS = /^contact\.(merged|deleted|updated)$|contact_changed|^message\.updated$/;

/** A contact with a conversation and one message. */
async function writer(fields: object = {}) {
  const made = await newConversation(server, fields);
  const { json } = await call(`${made.url}/messages`, 'POST', { content: 'hello' });
  return { ...made, messageId: json.id as number };
}

test('merges a contact whose new e-mail belongs to another one into that one', async () => {
  const base = await newContact(server, {
    email: 'mira@reader.test',
    custom_attributes: { plan: 'gold', a: { b: 1 } },
  });
  const { contact, id, url, messageId } = await writer({
    name: 'Late',
    phone_number: '+4915112345678',
    custom_attributes: { plan: 'none', a: { c: 2 } },
  });
  const tab = await open().subscribe(contact.pubsub_token);
  const agent = await open().subscribe('grace-cable', GRACE);
  const answer = await call(contact.url, 'PATCH', { email: 'Mira@reader.test', name: 'Late Identifier' });
  expect(answer.json).toMatchObject({
    id: base.id,
    name: 'Late Identifier',
    email: 'mira@reader.test',
    phone_number: '+4915112345678',
    custom_attributes: { plan: 'gold', a: { b: 1, c: 2 } },
  });
  expect((await call(contact.url)).json).toMatchObject({
    source_id: contact.source_id,
    pubsub_token: contact.pubsub_token,
    id: base.id,
  });
  expect((await call(url)).json).toMatchObject({
    id,
    contact: { id: base.id },
    messages: [{ sender: { id: base.id } }],
  });
  expect(server.store.contacts.map((one) => one.id)).toEqual([base.id]);

  expect(await tab.event('message.updated')).toMatchObject({
    id: messageId,
    sender_id: base.id,
    previous_changes: { sender_id: [contact.id, base.id] },
  });
  await tab.settle(contact.pubsub_token);
  expect(tab.events()).toEqual(['presence.update', 'message.updated', 'presence.update']);
  await agent.event('contact.updated');
  expect(agent.events().filter((event) => ABOUT_CONTACTS.test(event))).toEqual([
    'contact.merged',
    'conversation.contact_changed',
    'message.updated',
    'contact.deleted',
    'contact.updated',
  ]);
  expect(await agent.event('contact.deleted')).toMatchObject({ id: contact.id, name: 'Late' });
  expect(await agent.event('contact.updated')).toMatchObject({ id: base.id, name: 'Late Identifier' });
  expect(await agent.event('contact.merged')).not.toHaveProperty('performer');
});

test('merges by phone number, but drops one whose owner has another e-mail', async () => {
  const owner = await newContact(server, { phone_number: '+4915100000001' });
  const first = await newContact(server);
  const merged = await call(first.url, 'PATCH', { phone_number: '+4915100000001' });
  expect(merged.json.id).toBe(owner.id);

  await newContact(server, { email: 'owner@reader.test', phone_number: '+4915100000002' });
  const second = await newContact(server);
  const kept = await call(second.url, 'PATCH', {
    email: 'second@reader.test',
    phone_number: '+4915100000002',
  });
  expect(kept.json).toMatchObject({ id: second.id, email: 'second@reader.test', phone_number: null });
});

test('merges nothing when the rest of the update is refused', async () => {
  const base = await newContact(server, { email: 'mira@reader.test' });
  const other = await newContact(server);
  const answer = await call(other.url, 'PATCH', { email: 'mira@reader.test', name: 'n'.repeat(256) });
  expect(answer.status).toBe(422);
  expect((await call(other.url)).json.id).not.toBe(base.id);
});

test('refuses an agent an e-mail that another contact has', async () => {
  await newContact(server, { email: 'mira@reader.test' });
  const other = await newContact(server);
  const answer = await asAgent('PATCH', `contacts/${other.id}`, { email: 'mira@reader.test' });
  expect([answer.status, answer.json]).toEqual([
    422,
    { message: 'Email has already been taken', attributes: ['email'] },
  ]);
  expect(server.store.contacts).toHaveLength(2);
});

test('lets an agent merge two contacts, telling agents who did it', async () => {
  const base = await newContact(server, { name: 'Mira' });
  const { contact, url } = await writer({ name: 'Temp', email: 'temp@reader.test' });
  const agent = await open().subscribe('grace-cable', GRACE);
  const answer = await asAgent('POST', 'actions/contact_merge', {
    base_contact_id: base.id,
    mergee_contact_id: contact.id,
  });
  expect([answer.status, answer.json.id, answer.json.name, answer.json.email]).toEqual([
    200,
    base.id,
    'Mira',
    'temp@reader.test',
  ]);
  expect(answer.json).not.toHaveProperty('payload');
  await agent.event('contact.updated');
  const told = agent.frames.flatMap(({ message }) => (ABOUT_CONTACTS.test(message?.event) ? [message] : []));
  expect(told.map(({ event }) => event)).toEqual([
    'contact.merged',
    'conversation.contact_changed',
    'message.updated',
    'contact.deleted',
    'contact.updated',
  ]);
  for (const { data } of told) expect(data.performer).toMatchObject({ id: 1, name: 'Grace Agent' });
  expect((await call(url)).json.contact.id).toBe(base.id);
  expect(
    (await asAgent('POST', 'actions/contact_merge', { base_contact_id: base.id, mergee_contact_id: 999 }))
      .status,
  ).toBe(404);
});

test('deletes a contact only when it is offline; then its addresses are gone and its conversations too', async () => {
  const { contact, id } = await newConversation(server, { name: 'Gone Soon' });
  const tab = await open().subscribe(contact.pubsub_token);
  const agent = await open().subscribe('grace-cable', GRACE);
  const refused = await asAgent('DELETE', `contacts/${contact.id}`);
  expect([refused.status, refused.json]).toEqual([
    422,
    { message: 'Gone soon is Online, please try again later' },
  ]);
  server.control.forgetPresence({ contactId: contact.id });
  const address = `${server.url}/api/v1/accounts/1/contacts/${contact.id}`;
  expect((await call(address, 'DELETE', undefined, { api_access_token: 'linus' })).status).toBe(401);
  const deleted = await asAgent('DELETE', `contacts/${contact.id}`);
  expect([deleted.status, deleted.text]).toEqual([200, '']);
  expect(await agent.event('contact.deleted')).toMatchObject({ id: contact.id, performer: { id: 1 } });
  expect((await call(contact.url)).status).toBe(404);
  expect((await call(`${contact.url}/conversations`, 'POST', {})).status).toBe(404);
  expect((await asAgent('GET', `conversations/${id}`)).status).toBe(404);

  await tab.settle(contact.pubsub_token);
  expect(tab.events()).toEqual(['presence.update', 'presence.update']);
  const { pubsub_token } = await newContact(server);
  const again = open();
  await again.opened;
  again.send({ command: 'subscribe', identifier: roomIdentifier(contact.pubsub_token) });
  await again.subscribe(pubsub_token);
  expect(again.frames.filter(({ type }) => type === 'confirm_subscription')).toEqual([
    { identifier: roomIdentifier(pubsub_token), type: 'confirm_subscription' },
  ]);
});

test('deletes what agents were told of a contact with it, so that it counts no more', async () => {
  const agent = await open().subscribe('grace-cable', GRACE);
  const { contact } = await newConversation(server);
  const kept = await newConversation(server);
  expect(await agent.event('notification.created', 2)).toMatchObject({ unread_count: 2 });
  await asAgent('DELETE', `contacts/${contact.id}`);
  await call(`${kept.url}/messages`, 'POST', { content: 'still here' });
  // The new one and the one it replaces, both of the conversation that is still there.
  expect(await agent.event('notification.created', 3)).toMatchObject({ unread_count: 2 });
  expect(await agent.event('notification.deleted')).toMatchObject({ unread_count: 1 });
});

test('notes half a minute after a contact got an e-mail that a picture was looked for', async () => {
  const contact = await newContact(server, { email: 'mira@reader.test' });
  const before = (await call(contact.url, 'PATCH', {})).json;
  expect(before.additional_attributes).toEqual({});
  server.control.passTime({ ms: 31_000 });
  const after = (await call(contact.url, 'PATCH', {})).json;
  expect(Object.keys(after.additional_attributes)).toEqual(['avatar_url_hash', 'last_avatar_sync_at']);
  expect(after.additional_attributes.avatar_url_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(after.additional_attributes.last_avatar_sync_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(after.updated_at).toBe(before.updated_at);
  const plain = await newContact(server);
  server.control.passTime({ ms: 31_000 });
  expect((await call(plain.url, 'PATCH', {})).json.additional_attributes).toEqual({});
  expect((await call(`${inboxUrl(server)}/contacts`, 'POST', {})).status).toBe(200);
});
