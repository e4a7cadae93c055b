// The cases of what a server says on a connection that stands: messages, pings, frames that are odd or broken.

import { textFrame } from '../../proxy/frames';
import type { Case } from './cases';
import type { Stage } from './stage';

const MALFORMED = [
  '',
  '{',
  'null',
  '[]',
  '7',
  '"welcome"',
  'true',
  '[{"type":"welcome"}]',
  '\u0000',
  '{"type":',
];

const UNKNOWN = [
  '{}',
  '{"type":"greeting"}',
  '{"type":7}',
  '{"type":null,"identifier":null,"message":null}',
  '{"type":"confirm_subscription"}',
  '{"type":"confirm_subscription","identifier":{"channel":"RoomChannel"}}',
  '{"type":"reject_subscription"}',
  '{"message":{"event":"message.created","data":{"content":"nobody"}}}',
  '{"identifier":"x"}',
  '{"type":"ping"}',
  '{"type":"ping","message":"soon","more":[1]}',
  `{"type":"${'x'.repeat(100_000)}"}`,
];

/** A message as the server would send it, for any identifier. */
const message = (identifier: string, content: string) =>
  JSON.stringify({ identifier, message: { event: 'message.created', data: { content } } });

/** One message cut into three frames: text that goes on, more that goes on, the rest. */
function inFrames(text: string): Buffer {
  const parts = [text.slice(0, 10), text.slice(10, 60), text.slice(60)];
  const openings = [0x01, 0x00, 0x80];
  const frames = parts.map(textFrame);
  for (const [at, frame] of frames.entries()) frame.set([openings[at] ?? 0]);
  return Buffer.concat(frames);
}

function injectAll(stage: Stage, texts: readonly string[]): void {
  for (const text of texts) stage.proxy.injectFrame(text);
}

export const frameCases: readonly Case[] = [
  {
    name: 'is connected after welcome and confirmation, and hears',
    async play(stage) {
      await stage.connect();
      await stage.expectToHear();
    },
  },
  {
    name: 'stays connected by pings alone',
    async play(stage) {
      let pings = 0;
      let enough = () => {};
      const pinged = new Promise<void>((resolve) => {
        enough = resolve;
      });
      await stage.connect();
      stage.changeFrames('ping', (text) => {
        pings += 1;
        if (pings === 3) enough();
        return [text];
      });
      await pinged;
      await stage.expectToHear();
      stage.expectSameConnection();
    },
  },
  {
    name: 'performs an action',
    async play(stage) {
      await stage.connect();
      // Subscribing brings one presence at most: the second is an answer.
      stage.perform('update_presence');
      stage.perform('update_presence');
      await stage.transcript.reaches('received', 2);
    },
  },
  {
    name: 'malformed frames harm nothing',
    async play(stage) {
      await stage.connect();
      injectAll(stage, MALFORMED);
      await stage.expectToHear();
      stage.expectSameConnection();
    },
  },
  {
    name: 'malformed frames before the welcome harm nothing',
    async play(stage) {
      stage.changeFrames('welcome', (text) => [...MALFORMED, text]);
      await stage.connect();
      await stage.expectToHear();
    },
  },
  {
    name: 'frames of unknown types harm nothing',
    async play(stage) {
      await stage.connect();
      injectAll(stage, UNKNOWN);
      await stage.expectToHear();
      stage.expectSameConnection();
      if (stage.transcript.heard('nobody') > 0) throw new Error('hears what is for nobody');
    },
  },
  {
    name: 'bytes that are no frame: is told, and comes back',
    async play(stage) {
      await stage.connect();
      stage.proxy.injectRaw(Buffer.from([0xff, 0xff, 0xff, 0xff]));
      await stage.transcript.next('disconnected');
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'a message for another identifier is not heard, however alike they are',
    async play(stage) {
      await stage.connect();
      for (const other of [stage.identifier.replace(':', ': '), stage.identifier.toUpperCase(), '{}'])
        stage.proxy.injectFrame(message(other, 'for another'));
      await stage.expectToHear();
      if (stage.transcript.heard('for another') > 0) throw new Error('hears what is for another');
    },
  },
  {
    name: 'an odd identifier comes back byte for byte',
    async play(stage) {
      const token = JSON.stringify(stage.token);
      const identifier = ` {"pubsub_token" :${token},\t"ünï😀":"\\u00e9é\\/", "channel":\n"RoomChannel","n":1.50}`;
      await stage.connect({ identifier });
      await stage.expectToHear();
    },
  },
  {
    name: 'what is performed before the welcome costs nothing',
    async play(stage) {
      let heldBack = '';
      let hold = () => {};
      const held = new Promise<void>((resolve) => {
        hold = resolve;
      });
      stage.changeFrames('welcome', (text) => {
        heldBack = text;
        hold();
        return [];
      });
      await stage.server.learn(stage.token);
      stage.start();
      await held;
      stage.perform('update_presence');
      stage.proxy.changeFrames(null);
      stage.proxy.injectFrame(heldBack);
      await stage.transcript.next('connected');
      await stage.expectToHear();
    },
  },
  {
    name: 'a message between subscribe and confirmation is heard',
    async play(stage) {
      stage.changeFrames('confirm_subscription', (text) => [
        message(JSON.parse(text).identifier, 'early'),
        text,
      ]);
      await stage.connect();
      await stage.expectToHear();
      if (stage.transcript.heard('early') !== 1) throw new Error('does not hear it');
    },
  },
  {
    name: 'a long message in one frame is heard',
    async play(stage) {
      await stage.connect();
      await stage.expectToHear('long '.repeat(20_000));
    },
  },
  {
    name: 'a message in several frames is heard',
    async play(stage) {
      await stage.connect();
      stage.proxy.injectRaw(inFrames(message(stage.identifier, 'in parts')));
      await stage.expectToHear();
      if (stage.transcript.heard('in parts') !== 1) throw new Error('does not hear it');
    },
  },
];
