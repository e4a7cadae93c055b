import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  connectPanel,
  currentWindowId,
  extensionId,
  extensionOrigin,
  focusedWindowId,
  getMessage,
  keepAlive,
  onCommandMessage,
  onPanelConnect,
  onWindowFocus,
  restrictStorage,
  sendCommand,
  sendToTabs,
  startWithBrowser,
  uiLanguage,
  webextAlarms,
  webextStore,
} from '@/lib/platform/webext';
import { fakeEvent, fakePort } from './fake-events';

// The browser that a test describes: only the calls named there exist.
const fake = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => fake);

function inBrowser<T extends Record<string, unknown>>(api: T): T {
  return Object.assign(fake.browser, api);
}

beforeEach(() => {
  for (const key of Object.keys(fake.browser)) delete fake.browser[key];
});

describe('the store', () => {
  it('reads the items below a prefix', async () => {
    const get = vi.fn().mockResolvedValue({ 'session/1/a': 1, 'session/2/b': 2, settings: 3 });
    inBrowser({ storage: { local: { get } } });
    expect(await webextStore('local').read('session/1/')).toEqual({ 'session/1/a': 1 });
  });

  /** What the browser holds; `dies`: the call from which on nothing happens any more. */
  function area(dies = Number.POSITIVE_INFINITY) {
    const items: Record<string, unknown> = { a: 'old', b: 'gone soon', c: 'kept' };
    const calls: string[] = [];
    const step = async (name: string, work: () => void) => {
      if (calls.push(name) >= dies) throw new Error('stopped');
      work();
    };
    const local = {
      get: async () => ({ ...items }),
      set: (news: object) => step('set', () => Object.assign(items, news)),
      remove: (keys: string[]) => step('remove', () => keys.forEach((key) => void delete items[key])),
    };
    inBrowser({ storage: { local } });
    return { items, calls };
  }

  it('sets and removes, and touches nothing for an empty write', async () => {
    const { items, calls } = area();
    await webextStore('local').write({}, []);
    expect(calls).toEqual([]);
    await webextStore('local').write({ a: 1 }, ['b']);
    expect(items).toEqual({ a: 1, c: 'kept' });
    expect(calls).toEqual(['set', 'remove']);
    await webextStore('local').write({ d: 2 }, []);
    expect(calls).toEqual(['set', 'remove', 'set']);
  });

  it('has changed nothing when the browser refuses, or the background dies before', async () => {
    const { items } = area(1);
    await expect(webextStore('local').write({ a: 1 }, ['b'])).rejects.toThrow('stopped');
    expect(items).toEqual({ a: 'old', b: 'gone soon', c: 'kept' });
  });

  it('has changed everything when it ends after the first call, and sweeps later', async () => {
    const { items, calls } = area(2);
    await webextStore('local').write({ a: 1 }, ['b']);
    expect(items).toEqual({ a: 1, b: null, c: 'kept' });
    expect(await webextStore('local').read('')).toEqual({ a: 1, c: 'kept' });
    expect(calls).toEqual(['set', 'remove', 'remove']);
    const { items: after } = area();
    after.b = null;
    expect(await webextStore('local').read('')).toEqual({ a: 'old', c: 'kept' });
    expect(after).toEqual({ a: 'old', c: 'kept' });
  });

  it('does not sweep once it has written: what was removed may have been set anew meanwhile', async () => {
    const { items, calls } = area();
    const store = webextStore('local');
    await store.write({ d: 1 }, []);
    items.b = null;
    expect(await store.read('')).toEqual({ a: 'old', c: 'kept', d: 1 });
    expect(calls).toEqual(['set']);
  });

  it('takes managed storage without a policy as empty, but not a broken local one', async () => {
    const get = () => Promise.reject(new Error('no manifest'));
    inBrowser({ storage: { managed: { get }, local: { get } } });
    expect(await webextStore('managed').read('')).toEqual({});
    await expect(webextStore('local').read('')).rejects.toThrow('no manifest');
  });

  it('is closed to content scripts where the browser can do that', async () => {
    const setAccessLevel = vi.fn().mockResolvedValue(undefined);
    inBrowser({ storage: { local: { setAccessLevel } } });
    await restrictStorage();
    expect(setAccessLevel).toHaveBeenCalledWith({ accessLevel: 'TRUSTED_CONTEXTS' });
    inBrowser({ storage: { local: {} } });
    await expect(restrictStorage()).resolves.toBeUndefined();
  });
});

