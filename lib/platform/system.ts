// Time, chance and network of the running context behind the small interfaces. Touches no extension API.
import type { Clock, Fetch, Random, Socket, SocketFactory } from './types';

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, delay) => setTimeout(run, delay),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

export const systemRandom: Random = {
  fraction: () => Math.random(),
  uuid: () => crypto.randomUUID(),
};

export const systemFetch: Fetch = (url, init) => fetch(url, init);

/** Wraps a WebSocket. Throws where the browser forbids one (Firefox does so in the constructor). */
export const systemSocket: SocketFactory = (url, protocols) => {
  const native = new WebSocket(url, [...protocols]);
  const socket: Socket = {
    get protocol() {
      return native.protocol;
    },
    send: (text) => native.send(text),
    close: () => native.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  native.onopen = () => socket.onopen?.();
  native.onclose = () => socket.onclose?.();
  // The cable speaks text only; anything binary is not for us.
  native.onmessage = ({ data }) => {
    if (typeof data === 'string') socket.onmessage?.(data);
  };
  return socket;
};

/** What the browser believes of its connection; false is reliable, true is not. */
export function isOnline(): boolean {
  return navigator.onLine;
}

/** Calls the listener on every change of that belief, for the life of the context. */
export function onOnlineChange(listener: (online: boolean) => void): void {
  globalThis.addEventListener('online', () => listener(true));
  globalThis.addEventListener('offline', () => listener(false));
}
