// @vitest-environment node
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CarbonChatServer, startServer } from '../../server/server';
import { call, inboxUrl, newContact, newConversation, RawCable } from './support';

let server: CarbonChatServer;
const sockets: RawCable[] = [];
beforeAll(async () => {
  server = await startServer({ pingInterval: 20, seed: 7 });
});
afterEach(() => {
  for (const cable of sockets.splice(0)) cable.socket.terminate();
  server.control.reset();
});
afterAll(() => server.close());

async function listenedConversation() {
  const conversation = await newConversation(server);
  const cable = new RawCable(server);
  sockets.push(cable);
  await cable.subscribe(conversation.contact.pubsub_token);
  return { ...conversation, cable, token: conversation.contact.pubsub_token };
}
const contents = () =>
  server.store.conversations.flatMap(({ messages }) => messages.map(({ content }) => content));
const MESSAGES = { method: 'POST', path: '/messages$' };

test('destroys the connection before the commit so that nothing was stored, as often as asked', async () => {
  const { url } = await newConversation(server);
  server.control.fail({ ...MESSAGES, times: 2, how: 'destroy' });
  await expect(call(`${url}/messages`, 'POST', { content: 'one' })).rejects.toThrow();
  expect((await call(url)).status).toBe(200);
  await expect(call(`${url}/messages`, 'POST', { content: 'two' })).rejects.toThrow();
  expect((await call(`${url}/messages`, 'POST', { content: 'three' })).status).toBe(200);
  expect(contents()).toEqual(['three']);
});

test('matches a regular expression with its flags, every time', async () => {
  const { url } = await newConversation(server);
  server.control.fail({ path: /\/TOGGLE_STATUS$/gi, times: 2, how: { status: 500 } });
  for (const status of [500, 500, 200])
    expect((await call(`${url}/toggle_status`, 'POST')).status).toBe(status);
  expect(server.control.requests({ path: /TOGGLE_STATUS/gi })).toHaveLength(3);
});

test('destroys the connection after the commit: stored and told on the cable, but not answered', async () => {
  const { cable, url } = await listenedConversation();
  server.control.fail({ ...MESSAGES, when: 'after', how: 'destroy' });
  await expect(call(`${url}/messages`, 'POST', { content: 'stored', echo_id: 'e' })).rejects.toThrow();
  expect(await cable.event('message.created')).toMatchObject({ content: 'stored', echo_id: 'e' });
});

test('answers with a status before or after the commit, keeping CORS', async () => {
  const { url } = await newConversation(server);
  server.control.fail({ ...MESSAGES, how: { status: 429 } });
  server.control.fail({ ...MESSAGES, when: 'after', how: { status: 500 } });
  const both = await call(`${url}/messages`, 'POST', { content: 'a' }, { origin: 'http://a.test' });
  expect([both.status, both.text, both.headers.get('content-type')]).toEqual([
    429,
    'Retry later\n',
    'text/plain',
  ]);
  expect(both.headers.get('access-control-allow-origin')).toBe('*');
  server.control.fail({ ...MESSAGES, when: 'after', how: { status: 500 } });
  const after = await call(`${url}/messages`, 'POST', { content: 'b' });
  expect([after.status, after.json]).toEqual([500, { status: 500, error: 'Internal Server Error' }]);
  expect(contents()).toEqual(['b']);
});

/** A POST whose client can give up; resolves to 'refused' when it was not answered. */
function abandonedPost(url: string, content: string) {
  const gaveUp = new AbortController();
  const options = { method: 'POST', body: `content=${content}`, signal: gaveUp.signal };
  const outcome = fetch(`${url}/messages`, options).then(
    ({ status }) => status,
    () => 'refused',
  );
  return { outcome, giveUp: () => gaveUp.abort() };
}

test('hangs before the commit, then the client gives up and nothing was stored', async () => {
  const { url } = await newConversation(server);
  server.control.fail({ ...MESSAGES, how: 'hang' });
  const { outcome, giveUp } = abandonedPost(url, 'never');
  await server.control.arrival(MESSAGES);
  giveUp();
  expect(await outcome).toBe('refused');
  expect((await call(`${url}/messages`)).json).toEqual([]);
});

test('hangs after the commit: stored and told, never answered', async () => {
  const { cable, url } = await listenedConversation();
  server.control.fail({ ...MESSAGES, when: 'after', how: 'hang' });
  const { outcome, giveUp } = abandonedPost(url, 'kept');
  expect(await cable.event('message.created')).toMatchObject({ content: 'kept' });
  giveUp();
  expect(await outcome).toBe('refused');
});

test('commits a held request when it is released, although its client has gone', async () => {
  const { cable, url } = await listenedConversation();
  server.control.fail({ ...MESSAGES, how: 'hold' });
  const { outcome, giveUp } = abandonedPost(url, 'late');
  await server.control.arrival(MESSAGES);
  giveUp();
  expect(await outcome).toBe('refused');
  expect(contents()).toEqual([]);
  server.control.release();
  expect(await cable.event('message.created')).toMatchObject({ content: 'late' });
});

