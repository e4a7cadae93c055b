// The contact sessions of one site: who is asking now, what they wrote before they signed in, and those who went. Begins
// and ends sessions as `whoAsks` decides, one change after the other; each change is saved before it happens.
import { type SiteSessions, toldAt, whoAsks } from '@/lib/core/asking';
import { hasWords } from '@/lib/core/ending';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import type { Identity, Session } from '@/lib/core/types';
import type { OtherSite, PastView } from '@/lib/messaging/view-updates';
import type { Site } from '@/lib/site/config';
import { FormerSessions } from './former-sessions';
import { unreadCount } from './help-buttons';
import { newSession } from './repository';
import { SessionHost, type SessionHostOptions } from './session-host';
import type { SharedAlarm } from './shared-alarm';
import { deleteSession, saveSiteSessions, sessionIdsOf } from './site-records';

export interface SiteHostOptions
  extends Omit<SessionHostOptions, 'sessionId' | 'alarms' | 'around' | 'onChange'> {
  alarm: SharedAlarm;
  /** The other sites of the configuration, as the panels name them. */
  others(): OtherSite[];
  /** Unread counts, open panels or who is asking changed. */
  onChange(): void;
}

export class SiteHost {
  readonly site: Site;
  readonly #options: SiteHostOptions;
  #own: SessionHost;
  #earlier: SessionHost | null = null;
  readonly #former: FormerSessions;
  #states = new Map<SessionHost, State>();
  #alarms = new Map<SessionHost, string>();
  #focusedWindowId: number | null = null;
  #changedAt: number[] = [];
  #begun = 0;
  /** Changes of who is asking, one after the other; the first is that everything has been loaded. */
  #turn: Promise<unknown>;

