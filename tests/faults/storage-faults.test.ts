// Whatever fails at whichever write of either store: nothing of the outbox is lost or doubled, and all of it heals.
import { expect, it } from 'vitest';
import { printedSeed, scaled } from './plan-scale';
import type { Kind, Where } from './storage-fails';
import { tellWith } from './storage-story';

const places: readonly Where[] = ['record', 'history', 'both'];
const kinds: readonly Kind[] = [
  'no room once',
  'refused once',
  'full',
  'broken',
  'dies before',
  'dies after',
  'deletes the history',
  'dies, and deletes the history',
];
const cases = [
  ...places.flatMap((where) => kinds.map((kind) => ({ kind, where, withoutHistory: false }))),
  ...kinds.slice(0, 6).map((kind) => ({ kind, where: 'record' as const, withoutHistory: true })),
];
/** Every write on demand; with every test one of so many, another one with every seed. */
const stride = scaled(5, 1);
const seed = printedSeed('storage faults');

it('tells a story without faults, and would see what is wrong', async () => {
  expect(await tellWith(null)).toEqual({ met: false, wrong: [], refused: 0 });
});

it.each(cases)(
  'loses and doubles nothing, and heals, when storage is: $kind ($where, without a history: $withoutHistory), at any write',
  async ({ kind, where, withoutHistory }) => {
    const wrong: string[] = [];
    let told = 0;
    let refused = 0;
    let at = 1 + (seed % stride);
    for (; ; at += stride) {
      const ending = await tellWith({ where, kind, at, withoutHistory });
      if (!ending.met) break;
      told += 1;
      refused += ending.refused;
      wrong.push(...ending.wrong.map((what) => `at write ${at}: ${what}`));
    }
    console.log(`${kind} (${where}): ${told} stories, ${at - stride} writes, ${refused} commands refused`);
    expect(wrong).toEqual([]);
    expect(at).toBeGreaterThan(where === 'history' ? 6 : 10);
    // A history that fails is not noticed by whoever writes.
    if (where === 'history') expect(refused).toBe(0);
  },
  300_000,
);
