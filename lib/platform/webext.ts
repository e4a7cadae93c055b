// The only file that touches the extension API (with webext-content.ts for the content script): storage, alarms,
// messages, ports, windows, the browser's panel. Decides nothing. Each function works on its own, so that a page
// bundles only what it uses; registering functions register at once, as a stopped worker needs it.
import { type Browser, browser } from 'wxt/browser';
import type { Alarms, Badge, BrowserPanel, Port, RawSender, Store } from './types';

/** What Firefox has and Chrome lacks. */
interface SidebarAction {
  open(): Promise<void>;
  toggle(): Promise<void>;
}
/** Marks the panel's page as the popup of the toolbar button. */
const popupMark = '?popup';
const panelPage = 'sidepanel.html';
// Newer calls are missing in older browsers, whatever the types say.
type Partially<T> = { [K in keyof T]?: T[K] };
const firefox = browser as unknown as { sidebarAction?: SidebarAction };
const sidePanel = () =>
  browser.sidePanel as
    | (typeof browser.sidePanel & { close?(where: { windowId: number }): Promise<void> })
    | undefined;
const toolbarButton = (): typeof browser.action => browser.action ?? browser.browserAction;

/** `local`: ours. `managed`: an administrator's, read only, empty where there is no policy. */
export function webextStore(area: 'local' | 'managed'): Store {
  const storage = browser.storage[area];
  let written = false;
  // What cannot be swept away now is swept by a later life.
  const sweep = async (keys: readonly string[]) => {
    if (keys.length > 0) await storage.remove([...keys]).catch(() => {});
  };
  return {
    async read(prefix) {
      // Firefox rejects managed storage when there is no policy.
      const all = await storage.get(null).catch((error: unknown) => {
        if (area === 'managed') return {};
        throw error;
      });
      const items = Object.entries(all).filter(([key]) => key.startsWith(prefix));
      const removed = items.flatMap(([key, value]) => (value === null ? key : []));
      // As long as nothing was written: what is written later may set such a key anew.
      if (area === 'local' && !written) void sweep(removed);
      return Object.fromEntries(items.filter(([, value]) => value !== null));
    },
    async write(set, remove) {
      // The browser sets at once, but does not remove in the same breath: what goes becomes null, which is no item.
      written = true;
      const nothing = Object.fromEntries(remove.map((key) => [key, null]));
      const items = { ...set, ...nothing };
      if (Object.keys(items).length > 0) await storage.set(items);
      await sweep(remove);
    },
  };
}

/** Keeps content scripts away from storage.local where the browser can; Firefox cannot. */
export async function restrictStorage(): Promise<void> {
  const local: Partially<typeof browser.storage.local> = browser.storage.local;
  await local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

/**
 * One alarm. It rings on every minute until it is set anew: a worker may be stopped before it could do that. It outlives
 * the worker, so the listener is also called for one that an earlier life has set.
 */
export function webextAlarms(onAlarm: () => void): Alarms {
  const name = 'due';
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === name) onAlarm();
  });
  return {
    set: (at) =>
      void (at === null
        ? browser.alarms.clear(name)
        : browser.alarms.create(name, { when: at, periodInMinutes: 1 })),
  };
}

/**
 * The side panel of Chrome. Firefox opens its sidebar only for a click in the browser itself or in a page of ours, so
 * there it is the popup of the toolbar button. Where neither can open (a window without a toolbar has none of them), it is
 * a window of its own. `open` rejects when the browser refuses that, too.
 */
export const browserPanel: BrowserPanel = {
  open(windowId) {
    return openAtBrowser(windowId)
      .then(() => isBare(windowId))
      .then((bare) => (bare ? openWindow() : windowId), openWindow);
  },
  async close(windowId) {
    const panel = sidePanel();
    if (panel?.close === undefined) return false;
    await panel.close({ windowId });
    return true;
  },
};

async function openAtBrowser(windowId: number | null): Promise<void> {
  const panel = sidePanel();
  if (panel === undefined) return openPopup(windowId);
  if (windowId === null) throw new Error('no window');
  return panel.open({ windowId });
}

