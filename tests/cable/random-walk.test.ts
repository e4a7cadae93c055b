// Whatever the server, the network, the clock and the owner do, in any order, the cable keeps its promises.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { confirm, identifier, ping, rig, welcome } from './rig';

type Rig = ReturnType<typeof rig>;

const frame = fc.oneof(
  fc.constantFrom<object | string>(
    welcome,
    confirm,
    ping,
    { identifier, message: {} },
    { identifier: 'other', message: {} },
    { type: 'reject_subscription', identifier },
    { type: 'disconnect', reconnect: true },
    { type: 'disconnect', reconnect: false },
  ),
  fc.string(),
  fc.json(),
);
/** Which socket, counted from the newest. Old ones go on talking. */
const which = fc.nat(3);
const step = fc.oneof(
  fc.tuple(which, frame).map(([back, f]) => ({ network }: Rig) => {
    const socket = network.sockets.at(-1 - back);
    // A browser delivers nothing before the handshake; afterwards even a closing socket may speak.
    if (socket?.status !== 'connecting') socket?.receive(f);
  }),
  fc.tuple(which, fc.constantFrom('actioncable-v1-json', '', 'actioncable-unsupported')).map(
    ([back, protocol]) =>
      ({ network }: Rig) =>
        network.sockets.at(-1 - back)?.open(protocol),
  ),
  which.map(
    (back) =>
      ({ network }: Rig) =>
        network.sockets.at(-1 - back)?.drop(),
  ),
  fc.nat(12_000).map(
    (ms) =>
      ({ clock }: Rig) =>
        clock.elapse(ms),
  ),
  fc.constantFrom('Error', 'SecurityError').map((name) => ({ network }: Rig) => {
    network.refuseOnce = { error: Object.assign(new Error('refused'), { name }) };
  }),
  fc.constantFrom(
    ({ cable }: Rig) => cable.connect(),
    ({ cable }: Rig) => cable.disconnect(),
    ({ cable }: Rig) => cable.reconnectNow(),
    ({ cable }: Rig) => cable.perform('update_presence'),
    (r: Rig) => r.network.alive.length > 0 && r.accept(),
  ),
);

function expectSound({ cable, clock, network }: Rig) {
  const resting = ['idle', 'waiting', 'closed'].includes(cable.state.name);
  expect(network.alive.length).toBe(resting ? 0 : 1);
  expect(clock.pending > 0).toBe(!['idle', 'closed'].includes(cable.state.name));
}

it('never throws, never has two sockets, and is live within 11 s of the network being good', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (steps, fraction) => {
        const r = rig({ random: { fraction: () => fraction, uuid: () => '' } });
        let mostAlive = 0;
        r.network.onSocket = () => {
          mostAlive = Math.max(mostAlive, r.network.alive.length);
        };
        r.cable.connect();
        for (const take of steps) {
          take(r);
          expectSound(r);
        }
        expect(mostAlive).toBeLessThanOrEqual(1);
        for (const { name } of r.states) reached.add(name);

        r.network.refuseOnce = null;
        r.network.onSocket = (socket) =>
          r.clock.setTimeout(() => socket === r.network.socket && r.accept(), 50);
        r.cable.connect();
        for (let seconds = 0; seconds < 11; seconds += 1) {
          r.clock.elapse(1_000);
          if (r.cable.state.name === 'live') r.network.socket.receive(ping);
        }
        expect(r.cable.state).toEqual({ name: 'live' });
      },
    ),
    { numRuns: 500 },
  );
  // The walk is worth something only if it goes everywhere.
  expect([...reached].sort()).toEqual(['closed', 'connecting', 'idle', 'live', 'subscribing', 'waiting']);
});
