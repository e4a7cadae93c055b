// A whole browser of fakes for the background: what outlives it (stores, time, tabs), and one life of it, which can
// be ended at any step. Owns no server: requests go to `answer`, sockets to `network`.

import { startBackground } from '@/lib/background/background';
import type { BackgroundPlatform } from '@/lib/background/platform';
import type { HistoryStore, Port, RawSender, TimerId } from '@/lib/platform/types';
import type { Config } from '@/lib/site/config';
import { oneSite } from '../site/sites';
import { FakeClock } from './fake-clock';
import { FakePanel } from './fake-panel';
import { FakeNetwork } from './fake-socket';
import { MemoryHistory, MemoryStore } from './memory-stores';

export const own = { id: 'extension-id', origin: 'chrome-extension://extension-id' };
export const timings = { requestTimeout: 15_000, settle: 60_000 };
/** The panel as the browser's own panel, and the content script on a configured page. */
export const fromPanel = sender({ url: `${own.origin}/sidepanel.html` });
export const fromPage = sender({ url: 'https://app.acme.com/inbox', tabId: 5, windowId: 1, frameId: 0 });

export function sender(fields: Partial<RawSender>): RawSender {
  return { id: own.id, url: null, tabId: null, windowId: null, frameId: null, ...fields };
}

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
const never = new Promise<never>(() => {});

/** What stays when the background is stopped. */
export class FakeBrowser {
  readonly clock = new FakeClock();
  readonly store = new MemoryStore();
  readonly network = new FakeNetwork();
  readonly tabs: { url: string; windowId: number; heard: unknown[] }[] = [];
  /** What was done to the outside, in order. */
  readonly log: string[] = [];
  /** Everything that was reported, posted to a port, answered or sent to a tab. */
  readonly said: unknown[] = [];
  readonly reports: string[] = [];
  badge = { text: '', color: '', title: '' };
  alarmAt: number | null = null;
  keptAlive = 0;
  canClosePanel = true;
  /** What opening the panel does instead. */
  refusePanel: (() => Promise<never>) | null = null;
  /** Where the panel opens instead of in the window that was asked for. */
  panelWindow: number | null = null;
  /** Addresses of the pages that windows show. */
  readonly shownUrls = new Map<number, string>();
  /** Pages that were brought to the front. */
  readonly shownPages: { url: string; reload: boolean }[] = [];
  online = true;
  failReads = 0;
  failTabs = 0;
  /** Plays the server. */
  answer: (url: string, init: RequestInit) => Promise<Response> = async () => {
    throw new TypeError('no network');
  };
  /** Steps so far: each request, and each write to a store, has one before and one after it. */
  steps = 0;
  /** The background is stopped at this step. */
  diesAt: number | null = null;
  uuids = 0;
  pending = 0;
  /** What every life is given instead of the whole of its fakes; for tests that watch each call. */
  platformOf: (fakes: BackgroundPlatform, life: FakeLife) => BackgroundPlatform = (fakes) => fakes;
  #life: FakeLife | null = null;
  #alarm: TimerId = 0;

  constructor(
    readonly history: HistoryStore = new MemoryHistory(),
    readonly config: Config = oneSite({ launcher: { ...oneSite().sites[0]?.launcher, enabled: true } }),
  ) {}

  /** Starts the background on what the browser holds. */
  start(): FakeLife {
    this.#life = new FakeLife(this);
    return this.#life;
  }

  /** Browsers ring at the earliest after half a minute, and then every minute until it is set anew. */
  setAlarm(at: number | null): void {
    this.clock.clearTimeout(this.#alarm);
    this.alarmAt = at;
    if (at === null) return;
    const delay = Math.max(at - this.clock.now(), 30_000);
    this.#alarm = this.clock.setTimeout(() => this.#life?.ringAlarm(), delay);
  }

  /** Resolves when nothing goes on that does not wait for time. */
  async settle(): Promise<void> {
    let turns = 0;
    for (let quiet = 0; quiet < 3; quiet += 1) {
      const { steps } = this;
      await this.clock.settle();
      if (this.pending > 0 || this.steps !== steps) quiet = -1;
      turns += 1;
      if (turns > 5_000) throw new Error(`never comes to rest: ${this.log.slice(-5)}`);
    }
  }

  /** Lets time pass, a few seconds at a time. */
  async pass(ms: number): Promise<void> {
    await this.settle();
    for (let left = ms; left > 0; left -= 3_000) {
      this.clock.elapse(Math.min(left, 3_000));
      await this.settle();
    }
  }
}

/** One life of the background, from its start until it is stopped. */
export class FakeLife {
  dead = false;
  #uuids = 0;
  readonly panelsOpened: (number | null)[] = [];
  readonly panelsClosed: number[] = [];
  readonly #listeners: { [K in 'message' | 'connect' | 'focus' | 'online' | 'alarm']?: unknown } = {};
  readonly #browser: FakeBrowser;

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
    startBackground({
      config: browser.config,
      timings,
      platform: browser.platformOf(this.#platform(), this),
      report: (problem) => {
        browser.reports.push(problem);
        browser.said.push({ report: problem });
      },
    });
  }

