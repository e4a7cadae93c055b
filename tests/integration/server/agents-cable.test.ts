// @vitest-environment node
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, newContact, RawCable, roomIdentifier } from './support';

const AGENTS = [
  {
    name: 'Ada Admin',
    availableName: 'Ada',
    apiAccessToken: 'ada',
    pubsubToken: 'ada-cable',
    autoOffline: true,
  },
  { name: 'Grace Agent', availableName: 'Grace', apiAccessToken: 'grace', pubsubToken: 'grace-cable' },
];
const GRACE = { account_id: 1, user_id: 2 };
let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeEach(async () => {
  server = await startServer({ agents: AGENTS, pingInterval: 50 });
});
afterEach(async () => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
  await server.close();
});

function open(): RawCable {
  const cable = new RawCable(server);
  sockets.push(cable);
  return cable;
}
const availability = (value: string) =>
  call(
    `${server.url}/api/v1/profile/availability`,
    'POST',
    { profile: { availability: value, account_id: 1 } },
    { api_access_token: 'grace' },
  );

test('lets an agent in by token, account and user id, and tells it which contacts are there', async () => {
  const { pubsub_token, id } = await newContact(server);
  await open().subscribe(pubsub_token);
  const agent = await open().subscribe('grace-cable', GRACE);
  expect(agent.frames.slice(1)).toEqual([
    { identifier: roomIdentifier('grace-cable', GRACE), type: 'confirm_subscription' },
    {
      identifier: roomIdentifier('grace-cable', GRACE),
      message: {
        event: 'presence.update',
        data: { account_id: 1, users: { 2: 'online' }, contacts: { [id]: 'online' } },
      },
    },
  ]);
});

test.each([
  ['the token of another agent', 'ada-cable', GRACE],
  ['another account', 'grace-cable', { account_id: 2, user_id: 2 }],
  ['no user id', 'grace-cable', {}],
])('is silent to an agent with %s', async (_what, token, keys) => {
  const { pubsub_token } = await newContact(server);
  const cable = open();
  await cable.opened;
  cable.send({ command: 'subscribe', identifier: roomIdentifier(token, keys) });
  cable.send({
    command: 'subscribe',
    identifier: roomIdentifier(pubsub_token, { account_id: 1, user_id: 2 }),
  });
  await cable.subscribe(pubsub_token);
  expect(cable.frames.filter(({ type }) => type === 'confirm_subscription')).toEqual([
    { identifier: roomIdentifier(pubsub_token), type: 'confirm_subscription' },
  ]);
});

test('shows an agent for 20 seconds and a contact for 90 seconds after they were heard of', async () => {
  const { pubsub_token, id } = await newContact(server);
  const contact = await open().subscribe(pubsub_token);
  const agent = await open().subscribe('grace-cable', GRACE);
  server.control.passTime({ ms: 19_000 });
  await contact.settle(pubsub_token);
  expect((await contact.event('presence.update', 2)).users).toEqual({ 2: 'online' });
  server.control.passTime({ ms: 2_000 });
  await contact.settle(pubsub_token);
  expect(await contact.event('presence.update', 3)).toEqual({ account_id: 1, users: {} });
  server.control.passTime({ ms: 89_000 });
  await agent.settle('grace-cable', GRACE);
  expect((await agent.event('presence.update', 2)).contacts).toEqual({ [id]: 'online' });
  server.control.passTime({ ms: 2_000 });
  await agent.settle('grace-cable', GRACE);
  expect((await agent.event('presence.update', 3)).contacts).toEqual({});
});

test('shows the chosen availability of an agent while it is there, and offline otherwise', async () => {
  const { pubsub_token } = await newContact(server);
  const contact = await open().subscribe(pubsub_token);
  await open().subscribe('grace-cable', GRACE);
  const { status, json } = await availability('busy');
  expect([status, json.id, json.name, json.pubsub_token]).toEqual([200, 2, 'Grace Agent', 'grace-cable']);
  expect(json.accounts[0]).toMatchObject({
    availability: 'busy',
    availability_status: 'busy',
    auto_offline: true,
  });
  await contact.settle(pubsub_token);
  expect((await contact.event('presence.update', 2)).users).toEqual({ 2: 'busy' });
  server.control.passTime({ ms: 21_000 });
  expect((await availability('online')).json.accounts[0]).toMatchObject({
    availability: 'online',
    availability_status: 'offline',
  });
});

test('refuses the availability of nobody', async () => {
  const answer = await call(
    `${server.url}/api/v1/profile/availability`,
    'POST',
    {},
    { api_access_token: 'wrong' },
  );
  expect([answer.status, answer.json]).toEqual([401, { error: 'Invalid Access Token' }]);
});

test('tells agents of new and changed contacts, and contacts nothing of it', async () => {
  const agent = await open().subscribe('grace-cable', GRACE);
  const contact = await newContact(server, { name: 'Mira', email: 'mira@reader.test' });
  const tab = await open().subscribe(contact.pubsub_token);
  expect(await agent.event('contact.created')).toEqual({
    additional_attributes: {},
    custom_attributes: {},
    email: 'mira@reader.test',
    id: contact.id,
    identifier: null,
    name: 'Mira',
    phone_number: null,
    thumbnail: '',
    blocked: false,
    type: 'contact',
    account_id: 1,
  });
  await newContact(server, { email: 'mira@reader.test' });
  await call(contact.url, 'PATCH', { name: 'Mira R.' });
  expect(await agent.event('contact.updated')).toMatchObject({ id: contact.id, name: 'Mira R.' });
  expect(await agent.event('contact.updated')).not.toHaveProperty('performer');
  const byAgent = await call(
    `${server.url}/api/v1/accounts/1/contacts/${contact.id}`,
    'PATCH',
    { name: 'Mira By Agent' },
    { api_access_token: 'grace' },
  );
  expect(byAgent.json.payload).toMatchObject({ name: 'Mira By Agent', availability_status: 'online' });
  expect(
    byAgent.json.payload.contact_inboxes.map(({ source_id }: { source_id: string }) => source_id),
  ).toContain(contact.source_id);
  expect(await agent.event('contact.updated', 2)).toMatchObject({
    name: 'Mira By Agent',
    performer: { id: 2, type: 'user', availability_status: 'online' },
  });
  await tab.settle(contact.pubsub_token);
  expect(tab.events().filter((event) => event.startsWith('contact.'))).toEqual([]);
  expect(agent.events().filter((event) => event === 'contact.created')).toHaveLength(1);
});

test('pings with the time of the server', async () => {
  const cable = open();
  await cable.opened;
  server.control.passTime({ ms: 3_600_000 });
  const anHourOn = Date.now() / 1000 + 3_000;
  await cable.until(() => Number(cable.pings.at(-1)?.message) > anHourOn);
});
