// The herd's time: order, cancelling, and computers that sleep.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Computer, VirtualClock } from './virtual-clock';

it('runs timers in the order of their time, and of their making where times are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 200 }), (delays) => {
      const clock = new VirtualClock(1_000);
      const ran: [number, number][] = [];
      for (const [index, delay] of delays.entries())
        clock.after(delay, () => ran.push([clock.now() - 1_000, index]));
      clock.runUntil(2_000);
      const sorted = delays
        .map((delay, index): [number, number] => [delay, index])
        .sort(([a, i], [b, j]) => a - b || i - j);
      expect(ran).toEqual(sorted);
      expect(clock.now()).toBe(2_000);
    }),
  );
});

it('runs what is made on the way, and leaves what is not due yet', () => {
  const clock = new VirtualClock(0);
  const ran: number[] = [];
  clock.after(10, () => clock.after(5, () => ran.push(clock.now())));
  clock.after(16, () => ran.push(clock.now()));
  clock.runUntil(15);
  expect(ran).toEqual([15]);
  clock.runUntil(16);
  expect(ran).toEqual([15, 16]);
});

it('never runs a timer that was cleared, though cleared twice or unknown', () => {
  const clock = new VirtualClock(0);
  const computer = new Computer(clock);
  const timer = computer.setTimeout(() => expect.unreachable(), 10);
  computer.clearTimeout(timer);
  computer.clearTimeout(timer);
  computer.clearTimeout(undefined);
  clock.runUntil(100);
});

it('lets a sleeping computer’s timers stand still while the time of day goes on', () => {
  const clock = new VirtualClock(0);
  const computer = new Computer(clock);
  const ran: number[] = [];
  computer.setTimeout(() => ran.push(computer.now()), 100);
  const cleared = computer.setTimeout(() => expect.unreachable(), 100);
  clock.runUntil(30);
  computer.sleep();
  computer.act(() => expect.unreachable());
  clock.runUntil(1_000);
  computer.wake();
  computer.clearTimeout(cleared);
  clock.runUntil(1_069);
  expect(ran).toEqual([]);
  clock.runUntil(1_070);
  expect(ran).toEqual([1_070]);
});

it('says whose code is running', () => {
  const clock = new VirtualClock(0);
  const [one, other] = [new Computer(clock), new Computer(clock)];
  const seen: (Computer | null)[] = [];
  one.setTimeout(() => {
    other.act(() => seen.push(Computer.current));
    seen.push(Computer.current);
  }, 1);
  clock.runUntil(1);
  expect(seen).toEqual([other, one]);
  expect(Computer.current).toBeNull();
});
