import { afterEach, expect, it, vi } from 'vitest';
import { askBackground, isConnected, onBackgroundMessage } from '@/lib/platform/webext-content';
import { fakeEvent } from './fake-events';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each(['browser', 'chrome'])('asks and hears the background through %s', async (name) => {
  const runtime = { id: 'us', sendMessage: vi.fn().mockResolvedValue('answer'), onMessage: fakeEvent() };
  vi.stubGlobal(name, { runtime });
  expect(isConnected()).toBe(true);
  expect(await askBackground('question')).toBe('answer');
  expect(runtime.sendMessage).toHaveBeenCalledWith('question');
  const heard = vi.fn();
  onBackgroundMessage(heard);
  runtime.onMessage.fire('news', { id: 'us' });
  expect(heard.mock.lastCall?.[0]).toBe('news');
});

it('has no answer when nobody listens, and none once the extension is gone', async () => {
  vi.stubGlobal('chrome', {
    runtime: { id: 'us', sendMessage: () => Promise.reject(new Error('no receiver')) },
  });
  expect(await askBackground('question')).toBeUndefined();
  vi.stubGlobal('chrome', {
    runtime: {
      sendMessage() {
        throw new Error('Extension context invalidated.');
      },
    },
  });
  expect(isConnected()).toBe(false);
  expect(await askBackground('question')).toBeUndefined();
  vi.stubGlobal('chrome', {});
  expect(isConnected()).toBe(false);
});

it('asks again, so often as it may, while there is no answer and the extension is there', async () => {
  vi.useFakeTimers();
  const runtime = { id: 'us' as string | undefined, sendMessage: vi.fn(async () => undefined as unknown) };
  vi.stubGlobal('chrome', { runtime });
  const asked = async (tries?: number) => {
    runtime.sendMessage.mockClear();
    const answer = askBackground('question', tries);
    await vi.runAllTimersAsync();
    return [await answer, runtime.sendMessage.mock.calls.length];
  };
  expect(await asked()).toEqual([undefined, 1]);
  expect(await asked(3)).toEqual([undefined, 3]);
  runtime.sendMessage.mockRejectedValueOnce(new Error('channel closed')).mockResolvedValueOnce('answer');
  expect(await asked(3)).toEqual(['answer', 2]);
  runtime.id = undefined;
  expect(await asked(3)).toEqual([undefined, 1]);
});
