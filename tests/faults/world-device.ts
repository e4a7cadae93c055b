// One device of the contact: a browser whose background is stopped and woken, and the real panel in front of it.
// Owns what joins the two (commands, ports, alarms, deaths); knows nothing of the server.
import { commitOf } from '@/lib/background/repository';
import { unheardInbox } from '@/lib/core/state';
import type { OutboxEntry, Session } from '@/lib/core/types';
import type { Command } from '@/lib/messaging/commands';
import { createPanel, type Panel } from '@/lib/panel/panel';
import type { Port, TimerId } from '@/lib/platform/types';
import { write } from '../background/seeded';
import { newSession } from '../support/core-builders';
import { FakeBrowser, FakeLife, fromPanel } from '../support/fake-platform';
import { MemoryStore } from '../support/memory-stores';
import type { Checker } from './checker';
import type { WorldClock } from './world-clock';

export const sourceId = '99999999-0000-4000-8000-000000000000';
const never = () => new Promise<never>(() => {});

/** Tells of every message that was saved as failed; on demand it forgets to save that one is being sent. */
class WatchedStore extends MemoryStore {
  constructor(
    readonly checker: Checker,
    readonly forgetful: boolean,
  ) {
    super();
  }

  override write(set: Record<string, unknown>, remove: readonly string[]): Promise<void> {
    const kept = Object.entries(set).filter(([key, value]) => {
      const entry = value as OutboxEntry;
      if (!key.includes('/outbox/')) return true;
      if (entry.status === 'failed') this.checker.failed(entry.echoId);
      return !(this.forgetful && entry.status === 'sending');
    });
    return super.write(Object.fromEntries(kept), remove);
  }
}

class Life extends FakeLife {
  constructor(readonly device: Device) {
    super(device);
  }

  override kill(): void {
    if (this.dead) return;
    super.kill();
    this.device.died();
  }
}

export class Device extends FakeBrowser {
  override readonly clock: WorldClock;
  override readonly store: WatchedStore;
  panel: Panel | null = null;
  #page = { alive: false };
  #current: Life | null = null;
  #alarmTimer: TimerId = 0;
  #made = 0;
  #route: string | null = null;
  readonly #ports = new Set<() => void>();
  readonly #unanswered = new Set<() => void>();

  constructor(
    readonly letter: 'a' | 'b',
    clock: WorldClock,
    readonly checker: Checker,
    forgetful: boolean,
  ) {
    super();
    this.clock = clock;
    this.store = new WatchedStore(checker, forgetful);
    clock.busy.push(this);
  }

  /** Holds the contact session from the beginning; `known` is what the server has told of it already. */
  async prepare(known: Partial<Session>): Promise<void> {
    const session = { ...newSession, id: `session-${this.letter}`, siteId: 'acme', sourceId, ...known };
    const nothing = { conversations: {}, outbox: {}, creations: {}, drafts: {}, syncedTo: {} };
    const persisted = { session, ...nothing, inbox: unheardInbox };
    await write(this.store, this.history, session.id, commitOf(null, persisted, []));
  }

