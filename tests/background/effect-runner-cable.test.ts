// The cable as the effect runner holds it: opened, closed, replaced, and what it tells.
import { expect, it } from 'vitest';
import { messageFrame, typingFrame } from '../carbonchat/samples';
import { runnerRig } from './runner-rig';
import { now, session } from './samples';

const room = '{"channel":"RoomChannel","pubsub_token":"pubsub-secret"}';

function live({ runner, network }: ReturnType<typeof runnerRig>) {
  runner.run({ type: 'cable.open' });
  const { socket } = network;
  socket.open();
  socket.receive({ type: 'welcome' });
  socket.receive({ type: 'confirm_subscription', identifier: room });
  return socket;
}

it('opens the cable of the installation with the session token, and tells of its states', () => {
  const one = runnerRig();
  const socket = live(one);
  expect(socket.url).toBe('wss://support.acme.com/cable');
  expect(socket.sent).toEqual([{ command: 'subscribe', identifier: room }]);
  expect(one.events).toEqual([
    { type: 'cable.changed', cable: 'connecting', attempt: 0, nextTryAt: null },
    { type: 'cable.changed', cable: 'connecting', attempt: 0, nextTryAt: null },
    { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null },
  ]);
  socket.drop();
  const last = one.events.at(-1);
  expect(last).toMatchObject({ type: 'cable.changed', cable: 'waiting' });
  expect(last?.type === 'cable.changed' && last.nextTryAt).toBeGreaterThan(now);
});

it('turns frames into events, and passes over what is not for people', () => {
  const one = runnerRig();
  const socket = live(one);
  one.events.length = 0;
  const say = (event: string, data: unknown) =>
    socket.receive({ identifier: room, message: { event, data } });
  say('message.created', messageFrame());
  say('message.created', { ...messageFrame(), private: true });
  say('presence.update', { account_id: 1, users: { 2: 'busy' } });
  say('conversation.typing_on', typingFrame());
  say('conversation.updated', typingFrame().conversation);
  say('something.else', {});
  socket.receive({ type: 'greeting' });
  expect(one.events).toMatchObject([
    { type: 'frame.message', message: { id: 24, text: 'Yes, until **18:00**.', changedAt: now } },
    { type: 'frame.presence', users: { 2: 'busy' } },
    { type: 'frame.typing', conversationId: 2, author: { name: 'Grace' }, on: true },
    { type: 'frame.conversation', conversation: { id: 2, status: 'resolved' } },
  ]);
  expect(one.reports).toEqual([
    'events that are not known: 1 something.else',
    'events that are not known: 1 frame',
  ]);
});

it('asks who is there over a live cable, and not over one that is none', () => {
  const one = runnerRig();
  one.runner.run({ type: 'cable.updatePresence' });
  const socket = live(one);
  const before = socket.sent.length;
  one.runner.run({ type: 'cable.updatePresence' });
  expect(socket.sent.slice(before)).toEqual([
    { command: 'message', identifier: room, data: JSON.stringify({ action: 'update_presence' }) },
  ]);
});

it('closes the cable, and hears nothing of it any more', () => {
  const one = runnerRig();
  const socket = live(one);
  one.events.length = 0;
  one.runner.run({ type: 'cable.close' });
  expect(socket.status).toBe('closed');
  socket.receive({ identifier: room, message: { event: 'message.created', data: messageFrame() } });
  socket.drop();
  one.clock.elapse(120_000);
  expect(one.events).toEqual([]);
  expect(one.network.sockets).toHaveLength(1);
});

it('replaces the cable where it is opened anew, with the token of now, and ignores the old one', () => {
  const one = runnerRig();
  const old = live(one);
  one.current.session = session({ pubsubToken: 'new-token' });
  one.events.length = 0;
  one.runner.run({ type: 'cable.open' });
  expect(one.events).toEqual([{ type: 'cable.changed', cable: 'connecting', attempt: 0, nextTryAt: null }]);
  one.events.length = 0;
  old.receive({ identifier: room, message: { event: 'message.created', data: messageFrame() } });
  old.drop();
  expect(one.events).toEqual([]);
  expect(one.network.alive).toHaveLength(1);
  one.network.socket.open();
  one.network.socket.receive({ type: 'welcome' });
  expect(one.network.socket.sent).toMatchObject([{ identifier: room.replace('pubsub-secret', 'new-token') }]);
});

it('says that the cable is silent when a subscription is not answered', () => {
  const { runner, network, clock, events } = runnerRig();
  runner.run({ type: 'cable.open' });
  network.socket.open();
  network.socket.receive({ type: 'welcome' });
  for (let i = 0; i < 10; i += 1) {
    clock.elapse(3_000);
    if (network.socket.status === 'open') network.socket.receive({ type: 'ping' });
  }
  expect(events.filter(({ type }) => type === 'cable.silent')).toHaveLength(1);
});

it('tries again at once when asked to, and does nothing without a cable', () => {
  const one = runnerRig();
  one.runner.run({ type: 'cable.reconnect' });
  expect(one.network.sockets).toEqual([]);
  live(one).drop();
  one.runner.run({ type: 'cable.reconnect' });
  expect(one.network.sockets).toHaveLength(2);
});

it('goes on with the tries of a background before it', () => {
  const one = runnerRig();
  one.current.session = session({ cableAttempt: 5 });
  one.runner.run({ type: 'cable.open' });
  one.network.socket.drop();
  expect(one.events).toMatchObject([{ attempt: 5 }, { cable: 'waiting', attempt: 6 }]);
});

it('tries less often while no panel is open, also with a cable that is opened meanwhile', () => {
  const waits = [true, false].map((isWatched) => {
    const { runner, network, events, current } = runnerRig();
    runner.watch(isWatched);
    current.session = session({ cableAttempt: 30 });
    runner.run({ type: 'cable.open' });
    network.socket.drop();
    const last = events.at(-1);
    return last?.type === 'cable.changed' ? (last.nextTryAt ?? 0) - now : 0;
  });
  expect(waits[0]).toBeLessThanOrEqual(10_000);
  expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
});

it('opens no cable without a token', () => {
  const { runner, network, current } = runnerRig();
  current.session = session({ pubsubToken: null });
  runner.run({ type: 'cable.open' });
  expect(network.sockets).toEqual([]);
});
