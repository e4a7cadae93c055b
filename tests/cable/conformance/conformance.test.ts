// Ours passes every case on both servers. How the two clients that everybody uses do is printed by table.ts.

import { on } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ensureActionCable } from '../../action-cable/real-server';
import { cases } from './cases';
import { ourClient } from './our-client';
import { type ConformanceServer, startInMemory, startReal } from './servers';
import { onStage } from './stage';

/** Installing the packages takes a while where they are missing. */
const SET_UP = 120_000;
const CASE = 60_000;

describe.each([
  ['the real Action Cable', startReal],
  ['the in-memory CarbonChat', startInMemory],
])('on %s our cable', (_name, start) => {
  let server: ConformanceServer;

  beforeAll(async () => {
    if (start === startReal) await ensureActionCable();
    server = await start();
  }, SET_UP);

  afterAll(() => server.stop());

  // What a client would have to be made to do; that a server takes it well concerns none of them.
  it('would be answered even if it subscribed before its welcome', async () => {
    await server.learn('hasty');
    const identifier = '{"pubsub_token": "hasty", "channel":"RoomChannel"}';
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/cable`, 'actioncable-v1-json');
    socket.on('open', () => socket.send(JSON.stringify({ command: 'subscribe', identifier })));
    const answers: string[] = [];
    for await (const [data] of on(socket, 'message')) {
      const frame = JSON.parse(String(data));
      if (frame.type) answers.push(frame.type);
      if (frame.identifier !== undefined) expect(frame.identifier).toBe(identifier);
      if (frame.type === 'confirm_subscription') break;
    }
    socket.terminate();
    expect(answers.filter((type) => type !== 'ping')).toEqual(['welcome', 'confirm_subscription']);
  });

  for (const { name, play } of cases.filter(({ everybody }) => everybody))
    it(name, () => onStage(server, ourClient, play), CASE);

  describe.concurrent('meanwhile', () => {
    for (const { name, play } of cases.filter(({ everybody }) => !everybody))
      it(name, () => onStage(server, ourClient, play), CASE);
  });
});
