// Puts one session together: its store, its effects, its panels, and the one timer that wakes it.
import { createClient } from '@/lib/carbonchat/client';
import type { SiteSessions } from '@/lib/core/asking';
import type { Event } from '@/lib/core/events';
import { isUnsent } from '@/lib/core/settle';
import { initialState, type State } from '@/lib/core/state';
import { nextWakeAt } from '@/lib/core/wake';
import type { Alarms, HistoryStore, Store, TimerId } from '@/lib/platform/types';
import type { Site } from '@/lib/site/config';
import { EffectRunner } from './effect-runner';
import { PanelHost } from './panel-host';
import type { Around } from './patches';
import type { BackgroundPlatform } from './platform';
import { loadSession } from './repository';
import { SessionStore } from './session-store';

export interface SessionHostOptions {
  site: Site;
  /** Which session of the site; null: the one that asks. */
  sessionId: string | null;
  platform: BackgroundPlatform;
  alarms: Alarms;
  timings: { requestTimeout: number; settle: number };
  /** What stands beside the session. */
  around(): Around;
  /** Runs one reading of the stores after the other: each may mend what it finds. */
  inTurn<T>(read: () => Promise<T>): Promise<T>;
  /** Unread counts, open panels, who is asking or what waits to be sent changed. */
  onChange(state: State): void;
  report(problem: string): void;
}

/** Timers beyond this never fire in a worker that is stopped meanwhile; the alarm does. */
const longestTimer = 30_000;
const readAgainAfter = 2_000;
/** What others than the session's own panels look at. */
const changed = ['conversations', 'session', 'outbox', 'creations', 'drafts'] as const;

/** Stands for what a newer version has stored. */
const unwritable: Store = {
  read: async () => ({}),
  write: () => Promise.reject(new DOMException('stored by a newer version', 'VersionError')),
};

export class SessionHost {
  readonly panels: PanelHost;
  readonly store: Promise<SessionStore>;
  readonly history: HistoryStore;
  /** Where its record is kept; refuses what would be written over a newer version's. */
  storage: Store = unwritable;
  /** What was stored of the site's sessions when this one was loaded. */
  sessions: SiteSessions | null = null;
  #runner: EffectRunner | null = null;
  #stopped = false;
  #options: SessionHostOptions;
  #timer: TimerId | null = null;
  #wakeAt: number | null = null;
  /** What the alarm is set to; undefined: it may ring on, and is set anew in any case. */
  #alarmAt: number | null | undefined;

  constructor(options: SessionHostOptions) {
    const { site, platform } = options;
    this.#options = options;
    this.history = platform.openHistory();
    this.store = this.#load();
    this.panels = new PanelHost({
      site: { siteId: site.id, name: site.name, color: site.launcher.color },
      around: options.around,
      clock: platform.clock,
      random: platform.random,
      store: this.store,
      onPanels: () => void this.store.then((store) => options.onChange(store.state)),
    });
  }

  async #load(): Promise<SessionStore> {
    const { site, platform, timings, report } = this.#options;
    const { clock, random } = platform;
    const at = clock.now();
    const { persisted, settled, stored, isNewer, sessions } = await this.#read(at);
    this.sessions = sessions;
    this.storage = isNewer ? unwritable : platform.store;
    if (isNewer)
      report('what is stored is of a newer version: it is left as it is, and nothing can be saved');
    const client = createClient({
      installationUrl: site.installationUrl,
      inboxIdentifier: site.inboxIdentifier,
      fetch: platform.fetch,
      requestTimeoutMs: timings.requestTimeout,
      onProblem: report,
    });
    const runner = new EffectRunner({
      client,
      installationUrl: site.installationUrl,
      clock,
      random,
      socket: platform.socket,
      session: () => store.state.session,
      happened: (event) => this.happened(event),
      keepAlive: platform.keepAlive,
      report,
    });
    const store: SessionStore = new SessionStore({
      state: initialState(persisted, at),
      saved: stored ? persisted : null,
      settled,
      store: this.storage,
      history: this.history,
      clock,
      random,
      timings,
      publish: (before, after) => {
        if (this.#stopped) return;
        this.panels.publish(before, after);
        this.#wake(after);
        runner.watch(Object.keys(after.views).length > 0);
        if (changed.some((part) => before[part] !== after[part])) this.#options.onChange(after);
      },
      run: (effect) => this.#stopped || runner.run(effect),
      report,
    });
    this.#runner = runner;
    await store.happened({ type: 'background.started' });
    return store;
  }

  /** What is stored of the session. Storage that cannot be read now is read again later. */
  async #read(at: number): ReturnType<typeof loadSession> {
    const { site, sessionId, platform, inTurn, report } = this.#options;
    const { store, random, clock } = platform;
    // The key ends in an id of the server or a uuid of ours; the record itself is not told.
    const setAside = (key: string) => report(`a stored item could not be read: ${key.split('/')[2]}`);
    for (;;) {
      try {
        return await inTurn(() => loadSession(store, this.history, site.id, random, at, setAside, sessionId));
      } catch (error) {
        report(`storage could not be read: ${(error as Error).name}`);
        await new Promise<void>((resolve) => clock.setTimeout(resolve, readAgainAfter));
      }
    }
  }

  /**
   * Takes in something that happened, once the session is loaded. With it, as with all that is asked for, what the browser
   * believes of the network: a service worker hears no event of that, so it is asked.
   */
  async happened(event: Event): Promise<void> {
    const store = await this.store;
    this.#lookOnline(store);
    await store.happened(event);
  }

  /** Takes in what a person asked for; rejects with NotSavedError when it cannot be saved. */
  async asked(event: Event): Promise<void> {
    const store = await this.store;
    this.#lookOnline(store);
    await store.asked(event);
  }

  #lookOnline(store: SessionStore): void {
    const online = this.#options.platform.isOnline();
    if (online !== store.state.link.online) void store.happened({ type: 'online.changed', online });
  }

  /** The timer or the alarm rang: whatever is due is done, and the next time is set anew. */
  woken(): Promise<void> {
    this.#wakeAt = null;
    this.#alarmAt = undefined;
    return this.happened({ type: 'time.passed' });
  }

  /** Ends it, with nothing more saved, sent or shown. Resolves when that is so. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) this.#options.platform.clock.clearTimeout(this.#timer);
    this.#runner?.stop();
    const store = await this.store;
    await store.stop();
  }

  #wake(state: State): void {
    const { clock } = this.#options.platform;
    const now = clock.now();
    const at = nextWakeAt(state, now);
    this.#setAlarm(this.#alarmFor(state, at, now));
    if (at === this.#wakeAt) return;
    this.#wakeAt = at;
    if (this.#timer !== null) clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (at === null || at - now > longestTimer) return;
    this.#timer = clock.setTimeout(() => void this.woken(), at - now);
  }

  /** What is under way is due at no time, but a background that is stopped meanwhile must be woken for it. */
  #alarmFor(state: State, at: number | null, now: number): number | null {
    const waits = Object.values(state.outbox).some(isUnsent) || state.session.typingIn !== null;
    if (!waits || state.link.inboxMissing || state.session.refusal) return at;
    const latest = Math.min(at ?? Number.POSITIVE_INFINITY, now + longestTimer);
    const known = this.#alarmAt ?? 0;
    return known > now && known <= latest ? known : latest;
  }

  #setAlarm(at: number | null): void {
    if (at === this.#alarmAt) return;
    this.#alarmAt = at;
    this.#options.alarms.set(at);
  }
}
