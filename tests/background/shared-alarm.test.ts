import { beforeEach, expect, it } from 'vitest';
import { SharedAlarm } from '@/lib/background/shared-alarm';
import { FakeClock } from '../support/fake-clock';

const clock = new FakeClock(1_000_000);
const soon = 1_030_000;
let set: (number | null)[];
let shared: SharedAlarm;
beforeEach(() => {
  set = [];
  shared = new SharedAlarm({ set: (at) => set.push(at) }, clock);
});

it('rings at the earliest time, and not at all when nobody waits', () => {
  const [a, b] = [shared.of('a'), shared.of('b')];
  a.set(1_500_000);
  b.set(1_400_000);
  b.set(null);
  a.set(null);
  expect(set).toEqual([soon, 1_400_000, 1_500_000, null]);
});

it('rings soon as long as one has not said when, also after it rang', () => {
  const [a, b] = [shared.of('a'), shared.of('b')];
  a.set(null);
  b.set(null);
  shared.rang();
  a.set(1_900_000);
  a.set(1_010_000);
  expect(set).toEqual([soon, null, soon, 1_010_000]);
});

it('is the one alone where there is one', () => {
  const alone = new SharedAlarm({ set: (at) => set.push(at) }, clock).of('a');
  alone.set(7);
  alone.set(null);
  expect(set).toEqual([7, null]);
});

it('is not set again to what it is set to, which would put off its ringing, but is once it rang', () => {
  const [a, b] = [shared.of('a'), shared.of('b')];
  a.set(1_010_000);
  b.set(1_500_000);
  b.set(1_600_000);
  shared.rang();
  a.set(1_010_000);
  expect(set).toEqual([1_010_000, 1_010_000]);
});