test('commits a delayed request and answers it', async () => {
  const { url } = await newConversation(server);
  server.control.delay({ ...MESSAGES, beforeCommit: 5, afterCommit: 5 });
  expect((await call(`${url}/messages`, 'POST', { content: 'slow' })).status).toBe(200);
  expect(contents()).toEqual(['slow']);
});

test('sends a frame before the answer by default', async () => {
  const { cable, url } = await listenedConversation();
  server.control.fail({ ...MESSAGES, when: 'after', how: 'hold' });
  const answer = call(`${url}/messages`, 'POST', { content: 'x' });
  await cable.event('message.created');
  expect(server.control.requests(MESSAGES)[0]?.status).toBeUndefined();
  server.control.release();
  expect((await answer).status).toBe(200);
});

test('sends a frame after the answer when told', async () => {
  const { cable, token, url } = await listenedConversation();
  server.control.frames({ order: 'after' });
  server.control.fail({ ...MESSAGES, when: 'after', how: 'hold' });
  const answer = call(`${url}/messages`, 'POST', { content: 'x' });
  await server.control.arrival(MESSAGES);
  await cable.settle(token);
  expect([contents(), cable.events()]).toEqual([['x'], ['presence.update', 'presence.update']]);
  server.control.release();
  await cable.event('message.created');
  expect((await answer).status).toBe(200);
});

test('keeps frames back and releases them reversed, or sends each twice', async () => {
  const { cable, url } = await listenedConversation();
  server.control.holdFrames();
  for (const content of ['a', 'b']) await call(`${url}/messages`, 'POST', { content });
  server.control.releaseFrames({ reverse: true });
  server.control.frames({ duplicate: true });
  await call(`${url}/messages`, 'POST', { content: 'c' });
  await cable.event('message.created', 4);
  const told = cable.frames.flatMap(({ message }) => (message?.data.content ? [message.data.content] : []));
  expect(told).toEqual(['b', 'a', 'c', 'c']);
});

test('drops all sockets with 1006 and no frame', async () => {
  const { cable } = await listenedConversation();
  server.control.dropSockets();
  expect(await cable.closed).toBe(1006);
  expect(cable.frames.at(-1)?.message?.event).toBe('presence.update');
});

test('restarts the cable with a disconnect frame and 1000', async () => {
  const { cable } = await listenedConversation();
  server.control.restartCable();
  expect(await cable.closed).toBe(1000);
  expect(cable.frames.at(-1)).toEqual({ type: 'disconnect', reason: 'server_restart', reconnect: true });
});

test('stops with 1006 and starts again on the same port with its state', async () => {
  const { cable, url, token, contact } = await listenedConversation();
  const { port } = server;
  await server.stop();
  expect(await cable.closed).toBe(1006);
  await expect(call(url)).rejects.toThrow();
  await server.start();
  expect(server.port).toBe(port);
  expect((await call(contact.url)).json.pubsub_token).toBe(token);
  const again = new RawCable(server);
  sockets.push(again);
  await again.subscribe(token);
});

test('goes down and comes back by itself, also with a handshake left hanging', async () => {
  server.control.fail({ path: '^/cable', how: 'hang' });
  const hanging = new RawCable(server);
  await server.control.arrival({ path: '^/cable' });
  await server.control.outage({ duration: 1 });
  await expect(hanging.opened).rejects.toThrow();
  expect((await call(inboxUrl(server))).status).toBe(200);
});

test('falls silent in both directions without closing, and a new socket works unless told otherwise', async () => {
  const { cable, id, token } = await listenedConversation();
  server.control.mute();
  const seen = [cable.frames.length, cable.pings.length];
  const fresh = new RawCable(server);
  sockets.push(fresh);
  await fresh.subscribe(token);
  await server.agent.reply(id, 'anyone?');
  await fresh.event('message.created');
  await fresh.until(() => fresh.pings.length > 1);
  expect([cable.frames.length, cable.pings.length]).toEqual(seen);
  expect(cable.socket.readyState).toBe(cable.socket.OPEN);
  server.control.unmute();
  await cable.settle(token);
  expect(cable.events()).not.toContain('message.created');
});

test('refuses a handshake with a status', async () => {
  server.control.fail({ path: '^/cable', how: { status: 429 } });
  await expect(new RawCable(server).opened).rejects.toThrow('429');
  expect(server.control.requests({ path: '^/cable' })).toHaveLength(1);
});

test('offers the same control over HTTP, to JSON only', async () => {
  const { source_id } = await newContact(server);
  const door = (verb: string, body?: unknown) => call(`${server.url}/__control/${verb}`, 'POST', body ?? {});
  const seeded = await door('seed', { source_id, count: 3 });
  expect(seeded.json.value.messageIds).toHaveLength(3);
  await door('fail', { method: 'GET', how: { status: 500 } });
  expect((await call(inboxUrl(server))).status).toBe(500);
  const { json } = await door('requests', { method: 'GET' });
  expect(json.value).toMatchObject([
    { method: 'GET', path: '/public/api/v1/inboxes/plain-inbox-demo', body: null },
  ]);
  await door('reset');
  expect(server.store.conversations).toEqual([]);
  expect((await call(`${server.url}/__control/reset`, 'POST', 'x=1')).status).toBe(415);
  expect((await door('constructor')).status).toBe(404);
});
