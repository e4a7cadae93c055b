// What happens between losing a subscription and having one again.

import { describe, expect, it } from 'vitest';
import { ping, rig, welcome } from './rig';

/** A cable whose every draw is `fraction`, so that its place among the others is known. */
const withFraction = (fraction: number) => rig({ random: { fraction: () => fraction, uuid: () => '' } });

/** Fails try after try at once, and says how long it waited after each. */
function failing({ cable, clock, network }: ReturnType<typeof rig>, tries: number): number[] {
  return Array.from({ length: tries }, () => {
    network.socket.drop();
    const { state } = cable;
    if (state.name !== 'waiting') return expect.unreachable(state.name);
    const wait = state.nextTryAt - clock.now();
    clock.elapse(wait);
    expect(cable.state).toEqual({ name: 'connecting', attempt: state.attempt });
    return wait;
  });
}

describe('an outage', () => {
  it('is met by one quick try, a wait that spreads the clients, and then nearly regular ones', () => {
    const early = withFraction(0);
    early.goLive();
    expect(failing(early, 6)).toEqual([100, 100, 7_000, 7_086, 7_346, 7_778]);
    const middle = withFraction(0.5);
    middle.goLive();
    expect(failing(middle, 6)).toEqual([450, 3_500, 7_022, 7_194, 7_540, 8_059]);
    const late = rig();
    late.goLive();
    expect(failing(late, 6)).toEqual([800, 7_000, 7_086, 7_346, 7_778, 8_383]);
  });

  it('is met by waits of ten seconds in the end, counted in the state', () => {
    const r = rig();
    r.cable.connect();
    expect(failing(r, 20).slice(-3)).toEqual([10_000, 10_000, 10_000]);
    expect(r.cable.state).toEqual({ name: 'connecting', attempt: 20 });
  });

  it('is met by waits of up to 28 s while nobody watches, from the next wait on', () => {
    const r = rig();
    r.cable.isWatched = false;
    r.cable.connect();
    const waits = failing(r, 20);
    expect(waits.slice(0, 9)).toEqual([7_000, 7_086, 7_346, 7_778, 8_383, 9_160, 10_111, 11_235, 12_531]);
    expect(waits.at(-1)).toBe(28_000);
    r.network.socket.drop();
    r.cable.isWatched = true;
    expect(r.cable.state).toMatchObject({ nextTryAt: r.clock.now() + 28_000 });
    r.clock.elapse(28_000);
    expect(failing(r, 2)).toEqual([10_000, 10_000]);
  });

  it('draws a new place at every loss, and keeps it while the outage lasts', () => {
    const draws = [0.9, 0.25, 0, 0.75, 0];
    const r = rig({ random: { fraction: () => draws.shift() ?? expect.unreachable(), uuid: () => '' } });
    r.goLive();
    expect(failing(r, 3)).toEqual([100, 1_750, 7_005]);
    r.accept();
    r.clock.elapse(800);
    expect(failing(r, 3)).toEqual([100, 5_250, 7_049]);
  });

  it('is forgotten after a subscription that stood', () => {
    const { cable, clock, network, accept } = rig({ attempt: 12 });
    cable.connect();
    accept();
    clock.elapse(800);
    network.socket.drop();
    expect(cable.state).toEqual({ name: 'waiting', attempt: 0, nextTryAt: clock.now() + 800 });
  });

  it('is met by the times that the options name', () => {
    const r = rig({ timings: { firstDelay: 80, interval: 100, maxDelay: 110, maxDelayUnwatched: 120 } });
    r.goLive();
    expect(failing(r, 6)).toEqual([80, 100, 101, 105, 110, 110]);
    r.cable.isWatched = false;
    expect(failing(r, 2)).toEqual([120, 120]);
  });
});

describe('a cable that starts in an outage, with the tries of an earlier one', () => {
  it('tries at once, and then waits for its place in the longer interval', () => {
    const r = rig({ attempt: 7, random: { fraction: () => 0.5, uuid: () => '' } });
    r.cable.connect();
    expect(r.cable.state).toEqual({ name: 'connecting', attempt: 7 });
    expect(r.network.sockets).toHaveLength(1);
    expect(failing(r, 2)).toEqual([5_000, 10_000]);
  });
});

