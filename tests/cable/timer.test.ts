// The single timer, also under a clock that calls late.

import { expect, it } from 'vitest';
import { Timer } from '@/lib/cable/timer';
import { FakeClock } from '../support/fake-clock';

/** Calls back late, as a browser may that had already queued the call. */
class LateClock extends FakeClock {
  override clearTimeout(): void {}
}

it('runs once, when its time has come', () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  const runs: number[] = [];
  timer.start(100, () => runs.push(clock.now()));
  const due = clock.now() + 100;
  clock.elapse(99);
  expect(runs).toEqual([]);
  clock.elapse(1_000);
  expect(runs).toEqual([due]);
});

it('is replaced by starting it again', () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  const runs: string[] = [];
  timer.start(100, () => runs.push('first'));
  timer.start(200, () => runs.push('second'));
  expect(clock.pending).toBe(1);
  clock.elapse(1_000);
  expect(runs).toEqual(['second']);
});

it('leaves nothing at the clock once stopped, and may be stopped again', () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  timer.stop();
  timer.start(100, () => expect.unreachable());
  timer.stop();
  timer.stop();
  expect(clock.pending).toBe(0);
  clock.elapse(1_000);
});

it('does not act when the clock calls it after it was stopped or replaced', () => {
  const clock = new LateClock();
  const timer = new Timer(clock);
  const runs: string[] = [];
  timer.start(100, () => runs.push('replaced'));
  timer.start(200, () => runs.push('stopped'));
  timer.stop();
  clock.elapse(1_000);
  timer.start(100, () => runs.push('last'));
  clock.elapse(1_000);
  expect(runs).toEqual(['last']);
});

it('can be started from inside its own run', () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  const runs: number[] = [];
  const again = () => {
    runs.push(clock.now());
    if (runs.length < 3) timer.start(10, again);
  };
  const begin = clock.now();
  timer.start(10, again);
  clock.elapse(1_000);
  expect(runs).toEqual([begin + 10, begin + 20, begin + 30]);
});
