// The cases of what a server decides: the handshake, the subscription, and sending a client away.

import type { Case } from './cases';
import type { Stage } from './stage';

const PROTOCOL = /\r\nsec-websocket-protocol:[^\r]*/i;

/** Handshakes in which the server names a sub-protocol that nobody can speak are tried again until one can. */
async function outlivesHandshakes(stage: Stage, line: string): Promise<void> {
  stage.proxy.changeHead((head) => head.replace(PROTOCOL, line));
  await stage.server.learn(stage.token);
  stage.start();
  await stage.transcript.reaches('trying', 2);
  if (stage.transcript.count('connected') > 0) throw new Error('is connected all the same');
  stage.proxy.changeHead(null);
  await stage.transcript.next('connected');
  await stage.expectToHear();
}

export const verdictCases: readonly Case[] = [
  {
    name: 'a wrong token: is told of the silence, and connected once it is right',
    async play(stage) {
      stage.start();
      await stage.transcript.next('silence');
      await stage.server.learn(stage.token);
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'a doubled confirmation changes nothing',
    async play(stage) {
      stage.changeFrames('confirm_subscription', (text) => [text, text]);
      await stage.connect();
      await stage.expectToHear('once');
      await stage.expectToHear();
      if (stage.transcript.heard('once') > 1) throw new Error('hears everything twice');
      if (stage.transcript.count('connected') > 1) throw new Error('is told twice');
    },
  },
  {
    name: 'a rejected subscription: is told, and does not try again',
    async play(stage) {
      stage.changeFrames('confirm_subscription', (text) => [text.replace('confirm_', 'reject_')]);
      await stage.server.learn(stage.token);
      stage.start();
      await stage.transcript.next('rejected');
      await stage.expectNoFurtherTry();
    },
  },
  {
    name: 'disconnect server_restart: is told, and comes back',
    everybody: true,
    async play(stage) {
      await stage.connect();
      await stage.server.restart();
      await stage.transcript.next('disconnected');
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'disconnect remote, reconnect false: is told that it is over, and does not try again',
    everybody: true,
    async play(stage) {
      await stage.connect();
      const words = { reason: 'remote', reconnect: false };
      if (stage.server.closeAll) await stage.server.closeAll(words);
      else stage.sendAway(words);
      await stage.transcript.next('ended');
      await stage.expectNoFurtherTry();
    },
  },
  {
    name: 'disconnect unauthorized instead of a welcome: is told that it is over, and does not try again',
    async play(stage) {
      const words = { type: 'disconnect', reason: 'unauthorized', reconnect: false };
      const { unauthorizedPath } = stage.server;
      if (unauthorizedPath) stage.start({ path: unauthorizedPath });
      else {
        stage.changeFrames('welcome', () => [JSON.stringify(words)]);
        stage.start();
      }
      await stage.transcript.next('ended');
      await stage.expectNoFurtherTry();
    },
  },
  {
    name: 'disconnect without a word on reconnecting: comes back',
    async play(stage) {
      await stage.connect();
      stage.sendAway({ reason: 'somebody' });
      await stage.transcript.next('disconnected');
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'the server picks the sub-protocol that stands for none: is told that it is over, and does not try again',
    async play(stage) {
      stage.proxy.changeHead((head) =>
        head.replace(PROTOCOL, '\r\nsec-websocket-protocol: actioncable-unsupported'),
      );
      stage.start();
      await stage.transcript.next('ended');
      await stage.expectNoFurtherTry();
    },
  },
  {
    name: 'the server picks no sub-protocol: tries until it does',
    play: (stage) => outlivesHandshakes(stage, ''),
  },
  {
    name: 'the server picks a sub-protocol that nobody offered: tries until it does not',
    play: (stage) => outlivesHandshakes(stage, '\r\nsec-websocket-protocol: graphql-ws'),
  },
  {
    name: 'the handshake is answered by 404: is told, and tries again',
    async play(stage) {
      stage.start({ path: '/nowhere' });
      await stage.transcript.next('disconnected');
      await stage.transcript.reaches('trying', 3);
    },
  },
];
