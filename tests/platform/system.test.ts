import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { type WebSocket as Peer, WebSocketServer } from 'ws';
import {
  isOnline,
  onOnlineChange,
  systemClock,
  systemFetch,
  systemRandom,
  systemSocket,
} from '@/lib/platform/system';

afterEach(() => vi.unstubAllGlobals());

it('tells the time and runs timers that can be cleared', () => {
  vi.useFakeTimers({ now: 5000 });
  const [ran, cleared] = [vi.fn(), vi.fn()];
  systemClock.clearTimeout(systemClock.setTimeout(cleared, 10));
  systemClock.setTimeout(ran, 10);
  vi.advanceTimersByTime(10);
  expect(systemClock.now()).toBe(5010);
  expect(ran).toHaveBeenCalledOnce();
  expect(cleared).not.toHaveBeenCalled();
  vi.useRealTimers();
});

it('draws fractions and uuids', () => {
  const fraction = systemRandom.fraction();
  expect(fraction >= 0 && fraction < 1).toBe(true);
  expect(systemRandom.uuid()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

it('fetches with the options given', async () => {
  const fetch = vi.fn().mockResolvedValue('response');
  vi.stubGlobal('fetch', fetch);
  expect(await systemFetch('https://support.acme.com/', { cache: 'no-store' })).toBe('response');
  expect(fetch).toHaveBeenCalledWith('https://support.acme.com/', { cache: 'no-store' });
});

it('wraps a socket: opening, protocol, text both ways, and the end', async () => {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: () => 'actioncable-v1-json',
  });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const connected = once(server, 'connection') as Promise<[Peer]>;
  const { WebSocket } = await import('ws');
  vi.stubGlobal('WebSocket', WebSocket);
  const socket = systemSocket(`ws://127.0.0.1:${port}`, ['actioncable-v1-json']);
  await new Promise<void>((resolve) => {
    socket.onopen = resolve;
  });
  expect(socket.protocol).toBe('actioncable-v1-json');
  const [peer] = await connected;

  const arrived = once(peer, 'message');
  socket.send('up');
  expect(String((await arrived)[0])).toBe('up');

  const heard = new Promise<string>((resolve) => {
    socket.onmessage = resolve;
  });
  peer.send(Buffer.from([1, 2]));
  peer.send('down');
  expect(await heard).toBe('down');

  const closed = new Promise<void>((resolve) => {
    socket.onclose = resolve;
  });
  socket.close();
  await closed;
  server.close();
});

it('lets a forbidden socket throw in the hand of its maker', () => {
  vi.stubGlobal('WebSocket', function forbidden() {
    throw new Error('SecurityError');
  });
  expect(() => systemSocket('ws://blocked.localhost', [])).toThrow('SecurityError');
});

it('tells whether the browser believes to be online, and when that changes', () => {
  vi.stubGlobal('navigator', { onLine: false });
  expect(isOnline()).toBe(false);
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  const heard: boolean[] = [];
  onOnlineChange((online) => heard.push(online));
  target.dispatchEvent(new Event('offline'));
  target.dispatchEvent(new Event('online'));
  expect(heard).toEqual([false, true]);
});
