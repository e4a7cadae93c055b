// A panel's page in a test: its end of the port, and what it was told.

import type { Snapshot, ViewUpdate } from '@/lib/messaging/view-updates';
import type { Port } from '@/lib/platform/types';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The panel's end of a port, and what it has heard. */
export class FakePanel {
  readonly updates: ViewUpdate[] = [];
  disconnected = false;
  readonly port: Port;
  #onMessage: (message: unknown) => void = () => {};
  #onDisconnect: () => void = () => {};

  constructor(said: unknown[] = []) {
    this.port = {
      name: 'panel',
      post: (message) => {
        this.updates.push(copy(message) as ViewUpdate);
        said.push({ posted: copy(message) });
      },
      disconnect: () => {
        this.disconnected = true;
      },
      onMessage: (listener) => {
        this.#onMessage = listener;
      },
      onDisconnect: (listener) => {
        this.#onDisconnect = listener;
      },
    };
  }

  say(message: unknown): void {
    this.#onMessage(copy(message));
  }

  open(
    conversationKey: string | null,
    windowId: number | null = 1,
    siteId: string | null = null,
    sessionId: string | null = null,
  ): void {
    this.say({ type: 'view.open', siteId, sessionId, windowId, conversationKey });
  }

  /** The page is gone. */
  close(): void {
    this.#onDisconnect();
  }

  /** The newest snapshot. */
  get snapshot(): Snapshot | undefined {
    return this.updates.findLast((update) => update.type === 'snapshot')?.snapshot;
  }

  /** All patches since the newest snapshot. */
  get patches() {
    const from = this.updates.findLastIndex((update) => update.type === 'snapshot');
    return this.updates.slice(from + 1).flatMap((update) => (update.type === 'patch' ? update.patches : []));
  }
}
