// The other end of the panel's line, in memory: what the panel said, and anything one wants to tell it.
import type { Command, SessionCommand } from '@/lib/messaging/commands';
import type { Patch, Snapshot } from '@/lib/messaging/view-updates';
import { createPanel, type Panel, type PanelParts } from '@/lib/panel/panel';
import type { Port, Random } from '@/lib/platform/types';
import { FakeClock } from '../support/fake-clock';
import { now } from './fixtures';

export class FakeBackground {
  readonly clock = new FakeClock(now);
  /** Everything said on ports, and how many ports were opened. */
  posted: unknown[] = [];
  ports = 0;
  commands: SessionCommand[] = [];
  /** Answers a command; by default all goes well. */
  answer: (command: Command) => Promise<unknown> = async () => ({ ok: true, value: null });
  frames: (() => void)[] = [];
  remembered: string | null = null;
  rememberedSite: string | null = null;
  rememberedSession: string | null = null;
  closed = 0;
  rev = 0;
  #tell: ((message: unknown) => void) | null = null;
  #drop: (() => void) | null = null;
  #uuids = 0;

  connect = (): Port => {
    this.ports++;
    let open = true;
    const disconnected: (() => void)[] = [];
    this.#drop = () => {
      open = false;
      this.#tell = null;
      for (const listener of disconnected) listener();
    };
    return {
      name: 'panel',
      post: (message) => open && this.posted.push(message),
      disconnect: () => {
        open = false;
      },
      onMessage: (listener) => {
        this.#tell = (message) => open && listener(message);
      },
      onDisconnect: (listener) => disconnected.push(listener),
    };
  };

  random: Random = {
    fraction: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(++this.#uuids).padStart(12, '0')}`,
  };

  readonly shownSites: string[] = [];
  readonly shownSessions: (string | null)[] = [];
  /** In which session each of `commands` was asked. */
  readonly askedSessions: string[] = [];
  #remember = (siteId: string, key: string | null, sessionId: string) => {
    this.rememberedSite = siteId;
    this.remembered = key;
    this.rememberedSession = sessionId;
  };

  parts(): PanelParts {
    return {
      siteId: 'ledgerly',
      sessionId: 'own',
      showSite: (siteId) => this.shownSites.push(siteId),
      showSession: (sessionId) => this.shownSessions.push(sessionId),
      connect: this.connect,
      send: (command) => {
        const { sessionId, ...asked } = command as Command & { sessionId: string };
        this.commands.push(asked as SessionCommand);
        this.askedSessions.push(sessionId);
        return this.answer(command);
      },
      windowId: async () => 5,
      closePanel: () => this.closed++,
      clock: this.clock,
      random: this.random,
      memory: { read: () => this.remembered, write: this.#remember },
      frame: (run) => void this.frames.push(run),
      painted: (run) => run(),
    };
  }

  /** A panel that has said `view.open`. */
  async panel(change: Partial<PanelParts> = {}): Promise<Panel> {
    const panel = createPanel({ ...this.parts(), ...change });
    await Promise.resolve();
    await Promise.resolve();
    return panel;
  }

  raw(message: unknown): void {
    this.#tell?.(message);
  }

  snapshot(snapshot: Snapshot): void {
    this.raw({ type: 'snapshot', rev: ++this.rev, snapshot });
  }

  patch(...patches: Patch[]): void {
    this.raw({ type: 'patch', rev: ++this.rev, patches });
  }

  /** The port is lost, as when the worker is stopped. */
  drop(): void {
    this.#drop?.();
  }

  nextFrame(): void {
    for (const run of this.frames.splice(0)) run();
  }

  commandsOf<T extends SessionCommand['type']>(type: T): Extract<SessionCommand, { type: T }>[] {
    return this.commands.filter(
      (command): command is Extract<SessionCommand, { type: T }> => command.type === type,
    );
  }
}
