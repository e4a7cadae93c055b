// From idle to live, and what passes over a live subscription.

import { describe, expect, it } from 'vitest';
import { Cable } from '@/lib/cable/cable';
import { FakeClock } from '../support/fake-clock';
import { FakeNetwork } from '../support/fake-socket';
import { confirm, identifier, ping, rig, welcome } from './rig';

const subscribed = { command: 'subscribe', identifier };

describe('from idle to live', () => {
  it('does nothing before it is asked to connect', () => {
    const { cable, clock, network, states } = rig();
    clock.elapse(60_000);
    expect(cable.state).toEqual({ name: 'idle' });
    expect(network.sockets).toEqual([]);
    expect(states).toEqual([]);
  });

  it('opens the address offering the sub-protocols of Action Cable', () => {
    const { cable, network } = rig();
    cable.connect();
    expect(network.socket.url).toBe('wss://support.example/cable');
    expect(network.socket.protocols).toEqual(['actioncable-v1-json', 'actioncable-unsupported']);
  });

  it('passes through every state in order and subscribes only when welcomed', () => {
    const { cable, network, states } = rig();
    cable.connect();
    network.socket.open();
    expect(network.socket.sent).toEqual([]);
    network.socket.receive(welcome);
    expect(network.socket.sent).toEqual([subscribed]);
    network.socket.receive(confirm);
    expect(states).toEqual([
      { name: 'connecting', attempt: 0 },
      { name: 'subscribing', attempt: 0 },
      { name: 'live' },
    ]);
    expect(cable.state).toEqual({ name: 'live' });
  });

  it('is not disturbed by connecting twice, a second welcome or a second confirmation', () => {
    const { cable, network, states, accept } = rig();
    cable.connect();
    cable.connect();
    accept();
    cable.connect();
    network.socket.receive(welcome);
    network.socket.receive(confirm);
    expect(network.sockets).toHaveLength(1);
    expect(network.socket.sent).toEqual([subscribed]);
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'subscribing', 'live']);
  });

  it('does not take a confirmation for its own before it has subscribed', () => {
    const { cable, network } = rig();
    cable.connect();
    network.socket.open();
    network.socket.receive(confirm);
    expect(cable.state.name).toBe('connecting');
  });

  it('does not take the confirmation of another identifier for its own, not even of an equal object', () => {
    const { cable, network } = rig();
    cable.connect();
    network.socket.open();
    network.socket.receive(welcome);
    network.socket.receive({ ...confirm, identifier: '{"key":"k","channel":"Room"}' });
    expect(cable.state.name).toBe('subscribing');
  });

  it('counts on from the number of failed tries it is given', () => {
    const { cable, network, states } = rig({ attempt: 3 });
    cable.connect();
    network.socket.open();
    network.socket.receive(welcome);
    expect(states).toEqual([
      { name: 'connecting', attempt: 3 },
      { name: 'subscribing', attempt: 3 },
    ]);
    network.socket.drop();
    expect(cable.state).toMatchObject({ name: 'waiting', attempt: 4 });
  });
});

describe('messages', () => {
  it('are passed on when live, in order and as they are', () => {
    const { goLive, network, messages } = rig();
    goLive();
    network.socket.receive({ identifier, message: { event: 'a' } });
    network.socket.receive({ identifier, message: null });
    network.socket.receive({ identifier, message: 7 });
    expect(messages).toEqual([{ event: 'a' }, null, 7]);
  });

  it('are passed on when they overtake the confirmation', () => {
    const { cable, network, messages } = rig();
    cable.connect();
    network.socket.open();
    network.socket.receive(welcome);
    network.socket.receive({ identifier, message: 'early' });
    expect(messages).toEqual(['early']);
    expect(cable.state.name).toBe('subscribing');
  });

  it('are ignored when they are for another identifier', () => {
    const { goLive, network, messages, unknownFrames } = rig();
    goLive();
    network.socket.receive({ identifier: `${identifier} `, message: 'not ours' });
    expect(messages).toEqual([]);
    expect(unknownFrames).toEqual([]);
  });
});

describe('what the server may get wrong', () => {
  it.each(['{nope', '', '[]', '{"type":"dance"}'])('tells of the frame %j and goes on', (text) => {
    const { cable, goLive, network, unknownFrames } = rig();
    goLive();
    network.socket.receive(text);
    expect(unknownFrames).toEqual([text]);
    expect(cable.state.name).toBe('live');
  });

  it('goes on, too, when nobody counts unknown frames', () => {
    const network = new FakeNetwork();
    const cable = new Cable({
      url: 'wss://support.example/cable',
      identifier,
      socket: network.factory,
      clock: new FakeClock(),
      random: { fraction: () => 0, uuid: () => '' },
      listener: { onState() {}, onMessage() {}, onSubscribeTimeout() {} },
    });
    cable.connect();
    network.socket.open();
    network.socket.receive('{nope');
    network.socket.receive(welcome);
    expect(cable.state.name).toBe('subscribing');
  });

  it('is not told of known frames as if they were unknown', () => {
    const { goLive, network, unknownFrames } = rig();
    goLive();
    network.socket.receive(ping);
    network.socket.receive({ identifier, message: 1 });
    expect(unknownFrames).toEqual([]);
  });
});

describe('actions', () => {
  it('are sent when live', () => {
    const { cable, goLive, network } = rig();
    goLive();
    expect(cable.perform('update_presence')).toBe(true);
    expect(network.socket.sent.at(-1)).toEqual({
      command: 'message',
      identifier,
      data: '{"action":"update_presence"}',
    });
  });

  it('are refused in every other state', () => {
    const { cable, network } = rig();
    expect(cable.perform('a')).toBe(false);
    cable.connect();
    network.socket.open();
    expect(cable.perform('a')).toBe(false);
    network.socket.receive(welcome);
    expect(cable.perform('a')).toBe(false);
    network.socket.receive(confirm);
    network.socket.drop();
    expect(cable.perform('a')).toBe(false);
    expect(network.socket.sent).toEqual([subscribed]);
  });
});
