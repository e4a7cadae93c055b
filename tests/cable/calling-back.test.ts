// A listener of the cable's states may call the cable while it is being told: nothing is opened or left behind by it.

import { describe, expect, it } from 'vitest';
import { rig, welcome } from './rig';

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