  /** The browser stops the background: nothing of it happens any more. */
  kill(): void {
    this.dead = true;
    for (const socket of this.#browser.network.alive) socket.status = 'closed';
  }

  /** Sends a message; resolves with its answer, never if the background dies before. */
  async send(message: unknown, from: RawSender): Promise<unknown> {
    const listener = this.#listeners.message as Parameters<BackgroundPlatform['onMessage']>[0];
    const answer = await listener(copy(message), from);
    if (this.dead) return never;
    this.#browser.said.push({ answer: copy(answer) });
    return copy(answer);
  }

  /** A page of the extension connects. */
  connect(from: RawSender = fromPanel): FakePanel {
    const panel = new FakePanel(this.#browser.said);
    const listener = this.#listeners.connect as (port: Port, from: RawSender) => void;
    listener(panel.port, from);
    return panel;
  }

  focus(windowId: number | null): void {
    (this.#listeners.focus as (windowId: number | null) => void)(windowId);
  }

  setOnline(online: boolean): void {
    this.#browser.online = online;
    (this.#listeners.online as (online: boolean) => void)(online);
  }

  ringAlarm(): void {
    this.#browser.setAlarm(this.#browser.clock.now() + 60_000);
    if (this.dead) return;
    (this.#listeners.alarm as () => void)();
  }

  #pass(): Promise<void> | undefined {
    const browser = this.#browser;
    browser.steps += 1;
    if (browser.steps === browser.diesAt) this.kill();
    return this.dead ? never : undefined;
  }

  /** Does something to the outside, unless the life ends before it; nobody hears of it if it ends after. */
  async #step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const before = this.#pass();
    if (before) await before;
    this.#browser.log.push(what);
    const result = await this.#busy(work());
    await this.#pass();
    return result;
  }

  async #busy<T>(work: Promise<T>): Promise<T> {
    this.#browser.pending += 1;
    try {
      return await work;
    } finally {
      this.#browser.pending -= 1;
    }
  }

  #platform(): BackgroundPlatform {
    const browser = this.#browser;
    const { clock, store, history, network } = browser;
    return {
      store: {
        read: async (prefix) => {
          if (browser.failReads-- > 0) throw new Error('the profile is locked');
          return store.read(prefix);
        },
        write: (set, remove) =>
          this.#step(`store ${Object.keys(set).map(kindOf)}`, () => store.write(set, remove)),
      },
      openHistory: () => ({
        write: (id, change) => this.#step('history', () => history.write(id, change)),
        read: (...args) => this.#busy(history.read(...args)),
        page: (...args) => this.#busy(history.page(...args)),
        syncedTo: (id) => this.#busy(history.syncedTo(id)),
        evict: (...args) => this.#step('evict', () => history.evict(...args)),
        isCut: (...args) => this.#busy(history.isCut(...args)),
        fullness: () => this.#busy(history.fullness()),
        drop: (id) => this.#step('history', () => history.drop(id)),
      }),
      clock: {
        now: () => clock.now(),
        setTimeout: (run, delay) => clock.setTimeout(() => this.dead || run(), delay),
        clearTimeout: (timer) => clock.clearTimeout(timer),
      },
      random: {
        fraction: () => 0.5,
        uuid: () => {
          this.#uuids += 1;
          // A session that begins with this life is known by its name, whichever life that is.
          if (this.#uuids === 1) return 's1';
          return `00000000-0000-4000-8000-${String(++browser.uuids).padStart(12, '0')}`;
        },
      },
      fetch: (url, init) =>
        this.#step(
          `${init.method} ${new URL(url).pathname.split('/').slice(6).filter(isWord).join('/')}`,
          () => browser.answer(url, init),
        ),
      socket: (url, protocols) => network.factory(url, protocols),
      alarms: (onAlarm) => {
        this.#listeners.alarm = onAlarm;
        return { set: (at) => browser.setAlarm(at) };
      },
      badge: {
        set: (text, color, title) => {
          browser.badge = { text, color, title };
        },
      },
      panel: {
        open: (windowId) => {
          if (browser.refusePanel) return browser.refusePanel();
          this.panelsOpened.push(windowId);
          return Promise.resolve(browser.panelWindow ?? windowId);
        },
        close: async (windowId) => {
          if (browser.canClosePanel) this.panelsClosed.push(windowId);
          return browser.canClosePanel;
        },
      },
      translate: {
        text: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
        plural: (key, n) => `${key} ${n}`,
        locale: 'en',
        direction: 'ltr',
      },
      own,
      keepAlive: () => {
        browser.keptAlive += 1;
      },
      restrictStorage: async () => {},
      sendToTabs: async (_patterns, messageFor) => {
        if (browser.failTabs-- > 0) throw new Error('tabs cannot be edited right now');
        for (const tab of browser.tabs) {
          const message = messageFor({ url: tab.url, windowId: tab.windowId });
          if (message === null) continue;
          tab.heard.push(copy(message));
          browser.said.push({ toTab: copy(message) });
        }
      },
      showPage: async (_patterns, isPage, address, reload) => {
        const tab = browser.tabs.find(({ url }) => isPage(url));
        browser.shownPages.push({ url: tab?.url ?? address, reload });
      },
      focusedWindowId: async () => 1,
      shownUrl: async (windowId) => browser.shownUrls.get(windowId) ?? null,
      onMessage: (listener) => {
        this.#listeners.message = listener;
      },
      onConnect: (_name, listener) => {
        this.#listeners.connect = listener;
      },
      onWindowFocus: (listener) => {
        this.#listeners.focus = listener;
      },
      isOnline: () => browser.online,
      onOnline: (listener) => {
        this.#listeners.online = listener;
      },
    };
  }
}

const isWord = (segment: string) => /^[a-z_]+$/.test(segment);
const kindOf = (key: string) => key.split('/')[2] ?? key;
