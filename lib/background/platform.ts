// All that the background asks of the browser. The entrypoint passes the real thing, tests pass fakes.
import type {
  Alarms,
  Badge,
  BrowserPanel,
  Clock,
  Fetch,
  HistoryStore,
  Port,
  Random,
  RawSender,
  SocketFactory,
  Store,
  Translate,
} from '@/lib/platform/types';

export interface BackgroundPlatform {
  store: Store;
  /** One connection per session: each hears by itself when the browser has deleted the history. */
  openHistory(): HistoryStore;
  clock: Clock;
  random: Random;
  fetch: Fetch;
  socket: SocketFactory;
  /** Wakes the background at a time; to be called in the first turn, as an alarm may be what woke it. */
  alarms(onAlarm: () => void): Alarms;
  badge: Badge;
  panel: BrowserPanel;
  translate: Translate;
  own: { id: string; origin: string };
  keepAlive(): void;
  restrictStorage(): Promise<void>;
  /** Sends to the top frame of every tab at these patterns what `messageFor` gives for it; null: nothing. */
  sendToTabs(
    matchPatterns: readonly string[],
    messageFor: (tab: { url: string | null; windowId: number | null }) => unknown,
  ): Promise<void>;
  focusedWindowId(): Promise<number | null>;
  /**
   * Brings a tab with a page for which `isPage` holds to the front, loaded anew where asked; where there is none, opens
   * `address` in a new one.
   */
  showPage(
    matchPatterns: readonly string[],
    isPage: (url: string) => boolean,
    address: string,
    reload: boolean,
  ): Promise<void>;
  /** The address of the page that a window shows; null where it is none of the configuration's. */
  shownUrl(windowId: number): Promise<string | null>;
  onMessage(listener: (message: unknown, sender: RawSender) => Promise<unknown> | undefined): void;
  onConnect(name: string, listener: (port: Port, sender: RawSender) => void): void;
  onWindowFocus(listener: (windowId: number | null) => void): void;
  isOnline(): boolean;
  onOnline(listener: (online: boolean) => void): void;
}
