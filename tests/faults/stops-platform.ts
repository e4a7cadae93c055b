// The fakes of one life, watched: every call to the outside and everything that comes in is a stop point, and nothing
// of it happens once the life is over. What is awaited in lib/ is watched there already.
import type { BackgroundPlatform } from '@/lib/background/platform';
import { openIdbHistory } from '@/lib/platform/idb-history';
import type { HistoryStore, Port, RawSender, Socket } from '@/lib/platform/types';
import { webextStore } from '@/lib/platform/webext';
import type { FakeBrowser } from '../support/fake-platform';
import { never, points, stopsAt } from './stops-points';

/** What the browser wakes a background by. */
export interface Ears {
  message(message: unknown, sender: RawSender): Promise<unknown> | undefined;
  connect(port: Port, sender: RawSender): void;
  alarm(): void;
}

/** The platform of one life, over the real storage and history code. `setAlarm` is the browser's own alarm. */
export function watched(
  browser: FakeBrowser,
  fakes: BackgroundPlatform,
  ears: Partial<Ears>,
  setAlarm: (at: number | null) => void,
): BackgroundPlatform {
  const { life } = points;
  const alive = <T>(work: () => Promise<T>): Promise<T> => (life.dead ? never : work());
  const store = webextStore('local');
  return {
    ...fakes,
    store: {
      async read(prefix) {
        if (browser.failReads-- > 0) throw new Error('the profile is locked');
        return store.read(prefix);
      },
      write: store.write,
    },
    openHistory: () => counted(browser, openIdbHistory()),
    clock: {
      ...fakes.clock,
      setTimeout: (run, delay) => fakes.clock.setTimeout(() => stopsAt('a timer rings') || run(), delay),
    },
    socket: (url, protocols) => watchedSocket(fakes.socket, url, protocols),
    alarms: (onAlarm) => {
      ears.alarm = onAlarm;
      return { set: (at) => void (stopsAt('the alarm is set') || setAlarm(at)) };
    },
    badge: { set: (...look) => void (stopsAt('the badge is set') || fakes.badge.set(...look)) },
    panel: {
      open: (windowId) => alive(() => fakes.panel.open(windowId)),
      close: (windowId) => alive(() => fakes.panel.close(windowId)),
    },
    sendToTabs: (...args) => alive(() => fakes.sendToTabs(...args)),
    onMessage: (listener) => {
      ears.message = listener;
    },
    onConnect: (_name, listener) => {
      ears.connect = listener;
    },
  };
}

/** A history whose work the browser waits for before it calls itself at rest; IndexedDB takes turns of its own. */
function counted(browser: FakeBrowser, history: HistoryStore): HistoryStore {
  const { life } = points;
  const count = (by: number) => {
    if (life.dead) return; // its count went with it
    life.busy += by;
    browser.pending += by;
  };
  const busy = async <T>(work: Promise<T>): Promise<T> => {
    count(1);
    return work.finally(() => count(-1));
  };
  return new Proxy(history, {
    get: (target, name) => {
      const work = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => busy(work(...args));
    },
  });
}

function watchedSocket(
  open: BackgroundPlatform['socket'],
  url: string,
  protocols: readonly string[],
): Socket {
  const ours: Socket = {
    get protocol() {
      return inner?.protocol ?? '';
    },
    send: (text) => void (stopsAt('a socket sends') || inner?.send(text)),
    close: () => inner?.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  const inner = stopsAt('a socket is asked for') ? null : open(url, protocols);
  if (!inner) return ours;
  inner.onopen = () => void (stopsAt('a socket opens') || ours.onopen?.());
  inner.onmessage = (text) => void (stopsAt('a frame arrives') || ours.onmessage?.(text));
  inner.onclose = () => void (stopsAt('a socket is lost') || ours.onclose?.());
  return ours;
}
