// Runs in the browser's own window, with all its rights: THE ONE FILE THAT KNOWS FIREFOX'S INTERNALS. They are no public
// interface and may change with any release; everything else speaks the WebDriver BiDi protocol.
// Bundled by realm.ts; must not use anything of Node.

interface XulBrowser extends HTMLElement {
  browsingContext: BrowsingContext;
  permanentKey?: object;
}

interface BrowsingContext {
  browserId: number;
  prefersColorSchemeOverride: string;
}

interface Extension {
  views: Iterable<{ viewType: string; xulBrowser: XulBrowser }>;
  terminateBackground(options: object): Promise<void>;
}

interface Navigables {
  getBrowserById(id: string): XulBrowser | null;
  getBrowsingContextById(id: string): BrowsingContext | null;
  getIdForBrowser(browser: XulBrowser): string;
}

interface Widgets {
  AREA_NAVBAR: string;
  addWidgetToArea(widget: string, area: string): void;
  getWidget(widget: string): { forWindow(window: Window): { node: Element } };
}

declare const ChromeUtils: {
  importESModule(url: string): { NavigableManager: Navigables; CustomizableUI: Widgets };
  requestProcInfo(): Promise<{ pid: number; children: { pid: number }[] }>;
};
declare const Services: {
  io: { offline: boolean; manageOfflineStatus: boolean };
  obs: { notifyObservers(subject: null, topic: string): void };
  prefs: { setIntPref(name: string, value: number): void };
};
/** The window's own. */
declare const browsingContext: {
  currentWindowGlobal: { drawSnapshot(area: null, scale: number, background: string): Promise<ImageBitmap> };
};
declare const WebExtensionPolicy: { getByID(id: string): { extension: Extension } | null };
declare function synthesizeMouseEvent(
  type: string,
  x: number,
  y: number,
  data: object,
  options: object,
): void;

/** A page of the extension that is in no tab. */
export interface View {
  /** As the protocol knows it, once `reachViews` was called. */
  context: string;
  kind: 'sidebar' | 'popup' | 'background';
}

const { NavigableManager } = ChromeUtils.importESModule(
  'chrome://remote/content/shared/NavigableManager.sys.mjs',
);
const { CustomizableUI } = ChromeUtils.importESModule(
  'moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs',
);
const keys = new Map<number, object>();
const seen = new Map<string, XulBrowser>();
const KINDS = ['sidebar', 'popup', 'background'];

export const inChrome = {
  /**
   * Lets the protocol reach sidebar, popup and background as it does tabs: it finds a document by its browser element, and
   * looks for these in tabs only.
   */
  reachViews(extensionId: string): void {
    const inTabs = NavigableManager.getBrowserById.bind(NavigableManager);
    NavigableManager.getBrowserById = (id) =>
      inTabs(id) ?? browsersOf(extensionId).find((one) => idOf(one) === id) ?? reloading(id);
  },

  /** The extension's open pages outside tabs; a popup from when it is there for the mouse. */
  views(extensionId: string): View[] {
    const shown = viewsOf(extensionId).filter(({ viewType, xulBrowser }) => {
      const panel = xulBrowser.closest('panel') as (Element & { state: string }) | null;
      return viewType !== 'popup' || panel?.state === 'open';
    });
    return shown.map(({ viewType, xulBrowser }) => ({
      context: idOf(xulBrowser),
      kind: viewType as View['kind'],
    }));
  },

  /** Clicks the extension's button in the toolbar with the mouse. */
  clickToolbarButton(extensionId: string): void {
    const widget = `${extensionId.toLowerCase().replace(/[^a-z0-9_-]/g, '_')}-browser-action`;
    // A new extension's button hides in a menu.
    CustomizableUI.addWidgetToArea(widget, CustomizableUI.AREA_NAVBAR);
    const { x, y, width, height } = CustomizableUI.getWidget(widget)
      .forWindow(window)
      .node.getBoundingClientRect();
    for (const [type, buttons] of [
      ['mousedown', 1],
      ['mouseup', 0],
    ] as const) {
      const data = { button: 0, buttons, clickCount: 1 };
      synthesizeMouseEvent(type, x + width / 2, y + height / 2, data, {});
    }
  },

  /** Ends the background; the browser makes a new one when something calls for it. */
  async terminateBackground(extensionId: string): Promise<void> {
    await extensionOf(extensionId)?.terminateBackground({ ignoreDevToolsAttached: true });
  },

  /** Gives a document the keyboard, as a click into it does; a new browser has it in its address bar. */
  focus(context: string): void {
    NavigableManager.getBrowserById(context)?.focus();
  },

  /** "Work offline", for all pages and the background. WebSockets to this machine that are open stay open. */
  setOffline(offline: boolean): void {
    Services.io.manageOfflineStatus = false;
    Services.io.offline = offline;
    // A kept-alive connection would carry further requests.
    if (offline) Services.obs.notifyObservers(null, 'net:prune-all-connections');
  },

  setColorScheme(context: string, scheme: 'light' | 'dark'): void {
    const browsingContext = NavigableManager.getBrowsingContextById(context);
    if (browsingContext) browsingContext.prefersColorSchemeOverride = scheme;
  },

  setReducedMotion(reduced: boolean): void {
    Services.prefs.setIntPref('ui.prefersReducedMotion', reduced ? 1 : 0);
  },

  /** A picture of the whole window, bars, page and sidebar, as a PNG in base64. */
  async picture(): Promise<string> {
    const bitmap = await browsingContext.currentWindowGlobal.drawSnapshot(null, devicePixelRatio, 'white');
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return (bytes as Uint8Array & { toBase64(): string }).toBase64();
  },

  /** Ids of the browser's helper processes. */
  async helperProcesses(): Promise<number[]> {
    return (await ChromeUtils.requestProcInfo()).children.map(({ pid }) => pid);
  },
};

function extensionOf(extensionId: string): Extension | undefined {
  return WebExtensionPolicy.getByID(extensionId)?.extension;
}

function viewsOf(extensionId: string) {
  return [...(extensionOf(extensionId)?.views ?? [])].filter(({ viewType }) => KINDS.includes(viewType));
}

function browsersOf(extensionId: string): XulBrowser[] {
  return viewsOf(extensionId).map(({ xulBrowser }) => xulBrowser);
}

/** Only the browsers of tabs have a key of their own. A popup moves to another browser while it opens, with all it shows. */
function idOf(browser: XulBrowser): string {
  const { browserId } = browser.browsingContext;
  const key = keys.get(browserId) ?? {};
  keys.set(browserId, key);
  browser.permanentKey = key;
  const id = NavigableManager.getIdForBrowser(browser);
  seen.set(id, browser);
  return id;
}

/** While its page is loaded again a browser is there and the extension does not know of it. */
function reloading(id: string): XulBrowser | null {
  const browser = seen.get(id);
  return browser?.isConnected ? browser : null;
}

Object.assign(globalThis, { carbonchatTest: inChrome });