describe('the alarm', () => {
  it('is one alarm that can be set, cleared and heard', () => {
    const alarms = { onAlarm: fakeEvent(), create: vi.fn(), clear: vi.fn() };
    inBrowser({ alarms });
    const rang = vi.fn();
    const alarm = webextAlarms(rang);
    alarm.set(5000);
    const [name, when] = alarms.create.mock.calls[0] ?? [];
    expect(when).toEqual({ when: 5000, periodInMinutes: 1 }); // a worker may be stopped before it sets the next
    alarms.onAlarm.fire({ name: 'another' });
    expect(rang).not.toHaveBeenCalled();
    alarms.onAlarm.fire({ name });
    expect(rang).toHaveBeenCalledOnce();
    alarm.set(null);
    expect(alarms.clear).toHaveBeenCalledWith(name);
  });
});

describe('commands', () => {
  const sender = { id: 'us', url: 'https://app.acme.com/', frameId: 0, tab: { id: 4, windowId: 7 } };

  function hear(listener: Parameters<typeof onCommandMessage>[0]) {
    const { runtime } = inBrowser({ runtime: { onMessage: fakeEvent() } });
    onCommandMessage(listener);
    return (from: unknown) =>
      new Promise((resolve) => {
        if (runtime.onMessage.fire('question', from, resolve) !== true) resolve('left unanswered');
      });
  }

  it('reach the listener with their sender, and are answered later', async () => {
    const listener = vi.fn().mockResolvedValue('answer');
    expect(await hear(listener)(sender)).toBe('answer');
    const raw = { id: 'us', url: 'https://app.acme.com/', tabId: 4, windowId: 7, frameId: 0 };
    expect(listener).toHaveBeenCalledWith('question', raw);
  });

  it('come from nobody known when the browser says nothing', async () => {
    const listener = vi.fn().mockResolvedValue('answer');
    await hear(listener)({});
    const nobody = { id: null, url: null, tabId: null, windowId: null, frameId: null };
    expect(listener).toHaveBeenCalledWith('question', nobody);
  });

  it('are left to others when the listener has no answer', async () => {
    expect(await hear(() => undefined)(sender)).toBe('left unanswered');
  });

  it('do not leave the sender waiting when the answer fails', async () => {
    expect(await hear(() => Promise.reject(new Error('broken')))(sender)).toBeUndefined();
  });

  it('go from a page to the background', async () => {
    const sendMessage = vi.fn().mockResolvedValue({ ok: true });
    inBrowser({ runtime: { sendMessage } });
    expect(await sendCommand({ type: 'link.retry' })).toEqual({ ok: true });
    expect(sendMessage).toHaveBeenCalledWith({ type: 'link.retry' });
  });
});