/** Whether a window has no toolbars. Browsers say that they opened the panel there, and do not. */
async function isBare(windowId: number | null): Promise<boolean> {
  return windowId !== null && (await browser.windows.get(windowId)).type !== 'normal';
}

async function openPopup(windowId: number | null): Promise<void> {
  const button = toolbarButton();
  await button.setPopup({ popup: panelPage + popupMark });
  try {
    await button.openPopup(windowId === null ? {} : { windowId });
  } finally {
    // A click on the button itself goes on to mean the sidebar.
    await button.setPopup({ popup: '' });
  }
}

/** The one that is open comes to the front, whoever opened it. */
async function openWindow(): Promise<number | null> {
  const [open] = await browser.tabs.query({ url: browser.runtime.getURL(`/${panelPage}`) });
  if (open) {
    await browser.windows.update(open.windowId, { focused: true });
    return open.windowId;
  }
  const opened = await browser.windows.create({ type: 'popup', url: panelPage, width: 400, height: 640 });
  return opened?.id ?? null;
}

/** Whether this page is the panel as the popup of the toolbar button, which closes when a person looks elsewhere. */
export function isPopup(): boolean {
  return location.search === popupMark;
}

/** Opens the sidebar in the place of this popup. Must be called in the same turn as the user's click. */
export async function moveToSidebar(): Promise<void> {
  await firefox.sidebarAction?.open();
  window.close();
}

/** The number and the tooltip of the toolbar icon. */
export const badge: Badge = {
  set(text, color, title) {
    const button = toolbarButton();
    void button.setBadgeText({ text });
    void button.setBadgeBackgroundColor({ color });
    void button.setTitle({ title });
  },
};

/** Makes a click on the toolbar icon open and close the panel. */
export function openPanelOnActionClick(): void {
  const { sidebarAction } = firefox;
  if (sidebarAction === undefined) void sidePanel()?.setPanelBehavior({ openPanelOnActionClick: true });
  else toolbarButton().onClicked.addListener(() => void sidebarAction.toggle());
}

/**
 * Hears one-off messages. `undefined` leaves a message unanswered. The listener's promise should not reject;
 * if it does, the sender gets `undefined`, so that it does not wait for ever.
 */
export function onCommandMessage(
  listener: (message: unknown, sender: RawSender) => Promise<unknown> | undefined,
): void {
  // sendResponse and `true`, because not every browser heeds a returned promise.
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const answer = listener(message, rawSender(sender));
    answer?.then(sendResponse, () => sendResponse(undefined));
    return answer !== undefined;
  });
}

/** Hears pages of the extension that connect under this name; check the sender before trusting the port. */
export function onPanelConnect(name: string, listener: (port: Port, sender: RawSender) => void): void {
  browser.runtime.onConnect.addListener((native) => {
    if (native.name === name) listener(portOf(native), rawSender(native.sender ?? {}));
  });
}

/** Hears which browser window has the focus; null: none. */
export function onWindowFocus(listener: (windowId: number | null) => void): void {
  browser.windows.onFocusChanged.addListener((windowId) => listener(windowId < 0 ? null : windowId));
}

/** The browser window that has the focus now; null: none. */
export async function focusedWindowId(): Promise<number | null> {
  const last = await browser.windows.getLastFocused();
  return last.focused ? (last.id ?? null) : null;
}

/** The address of the page that a window shows; null where the extension has no rights on it. */
export async function shownUrl(windowId: number): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, windowId });
  return tab?.url ?? null;
}

/**
 * Sends to the top frame of every tab at these browser match patterns (no ports) what `messageFor` gives for it;
 * null: nothing. Tabs that do not listen are fine.
 */
