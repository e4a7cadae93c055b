// @vitest-environment happy-dom
// The browser's own panel: Chrome's side panel, Firefox's sidebar and the popup that stands in for it.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { badge, browserPanel, moveToSidebar, openPanelOnActionClick } from '@/lib/platform/webext';
import { fakeEvent } from './fake-events';

// The browser that a test describes: only the calls named there exist.
const fake = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => fake);

function inBrowser<T extends Record<string, unknown>>(api: T): T {
  return Object.assign(fake.browser, api);
}

const done = () => vi.fn().mockResolvedValue(undefined);
const windowsOf = (type: string) => ({
  get: vi.fn().mockResolvedValue({ type }),
  create: vi.fn().mockResolvedValue({ id: 12 }),
  update: done(),
});
const noTab = {
  tabs: { query: vi.fn().mockResolvedValue([]) },
  runtime: { getURL: (path: string) => `moz-extension://id${path}` },
};

function inFirefox() {
  return inBrowser({
    sidebarAction: { open: done() },
    browserAction: { setPopup: done(), openPopup: done() },
    windows: windowsOf('normal'),
    ...noTab,
  });
}

beforeEach(() => {
  for (const key of Object.keys(fake.browser)) delete fake.browser[key];
});

describe('the panel of the browser', () => {
  it('opens for the window in the same turn, as the click demands', async () => {
    const open = vi.fn().mockResolvedValue(undefined);
    inBrowser({ sidePanel: { open }, windows: windowsOf('normal') });
    const opened = browserPanel.open(7);
    expect(open).toHaveBeenCalledWith({ windowId: 7 });
    expect(await opened).toBe(7);
  });

  it.each([
    ['says that it opened in a window without toolbars', 7, vi.fn().mockResolvedValue(undefined)],
    ['refuses', 7, vi.fn().mockRejectedValue(new Error('no gesture'))],
    ['does not know the window of', null, vi.fn()],
  ])('opens as a window of its own where Chrome %s', async (_, windowId, open) => {
    const windows = windowsOf(open.getMockImplementation() ? 'popup' : 'normal');
    inBrowser({ sidePanel: { open }, windows, ...noTab });
    expect(await browserPanel.open(windowId)).toBe(12);
    expect(windows.create).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'popup', url: 'sidepanel.html' }),
    );
  });

  it('opens as the popup of the toolbar button in Firefox, whose own click goes on to mean the sidebar', async () => {
    const { browserAction } = inFirefox();
    await browserPanel.open(7);
    expect(browserAction.openPopup).toHaveBeenCalledWith({ windowId: 7 });
    expect(browserAction.setPopup.mock.calls).toEqual([[{ popup: 'sidepanel.html?popup' }], [{ popup: '' }]]);
    const [set, unset] = browserAction.setPopup.mock.invocationCallOrder;
    const [opened] = browserAction.openPopup.mock.invocationCallOrder;
    expect([set, opened, unset]).toEqual([set, opened, unset].sort());
  });

  it('opens as a window in Firefox where a popup cannot open, and that window only once', async () => {
    const { browserAction, windows, tabs } = inFirefox();
    browserAction.openPopup.mockRejectedValue(new Error('no popup here'));
    expect(await browserPanel.open(7)).toBe(12);
    expect(windows.create).toHaveBeenCalledOnce();
    tabs.query.mockResolvedValue([{ windowId: 12 }]);
    expect(await browserPanel.open(7)).toBe(12);
    expect(tabs.query).toHaveBeenCalledWith({ url: 'moz-extension://id/sidepanel.html' });
    expect(windows.update).toHaveBeenCalledWith(12, { focused: true });
    expect(windows.create).toHaveBeenCalledOnce();
    expect(browserAction.setPopup).toHaveBeenLastCalledWith({ popup: '' });
  });

  it('opens as a window in Firefox where the popup only seemed to open', async () => {
    inBrowser({ ...inFirefox(), windows: windowsOf('popup') });
    expect(await browserPanel.open(7)).toBe(12);
  });

  it('gives the place of the popup to the sidebar in the same turn, as the click demands', async () => {
    const { sidebarAction } = inFirefox();
    const close = vi.spyOn(window, 'close').mockReturnValue(undefined);
    const moved = moveToSidebar();
    expect(sidebarAction.open).toHaveBeenCalledOnce();
    expect(close).not.toHaveBeenCalled();
    await moved;
    expect(close).toHaveBeenCalledOnce();
  });

  it('closes where the browser can, and says when it cannot', async () => {
    const close = vi.fn().mockResolvedValue(undefined);
    inBrowser({ sidePanel: { close } });
    expect(await browserPanel.close(7)).toBe(true);
    expect(close).toHaveBeenCalledWith({ windowId: 7 });
    inBrowser({ sidePanel: {} });
    expect(await browserPanel.close(7)).toBe(false);
  });

  it('follows clicks on the toolbar icon in Chrome', () => {
    const setPanelBehavior = vi.fn().mockResolvedValue(undefined);
    inBrowser({ sidePanel: { setPanelBehavior } });
    openPanelOnActionClick();
    expect(setPanelBehavior).toHaveBeenCalledWith({ openPanelOnActionClick: true });
  });

  it('follows clicks on the toolbar icon in Firefox', () => {
    const sidebarAction = { toggle: vi.fn().mockResolvedValue(undefined) };
    const { browserAction } = inBrowser({ sidebarAction, browserAction: { onClicked: fakeEvent() } });
    openPanelOnActionClick();
    browserAction.onClicked.fire();
    expect(sidebarAction.toggle).toHaveBeenCalledOnce();
  });

  it.each(['action', 'browserAction'])('carries number and tooltip on the icon of %s', (key) => {
    const button = { setBadgeText: vi.fn(), setBadgeBackgroundColor: vi.fn(), setTitle: vi.fn() };
    inBrowser({ [key]: button });
    badge.set('3', '#1f6feb', 'Acme support, 3 unread');
    expect(button.setBadgeText).toHaveBeenCalledWith({ text: '3' });
    expect(button.setBadgeBackgroundColor).toHaveBeenCalledWith({ color: '#1f6feb' });
    expect(button.setTitle).toHaveBeenCalledWith({ title: 'Acme support, 3 unread' });
  });
});
