// Every way to lose a subscription, and how soon that is known.

import { describe, expect, it } from 'vitest';
import { confirm, identifier, ping, rig, welcome } from './rig';

describe('a mere drop', () => {
  it('is told at once and followed by a new try within a second', () => {
    const { cable, clock, goLive, network } = rig();
    goLive();
    network.socket.drop();
    expect(cable.state).toEqual({ name: 'waiting', attempt: 0, nextTryAt: clock.now() + 800 });
    clock.elapse(799);
    expect(network.sockets).toHaveLength(1);
    clock.elapse(1);
    expect(network.sockets).toHaveLength(2);
    expect(cable.state).toEqual({ name: 'connecting', attempt: 0 });
  });

  it('is followed by a wait that chance shortens to no less than 100 ms', () => {
    const { cable, clock, goLive, network } = rig({ random: { fraction: () => 0, uuid: () => '' } });
    goLive();
    network.socket.drop();
    expect(cable.state).toMatchObject({ nextTryAt: clock.now() + 100 });
  });

  it('is followed by the same short wait, however often it happens', () => {
    const { cable, clock, goLive, network, accept } = rig();
    goLive();
    for (let drops = 0; drops < 20; drops += 1) {
      network.socket.drop();
      expect(cable.state).toMatchObject({ attempt: 0, nextTryAt: clock.now() + 800 });
      clock.elapse(800);
      accept();
      clock.elapse(800);
    }
  });

  it('counts as a failed try when it comes at once, so that a broken server is not hammered', () => {
    const { cable, clock, network, accept } = rig();
    const starts: number[] = [];
    network.onSocket = () => starts.push(clock.now());
    cable.connect();
    for (let failed = 1; failed <= 20; failed += 1) {
      accept();
      clock.elapse(799);
      network.socket.drop();
      expect(cable.state).toMatchObject({ name: 'waiting', attempt: failed });
      clock.elapse(cable.state.name === 'waiting' ? cable.state.nextTryAt - clock.now() : 0);
    }
    const apart = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(apart.slice(0, 4)).toEqual([7_799, 7_086, 7_346, 7_778]);
    expect(apart.at(-1)).toBe(10_000);
  });

  it.each([-3_600_000, 3_600_000])('is one also when the clock was set by %i ms meanwhile', (shift) => {
    const { cable, clock, goLive, network } = rig();
    goLive();
    clock.turnTo(clock.now() + shift);
    expect(cable.state.name).toBe('live');
    network.socket.drop();
    expect(cable.state).toEqual({ name: 'waiting', attempt: 0, nextTryAt: clock.now() + 800 });
    clock.turnTo(clock.now() + shift);
    clock.elapse(800);
    expect(network.alive).toHaveLength(1);
  });
});

describe('being sent away by a disconnect frame that asks to come back', () => {
  const sendAway = { type: 'disconnect', reason: 'server_restart', reconnect: true };
  const withFraction = (fraction: number) => rig({ random: { fraction: () => fraction, uuid: () => '' } });

  it('ends the socket at once, and its own end means nothing more', () => {
    const { cable, goLive, network, states } = rig();
    goLive();
    network.socket.receive(sendAway);
    expect(network.alive).toEqual([]);
    network.socket.drop();
    expect(cable.state).toMatchObject({ name: 'waiting', attempt: 0 });
    expect(states.filter(({ name }) => name === 'waiting')).toHaveLength(1);
  });

  it.each([
    [0, 100],
    [0.25, 2_500],
    [0.5, 5_000],
    [1 - Number.EPSILON, 10_000],
  ])('is followed by a wait that spreads the whole fleet over 10 s: chance %d, %i ms', (fraction, wait) => {
    const { cable, clock, goLive, network } = withFraction(fraction);
    goLive();
    network.socket.receive(sendAway);
    expect(cable.state).toEqual({ name: 'waiting', attempt: 0, nextTryAt: clock.now() + wait });
    clock.elapse(wait);
    expect(cable.state).toEqual({ name: 'connecting', attempt: 0 });
  });

  it('spreads over no more than that while nobody watches', () => {
    const { cable, clock, goLive, network } = rig();
    goLive();
    cable.isWatched = false;
    network.socket.receive(sendAway);
    expect(cable.state).toMatchObject({ nextTryAt: clock.now() + 10_000 });
  });

  it('is a failed try like any other before a subscription stood', () => {
    const { cable, clock, network } = withFraction(0.5);
    cable.connect();
    network.socket.open();
    network.socket.receive(sendAway);
    expect(cable.state).toEqual({ name: 'waiting', attempt: 1, nextTryAt: clock.now() + 3_500 });
  });
});