describe('a try that hangs', () => {
  it.each([
    ['before the handshake', false],
    ['before the welcome', true],
  ])('%s is given up after 6.5 s', (_, handshake) => {
    const { cable, clock, network } = rig();
    cable.connect();
    if (handshake) network.socket.open();
    clock.elapse(6_499);
    expect(cable.state.name).toBe('connecting');
    clock.elapse(1);
    expect(cable.state).toMatchObject({ name: 'waiting', attempt: 1 });
    expect(network.alive).toEqual([]);
  });

  it('is given up although the server pings, when it never welcomes', () => {
    const { cable, clock, network } = rig();
    cable.connect();
    network.socket.open();
    for (let pings = 0; pings < 4; pings += 1) {
      network.socket.receive(ping);
      clock.elapse(2_000);
    }
    expect(cable.state.name).toBe('waiting');
  });

  it('has its own time counted towards the wait, so that tries start at most 10 s apart', () => {
    const { cable, clock, network } = rig({ attempt: 30 });
    const starts: number[] = [];
    network.onSocket = () => starts.push(clock.now());
    cable.connect();
    clock.elapse(40_000);
    expect(starts.map((at) => at - (starts[0] ?? 0))).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
  });

  it('does not move the client’s turn', () => {
    const r = rig();
    const starts: number[] = [];
    r.network.onSocket = () => starts.push(r.clock.now());
    r.goLive();
    failing(r, 2);
    r.clock.elapse(25_000);
    const apart = starts.map((at, index) => at - (starts[index - 1] ?? at));
    expect(apart).toEqual([0, 1_800, 7_000, 7_086, 7_346, 7_778]);
  });

  it('is followed by a wait that spreads those who began together over what is left of the longest', () => {
    const { cable, clock } = withFraction(0.5);
    cable.connect();
    clock.elapse(6_500);
    expect(cable.state).toEqual({ name: 'waiting', attempt: 1, nextTryAt: clock.now() + 1_750 });
  });

  it.each([0.5, 1 - Number.EPSILON])('is never followed by less than 100 ms: chance %d', (fraction) => {
    const r = rig({ timings: { openTimeout: 30_000 }, random: { fraction: () => fraction, uuid: () => '' } });
    r.cable.connect();
    for (let tries = 0; tries < 2; tries += 1) {
      r.clock.elapse(30_000);
      expect(r.cable.state).toMatchObject({ name: 'waiting', nextTryAt: r.clock.now() + 100 });
      r.clock.elapse(100);
    }
  });

  it('is not followed by an endless wait when the computer’s clock was set back meanwhile', () => {
    const { cable, clock, network } = rig({ attempt: 30 });
    cable.connect();
    clock.turnTo(clock.now() - 86_400_000);
    network.socket.drop();
    expect(cable.state).toMatchObject({ nextTryAt: clock.now() + 10_000 });
  });
});

describe('reconnecting at once', () => {
  it('ends a wait and keeps its place in the backoff', () => {
    const { cable, clock, network } = rig({ attempt: 30 });
    cable.connect();
    network.socket.drop();
    cable.reconnectNow();
    expect(cable.state).toEqual({ name: 'connecting', attempt: 31 });
    expect(network.sockets).toHaveLength(2);
    network.socket.drop();
    clock.elapse(9_999);
    expect(network.sockets).toHaveLength(2);
    clock.elapse(1);
    expect(network.sockets).toHaveLength(3);
  });

  it('lets a try that has just begun go on, and replaces one that has hung for longer', () => {
    const { cable, clock, network } = rig();
    cable.connect();
    clock.elapse(799);
    cable.reconnectNow();
    expect(network.sockets).toHaveLength(1);
    clock.elapse(1);
    cable.reconnectNow();
    expect(network.sockets).toHaveLength(2);
    expect(network.alive).toEqual([network.socket]);
    expect(cable.state).toEqual({ name: 'connecting', attempt: 1 });
  });

  it('leaves a subscription alone that is under way or live and heard from', () => {
    const { cable, clock, network, accept } = rig();
    cable.connect();
    network.socket.open();
    network.socket.receive(welcome);
    clock.elapse(6_599);
    cable.reconnectNow();
    expect(cable.state.name).toBe('subscribing');
    accept();
    clock.elapse(6_599);
    cable.reconnectNow();
    expect(cable.state.name).toBe('live');
    expect(network.sockets).toHaveLength(1);
  });

  it.each([6_000, 3_600_000])(
    'replaces a live socket that was last heard 1 s before a sleep of %i ms',
    (slept) => {
      const { cable, clock, goLive, network, states } = rig();
      goLive();
      clock.turnTo(clock.now() + slept); // timers stand still in sleep
      cable.reconnectNow();
      expect(network.sockets).toHaveLength(2);
      expect(network.alive).toEqual([network.socket]);
      expect(states.slice(-2).map(({ name }) => name)).toEqual(['waiting', 'connecting']);
      expect(cable.state).toEqual({ name: 'connecting', attempt: 0 });
    },
  );

  it('is followed by a wait that spreads those who were told together, when it fails', () => {
    const r = withFraction(0.5);
    r.goLive();
    failing(r, 4);
    r.network.socket.drop();
    r.cable.reconnectNow();
    expect(failing(r, 2)).toEqual([4_029, 8_750]);
  });

  it('does nothing when idle', () => {
    const { cable, network } = rig();
    cable.reconnectNow();
    expect(network.sockets).toEqual([]);
  });

  it('leaves one timer at most, that of the new try', () => {
    const { cable, clock, goLive, network } = rig();
    goLive();
    network.socket.drop();
    cable.reconnectNow();
    cable.reconnectNow();
    expect(clock.pending).toBe(1);
    clock.elapse(6_499);
    expect(network.sockets).toHaveLength(2);
  });
});
