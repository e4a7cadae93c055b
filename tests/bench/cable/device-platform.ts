// What a background asks of its browser, in Node: the system's clock and network, sockets of the ws package, stores in
// memory. The cable goes to a port of its own, whatever the installation's address is.

import WebSocket from 'ws';
import type { BackgroundPlatform } from '@/lib/background/platform';
import { systemClock, systemFetch, systemRandom } from '@/lib/platform/system';
import type { Port, RawSender } from '@/lib/platform/types';
import { own } from '../../support/fake-platform';
import { MemoryHistory, MemoryStore } from '../../support/memory-stores';
import { asSocket } from '../../support/ws-socket';
import { portPair } from './port-pair';

/** No request for so long, in milliseconds: nothing is asked for. An answer is often followed by the next question. */
const quietFor = 200;
/** Browsers ring no alarm earlier. */
const alarmAfter = 30_000;

export interface Device {
  platform: BackgroundPlatform;
  /** A page of the extension connects; answers its end of the port. */
  connect(from: RawSender): Port;
  /** A page of the extension sends a command. */
  send(message: unknown, from: RawSender): Promise<unknown>;
  isQuiet(): boolean;
}

/** `subscribed` is called when the cable has taken in that its subscription is confirmed. */
export function createDevicePlatform(cablePort: number, subscribed: () => void): Device {
  let underWay = 0;
  let askedAt = 0;
  let onMessage: Parameters<BackgroundPlatform['onMessage']>[0] = () => undefined;
  let onConnect: Parameters<BackgroundPlatform['onConnect']>[1] = () => {};

  const history = new MemoryHistory();
  const platform: BackgroundPlatform = {
    store: new MemoryStore(),
    openHistory: () => history,
    clock: systemClock,
    random: systemRandom,
    async fetch(url, init) {
      underWay += 1;
      try {
        return await systemFetch(url, init);
      } finally {
        underWay -= 1;
        askedAt = performance.now();
      }
    },
    socket(_url, protocols) {
      const ws = new WebSocket(`ws://127.0.0.1:${cablePort}/cable`, [...protocols], {
        perMessageDeflate: false,
      });
      const socket = asSocket(ws);
      // After the cable has heard it.
      ws.on('message', (data) => {
        if (String(data).includes('"confirm_subscription"')) subscribed();
      });
      return socket;
    },
    alarms(onAlarm) {
      let timer: NodeJS.Timeout | undefined;
      return {
        set(at) {
          clearTimeout(timer);
          if (at !== null) timer = setTimeout(onAlarm, Math.max(alarmAfter, at - Date.now()));
        },
      };
    },
    badge: { set() {} },
    panel: { open: async () => null, close: async () => true },
    translate: { text: (key) => key, plural: (key) => key, locale: 'en', direction: 'ltr' },
    own,
    keepAlive() {},
    restrictStorage: async () => {},
    sendToTabs: async () => {},
    showPage: async () => {},
    focusedWindowId: async () => 1,
    shownUrl: async () => null,
    onMessage: (listener) => {
      onMessage = listener;
    },
    onConnect: (_name, listener) => {
      onConnect = listener;
    },
    onWindowFocus() {},
    isOnline: () => true,
    onOnline() {},
  };

  return {
    platform,
    connect(from) {
      const [page, background] = portPair();
      onConnect(background, from);
      return page;
    },
    send: async (message, from) => structuredClone(await onMessage(structuredClone(message), from)),
    isQuiet: () => underWay === 0 && performance.now() - askedAt > quietFor,
  };
}
