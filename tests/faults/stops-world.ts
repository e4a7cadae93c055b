// A browser with a real panel and an in-process server, whose background can be stopped at one point. The browser
// starts it again for whatever needs it: the panel, a page, the alarm. Owns what is told apart from how it is watched.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { ViewMessage } from '@/lib/messaging/commands';
import { createPanel, type Panel } from '@/lib/panel/panel';
import type { Port, RawSender } from '@/lib/platform/types';
import { FakeInstallation } from '../support/fake-installation';
import { FakeBrowser, type FakeLife, fromPage, fromPanel } from '../support/fake-platform';
import { MemoryStore } from '../support/memory-stores';
import { type Ears, watched } from './stops-platform';
import { points, stopsAt } from './stops-points';
import { stored } from './stops-storage';

const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
/** A browser rings at the earliest after this, in ms. */
const earliestAlarm = 30_000;

export class StopsWorld {
  readonly browser = new FakeBrowser();
  readonly server = new FakeInstallation(this.browser);
  readonly #serve = this.browser.answer;
  readonly #greet = this.browser.network.onSocket;
  panel: Panel | null = null;
  /** Texts whose command was answered: the background has promised to send them. */
  readonly accepted: string[] = [];
  /** What becomes of the next message that is posted. */
  fault: 'answer lost' | 'request lost' | null = null;
  /** The route that the panel's page remembers. */
  #route: string | null = null;
  #life: FakeLife | null = null;
  #ears: Partial<Ears> = {};
  #alarm: object | number = 0;
  /** Told to those who talk to the background when it is stopped. */
  readonly #gone = new Set<() => void>();
  #page = { gone: false };
  #uuids = 0;
  stoppedAt: string | null = null;

  /** With the background also goes the panel: nobody is left but the alarm. */
  constructor(readonly alone: boolean) {
    globalThis.indexedDB = new IDBFactory();
    stored.area = new MemoryStore();
    stored.refusesIn = 0;
    this.browser.platformOf = (fakes, life) => {
      this.#life = life;
      this.#ears = {};
      return watched(this.browser, fakes, this.#ears, (at) => this.#setAlarm(at));
    };
    this.browser.answer = async (url, init) => {
      const isMessage = init.method === 'POST' && url.endsWith('/messages');
      const fault = isMessage ? this.fault : null;
      if (fault) this.fault = null;
      if (fault === 'request lost') throw new TypeError('the network was lost before the server');
      const answer = await this.#serve(url, init);
      if (fault === 'answer lost') throw new TypeError('the network was lost after the server');
      return answer;
    };
    points.stop = () => this.#stopped();
  }

  /** The background, started if it does not run. */
  get #awake(): Partial<Ears> {
    if (!this.#life || points.life.dead) {
      points.life = { dead: false, busy: 0 };
      this.browser.start();
    }
    return this.#ears;
  }

  #stopped(): void {
    this.stoppedAt = points.passed.at(-1) ?? null;
    this.browser.pending -= points.life.busy;
    this.#life?.kill();
    if (this.alone) this.#closePanel();
    const gone = [...this.#gone];
    this.#gone.clear();
    // The browser tells of it when the turn is over.
    void Promise.resolve().then(() => {
      for (const tell of gone) tell();
    });
  }

  /** The browser stops a background that has nothing to do; no panel is open. */
  stopIdle(): void {
    points.life.dead = true;
    this.#life?.kill();
  }

