// The cases of what a network does to a connection: slow, cut, dead without a word, gone and back.

import type { Case } from './cases';
import type { Stage } from './stage';

/** Everybody is cut off and refused until the client has tried in vain. */
async function outage(stage: Stage): Promise<void> {
  await stage.proxy.refuse();
  stage.proxy.drop();
  await stage.transcript.next('disconnected');
  await stage.transcript.next('trying');
  await stage.proxy.restore();
  await stage.transcript.next('connected');
  await stage.expectToHear();
}

async function expectToComeBack(stage: Stage): Promise<void> {
  await stage.transcript.next('disconnected');
  await stage.transcript.next('connected');
  await stage.expectToHear();
}

export const networkCases: readonly Case[] = [
  {
    name: 'frames that come in many segments are heard',
    async play(stage) {
      stage.proxy.slow({ bytesPerSecond: 3_000, latency: 10 });
      await stage.connect();
      await stage.expectToHear('bit by bit '.repeat(40));
      stage.expectSameConnection();
    },
  },
  {
    name: 'cut in the middle of a frame: is told, and comes back',
    async play(stage) {
      await stage.connect();
      stage.proxy.cutNextFrame(9);
      await stage.server.say(stage.token, 'in two');
      await expectToComeBack(stage);
      if (stage.transcript.heard('in two') > 0) throw new Error('hears half a message');
    },
  },
  {
    name: 'a reset: is told, and comes back',
    async play(stage) {
      await stage.connect();
      stage.proxy.drop();
      await expectToComeBack(stage);
    },
  },
  {
    name: 'an end without a close frame: is told, and comes back',
    async play(stage) {
      await stage.connect();
      stage.proxy.halfClose('client');
      await expectToComeBack(stage);
    },
  },
  {
    name: 'half-open: is told, and comes back',
    async play(stage) {
      await stage.connect();
      stage.proxy.blackHole();
      await stage.transcript.next('disconnected');
      await stage.proxy.restore();
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'the server takes connections and says nothing: is told, and connected when it speaks',
    async play(stage) {
      await stage.server.learn(stage.token);
      stage.proxy.hang();
      stage.start();
      await stage.transcript.next('disconnected');
      await stage.proxy.restore();
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'the server is gone and back: is told, and comes back',
    async play(stage) {
      await stage.connect();
      await outage(stage);
    },
  },
  {
    name: 'gone and back twice in a row: is told twice, and comes back twice',
    async play(stage) {
      await stage.connect();
      await outage(stage);
      await outage(stage);
      if (stage.transcript.count('connected') !== 3) throw new Error('is told another number of times');
    },
  },
  {
    name: 'the server is not there at first: is told, and connected when it is',
    async play(stage) {
      await stage.server.learn(stage.token);
      await stage.proxy.refuse();
      stage.start();
      await stage.transcript.next('disconnected');
      await stage.proxy.restore();
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
];