  constructor(options: SiteHostOptions) {
    this.#options = options;
    this.site = options.site;
    this.#former = new FormerSessions({
      clock: options.platform.clock,
      report: options.report,
      begin: (sessionId) => this.#begin(sessionId),
      stop: (host) => this.#stop(host),
      sessionOf: async (sessionId) => (await this.#hostOf(sessionId)?.store)?.state.session ?? null,
      save: () => this.#save(),
      next: (change) => this.#next(change),
    });
    this.#own = this.#begin(null);
    this.#turn = this.#load();
  }

  /** Whether a panel of this site is known to be open in a browser window. */
  isOpenIn(windowId: number | null): boolean {
    return this.#hosts().some(({ panels }) => panels.isOpenIn(windowId));
  }

  /** The windows in which a panel of this site is known to be open. */
  windows(): number[] {
    return [...new Set(this.#hosts().flatMap(({ panels }) => panels.windows()))].sort((a, b) => a - b);
  }

  /** Tells the panels of a window to show another site. */
  show(windowId: number | null, siteId: string): void {
    for (const { panels } of this.#hosts()) panels.show(windowId, siteId);
  }

  /** Tells the panels of a window to close themselves. */
  close(windowId: number | null): void {
    for (const { panels } of this.#hosts()) panels.close(windowId);
  }

  /** Tells every panel what changed beside its session. */
  publishAround(): void {
    for (const { panels } of this.#shown()) panels.publishAround();
  }

  /** How many messages wait to be read. */
  unread(): number {
    return this.#shown().reduce((sum, host) => sum + this.#unreadIn(host), 0);
  }

  /** The state of who is asking; null until it has been loaded. */
  state(): State | null {
    return this.#states.get(this.#own) ?? null;
  }

  /** Resolves when it is known who is asking. */
  async ready(): Promise<void> {
    await this.#own.store;
  }

  /** The session of that id, as long as it is shown or something of it is still under way; else null. */
  async sessionOf(sessionId: string): Promise<SessionHost | null> {
    await this.#turn;
    return this.#hostOf(sessionId) ?? null;
  }

  /** The session that a panel may show: who is asking (also for null), or what they wrote before; else null. */
  async shown(sessionId: string | null): Promise<SessionHost | null> {
    await this.#turn;
    if (sessionId === null) return this.#own;
    return this.#shown().find((host) => this.#idOf(host) === sessionId) ?? null;
  }

  /** Takes in something that concerns every session. */
  happened(event: Event): void {
    if (event.type === 'window.focused') this.#focusedWindowId = event.windowId;
    for (const host of this.#hosts()) void host.happened(event);
  }

  /** The timer or the alarm rang: whatever is due is done. */
  woken(): void {
    for (const host of this.#hosts()) void host.woken();
    this.#former.tidySoon();
  }

  /** The page says who is there; null: nobody. Rejects when that cannot be saved: then nothing has changed. */
  said(identity: Identity | null): Promise<void> {
    return this.#next(() => this.#said(identity));
  }

  /** What else the page knows of who is there. */
  attributes(attributes: Identity['customAttributes']): Promise<void> {
    return this.#next(() => this.#own.happened({ type: 'attributes.given', attributes }));
  }

  /** Forgets everything of this site on this device; who asks then is nobody known. */
  forget(): Promise<void> {
    return this.#next(() => this.#forget());
  }

  #next<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(change);
    this.#turn = mine.catch(() => {});
    return mine;
  }

  #shown(): SessionHost[] {
    return this.#earlier ? [this.#own, this.#earlier] : [this.#own];
  }

  #hosts(): SessionHost[] {
    return [...this.#shown(), ...this.#former.hosts()];
  }

  #hostOf(sessionId: string): SessionHost | undefined {
    return this.#hosts().find((host) => this.#idOf(host) === sessionId);
  }

  #idOf(host: SessionHost | null): string | null {
    return (host && this.#states.get(host)?.session.id) ?? null;
  }

  #unreadIn(host: SessionHost): number {
    const state = this.#states.get(host);
    return state ? unreadCount(state) : 0;
  }

  #pastOf(host: SessionHost): PastView {
    if (host === this.#earlier)
      return { role: 'earlier', earlier: null, ownSessionId: this.#idOf(this.#own) ?? '' };
    const sessionId = this.#idOf(this.#earlier);
    if (this.#earlier === null || sessionId === null) return { role: 'own', earlier: null };
    return { role: 'own', earlier: { sessionId, unread: this.#unreadIn(this.#earlier) } };
  }

  /** Starts a session: the one of that id, or the one that asks. */
  #begin(sessionId: string | null): SessionHost {
    const { alarm, others, onChange, ...options } = this.#options;
    const alarmId = `${this.site.id} ${++this.#begun}`;
    const host: SessionHost = new SessionHost({
      ...options,
      sessionId,
      alarms: alarm.of(alarmId),
      around: () => ({ others: others(), past: this.#pastOf(host) }),
      onChange: (state) => {
        this.#states.set(host, state);
        if (state.session.endedAt !== null) this.#former.tidySoon();
        onChange();
      },
    });
    this.#alarms.set(host, alarmId);
    void host.store.then(({ state }) => {
      this.#states.set(host, state);
      onChange();
    });
    void host.happened({ type: 'window.focused', windowId: this.#focusedWindowId });
    return host;
  }

  async #load(): Promise<void> {
    await this.#own.store;
    const { sessions } = this.#own;
    if (sessions === null) return;
    if (sessions.earlier !== null) this.#earlier = this.#begin(sessions.earlier);
    this.#former.become(sessions.former, (id) => this.#begin(id));
    await this.#earlier?.store;
    // Where an earlier life ended before it could say so, or before everything was deleted.
    await this.#former.end(() => true);
    const named = new Set(this.#hosts().map((host) => this.#idOf(host)));
    const { storage, history } = this.#own;
    for (const id of await sessionIdsOf(storage, this.site.id, false).catch(() => []))
      if (!named.has(id)) await deleteSession(storage, history, id).catch(() => this.#former.notDeleted());
    if (this.#idOf(this.#own) !== sessions.own) await this.#save();
    await this.#former.tidy();
  }

  async #said(said: Identity | null): Promise<void> {
    const { clock, random } = this.#options.platform;
    const at = clock.now();
    const { state } = await this.#own.store;
    const { session, conversations, creations } = state;
    const isUnheardOf = session.pubsubToken === null && Object.keys(conversations).length === 0;
    const answer = whoAsks({
      sessions: this.#sessions(session),
      own: session,
      isBlank: isUnheardOf && !hasWords(state) && Object.keys(creations).length === 0,
      isUnheardOf,
      formers: await this.#former.sessions(),
      said,
      newId: random.uuid(),
      at,
    });
    if (answer.kind === 'nothing') return;
    const tellAt = toldAt(this.#changedAt, at);
    if (answer.kind === 'changes') {
      const begins = answer.resumed
        ? null
        : newSession({ siteId: this.site.id, random, at, identity: said, tellAt, id: answer.sessions.own });
      await this.#change(answer.sessions, begins, at);
      this.#changedAt = [...this.#changedAt.slice(-10), at];
    }
    if (said)
      await this.#own.asked({ type: 'identity.given', identity: said, sourceId: random.uuid(), tellAt });
  }

  #sessions(own: Session): SiteSessions {
    return { own: own.id, earlier: this.#idOf(this.#earlier), former: this.#former.entries() };
  }

  /** Saved first: from then on the sessions are these, whatever happens. */
  async #change(next: SiteSessions, begins: Session | null, at: number): Promise<void> {
    await saveSiteSessions(this.#own.storage, this.site.id, next, begins);
    const before = new Map(this.#hosts().map((host) => [this.#idOf(host), host]));
    const hostOf = (id: string) => before.get(id) ?? this.#begin(id);
    const shownBefore = this.#shown();
    this.#own = hostOf(next.own);
    this.#earlier = next.earlier === null ? null : hostOf(next.earlier);
    this.#former.become(next.former, hostOf);
    // First of all, what must not be seen any more goes.
    for (const host of shownBefore) host.panels.leave();
    if (this.#earlier && shownBefore.includes(this.#earlier)) this.#earlier.panels.comeBack();
    await this.#former.end(({ endedAt }) => endedAt === at);
    for (const host of this.#shown()) {
      const { state } = await host.store;
      this.#states.set(host, state);
      host.panels.comeBack();
      if (state.session.endedAt !== null) await host.happened({ type: 'session.resumed' });
    }
    this.#options.onChange();
    this.#former.tidySoon();
  }

  async #save(): Promise<void> {
    const { state } = await this.#own.store;
    await saveSiteSessions(this.#own.storage, this.site.id, this.#sessions(state.session), null).catch(() =>
      this.#options.report('which sessions there are could not be saved'),
    );
  }

  async #stop(host: SessionHost): Promise<void> {
    await host.stop();
    this.#options.alarm.release(this.#alarms.get(host) ?? '');
    this.#alarms.delete(host);
    this.#states.delete(host);
  }

  async #forget(): Promise<void> {
    const { random, clock } = this.#options.platform;
    await this.#own.store;
    const { storage } = this.#own;
    const hosts = this.#hosts();
    const stored = await sessionIdsOf(storage, this.site.id, true);
    const ids = new Set([...stored, ...hosts.map((host) => this.#idOf(host))]);
    const begins = newSession({ siteId: this.site.id, random, at: clock.now(), identity: null });
    await saveSiteSessions(storage, this.site.id, { own: begins.id, earlier: null, former: [] }, begins);
    this.#own = this.#begin(begins.id);
    this.#earlier = null;
    this.#former.become([], (id) => this.#begin(id));
    for (const { panels } of hosts) panels.leave();
    for (const host of hosts) await this.#stop(host);
    for (const id of ids) if (id !== null) await deleteSession(storage, this.#own.history, id);
    await this.#own.store;
    this.#options.onChange();
  }
}