describe('ports', () => {
  it('are accepted under their name only', () => {
    const { runtime } = inBrowser({ runtime: { onConnect: fakeEvent() } });
    const listener = vi.fn();
    onPanelConnect('panel', listener);
    runtime.onConnect.fire(fakePort('other'));
    expect(listener).not.toHaveBeenCalled();
    runtime.onConnect.fire(fakePort('panel', { id: 'us', url: 'chrome-extension://us/sidepanel.html' }));
    expect(listener.mock.calls[0]?.[0].name).toBe('panel');
    expect(listener.mock.calls[0]?.[1]).toMatchObject({
      url: 'chrome-extension://us/sidepanel.html',
      tabId: null,
    });
  });

  it('carry messages both ways until the other end goes', () => {
    const native = fakePort('panel');
    const { runtime } = inBrowser({ runtime: { connect: vi.fn(() => native) } });
    const port = connectPanel();
    expect(runtime.connect).toHaveBeenCalledWith({ name: 'panel' });
    const [heard, lost] = [vi.fn(), vi.fn()];
    port.onMessage(heard);
    port.onDisconnect(lost);
    port.post('up');
    native.onMessage.fire('down', native);
    native.onDisconnect.fire(native);
    port.post('too late');
    expect(native.posted).toEqual(['up']);
    expect(heard.mock.calls).toEqual([['down']]);
    expect(lost.mock.calls).toEqual([[]]);
  });

  it('send nothing after they were closed from here', () => {
    const native = fakePort('panel');
    inBrowser({ runtime: { connect: () => native } });
    const port = connectPanel();
    port.disconnect();
    port.post('too late');
    expect(native.closed).toBe(true);
    expect(native.posted).toEqual([]);
  });
});

describe('windows and tabs', () => {
  it('tell which window has the focus', async () => {
    const getLastFocused = vi
      .fn()
      .mockResolvedValueOnce({ id: 3, focused: true })
      .mockResolvedValue({ id: 3, focused: false });
    const { windows } = inBrowser({
      windows: { onFocusChanged: fakeEvent(), getLastFocused, getCurrent: async () => ({ id: 9 }) },
    });
    expect(await focusedWindowId()).toBe(3);
    expect(await focusedWindowId()).toBeNull();
    expect(await currentWindowId()).toBe(9);
    const heard: unknown[] = [];
    onWindowFocus((windowId) => heard.push(windowId));
    windows.onFocusChanged.fire(5);
    windows.onFocusChanged.fire(-1);
    expect(heard).toEqual([5, null]);
  });

  it('send to the top frame of every tab of the sites what is meant for it, whether or not it listens', async () => {
    const query = vi
      .fn()
      .mockResolvedValue([
        { id: 1, url: 'https://app.acme.com/a', windowId: 7 },
        { id: 2 },
        { id: 3, url: 'https://app.acme.com/c' },
        {},
      ]);
    const sendMessage = vi.fn().mockRejectedValueOnce(new Error('no receiver')).mockResolvedValue(null);
    inBrowser({ tabs: { query, sendMessage } });
    await sendToTabs(['https://app.acme.com/*'], (tab) => (tab.url?.endsWith('/c') ? null : tab));
    expect(query).toHaveBeenCalledWith({ url: ['https://app.acme.com/*'] });
    expect(sendMessage.mock.calls).toEqual([
      [1, { url: 'https://app.acme.com/a', windowId: 7 }, { frameId: 0 }],
      [2, { url: null, windowId: null }, { frameId: 0 }],
    ]);
  });
});

it('tells who the extension is, its words and its language', () => {
  inBrowser({
    runtime: { id: 'us', getURL: (path: string) => `moz-extension://uuid${path}` },
    i18n: { getMessage: (key: string) => (key === 'help' ? 'Help' : ''), getUILanguage: () => 'de-AT' },
  });
  expect(extensionOrigin()).toBe('moz-extension://uuid');
  expect(extensionId()).toBe('us');
  expect([getMessage('help'), getMessage('unknown')]).toEqual(['Help', '']);
  expect(uiLanguage()).toBe('de-AT');
});

it('keeps the worker alive by a call of the extension API', () => {
  const getPlatformInfo = vi.fn().mockResolvedValue({});
  inBrowser({ runtime: { getPlatformInfo } });
  keepAlive();
  expect(getPlatformInfo).toHaveBeenCalledOnce();
});

it('starts the background with the browser', () => {
  const onStartup = { addListener: vi.fn() };
  inBrowser({ runtime: { onStartup } });
  startWithBrowser();
  expect(onStartup.addListener).toHaveBeenCalledOnce();
});
