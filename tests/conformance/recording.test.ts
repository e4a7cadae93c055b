// The recording, played in order against the in-memory CarbonChat: every answer and every frame as the real one gave it.
import { beforeAll, describe, expect, test } from 'vitest';
import { readRecording } from '../support/recording';
import { isClientApi, judge, type Verdict } from './judge';
import { type Played, play } from './player';

const recording = readRecording();
let played: Played;
let verdict: Verdict;

beforeAll(async () => {
  played = await play(recording);
  verdict = judge(recording, played);
}, 120_000);

describe('answers', () => {
  test.each(recording.http.map(({ n, name }) => ({ n, name })))('$n $name', ({ n }) => {
    expect(verdict.exchanges.find(({ exchange }) => exchange.n === n)?.unlisted).toEqual([]);
  });

  test('the 193 exchanges of the client API are equal', () => {
    const ours = verdict.exchanges.filter(({ exchange }) => isClientApi(exchange));
    const equal = ours.filter(({ unlisted }) => unlisted.length === 0);
    console.log(`${equal.length} of ${ours.length} exchanges of the client API are equal`);
    expect(equal).toHaveLength(193);
  });
});

describe('sockets', () => {
  test.each(recording.cable.map(({ name }, socket) => ({ socket, name })))('$socket $name', ({ socket }) => {
    expect(verdict.sockets[socket]?.unlisted).toEqual([]);
  });

  test('the frames of all 34 sockets are equal', () => {
    const equal = verdict.sockets.filter(({ unlisted }) => unlisted.length === 0);
    const frames = equal.reduce((sum, { frames }) => sum + frames, 0);
    console.log(`${equal.length} of ${verdict.sockets.length} sockets are equal, with ${frames} frames`);
    expect(equal).toHaveLength(34);
  });

  test('a contact hears of most own messages before the answer to the POST (contract §0)', () => {
    const { before, after } = verdict.ownMessages;
    expect(before).toBeGreaterThan(after);
  });

  test('pings are of two keys, with whole seconds', () => {
    const pings = played.sockets.flatMap((socket) => socket.pings);
    expect(pings.length).toBeGreaterThan(0);
    for (const ping of pings)
      expect(ping).toEqual({ type: 'ping', message: expect.closeTo(Date.now() / 1000, -3) });
    expect(pings.every(({ message }) => Number.isInteger(message))).toBe(true);
  });
});

test('everything on the list of deliberate differences still differs', () => {
  expect(verdict.unused).toEqual([]);
});
