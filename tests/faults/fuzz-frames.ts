// Cases for the cable: texts of every kind, with good messages between them.
import fc from 'fast-check';
import { expect } from 'vitest';
import { roomIdentifier } from '@/lib/carbonchat/room-channel';
import * as samples from '../carbonchat/samples';
import { anyJson, damaged, type Json, mutated, recordedFrames, textOf } from './fuzz-values';
import { FuzzWorld, framedGood, good, home, neighbour } from './fuzz-world';

/** As in the seeded session: only frames for it are looked at. */
const identifier = roomIdentifier('pubsub-secret');
const inRoom = (message: Json | object) => ({ identifier, message });

const messageHere = (n: number) => ({ ...samples.messageFrame(), id: neighbour + n, conversation_id: home });
const conversationHere = () => ({
  ...samples.conversationFrame(),
  id: home,
  messages: [messageHere(0)],
  contact_last_seen_at: 0,
});

const events: [string, object][] = [
  ['message.created', messageHere(1)],
  ['message.updated', messageHere(2)],
  ['conversation.created', conversationHere()],
  ['conversation.status_changed', conversationHere()],
  ['conversation.updated', conversationHere()],
  ['conversation.typing_on', samples.typingFrame()],
  ['presence.update', { account_id: 1, users: { 2: 'busy', 3: 'online' } }],
];
const ownEvents = events.map(([event, data]) =>
  mutated(data).map((changed) => inRoom({ event, data: changed })),
);
const recorded = recordedFrames();
const control = fc.record({
  type: fc.oneof(fc.constantFrom('welcome', 'ping', 'disconnect', 'reject_subscription'), anyJson),
  identifier: fc.oneof(fc.constant(identifier), anyJson),
  reconnect: anyJson,
});
const objects: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(...ownEvents) },
  { weight: 6, arbitrary: fc.constantFrom(...recorded).chain((one) => mutated(one).map(inRoom)) },
  { weight: 1, arbitrary: mutated(inRoom({ event: 'message.created', data: messageHere(3) })) },
  { weight: 1, arbitrary: anyJson.map(inRoom) },
  { weight: 1, arbitrary: fc.tuple(fc.string(), anyJson).map(([event, data]) => inRoom({ event, data })) },
  { weight: 1, arbitrary: anyJson },
  { weight: 1, arbitrary: control },
);
const texts = objects.map(textOf);
const frame = fc.oneof(
  { weight: 8, arbitrary: texts },
  { weight: 1, arbitrary: damaged(texts) },
  { weight: 1, arbitrary: fc.string() },
);

export const framesPerCase = 10;

export const frameCases = fc.record({
  frames: fc.array(frame, { minLength: framesPerCase, maxLength: framesPerCase, size: 'max' }),
  /** After which of them a good one comes, and whether the background gets to work before the next. */
  followed: fc.array(fc.boolean(), { minLength: framesPerCase, maxLength: framesPerCase }),
  rests: fc.array(fc.boolean(), { minLength: framesPerCase, maxLength: framesPerCase }),
});

/** Nothing breaks, every good message is shown and stored, and what was stored can be read after a restart. */
export async function checkFrames({ frames, followed, rests }: CaseOf<typeof frameCases>): Promise<void> {
  const world = new FuzzWorld();
  // The server's own answers hold nothing: what is shown came by the cable.
  await world.start();
  const wanted = [];
  for (const [index, text] of frames.entries()) {
    (await world.socket()).receive(text);
    if (rests[index]) await world.browser.settle();
    if (!followed[index] && index < frames.length - 1) continue;
    const one = good(index);
    const event = index % 3 === 0 ? 'message.updated' : 'message.created';
    (await world.socket()).receive(inRoom({ event, data: framedGood(one) }));
    wanted.push(one);
  }
  await world.browser.settle();
  expect(await world.missing(wanted)).toEqual([]);
  await world.accepts('Still there?');
  await world.browser.pass(3_000);
  expect(world.posted).toEqual(['Still there?']);
  expect(world.problems()).toEqual([]);
  await world.restart();
  expect(await world.missing(wanted)).toEqual([]);
  expect([...world.problems(), ...world.rejected()]).toEqual([]);
}

export type CaseOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
