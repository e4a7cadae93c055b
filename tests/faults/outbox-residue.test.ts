// The known residue (design §6), apart from the run that must find nothing: two devices of one contact say the same
// words, between the moment in which one read its baseline and the one in which it looks for its message.
import { afterEach, expect, it } from 'vitest';
import type { RequestFault } from './plan';
import { World } from './world';

const { timeout } = AbortSignal;
const second = 1_000;

afterEach(() => {
  AbortSignal.timeout = timeout;
});

/** Both devices say "yes", the second so much later; answers what went wrong in the end. */
async function bothSay(fault: RequestFault, later: number, cableless: boolean): Promise<string[]> {
  const world = await World.begin({ seed: later, cableless });
  world.plan.ill = false;
  await world.begin('hello?');
  await world.open(world.b);
  await world.pass(60 * second);
  world.plan.nextWrite = fault;
  await world.write(0, 'yes');
  await world.pass(later);
  await world.write(0, 'yes', world.b);
  await world.heal();
  expect(world.checker.sends).toBe(3);
  return world.problems();
}

async function count(fault: RequestFault, cableless: boolean) {
  const delays = Array.from({ length: 14 }, (_, index) => (1 + index * 5) * second);
  const counts = { pairs: delays.length, lost: 0, other: 0 };
  for (const later of delays) {
    for (const problem of await bothSay(fault, later, cableless))
      counts[problem.startsWith('lost: ') ? 'lost' : 'other'] += 1;
  }
  return counts;
}

it('takes the same words of another device for its own that never arrived, where no cable can tell', async () => {
  const counts = await count('hangsBefore', true);
  console.log(`the same words from two devices at one time, without a cable: ${JSON.stringify(counts)}`);
  expect(counts).toEqual({ pairs: 14, lost: 14, other: 0 });
}, 60_000);

it('keeps the same words of two devices apart where the first did arrive', async () => {
  expect(await count('hangsAfter', true)).toEqual({ pairs: 14, lost: 0, other: 0 });
}, 60_000);

it('keeps the same words of two devices apart where the cable tells whose they are', async () => {
  expect(await count('hangsBefore', false)).toEqual({ pairs: 14, lost: 0, other: 0 });
}, 60_000);
