// @vitest-environment node
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { newContact, RawCable, roomIdentifier } from './support';

let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeAll(async () => {
  server = await startServer({ pingInterval: 20 });
});
afterEach(() => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
});
afterAll(() => server.close());

function open(protocols?: string[], path?: string): RawCable {
  const cable = new RawCable(server, protocols, path);
  sockets.push(cable);
  return cable;
}
const welcomed = (cable: RawCable) => cable.until(() => cable.frames.length > 0);

test('welcomes every socket and pings it with unix seconds', async () => {
  const cable = open();
  await cable.until(() => cable.pings.length >= 2);
  expect(cable.frames).toEqual([{ type: 'welcome' }]);
  expect(Object.keys(cable.pings[0] ?? {})).toEqual(['type', 'message']);
  expect(Math.abs(Number(cable.pings[0]?.message) - Date.now() / 1000)).toBeLessThan(5);
});

test.each([
  [['actioncable-v1-json', 'actioncable-unsupported'], 'actioncable-v1-json'],
  [['actioncable-unsupported'], 'actioncable-unsupported'],
  [[], ''],
])('offered %o it picks "%s"', async (offered, picked) => {
  const cable = open(offered);
  await welcomed(cable);
  expect(cable.socket.protocol).toBe(picked);
  expect(cable.socket.extensions).toBe('');
});

test('upgrades without a sub-protocol when it knows none of those offered', async () => {
  await expect(open(['foo-v9']).opened).rejects.toThrow('Server sent no subprotocol');
});

test('accepts /cable/ and answers 404 on another path', async () => {
  await welcomed(open(undefined, '/cable/'));
  await expect(open(undefined, '/other').opened).rejects.toThrow('404');
});

test('confirms with the identifier byte for byte, then tells who is present', async () => {
  const { pubsub_token } = await newContact(server);
  const cable = open();
  await cable.opened;
  const identifier = `{"pubsub_token":"${pubsub_token}", "x":1,"channel":"RoomChannel"}`;
  cable.send({ command: 'subscribe', identifier });
  await cable.event('presence.update');
  expect(cable.frames.slice(1)).toEqual([
    { identifier, type: 'confirm_subscription' },
    { identifier, message: { event: 'presence.update', data: { account_id: 1, users: { 1: 'online' } } } },
  ]);
});

test('meets everything wrong with silence, and a right token on the same socket still works', async () => {
  const { pubsub_token } = await newContact(server);
  const cable = open();
  await cable.opened;
  const right = roomIdentifier(pubsub_token);
  cable.send('{nope');
  cable.send({ command: 'dance', identifier: '{}' });
  cable.send({ command: 'subscribe', identifier: 'hello' });
  cable.send({ command: 'subscribe', identifier: '{"channel":"RoomChannel"}' });
  cable.send({ command: 'subscribe', identifier: roomIdentifier(null) });
  cable.send({ command: 'subscribe', identifier: roomIdentifier('wrongwrongwrong') });
  cable.send({ command: 'subscribe', identifier: JSON.stringify({ channel: 'NoChannel', pubsub_token }) });
  cable.send({
    command: 'subscribe',
    identifier: JSON.stringify({ channel: 'RoomChannel', pubsub_token, user_id: 1 }),
  });
  cable.send({ command: 'message', identifier: right, data: '{"action":"update_presence"}' });
  await cable.subscribe(pubsub_token);
  cable.send({ command: 'subscribe', identifier: right });
  cable.send({ command: 'message', identifier: right, data: '{"action":"no_such_action"}' });
  await cable.settle(pubsub_token);
  expect(cable.frames.map(({ type, message }) => type ?? message.event)).toEqual([
    'welcome',
    'confirm_subscription',
    'presence.update',
    'presence.update',
  ]);
});

test('confirms again after an unsubscribe', async () => {
  const { pubsub_token } = await newContact(server);
  const cable = await open().subscribe(pubsub_token);
  cable.send({ command: 'unsubscribe', identifier: roomIdentifier(pubsub_token) });
  cable.send({ command: 'subscribe', identifier: roomIdentifier(pubsub_token) });
  await cable.event('presence.update', 2);
  expect(cable.frames.filter(({ type }) => type === 'confirm_subscription')).toHaveLength(2);
});

test('sends presence to all tabs of a token, with the first agent whatever it does', async () => {
  const { pubsub_token } = await newContact(server);
  const first = await open().subscribe(pubsub_token);
  await open().subscribe(pubsub_token);
  await first.event('presence.update', 2);
  server.control.setAvailability({ agentId: 1, availability: 'offline' });
  server.control.setAvailability({ agentId: 2, availability: 'busy' });
  await first.settle(pubsub_token);
  expect((await first.event('presence.update', 3)).users).toEqual({ 1: 'offline' });
});

test('serves two tokens on one socket', async () => {
  const [one, two] = [await newContact(server), await newContact(server)];
  const cable = await open().subscribe(one.pubsub_token);
  cable.send({ command: 'subscribe', identifier: roomIdentifier(two.pubsub_token) });
  await cable.event('presence.update', 2);
  await server.agent.startConversation(two.source_id);
  await cable.event('conversation.created');
  const frame = cable.frames.find(({ message }) => message?.event === 'conversation.created');
  expect(frame?.identifier).toBe(roomIdentifier(two.pubsub_token));
});
