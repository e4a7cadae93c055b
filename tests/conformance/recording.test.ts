// The recording, played in order against the in-memory CarbonChat: every answer and every frame as the real one gave it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecording } from '../support/recording';
import type { Difference } from './compare';
import { DELIBERATE } from './deliberate';
import { isClientApi, judge } from './judge';
import { play } from './player';

const recording = readRecording();
let verdict: ReturnType<typeof judge>;
const used = new Set<(typeof DELIBERATE)[number]>();

beforeAll(async () => {
  verdict = judge(recording, await play(recording));
}, 120_000);

/** The differences that are on nobody's list. */
function unexpected(at: { exchange?: number; socket?: number }, differences: Difference[]): Difference[] {
  return differences.filter(({ where }) => {
    const listed = DELIBERATE.find(
      (entry) =>
        entry.exchange === at.exchange && entry.socket === at.socket && where.startsWith(entry.where),
    );
    if (listed) used.add(listed);
    return listed === undefined;
  });
}

describe('answers', () => {
  test.each(recording.http.map(({ n, name }) => ({ n, name })))('$n $name', ({ n }) => {
    const found = verdict.exchanges.find(({ exchange }) => exchange.n === n);
    expect(unexpected({ exchange: n }, found?.differences ?? [])).toEqual([]);
  });

  test('at least 188 of the 193 exchanges of the client API are equal', () => {
    const ours = verdict.exchanges.filter(({ exchange }) => isClientApi(exchange));
    const equal = ours.filter(({ differences }) => differences.length === 0);
    console.log(`${equal.length} of ${ours.length} exchanges of the client API are equal`);
    expect(ours).toHaveLength(193);
    expect(equal.length).toBeGreaterThanOrEqual(188);
  });
});

describe('sockets', () => {
  test.each(recording.cable.map(({ name }, socket) => ({ socket, name })))('$socket $name', ({ socket }) => {
    const found = verdict.sockets[socket];
    const differences = [...(found?.differences ?? []), ...(found?.order ?? [])];
    expect(unexpected({ socket }, differences)).toEqual([]);
  });

  test('the frames of all 34 sockets are equal', () => {
    const equal = verdict.sockets.filter(({ differences }) => differences.length === 0);
    const frames = equal.reduce((sum, { frames }) => sum + frames, 0);
    console.log(`${equal.length} of ${verdict.sockets.length} sockets are equal, with ${frames} frames`);
    expect(equal).toHaveLength(34);
  });
});

afterAll(() => {
  // Said here, for it takes all tests to know it.
  expect(DELIBERATE.filter((entry) => !used.has(entry))).toEqual([]);
});
