// The open panels of one session: their ports, what each shows, and which updates it has been sent.
import { availabilityOf } from '@/lib/core/availability';
import { linkView } from '@/lib/core/link';
import type { State } from '@/lib/core/state';
import { type ConversationKey, idOf } from '@/lib/core/types';
import type { ViewMessage } from '@/lib/messaging/commands';
import type { Patch, SiteView, ViewUpdate } from '@/lib/messaging/view-updates';
import type { Clock, Port, Random } from '@/lib/platform/types';
import { type Around, commonPatches, snapshotOf, windowPatches } from './patches';
import type { SessionStore } from './session-store';

interface OpenPanel {
  viewId: string;
  port: Port;
  windowId: number | null;
  /** What the last snapshot showed; undefined before the first one. */
  shown: ConversationKey | null | undefined;
  rev: number;
  link: string;
  availability: string;
  around: Around | null;
}

/** The background's end of one panel's port. */
export interface PanelEnd {
  receive(message: ViewMessage): void;
  lost(): void;
}

export interface PanelHostOptions {
  site: Omit<SiteView, 'sessionId'>;
  /** What stands beside the session: the other sites, and what was written before a sign-in. */
  around(): Around;
  clock: Clock;
  random: Random;
  /** The session's store, once it is loaded. */
  store: Promise<SessionStore>;
  /** A panel opened or closed in a window. */
  onPanels(): void;
}

export class PanelHost {
  #options: PanelHostOptions;
  #panels = new Map<string, OpenPanel>();
  #left = false;

  constructor(options: PanelHostOptions) {
    this.#options = options;
  }

  /** Whether a panel is known to be open in a browser window. */
  isOpenIn(windowId: number | null): boolean {
    return windowId !== null && this.windows().includes(windowId);
  }

  /** The windows in which a panel is known to be open. */
  windows(): number[] {
    const ids = [...this.#panels.values()].map(({ windowId }) => windowId).filter((id) => id !== null);
    return [...new Set(ids)].sort((a, b) => a - b);
  }

  /** Takes a panel on; its first message says which window it stands in. */
  connect(port: Port): PanelEnd {
    const viewId = this.#options.random.uuid();
    const panel: OpenPanel = {
      viewId,
      port,
      windowId: null,
      shown: undefined,
      rev: 0,
      link: '',
      availability: '',
      around: null,
    };
    this.#panels.set(viewId, panel);
    return {
      receive: (message) => void this.#receive(panel, message),
      lost: () => void this.#lost(panel),
    };
  }

  /** Tells the panels of a window to show another site. */
  show(windowId: number | null, siteId: string): void {
    for (const panel of this.#panels.values()) {
      if (panel.windowId === windowId) this.#post(panel, { type: 'panel.show', siteId });
    }
  }

  /** The session is shown no more: its panels are told to begin anew, and hear nothing of it from now on. */
  leave(): void {
    this.#left = true;
    for (const panel of this.#panels.values()) {
      panel.shown = undefined;
      this.#post(panel, { type: 'panel.show', siteId: this.#options.site.siteId });
    }
  }

  /** The session is shown again. */
  comeBack(): void {
    this.#left = false;
  }

  /** Tells the panels of a window to close themselves, where the browser cannot close them. */
  close(windowId: number | null): void {
    for (const panel of this.#panels.values()) {
      if (panel.windowId === windowId) this.#post(panel, { type: 'panel.close' });
    }
  }

  async #lost(panel: OpenPanel): Promise<void> {
    this.#panels.delete(panel.viewId);
    this.#options.onPanels();
    const store = await this.#options.store;
    await store.happened({ type: 'view.closed', viewId: panel.viewId });
  }

  async #receive(panel: OpenPanel, message: ViewMessage): Promise<void> {
    const { viewId } = panel;
    if (this.#left) return;
    if (message.type !== 'view.open') {
      const store = await this.#options.store;
      await store.happened({ ...message, viewId });
      return;
    }
    const { windowId, conversationKey } = message;
    if (panel.windowId !== windowId) {
      panel.windowId = windowId;
      this.#options.onPanels();
    }
    const store = await this.#options.store;
    await store.happened({ type: 'view.opened', viewId, windowId, conversationKey });
    if (!this.#panels.has(viewId) || this.#left) {
      // Closed, or left, while it was being opened.
      await store.happened({ type: 'view.closed', viewId });
      return;
    }
    const at = this.#options.clock.now();
    // A conversation that has got its id meanwhile is answered under that id.
    const shown = store.state.views[viewId]?.conversationKey ?? null;
    const { site } = this.#options;
    const around = this.#options.around();
    const snapshot = snapshotOf(store.state, site, around, shown, at);
    panel.shown = shown;
    panel.link = JSON.stringify(snapshot.link);
    panel.availability = JSON.stringify(snapshot.availability);
    panel.around = around;
    this.#post(panel, { type: 'snapshot', rev: ++panel.rev, snapshot });
  }

  /** Sends every panel what changed for it. */
  publish(before: State, after: State): void {
    const common = commonPatches(before, after);
    const at = this.#options.clock.now();
    const link = linkView(after, at);
    const linkText = JSON.stringify(link);
    const availability = availabilityOf(after, at);
    const availabilityText = JSON.stringify(availability);
    for (const panel of this.#panels.values()) {
      if (panel.shown === undefined) continue;
      const patches: Patch[] = [...common];
      const id = this.#conversationOf(panel, after);
      if (id !== null) patches.push(...windowPatches(before, after, id));
      if (panel.link !== linkText) patches.push({ type: 'link.changed', link });
      panel.link = linkText;
      if (panel.availability !== availabilityText)
        patches.push({ type: 'availability.changed', availability });
      panel.availability = availabilityText;
      if (patches.length > 0) this.#post(panel, { type: 'patch', rev: ++panel.rev, patches });
    }
  }

  /** Tells every panel what changed beside the session. */
  publishAround(): void {
    const around = this.#options.around();
    for (const panel of this.#panels.values()) {
      if (panel.shown === undefined) continue;
      const { others, past } = around;
      const patches: Patch[] = [];
      if (!isSame(panel.around?.others, others)) patches.push({ type: 'others.changed', others });
      if (!isSame(panel.around?.past, past)) patches.push({ type: 'past.changed', past });
      panel.around = around;
      if (patches.length > 0) this.#post(panel, { type: 'patch', rev: ++panel.rev, patches });
    }
  }

  /** The conversation that a panel shows; one that has just got its id is followed to it. */
  #conversationOf(panel: OpenPanel, state: State): number | null {
    if (panel.shown === null || panel.shown === undefined) return null;
    const id = idOf(panel.shown) ?? state.creations[panel.shown]?.conversationId ?? null;
    if (id !== null) panel.shown = String(id);
    return id;
  }

  #post(panel: OpenPanel, update: ViewUpdate): void {
    try {
      panel.port.post(update);
    } catch {} // it is gone, and `onDisconnect` will say so; the other panels must hear all the same
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
