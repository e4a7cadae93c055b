// The cable over real sockets against a small Action Cable server: what fakes cannot show is that the browser's
// words for sockets, sub-protocols and closes fit ours.

import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Cable } from '@/lib/cable/cable';
import type { CableState } from '@/lib/cable/types';
import { systemClock } from '@/lib/platform/system';
import { asSocket } from '../support/ws-socket';

const identifier = '{"channel":"Room","key":"k"}';

/** Values in the order in which they came; `next` waits for those that are still to come. */
function queue<T>() {
  const values: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  return {
    push: (value: T) => {
      const first = waiting.shift();
      if (first) first(value);
      else values.push(value);
    },
    next: () =>
      new Promise<T>((resolve) => {
        const value = values.shift();
        if (value === undefined) waiting.push(resolve);
        else resolve(value);
      }),
  };
}

let server: WebSocketServer;
let cable: Cable;
let states: ReturnType<typeof queue<CableState>>;
let messages: ReturnType<typeof queue<unknown>>;
let commands: ReturnType<typeof queue<Record<string, unknown>>>;

/** A server that welcomes, confirms what is subscribed and records every command. */
async function listen(port: number, chosenProtocol = 'actioncable-v1-json') {
  server = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: () => chosenProtocol });
  server.on('connection', (ws) => {
    ws.on('message', (data) => {
      const command = JSON.parse(String(data));
      commands.push(command);
      if (command.command !== 'subscribe') return;
      ws.send(JSON.stringify({ type: 'confirm_subscription', identifier: command.identifier }));
    });
    ws.send('{"type":"welcome"}');
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

async function stop() {
  for (const ws of server.clients) ws.terminate();
  await new Promise((resolve) => server.close(resolve));
}

function connectTo(port: number) {
  states = queue();
  messages = queue();
  cable = new Cable({
    url: `ws://127.0.0.1:${port}/cable`,
    identifier,
    socket: (url, protocols) => asSocket(new WebSocket(url, [...protocols])),
    clock: systemClock,
    random: { fraction: () => Math.random(), uuid: () => crypto.randomUUID() },
    listener: { onState: states.push, onMessage: messages.push, onSubscribeTimeout() {} },
    timings: { firstDelay: 10, maxDelay: 40 },
  });
  cable.connect();
}

/** Resolves with the names of the states passed through until `name` is reached. */
async function until(name: CableState['name']) {
  const passed: string[] = [];
  while (passed.at(-1) !== name) passed.push((await states.next()).name);
  return passed;
}

beforeEach(() => {
  commands = queue();
});

afterEach(async () => {
  cable.disconnect();
  await stop();
});

it('subscribes, receives and performs over a real socket', async () => {
  connectTo(await listen(0));
  expect(await until('live')).toEqual(['connecting', 'subscribing', 'live']);
  expect(await commands.next()).toEqual({ command: 'subscribe', identifier });

  for (const ws of server.clients)
    ws.send(JSON.stringify({ identifier, message: { event: 'greeting', n: 1 } }));
  expect(await messages.next()).toEqual({ event: 'greeting', n: 1 });

  expect(cable.perform('update_presence')).toBe(true);
  expect(await commands.next()).toMatchObject({ command: 'message', data: '{"action":"update_presence"}' });
});

it('subscribes again after the socket was cut', async () => {
  connectTo(await listen(0));
  await until('live');
  for (const ws of server.clients) ws.terminate();
  expect((await until('live')).slice(-4)).toEqual(['waiting', 'connecting', 'subscribing', 'live']);
  for (const ws of server.clients) ws.send(JSON.stringify({ identifier, message: 'again' }));
  expect(await messages.next()).toBe('again');
});

it('comes back by itself when the server does, however many tries were refused meanwhile', async () => {
  const port = await listen(0);
  connectTo(port);
  await until('live');
  await stop();
  for (let refused = 0; refused < 3; refused += 1) await until('connecting');
  await until('waiting');
  await listen(port);
  expect((await until('live')).at(-1)).toBe('live');
});

it('leaves no socket at the server when disconnected', async () => {
  connectTo(await listen(0));
  await until('live');
  const closed = [...server.clients].map((ws) => new Promise((resolve) => ws.once('close', resolve)));
  cable.disconnect();
  await Promise.all(closed);
  expect(closed).toHaveLength(1);
  expect(server.clients.size).toBe(0);
});

it('gives up when the server chooses the sub-protocol that stands for none', async () => {
  connectTo(await listen(0, 'actioncable-unsupported'));
  expect(await until('closed')).toEqual(['connecting', 'closed']);
  expect(cable.state).toEqual({ name: 'closed', reason: 'unsupported' });
});