describe('a half-open socket', () => {
  it('is given up after 6.6 s without any frame, and replaced within 8.5 s', () => {
    const { cable, clock, goLive, network } = rig();
    goLive();
    network.socket.receive(ping);
    clock.elapse(6_599);
    expect(cable.state.name).toBe('live');
    clock.elapse(1);
    expect(cable.state.name).toBe('waiting');
    expect(network.alive).toEqual([]);
    clock.elapse(1_000);
    expect(network.alive).toHaveLength(1);
  });

  it('is given up although its close never comes to an end', () => {
    const { clock, goLive, network, accept, cable } = rig();
    goLive();
    clock.elapse(8_500);
    accept();
    clock.elapse(5_000);
    expect(cable.state.name).toBe('live');
    expect(network.sockets).toHaveLength(2);
  });

  it.each([
    ['a ping', ping],
    ['a message', { identifier, message: {} }],
    ['a frame for someone else', { identifier: 'other', message: {} }],
    ['a frame that means nothing', '{nope'],
    ['a repeated confirmation', confirm],
  ])('is told from a living one by %s', (_, frame) => {
    const { cable, clock, goLive, network } = rig();
    goLive();
    clock.elapse(5_000);
    network.socket.receive(frame);
    clock.elapse(6_599);
    expect(cable.state.name).toBe('live');
    clock.elapse(1);
    expect(cable.state.name).toBe('waiting');
  });

  it('is noticed before the subscription is confirmed, and not mistaken for a bad token', () => {
    const r = rig();
    r.cable.connect();
    r.network.socket.open();
    r.network.socket.receive(welcome);
    r.clock.elapse(6_600);
    expect(r.cable.state.name).toBe('waiting');
    r.clock.elapse(60_000);
    expect(r.subscribeTimeouts).toBe(0);
  });

  it('is given up after the time that the options name', () => {
    const { cable, clock, goLive, network } = rig({ timings: { staleAfter: 2_000 } });
    goLive();
    network.socket.receive(ping);
    clock.elapse(1_999);
    expect(cable.state.name).toBe('live');
    clock.elapse(1);
    expect(cable.state.name).toBe('waiting');
  });
});

describe('a server that greets but does not confirm', () => {
  /** Welcomes, then pings every 3 s until `ms` have passed since the welcome. */
  function silence(ms: number, r = rig()) {
    r.cable.connect();
    r.network.socket.open();
    r.network.socket.receive(welcome);
    for (let passed = 0; passed < ms; passed += 1_000) {
      r.clock.elapse(Math.min(1_000, ms - passed));
      r.network.socket.receive(ping);
    }
    return r;
  }

  it('is borne for 8 s', () => {
    const r = silence(7_999);
    expect(r.cable.state.name).toBe('subscribing');
    expect(r.subscribeTimeouts).toBe(0);
  });

  it('then makes the cable drop the socket, tell its owner and back off', () => {
    const r = silence(8_000);
    expect(r.subscribeTimeouts).toBe(1);
    expect(r.network.alive).toEqual([]);
    expect(r.states.at(-1)).toMatchObject({ name: 'waiting', attempt: 1 });
    r.network.socket.receive(confirm);
    expect(r.cable.state.name).toBe('waiting');
    r.clock.elapse(10_000);
    expect(r.network.alive).toHaveLength(1);
    expect(r.subscribeTimeouts).toBe(1);
  });

  it('makes its owner know by the time it decides: the owner may disconnect at once', () => {
    const r = rig({}, { onSubscribeTimeout: () => r.cable.disconnect() });
    silence(8_000, r);
    expect(r.cable.state).toEqual({ name: 'idle' });
    expect(r.clock.pending).toBe(0);
  });

  it('is no matter of concern once it has confirmed', () => {
    const r = rig();
    r.goLive();
    for (let pings = 0; pings < 20; pings += 1) {
      r.clock.elapse(3_000);
      r.network.socket.receive(ping);
    }
    expect(r.subscribeTimeouts).toBe(0);
    expect(r.cable.state.name).toBe('live');
  });
});

describe('an old socket', () => {
  it('has no say any more', () => {
    const { cable, clock, goLive, network, states, messages, unknownFrames, accept } = rig();
    goLive();
    const old = network.socket;
    old.drop();
    clock.elapse(800);
    accept();
    const told = states.length;
    old.open('actioncable-unsupported');
    for (const frame of [
      welcome,
      confirm,
      { identifier, message: 'late' },
      { type: 'disconnect', reconnect: false },
      { type: 'reject_subscription', identifier },
      '{nope',
    ]) {
      old.receive(frame);
    }
    old.drop();
    expect(states).toHaveLength(told);
    expect(messages).toEqual([]);
    expect(unknownFrames).toEqual([]);
    expect(cable.state.name).toBe('live');
  });

  it('has none either when its end comes while it is being closed', () => {
    const { cable, goLive, network, states } = rig();
    goLive();
    const { socket } = network;
    socket.close = () => socket.drop();
    cable.disconnect();
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'subscribing', 'live', 'idle']);
  });

  it.each(['idle', 'closed'])('has none after the cable became %s', (end) => {
    const r = rig();
    r.goLive();
    const { socket } = r.network;
    if (end === 'idle') r.cable.disconnect();
    else socket.receive({ type: 'reject_subscription', identifier });
    socket.receive({ identifier, message: 'late' });
    socket.receive({ type: 'disconnect', reconnect: true });
    socket.receive('{nope');
    socket.drop();
    expect(r.messages).toEqual([]);
    expect(r.unknownFrames).toEqual([]);
    expect(r.states.at(-1)?.name).toBe(end);
    expect(r.clock.pending).toBe(0);
  });

  it('does not keep a silent new one alive by its frames', () => {
    const { cable, clock, goLive, network, accept } = rig();
    goLive();
    const old = network.socket;
    old.drop();
    clock.elapse(800);
    accept();
    clock.elapse(5_000);
    old.receive(ping);
    clock.elapse(2_000);
    expect(cable.state.name).toBe('waiting');
  });
});
