// What happens between losing a subscription and having one again; calls from inside callbacks.

import { describe, expect, it } from 'vitest';
import { ping, rig, welcome } from './rig';

describe('an outage', () => {
  it('is met by growing waits up to ten seconds, counted in the state', () => {
    const { cable, clock, network } = rig();
    cable.connect();
    const waits = Array.from({ length: 20 }, (_, index) => {
      network.socket.drop();
      const { state } = cable;
      if (state.name !== 'waiting') return expect.unreachable(state.name);
      expect(state.attempt).toBe(index + 1);
      const wait = state.nextTryAt - clock.now();
      clock.elapse(wait);
      expect(cable.state).toEqual({ name: 'connecting', attempt: index + 1 });
      return wait;
    });
    expect(waits.slice(0, 4)).toEqual([625, 781, 977, 1_221]);
    expect(waits.slice(-3)).toEqual([10_000, 10_000, 10_000]);
  });

  it('is forgotten after a subscription that stood', () => {
    const { cable, clock, network, accept } = rig({ attempt: 12 });
    cable.connect();
    accept();
    clock.elapse(500);
    network.socket.drop();
    expect(cable.state).toEqual({ name: 'waiting', attempt: 0, nextTryAt: clock.now() + 500 });
  });

  it('is met by the times that the options name', () => {
    const { cable, clock, network } = rig({ timings: { firstDelay: 100, maxDelay: 110 } });
    cable.connect();
    network.socket.drop();
    expect(cable.state).toMatchObject({ nextTryAt: clock.now() + 110 });
  });
});

describe('a try that hangs', () => {
  it.each([
    ['before the handshake', false],
    ['before the welcome', true],
  ])('%s is given up after 8 s', (_, handshake) => {
    const { cable, clock, network } = rig();
    cable.connect();
    if (handshake) network.socket.open();
    clock.elapse(7_999);
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

  it('is followed by at least the wait after a drop', () => {
    const { cable, clock } = rig({ attempt: 3 });
    cable.connect();
    clock.elapse(8_000);
    expect(cable.state).toEqual({ name: 'waiting', attempt: 4, nextTryAt: clock.now() + 500 });
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
    clock.elapse(499);
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
    clock.elapse(6_999);
    cable.reconnectNow();
    expect(cable.state.name).toBe('subscribing');
    accept();
    clock.elapse(6_999);
    cable.reconnectNow();
    expect(cable.state.name).toBe('live');
    expect(network.sockets).toHaveLength(1);
  });

  it.each([7_000, 3_600_000])('replaces a live socket when the computer slept for %i ms', (slept) => {
    const { cable, clock, network, accept, states } = rig();
    cable.connect();
    accept();
    clock.turnTo(clock.now() + slept); // timers stand still in sleep
    cable.reconnectNow();
    expect(network.sockets).toHaveLength(2);
    expect(network.alive).toEqual([network.socket]);
    expect(states.slice(-2).map(({ name }) => name)).toEqual(['waiting', 'connecting']);
    expect(cable.state).toEqual({ name: 'connecting', attempt: 0 });
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
    clock.elapse(7_999);
    expect(network.sockets).toHaveLength(2);
  });
});

describe('a listener that calls back from inside onState', () => {
  it('may disconnect before the socket is made', () => {
    const r = rig({}, { onState: ({ name }) => name === 'connecting' && r.cable.disconnect() });
    r.cable.connect();
    expect(r.network.sockets).toEqual([]);
    expect(r.cable.state).toEqual({ name: 'idle' });
    expect(r.clock.pending).toBe(0);
  });

  it('may disconnect before the subscribe is sent', () => {
    const r = rig({}, { onState: ({ name }) => name === 'subscribing' && r.cable.disconnect() });
    r.cable.connect();
    r.network.socket.open();
    r.network.socket.receive(welcome);
    expect(r.network.socket.sent).toEqual([]);
    expect(r.cable.state).toEqual({ name: 'idle' });
    expect(r.clock.pending).toBe(0);
  });

  it('may replace the try that is about to be made without ending up with two sockets', () => {
    let times = 0;
    const r = rig(
      {},
      {
        onState: ({ name }) => {
          if (name !== 'connecting' || times++ > 0) return;
          r.cable.disconnect();
          r.cable.connect();
        },
      },
    );
    r.cable.connect();
    expect(r.network.sockets).toHaveLength(1);
    r.accept();
    expect(r.cable.state.name).toBe('live');
  });

  it('may ask for a new try as soon as one is lost', () => {
    const r = rig({}, { onState: ({ name }) => name === 'waiting' && r.cable.reconnectNow() });
    r.goLive();
    r.network.socket.drop();
    expect(r.cable.state.name).toBe('connecting');
    expect(r.network.alive).toHaveLength(1);
    expect(r.clock.pending).toBe(1);
  });

  it('may disconnect when a silent socket is being replaced', () => {
    const r = rig({}, { onState: ({ name }) => name === 'waiting' && r.cable.disconnect() });
    r.goLive();
    r.clock.turnTo(r.clock.now() + 3_600_000);
    r.cable.reconnectNow();
    expect(r.cable.state).toEqual({ name: 'idle' });
    expect(r.network.sockets).toHaveLength(1);
  });
});
