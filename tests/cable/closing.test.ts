// Every way to stop: for good, or because the owner wants it.

import { describe, expect, it } from 'vitest';
import { confirm, identifier, rig, welcome } from './rig';

type Rig = ReturnType<typeof rig>;

/** Every way into the state 'closed', with the reason it must give. */
const waysToClose: [string, string, (r: Rig) => void][] = [
  [
    'the server forbids coming back',
    'unauthorized',
    ({ cable, network }) => {
      cable.connect();
      network.socket.open();
      network.socket.receive({ type: 'disconnect', reason: 'unauthorized', reconnect: false });
    },
  ],
  [
    'the server chose a sub-protocol that we cannot speak',
    'unsupported',
    ({ cable, network }) => {
      cable.connect();
      network.socket.open('actioncable-unsupported');
    },
  ],
  [
    'the browser forbids the socket',
    'blocked',
    ({ cable, network }) => {
      network.refuseOnce = { error: new DOMException('insecure', 'SecurityError') };
      cable.connect();
    },
  ],
  [
    'the server rejects the subscription',
    'rejected',
    ({ cable, network }) => {
      cable.connect();
      network.socket.open();
      network.socket.receive(welcome);
      network.socket.receive({ type: 'reject_subscription', identifier });
    },
  ],
];

describe.each(waysToClose)('when %s', (_, reason, close) => {
  it('closes and says why', () => {
    const r = rig();
    close(r);
    expect(r.cable.state).toEqual({ name: 'closed', reason });
    expect(r.states.at(-1)).toEqual({ name: 'closed', reason });
  });

  it('keeps no socket and no timer, and does not come back by itself', () => {
    const r = rig();
    close(r);
    const opened = r.network.sockets.length;
    expect(r.network.alive).toEqual([]);
    expect(r.clock.pending).toBe(0);
    r.network.sockets.at(-1)?.drop();
    r.cable.reconnectNow();
    r.clock.elapse(600_000);
    expect(r.network.sockets).toHaveLength(opened);
    expect(r.cable.state).toEqual({ name: 'closed', reason });
  });

  it('starts afresh when asked to connect', () => {
    const r = rig({ attempt: 4 });
    close(r);
    r.cable.connect();
    expect(r.cable.state).toEqual({ name: 'connecting', attempt: 0 });
    r.accept();
    expect(r.cable.state.name).toBe('live');
  });

  it('becomes idle when disconnected', () => {
    const r = rig();
    close(r);
    r.cable.disconnect();
    expect(r.cable.state).toEqual({ name: 'idle' });
  });
});

describe('what does not close it', () => {
  it('is a server that chose no sub-protocol', () => {
    const { cable, network } = rig();
    cable.connect();
    network.socket.open('');
    network.socket.receive(welcome);
    network.socket.receive(confirm);
    expect(cable.state.name).toBe('live');
  });

  it('is the rejection of another identifier', () => {
    const { cable, goLive, network } = rig();
    goLive();
    network.socket.receive({ type: 'reject_subscription', identifier: 'other' });
    expect(cable.state.name).toBe('live');
  });

  it.each([new SyntaxError('bad address'), new Error('SecurityError'), 'SecurityError', null, undefined])(
    'is a factory that throws %o: that is a failed try',
    (error) => {
      const { cable, clock, network, states } = rig();
      network.refuseOnce = { error };
      cable.connect();
      expect(states.map(({ name }) => name)).toEqual(['connecting', 'waiting']);
      clock.elapse(7_000);
      expect(network.alive).toHaveLength(1);
      expect(cable.state).toEqual({ name: 'connecting', attempt: 1 });
    },
  );
});

describe('disconnecting', () => {
  const placesToBe: [string, (r: Rig) => void][] = [
    ['connecting', ({ cable }) => cable.connect()],
    [
      'subscribing',
      ({ cable, network }) => {
        cable.connect();
        network.socket.open();
        network.socket.receive(welcome);
      },
    ],
    ['live', ({ goLive }) => goLive()],
    [
      'waiting',
      ({ goLive, network }) => {
        goLive();
        network.socket.drop();
      },
    ],
  ];

  it.each(placesToBe)('from %s leaves no socket and no timer and stays idle', (name, go) => {
    const r = rig();
    go(r);
    expect(r.cable.state.name).toBe(name);
    r.cable.disconnect();
    expect(r.network.alive).toEqual([]);
    expect(r.clock.pending).toBe(0);
    r.network.socket.drop();
    r.cable.reconnectNow();
    r.clock.elapse(600_000);
    expect(r.states.at(-1)).toEqual({ name: 'idle' });
    expect(r.cable.state).toEqual({ name: 'idle' });
    expect(r.network.sockets).toHaveLength(1);
  });

  it('tells of it once, however often it is asked', () => {
    const { cable, states } = rig();
    cable.disconnect();
    cable.connect();
    cable.disconnect();
    cable.disconnect();
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'idle']);
  });

  it('forgets the failed tries', () => {
    const { cable, network } = rig({ attempt: 9 });
    cable.connect();
    network.socket.drop();
    cable.disconnect();
    cable.connect();
    expect(cable.state).toEqual({ name: 'connecting', attempt: 0 });
  });
});
