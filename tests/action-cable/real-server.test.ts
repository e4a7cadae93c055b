// The real Action Cable as the tests use it: it behaves as the contract (§5) says, and does what it is told.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type ActionCableServer, ensureActionCable, startActionCable } from './real-server';

let server: ActionCableServer;

/** Installing the packages takes a while where they are missing. */
beforeAll(async () => {
  await ensureActionCable();
  server = await startActionCable();
}, 120_000);

afterAll(() => server.stop());

const room = (token: string) => JSON.stringify({ channel: 'RoomChannel', pubsub_token: token });

/** A socket that keeps its frames, pings apart; `until` waits for one that fits. */
function open(url = server.url) {
  const socket = new WebSocket(url, ['actioncable-v1-json', 'actioncable-unsupported']);
  const frames: Record<string, unknown>[] = [];
  let watch = () => {};
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data));
    if (frame.type !== 'ping') frames.push(frame);
    watch();
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      watch = () => holds() && resolve();
      watch();
    });
  return {
    frames,
    closed,
    events: () => frames.flatMap(({ message }) => (message ? [message as Record<string, unknown>] : [])),
    until,
    comes: (type: string) => until(() => frames.some((frame) => frame.type === type)),
    command: (command: string, token: string, more = {}) =>
      socket.send(JSON.stringify({ command, identifier: room(token), ...more })),
    end: () => socket.terminate(),
  };
}

async function subscribed(token: string) {
  await server.addToken(token);
  const socket = open();
  await socket.comes('welcome');
  socket.command('subscribe', token);
  await socket.comes('confirm_subscription');
  return socket;
}

it('answers a plain request for the cable by 404, as Rails does', async () => {
  const answer = await fetch(server.url.replace('ws:', 'http:'));
  expect([answer.status, await answer.text()]).toEqual([404, 'Page not found']);
});

it('publishes the presence when asked, to everybody with the token', async () => {
  const first = await subscribed('presence');
  const second = await subscribed('presence');
  const before = second.events().length;
  first.command('message', 'presence', { data: '{"action":"update_presence"}' });
  await second.until(() => second.events().length > before);
  expect(second.events().at(-1)).toEqual({ event: 'presence.update', data: { account_id: 1, users: {} } });
  first.end();
  second.end();
});

it('meets an unknown token with silence, and a right one on the same socket with a confirmation', async () => {
  const socket = open();
  await socket.comes('welcome');
  socket.command('subscribe', 'unknown');
  await server.addToken('right');
  socket.command('subscribe', 'right');
  await socket.comes('confirm_subscription');
  const identifiers = socket.frames.map(({ identifier }) => identifier);
  expect(identifiers).toContain(room('right'));
  expect(identifiers).not.toContain(room('unknown'));
  socket.end();
});

it('forgets a token for those who ask from then on', async () => {
  const before = await subscribed('forgotten');
  await server.forgetToken('forgotten');
  const after = open();
  await after.comes('welcome');
  after.command('subscribe', 'forgotten');
  await server.broadcast('forgotten', 'last words');
  await before.until(() => before.frames.some(({ message }) => message === 'last words'));
  expect(after.frames).toEqual([{ type: 'welcome' }]);
  before.end();
  after.end();
});

it('delivers many broadcasts, to each its own, though not always in order', async () => {
  const first = await subscribed('first');
  const second = await subscribed('second');
  const numbers = Array.from({ length: 50 }, (_, n) => n);
  await server.broadcastMany(
    numbers.map((n) => ({ token: n % 2 ? 'first' : 'second', message: { event: 'number', data: n } })),
  );
  const heard = (socket: typeof first) =>
    socket.events().flatMap(({ event, data }) => (event === 'number' ? [data as number] : []));
  await first.until(() => heard(first).length === 25);
  await second.until(() => heard(second).length === 25);
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  expect(sorted(heard(first))).toEqual(numbers.filter((n) => n % 2));
  expect(sorted(heard(second))).toEqual(numbers.filter((n) => !(n % 2)));
  first.end();
  second.end();
});

it('sends everybody away when it restarts, counts who is there, and goes on', async () => {
  const socket = await subscribed('restart');
  const count = await server.connections();
  expect(count).toBeGreaterThan(0);
  await server.restart();
  expect(await socket.closed).toBe(1000);
  expect(socket.frames.at(-1)).toEqual({ type: 'disconnect', reason: 'server_restart', reconnect: true });
  const again = await subscribed('restart');
  expect(await server.connections()).toBe(1);
  again.end();
});

it('sends everybody away with the words that it is given', async () => {
  const socket = await subscribed('remote');
  await server.closeAll({ reason: 'remote', reconnect: false });
  expect(await socket.closed).toBe(1000);
  expect(socket.frames.at(-1)).toEqual({ type: 'disconnect', reason: 'remote', reconnect: false });
});

it('has a door at which everybody is unauthorized', async () => {
  const socket = open(server.unauthorizedUrl);
  expect(await socket.closed).toBe(1000);
  expect(socket.frames).toEqual([{ type: 'disconnect', reason: 'unauthorized', reconnect: false }]);
});

it('stops without a word to its sockets', async () => {
  const other = await startActionCable();
  const socket = open(other.url);
  await socket.comes('welcome');
  await other.stop();
  expect(await socket.closed).toBe(1006);
  expect(socket.frames).toEqual([{ type: 'welcome' }]);
});

it('does not outlive the process that started it', async () => {
  const program = `import { startActionCable } from './tests/action-cable/real-server';
    startActionCable().then(({ url }) => process.stdout.write(url));`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  const [url] = await once(parent.stdout, 'data');
  const socket = open(String(url));
  await socket.comes('welcome');
  parent.kill('SIGKILL');
  expect(await socket.closed).toBe(1006);
}, 30_000);