export async function sendToTabs(
  matchPatterns: readonly string[],
  messageFor: (tab: { url: string | null; windowId: number | null }) => unknown,
): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...matchPatterns] });
  await Promise.allSettled(
    tabs.map(({ id, url, windowId }) => {
      const message = messageFor({ url: url ?? null, windowId: windowId ?? null });
      if (id === undefined || message === null) return null;
      return browser.tabs.sendMessage(id, message, { frameId: 0 });
    }),
  );
}

/** Brings a page to the front (platform: `showPage`); a tab that is told to load anew keeps its place. */
export async function showPage(
  matchPatterns: readonly string[],
  isPage: (url: string) => boolean,
  address: string,
  reload: boolean,
): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...matchPatterns] });
  const tab = tabs.find(({ url }) => url !== undefined && isPage(url));
  if (tab?.id === undefined) {
    await browser.tabs.create({ url: address });
    return;
  }
  await browser.tabs.update(tab.id, { active: true });
  await browser.windows.update(tab.windowId, { focused: true });
  if (reload) await browser.tabs.reload(tab.id);
}

/**
 * Makes the browser start the background when it starts itself: what waits to be sent goes without anybody opening a
 * page. Having been started is all there is to do.
 */
export function startWithBrowser(): void {
  browser.runtime.onStartup.addListener(() => {});
}

/** A harmless call: while a request is under way it keeps the worker from being stopped at 30 s (design §6). */
export function keepAlive(): void {
  void browser.runtime.getPlatformInfo();
}

/** `chrome-extension://…` or `moz-extension://…`, without a final slash. */
export function extensionOrigin(): string {
  return browser.runtime.getURL('/').replace(/\/$/, '');
}

/** The id under which the browser knows this extension. */
export function extensionId(): string {
  return browser.runtime.id;
}

/** A page's connection to the background; it wakes a stopped worker. */
export function connectPanel(name = 'panel'): Port {
  return portOf(browser.runtime.connect({ name }));
}

/** Sends one command; rejects when no background listens. */
export function sendCommand(command: unknown): Promise<unknown> {
  return browser.runtime.sendMessage(command);
}

/** The extension's own name and version. */
export function about(): { name: string; version: string } {
  const { name, version } = browser.runtime.getManifest();
  return { name, version };
}

/** The keys that open the panel, as the browser writes them; '' when there are none. */
export async function panelShortcut(): Promise<string> {
  const opening = ['_execute_action', '_execute_sidebar_action'];
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => opening.includes(name ?? ''))?.shortcut ?? '';
}

/** Shows where the browser lets a person change the extension's keys. */
export function changeShortcut(): void {
  const commands = browser.commands as { openShortcutSettings?: () => Promise<void> };
  if (commands.openShortcutSettings) void commands.openShortcutSettings();
  else void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

/** A text of public/_locales; '' for an unknown key. */
export function getMessage(key: string): string {
  return (browser.i18n.getMessage as (key: string) => string)(key);
}

/** BCP 47 tag of the browser's own language. */
export function uiLanguage(): string {
  return browser.i18n.getUILanguage();
}

/** The browser window that this page stands in. */
export async function currentWindowId(): Promise<number | null> {
  return (await browser.windows.getCurrent()).id ?? null;
}

function rawSender(sender: Browser.runtime.MessageSender): RawSender {
  return {
    id: sender.id ?? null,
    url: sender.url ?? null,
    tabId: sender.tab?.id ?? null,
    windowId: sender.tab?.windowId ?? null,
    frameId: sender.frameId ?? null,
  };
}

function portOf(native: Browser.runtime.Port): Port {
  let open = true;
  native.onDisconnect.addListener(() => {
    open = false;
    // Reading it keeps the browser from reporting "Unchecked runtime.lastError".
    void browser.runtime.lastError;
  });
  return {
    name: native.name,
    // A port that is gone throws; its owner hears of the loss by onDisconnect.
    post: (message) => open && native.postMessage(message),
    disconnect() {
      open = false;
      native.disconnect();
    },
    onMessage: (listener) => native.onMessage.addListener((message: unknown) => listener(message)),
    onDisconnect: (listener) => native.onDisconnect.addListener(() => listener()),
  };
}
