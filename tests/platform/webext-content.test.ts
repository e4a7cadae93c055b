import { afterEach, expect, it, vi } from 'vitest';
import { askBackground, isConnected, onBackgroundMessage } from '@/lib/platform/webext-content';
import { fakeEvent } from './fake-events';

afterEach(() => vi.unstubAllGlobals());

it.each(['browser', 'chrome'])('asks and hears the background through %s', async (name) => {
  const runtime = { id: 'us', sendMessage: vi.fn().mockResolvedValue('answer'), onMessage: fakeEvent() };
  vi.stubGlobal(name, { runtime });
  expect(isConnected()).toBe(true);
  expect(await askBackground('question')).toBe('answer');
  expect(runtime.sendMessage).toHaveBeenCalledWith('question');
  const heard = vi.fn();
  onBackgroundMessage(heard);
  runtime.onMessage.fire('news', { id: 'us' });
  expect(heard.mock.calls).toEqual([['news']]);
});

it('has no answer when nobody listens, and none once the extension is gone', async () => {
  vi.stubGlobal('chrome', {
    runtime: { id: 'us', sendMessage: () => Promise.reject(new Error('no receiver')) },
  });
  expect(await askBackground('question')).toBeNull();
  vi.stubGlobal('chrome', {
    runtime: {
      sendMessage() {
        throw new Error('Extension context invalidated.');
      },
    },
  });
  expect(isConnected()).toBe(false);
  expect(await askBackground('question')).toBeNull();
  vi.stubGlobal('chrome', {});
  expect(isConnected()).toBe(false);
});
