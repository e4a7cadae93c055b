// The proxy with plain sockets on both sides: what each control does to bytes, and to the life of a connection.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { textFrame } from './frames';
import { Plain } from './plain-socket';
import { startTcpProxy, type TcpProxy } from './tcp-proxy';

const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n';
const frame = (text: string) => textFrame(text).toString('latin1');

let listener: Server;
let proxy: TcpProxy;
const sockets: Socket[] = [];

beforeEach(async () => {
  listener = createServer({ allowHalfOpen: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  proxy = await startTcpProxy({ port: (listener.address() as AddressInfo).port });
});

afterEach(async () => {
  await proxy.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  const closed = once(listener, 'close');
  listener.close();
  await closed;
});

function dial(): Plain {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  sockets.push(socket);
  return new Plain(socket);
}

/** Both ends of one connection that passes. */
async function pair() {
  const arrival = once(listener, 'connection');
  const client = dial();
  const [far] = (await arrival) as [Socket];
  sockets.push(far);
  return { client, server: new Plain(far) };
}

/** The same after a handshake. */
async function webSocket() {
  const { client, server } = await pair();
  server.say(SWITCHED);
  await client.hears(SWITCHED);
  client.received = '';
  return { client, server };
}

it('passes bytes in both directions, and an end in each', async () => {
  const { client, server } = await pair();
  client.say('ping');
  await server.hears('ping');
  client.socket.end();
  await server.ended;
  server.say('still here');
  await client.hears('still here');
  server.socket.end();
  await client.ended;
});

it('counts connections and tells of them', async () => {
  const told: string[] = [];
  proxy.on('accepted', ({ number }) => told.push(`accepted ${number}`));
  proxy.on('closed', ({ number }) => told.push(`closed ${number}`));
  const first = await pair();
  await pair();
  expect([proxy.accepted, proxy.open]).toEqual([2, 2]);
  const closed = once(proxy, 'closed');
  first.client.socket.destroy();
  first.server.socket.end();
  await closed;
  expect([proxy.accepted, proxy.open]).toEqual([2, 1]);
  expect(told).toEqual(['accepted 1', 'accepted 2', 'closed 1']);
});

it('resets a client whose server cannot be reached', async () => {
  listener.close();
  const client = dial();
  await client.closed;
  expect(client.error).toBe('ECONNRESET');
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
});

it('drops every connection by a reset for both sides', async () => {
  const first = await pair();
  const second = await pair();
  proxy.drop();
  for (const end of [first.client, first.server, second.client, second.server]) {
    await end.closed;
    expect(end.error).toBe('ECONNRESET');
  }
  const { client, server } = await pair();
  server.say('welcome');
  await client.hears('welcome');
});

it('drops by an orderly end where asked', async () => {
  const { client, server } = await pair();
  proxy.drop('fin');
  await Promise.all([client.ended, server.ended]);
  client.socket.end();
  server.socket.end();
  await Promise.all([client.closed, server.closed]);
  expect([client.error, server.error]).toEqual([null, null]);
});

it('refuses new connections while old ones go on, and takes them again on the same port', async () => {
  const old = await pair();
  await proxy.refuse();
  const refused = dial();
  await refused.closed;
  expect(refused.error).toBe('ECONNREFUSED');
  old.client.say('on');
  await old.server.hears('on');
  await proxy.restore();
  await pair();
  expect(proxy.accepted).toBe(2);
});

it('hangs: takes connections that reach nobody, while open ones go on', async () => {
  const old = await pair();
  proxy.hang();
  let reached = 1;
  listener.on('connection', () => {
    reached += 1;
  });
  const accepted = once(proxy, 'accepted');
  const hung = dial();
  hung.say('hello?');
  await accepted;
  old.client.say('on');
  await old.server.hears('on');
  await proxy.restore();
  const later = await pair();
  later.client.say('hello');
  await later.server.hears('hello');
  expect(reached).toBe(2);
  expect([hung.received, hung.socket.destroyed]).toEqual(['', false]);
});

it('is a black hole to open and new connections, and those stay dead when it is over', async () => {
  const old = await pair();
  proxy.blackHole();
  const accepted = once(proxy, 'accepted');
  const during = dial();
  await accepted;
  old.client.say('lost');
  old.server.say('lost');
  during.say('lost');
  await proxy.restore();
  const later = await pair();
  later.client.say('through');
  await later.server.hears('through');
  later.server.say('back');
  await later.client.hears('back');
  expect([old.client.received, old.server.received, during.received]).toEqual(['', '', '']);
  expect([old.client, old.server, during].map((end) => end.socket.destroyed)).toEqual([false, false, false]);
});

it('lets the server hear of a client that went in a black hole only when that is over', async () => {
  const { client, server } = await pair();
  proxy.blackHole();
  const closed = once(proxy, 'closed');
  client.socket.destroy();
  await closed;
  let heard = false;
  void server.ended.then(() => {
    heard = true;
  });
  await new Promise(setImmediate);
  expect(heard).toBe(false);
  await proxy.restore();
  await server.ended;
});

it('closes one direction only', async () => {
  const { client, server } = await pair();
  proxy.halfClose('client');
  await client.ended;
  server.say('dropped');
  client.say('still said');
  await server.hears('still said');
  expect(client.received).toBe('');

  const other = await pair();
  proxy.halfClose('server');
  await other.server.ended;
  other.client.say('dropped');
  other.server.say('still said');
  await other.client.hears('still said');
  expect(other.server.received).toBe('');
});

it('passes slowly, in many segments, in order, the end last', async () => {
  const { client, server } = await pair();
  const segments: number[] = [];
  client.socket.on('data', ({ length }) => segments.push(length));
  proxy.slow({ bytesPerSecond: 2_000, latency: 5 });
  const text = '0123456789'.repeat(20);
  server.say(text);
  server.socket.end('!');
  await client.ended;
  expect(client.received).toBe(`${text}!`);
  expect(segments.length).toBeGreaterThan(3);
});

it('cuts a connection in the middle of the next frame', async () => {
  const { client, server } = await webSocket();
  server.say(textFrame('before'));
  await client.hears(frame('before'));
  proxy.cutNextFrame(4);
  server.say(textFrame('in two'));
  server.say(textFrame('after'));
  await Promise.all([client.ended, server.ended]);
  expect(client.received).toBe(frame('before') + frame('in two').slice(0, 4));
});

it('never lets a frame through that is to be cut', async () => {
  const { client, server } = await webSocket();
  proxy.cutNextFrame(1_000);
  server.say(textFrame('short'));
  await client.ended;
  expect(client.received).toBe(frame('short').slice(0, -1));
});

it('puts frames and bytes between two frames, however the bytes of the server arrive', async () => {
  const { client, server } = await webSocket();
  const long = 'x'.repeat(70_000);
  server.say(Buffer.concat([textFrame('one'), textFrame(long).subarray(0, 500)]));
  await client.hears(frame('one'));
  expect([proxy.injectFrame('between'), proxy.injectRaw(Buffer.from('raw'))]).toEqual([1, 1]);
  server.say(textFrame(long).subarray(500));
  await client.hears(`${frame('one')}${frame('between')}raw${frame(long)}`);
});

it('has nowhere to put a frame before the handshake', async () => {
  const { client, server } = await pair();
  server.say('HTTP/1.1 1');
  expect(proxy.injectFrame('early')).toBe(0);
  server.say(SWITCHED.slice('HTTP/1.1 1'.length));
  await client.hears(SWITCHED);
  expect(proxy.injectFrame('now')).toBe(1);
  await client.hears(SWITCHED + frame('now'));
});

it('changes, doubles and drops text frames, and passes others as they are', async () => {
  const { client, server } = await webSocket();
  const changes: Record<string, string[]> = { double: ['double', 'double'], drop: [], replace: ['ré'] };
  proxy.changeFrames((text) => changes[text] ?? [text]);
  const ping = Buffer.from([0x89, 1, 0x41]);
  for (const text of ['double', 'drop', 'replace', 'y'.repeat(300)]) server.say(textFrame(text));
  server.say(ping);
  const changed = `${frame('double')}${frame('double')}${frame('ré')}${frame('y'.repeat(300))}`;
  await client.hears(changed + ping.toString('latin1'));
  proxy.changeFrames(null);
  server.say(textFrame('drop'));
  await client.hears(changed + ping.toString('latin1') + frame('drop'));
});

it('changes the head of a granted handshake', async () => {
  const { client, server } = await pair();
  proxy.changeHead((head) => head.replace('websocket', 'carrier pigeon'));
  server.say(Buffer.concat([Buffer.from(SWITCHED), textFrame('websocket')]));
  await client.hears(SWITCHED.replace('websocket', 'carrier pigeon') + frame('websocket'));
});

it('leaves an answer that is no WebSocket alone', async () => {
  const { client, server } = await pair();
  proxy.changeFrames(() => []);
  proxy.changeHead(() => '');
  server.say('HTTP/1.1 404 Not Found\r\n\r\nPage');
  server.say(' not found');
  await client.hears('HTTP/1.1 404 Not Found\r\n\r\nPage not found');
});