  #setAlarm(at: number | null): void {
    const { clock } = this.browser;
    clock.clearTimeout(this.#alarm);
    this.browser.alarmAt = at;
    if (at === null) return;
    this.#alarm = clock.setTimeout(
      () => {
        this.#setAlarm(clock.now() + 60_000); // it rings on until it is set anew
        const { alarm } = this.#awake;
        if (!stopsAt('the alarm rings')) alarm?.();
      },
      Math.max(at - clock.now(), earliestAlarm),
    );
  }

  /** Sends a command; undefined when the background is stopped before it has answered. */
  command(message: unknown, sender: RawSender = fromPage, page = { gone: false }): Promise<unknown> {
    return new Promise((resolve) => {
      if (page.gone) return;
      const lost = () => page.gone || resolve(undefined);
      const { message: hear } = this.#awake;
      this.#gone.add(lost);
      if (stopsAt('a command arrives')) return void Promise.resolve().then(lost);
      void hear?.(copy(message), sender)?.then((answer) => {
        if (!this.#gone.delete(lost)) return;
        const { type, text } = message as { type: string; text: string };
        if (type === 'message.send') this.accepted.push(text);
        resolve(copy(answer));
      });
    });
  }

  #connect(): Port {
    const { connect } = this.#awake;
    const panelEnd = { message: (_: unknown) => {}, gone: () => {} };
    const backgroundEnd = { message: (_: unknown) => {}, gone: () => {} };
    const { life } = points;
    let open = true;
    const lost = () => {
      if (open) panelEnd.gone();
      open = false;
    };
    this.#gone.add(lost);
    const later = (work: () => void) => void Promise.resolve().then(() => open && work());
    const port: Port = {
      name: 'panel',
      post: (message) => {
        if (stopsAt('the panel is told')) return;
        const told = copy(message);
        later(() => panelEnd.message(told));
      },
      disconnect: lost,
      onMessage: (listener) => {
        backgroundEnd.message = listener;
      },
      onDisconnect: (listener) => {
        backgroundEnd.gone = listener;
      },
    };
    if (stopsAt('a panel connects')) void Promise.resolve().then(lost);
    else connect?.(port, fromPanel);
    return {
      name: 'panel',
      post: (message) => {
        const said = copy(message) as ViewMessage;
        later(() => life.dead || stopsAt(`a panel says ${said.type}`) || backgroundEnd.message(said));
      },
      disconnect: () => {
        open = false;
        this.#gone.delete(lost);
        if (!life.dead && !stopsAt('a panel is gone')) backgroundEnd.gone();
      },
      onMessage: (listener) => {
        panelEnd.message = listener;
      },
      onDisconnect: (listener) => {
        panelEnd.gone = listener;
      },
    };
  }

  /** Opens the panel's page, visible and scrolled to its end; it remembers its route. */
  openPanel(): Panel {
    const { clock } = this.browser;
    const page = { gone: false };
    this.#page = page;
    const panel = createPanel({
      siteId: null,
      showSite: () => {},
      sessionId: null,
      showSession: () => {},
      connect: () => this.#connect(),
      send: (command) => this.command(command, fromPanel, page),
      windowId: async () => 1,
      closePanel: () => this.closePanel(),
      clock,
      random: {
        fraction: () => 0.5,
        uuid: () => `00000000-0000-4000-9000-${String(++this.#uuids).padStart(12, '0')}`,
      },
      memory: {
        read: () => this.#route,
        write: (_site, key) => {
          this.#route = key;
        },
      },
      frame: (run) => void clock.setTimeout(run, 16),
      painted: (run) => void clock.setTimeout(run, 16),
    });
    this.panel = panel;
    panel.visible(true);
    panel.thread.scrolled(true);
    return panel;
  }

  closePanel(): void {
    this.panel?.flush();
    this.#closePanel();
  }

  #closePanel(): void {
    this.#page.gone = true;
    this.panel?.stop();
    this.panel = null;
  }

  /** The cable is lost; `back`: can be had again. With `silent` the server greets and never confirms, once. */
  cable(how: 'lost' | 'back' | 'silent'): void {
    const { network } = this.browser;
    network.onSocket = (socket) => {
      if (how === 'lost') return void Promise.resolve().then(() => socket.drop());
      if (how === 'back') return this.#greet?.(socket);
      network.onSocket = this.#greet;
      void Promise.resolve().then(() => {
        socket.open();
        socket.receive({ type: 'welcome' });
      });
    };
    if (how !== 'back') for (const socket of network.alive) socket.drop();
  }
}
