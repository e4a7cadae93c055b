// The panel's one line to the background: the port with its snapshots and patches, and the commands.
// Owns connecting again and the order of updates; knows nothing of what they mean.
import type { ConversationKey } from '@/lib/core/types';
import type { Command, Result, SessionCommand, ViewMessage } from '@/lib/messaging/commands';
import { parseResult, parseUpdate } from '@/lib/messaging/update-schema';
import type { Patch, Snapshot } from '@/lib/messaging/view-updates';
import type { Clock, Port } from '@/lib/platform/types';

export interface PanelLinkParts {
  /** The site that is shown; null: the background chooses, and says so with the first snapshot. */
  siteId: string | null;
  /** The contact session that was shown before; null: whoever is asking now, as the first snapshot says. */
  sessionId: string | null;
  /**
   * Puts a new panel in the place of this one: of another site, or of whoever is asking now at this one, with nothing
   * left of what was shown.
   */
  showSite(siteId: string): void;
  /** Opens the port `panel`; wakes a stopped background. May throw. */
  connect(): Port;
  /** Sends a command; resolves to what the background answered. */
  send(command: Command): Promise<unknown>;
  /** The browser window in which this panel is; null where unknown. */
  windowId(): Promise<number | null>;
  /** Closes the panel's own page. */
  closePanel(): void;
  clock: Clock;
}

export interface PanelReceiver {
  /** `current` is false when a newer `view.open` is still unanswered: its window is of a former route. */
  snapshot(snapshot: Snapshot, current: boolean): void;
  patches(patches: readonly Patch[]): void;
}

export interface PanelLink {
  /** Tells which conversation is open (null: the list); answered by a snapshot. */
  open(conversationKey: ConversationKey | null): void;
  /** Tells the newest message on screen; null: none. Told again by itself after a lost port. */
  seen(messageId: number | null): void;
  /** Tells whether the panel is on screen. Told again by itself after a lost port. */
  visible(isVisible: boolean): void;
  /**
   * All commands of the panel may be repeated, so one that got no answer, as its worker was stopped, is asked again. What is asked before the
   * session is known waits for it; it is asked in that one for good.
   */
  send(command: SessionCommand): Promise<Result<null>>;
  stop(): void;
}

const longestWait = 5000;
/** A worker that is stopped as often as that before it answers is broken. */
const mostTries = 5;

/** Connects at the first `open`. */
export function createPanelLink(parts: PanelLinkParts, receiver: PanelReceiver): PanelLink {
  const { clock } = parts;
  let { siteId, sessionId } = parts;
  let sessionKnown = () => {};
  const known = new Promise<void>((resolve) => {
    sessionKnown = resolve;
  });
  let port: Port | null = null;
  let started = false;
  let stopped = false;
  let windowId: number | null | undefined;
  let key: ConversationKey | null = null;
  let seenId: number | null = null;
  let isVisible = false;
  let rev: number | null = null;
  let unanswered = 0;
  let failures = 0;

  function post(message: ViewMessage): void {
    try {
      port?.post(message);
    } catch {
      lost();
    }
  }

  function askView(): void {
    if (!port || windowId === undefined) return;
    unanswered++;
    post({ type: 'view.open', siteId, sessionId, windowId, conversationKey: key });
  }

  function connect(): void {
    if (stopped) return;
    rev = null;
    unanswered = 0;
    try {
      const opened = parts.connect();
      port = opened;
      opened.onMessage((message) => port === opened && receive(message));
      opened.onDisconnect(() => port === opened && lost());
      askView();
    } catch {
      lost();
    }
  }

  /** The first try is made at once: a stopped worker is normal, and connecting wakes it. */
  function lost(): void {
    port = null;
    const delay = failures === 0 ? 0 : Math.min(longestWait, 100 * 2 ** (failures - 1));
    failures++;
    clock.setTimeout(connect, delay);
  }

  function reconnect(): void {
    const old = port;
    lost();
    old?.disconnect();
  }

  function receive(value: unknown): void {
    const update = parseUpdate(value);
    if (update?.type === 'panel.close') {
      parts.closePanel();
    } else if (update?.type === 'panel.show') {
      parts.showSite(update.siteId);
    } else if (update?.type === 'snapshot') {
      const { site } = update.snapshot;
      // Somebody else's: nothing of it belongs beside what is shown here.
      if (sessionId !== null && sessionId !== site.sessionId) {
        parts.showSite(site.siteId);
        return;
      }
      ({ siteId, sessionId } = site);
      failures = 0;
      const isFirst = rev === null;
      rev = update.rev;
      sessionKnown();
      unanswered = Math.max(0, unanswered - 1);
      receiver.snapshot(update.snapshot, unanswered === 0);
      if (isFirst && isVisible) post({ type: 'view.visible', visible: true });
      if (unanswered === 0 && seenId !== null) post({ type: 'view.seen', messageId: seenId });
    } else if (update && rev !== null && update.rev === rev + 1) {
      rev = update.rev;
      receiver.patches(update.patches);
    } else if (!update || rev !== null) {
      reconnect();
    }
  }

  return {
    open(conversationKey) {
      key = conversationKey;
      seenId = null;
      if (started) return askView();
      started = true;
      connect();
      const standsIn = (id: number | null) => {
        windowId = id;
        askView();
      };
      parts.windowId().then(standsIn, () => standsIn(null));
    },
    seen(messageId) {
      if (messageId === seenId) return;
      seenId = messageId;
      post({ type: 'view.seen', messageId });
    },
    visible(isNow) {
      if (isNow === isVisible) return;
      isVisible = isNow;
      // Before its first snapshot a port stands for no view yet.
      if (rev !== null) post({ type: 'view.visible', visible: isNow });
    },
    async send(command) {
      if (sessionId === null) await known;
      const asked = { ...command, sessionId } as Command;
      for (let tries = 0; tries < mostTries; tries++) {
        const result = parseResult(await parts.send(asked).catch(() => undefined));
        if (result) return result;
      }
      return { ok: false, error: { code: 'failed', message: 'The background did not answer' } };
    },
    stop() {
      stopped = true;
      const old = port;
      port = null;
      old?.disconnect();
    },
  };
}