  /** The life of the background that runs now; begun if there is none. */
  wake(): Life {
    if (!this.#current || this.#current.dead) this.#current = new Life(this);
    return this.#current;
  }

  get asleep(): boolean {
    return this.#current?.dead !== false;
  }

  /** The background is stopped `steps` steps from now. */
  dieIn(steps: number): void {
    this.diesAt = this.steps + steps;
  }

  /** Alarms outlive the background and wake it. */
  override setAlarm(at: number | null): void {
    this.clock.clearTimeout(this.#alarmTimer);
    this.alarmAt = at;
    if (at === null) return;
    const delay = Math.max(at - this.clock.now(), 30_000);
    this.#alarmTimer = this.clock.setTimeout(() => this.wake().ringAlarm(), delay);
  }

  /** What the pages of the extension notice when the background is stopped. */
  died(): void {
    this.checker.plan.note('stops');
    for (const tell of [...this.#ports, ...this.#unanswered]) queueMicrotask(tell);
    this.#ports.clear();
    this.#unanswered.clear();
  }

  openPanel(): Panel {
    if (this.panel) return this.panel;
    const page = { alive: true };
    this.#page = page;
    const { clock } = this;
    const whileOpen = (run: () => void) => void clock.setTimeout(() => page.alive && run(), 16);
    this.panel = createPanel({
      siteId: null,
      showSite: () => {},
      sessionId: null,
      showSession: () => {},
      connect: () => this.#connect(page),
      send: (command) => this.#ask(command, page),
      windowId: async () => 1,
      closePanel: () => this.closePanel(),
      clock: { ...clockOf(clock), setTimeout: (run, ms) => clock.setTimeout(() => page.alive && run(), ms) },
      random: { fraction: () => 0.5, uuid: () => this.#uuid() },
      memory: {
        read: () => this.#route,
        write: (_site, key) => {
          this.#route = key;
        },
      },
      frame: whileOpen,
      painted: whileOpen,
    });
    return this.panel;
  }

  closePanel(): void {
    this.panel?.flush();
    this.panel?.stop();
    this.panel = null;
    this.#page.alive = false;
  }

  /** The whole browser ends; its alarms do or do not come back with it. */
  crash(keepsAlarms: boolean): void {
    this.#page.alive = false;
    this.panel?.stop();
    this.panel = null;
    this.#current?.kill();
    if (!keepsAlarms) this.setAlarm(null);
  }

  /** The browser deletes the message history while the background does not run. */
  async loseHistory(): Promise<void> {
    this.#current?.kill();
    await this.history.drop(`session-${this.letter}`);
  }

  #uuid(): string {
    const letter = this.letter === 'a' ? 'a' : 'b';
    return `${letter}0000000-0000-4000-8000-${String(++this.#made).padStart(12, '0')}`;
  }

  #waitingKeys(): string[] {
    return [...(this.panel?.state.outbox.value.values() ?? [])].map(({ conversationKey }) => conversationKey);
  }

  /** Asks the background; a stopped one is woken, and one that stops before it answers answers nothing. */
  async #ask(command: Command, page: { alive: boolean }): Promise<unknown> {
    if (!page.alive) return never();
    if (command.type === 'message.send') this.checker.offered(this.letter, command, this.#waitingKeys());
    if (command.type === 'message.discard') this.checker.discarded(command.echoId);
    const life = this.wake();
    const answer = await new Promise<unknown>((resolve) => {
      const none = () => resolve(undefined);
      this.#unanswered.add(none);
      void life.send(command, fromPanel).then((value) => {
        this.#unanswered.delete(none);
        resolve(value);
      });
    });
    if (!page.alive) return never();
    if (command.type === 'message.send' && (answer as { ok?: boolean } | undefined)?.ok)
      this.checker.accepted(command.echoId);
    return answer;
  }

  #connect(page: { alive: boolean }): Port {
    const life = this.wake();
    const end = life.connect();
    let open = true;
    let heard = (_message: unknown) => {};
    let lost = () => {};
    const tellLost = () => {
      const was = open;
      open = false;
      if (was && page.alive) lost();
    };
    this.#ports.add(tellLost);
    end.port.post = (message) => {
      const update = JSON.parse(JSON.stringify(message));
      queueMicrotask(() => open && !life.dead && page.alive && heard(update));
    };
    return {
      name: 'panel',
      post: (message) => queueMicrotask(() => !life.dead && end.say(message)),
      disconnect: () => {
        open = false;
        this.#ports.delete(tellLost);
        queueMicrotask(() => !life.dead && end.close());
      },
      onMessage: (listener) => {
        heard = listener;
      },
      onDisconnect: (listener) => {
        lost = listener;
      },
    };
  }
}

function clockOf(clock: WorldClock) {
  return { now: () => clock.now(), clearTimeout: (timer: TimerId) => clock.clearTimeout(timer) };
}
