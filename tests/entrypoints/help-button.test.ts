// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import contentScript from '@/entrypoints/help-button.content/index';
import { button, hosts, press, run, runtime, sheet, tell, view } from './content-page';

describe('the Help button on a page', () => {
  it('asks once how it looks, and shows that in a closed shadow root', async () => {
    await run();
    expect(runtime.sendMessage.mock.calls).toEqual([[{ type: 'button.show' }]]);
    expect(hosts()).toHaveLength(1);
    expect(hosts()[0]?.shadowRoot).toBeNull();
    expect(hosts()[0]?.attributes).toHaveLength(0);
    expect(button().getAttribute('aria-label')).toBe('Help, 2 unread messages');
    expect(button().textContent).toBe('2Help');
    expect(sheet()).toContain('#1f6feb');
  });

  it('shows an icon instead of the count when nothing is unread, and another while the panel is open', async () => {
    await run();
    expect(button().querySelector('svg')).toBeNull();
    tell({ ...view, count: '' });
    const help = button().querySelector('path')?.getAttribute('d');
    tell({ ...view, panelOpen: true });
    const close = button().querySelector('path')?.getAttribute('d');
    expect(button().textContent).toBe('Help');
    expect(help).toMatch(/^M2\.992/);
    expect(close).toMatch(/^M18 6/);
  });

  it('stands in the corner that the site chose', async () => {
    await run();
    expect(sheet()).toContain('inset-inline-end: 20px');
    tell({ ...view, position: 'bottom-start' });
    expect(sheet()).toContain('inset-inline-start: 20px');
    expect(sheet()).not.toContain('inset-inline-end');
  });

  it.each([
    ['this page is of nobody', { ok: false, error: { code: 'notAllowed', message: '' } }],
    ['the site wants none', { ok: true, value: { ...view, shown: false } }],
  ])('is not there when %s', async (_, answer) => {
    runtime.sendMessage.mockResolvedValue(answer);
    await run();
    expect(hosts()).toHaveLength(0);
  });

  it('comes and goes with what the background says', async () => {
    await run();
    tell(null);
    expect(hosts()).toHaveLength(0);
    tell(view);
    expect(hosts()).toHaveLength(1);
    runtime.onMessage.fire({ type: 'something.else', button: null });
    runtime.onMessage.fire(null);
    expect(hosts()).toHaveLength(1);
  });

  it('believes news more than an answer that was under way', async () => {
    let answer = (_: unknown) => {};
    runtime.sendMessage.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const running = run();
    await vi.waitFor(() => expect(runtime.sendMessage).toHaveBeenCalled());
    tell({ ...view, label: 'Newer' });
    answer({ ok: true, value: view });
    await running;
    expect(button().textContent).toBe('2Newer');
  });

  it('toggles the panel on a real click, not on an event that the page made up', async () => {
    await run();
    press(false);
    expect(runtime.sendMessage).toHaveBeenCalledTimes(1);
    press(true);
    expect(runtime.sendMessage.mock.lastCall).toEqual([{ type: 'panel.toggle' }]);
  });

  it('is put back, once, when the page clears its document', async () => {
    await run();
    document.body.replaceChildren();
    expect(hosts()).toHaveLength(1);
    const host = hosts()[0];
    host?.remove();
    await vi.waitFor(() => expect(hosts()).toHaveLength(1));
    expect(hosts()[0]).toBe(host);
  });

  it('is hidden while something fills the screen, from the beginning or later', async () => {
    let filling: Element | null = document.body;
    Object.defineProperty(document, 'fullscreenElement', { configurable: true, get: () => filling });
    await run();
    expect(button().hidden).toBe(true);
    filling = null;
    document.dispatchEvent(new Event('fullscreenchange'));
    expect(button().hidden).toBe(false);
    filling = document.body;
    document.dispatchEvent(new Event('fullscreenchange'));
    expect(button().hidden).toBe(true);
    filling = null;
  });

  it('replaces what a former script of ours left behind', async () => {
    document.documentElement.append(document.createElement('carbonchat-help'));
    await run();
    expect(hosts()).toHaveLength(1);
    expect(button().textContent).toBe('2Help');
  });

  it('offers to reload the page when its extension was replaced, and does so at the next click only', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    await run();
    runtime.id = undefined;
    press(true);
    expect(hosts()).toHaveLength(1);
    expect(button().textContent).toBe('Reload page for help');
    expect(button().getAttribute('aria-label')).toBe('Reload page for help');
    expect(runtime.sendMessage).toHaveBeenCalledTimes(1);
    expect(reload).not.toHaveBeenCalled();
    press(false);
    expect(reload).not.toHaveBeenCalled();
    press(true);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('does not reload the page for the second half of the double click that brought the offer', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    await run();
    runtime.id = undefined;
    press(true, 1);
    press(true, 2);
    expect(button().textContent).toBe('Reload page for help');
    expect(reload).not.toHaveBeenCalled();
    // A key counts no clicks.
    press(true, 0);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('offers it also when the tab comes back, where there was a button', async () => {
    await run();
    runtime.id = undefined;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(button().textContent).toBe('Reload page for help');
  });

  it('asks again when the tab comes back, if nobody answered before', async () => {
    runtime.sendMessage.mockRejectedValueOnce(new Error('no receiver'));
    await run();
    expect(hosts()).toHaveLength(0);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(hosts()).toHaveLength(1));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(runtime.sendMessage).toHaveBeenCalledTimes(2);
  });

  it('asks again by itself when the background was stopped while it was asked', async () => {
    vi.useFakeTimers();
    runtime.sendMessage.mockRejectedValueOnce(new Error('channel closed')).mockResolvedValueOnce(undefined);
    await contentScript.main({} as never);
    await vi.runAllTimersAsync();
    expect(hosts()).toHaveLength(1);
    expect(runtime.sendMessage).toHaveBeenCalledTimes(3);
  });

  it('does not ask for ever', async () => {
    vi.useFakeTimers();
    runtime.sendMessage.mockRejectedValue(new Error('no receiver'));
    await contentScript.main({} as never);
    await vi.runAllTimersAsync();
    expect(runtime.sendMessage).toHaveBeenCalledTimes(3);
    expect(hosts()).toHaveLength(0);
  });

  it('asks again when the page returns from the back/forward cache', async () => {
    await run();
    runtime.sendMessage.mockResolvedValue({ ok: true, value: { ...view, shown: false } });
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await vi.waitFor(() => expect(hosts()).toHaveLength(0));
  });
});

describe('what the background says', () => {
  it('is cut to a bounded length', async () => {
    await run();
    tell({ ...view, label: 'l'.repeat(1000), name: 'n'.repeat(1000), count: 'c'.repeat(1000) });
    expect(button().textContent).toBe(`ccc${'l'.repeat(40)}`);
    expect(button().getAttribute('aria-label')).toBe('n'.repeat(120));
  });

  it.each([
    ['no text', { ...view, label: 7 }],
    ['no name', { ...view, name: undefined }],
    [
      'a colour that would close the rule',
      { ...view, colors: { ...view.colors, fill: '#fff}*{display:none' } },
    ],
    ['no colours', { ...view, colors: null }],
    ['a word', 'button'],
  ])('is not shown when it is not a button: %s', async (_, wrong) => {
    await run();
    tell(wrong);
    expect(hosts()).toHaveLength(0);
  });

  it('falls back to the end corner, a closed panel and no count', async () => {
    await run();
    tell({ ...view, position: '0;display:none', panelOpen: 'yes', count: 7 });
    expect(button().textContent).toBe('Help');
    expect(sheet()).toContain('inset-inline-end: 20px');
    expect(button().className).toBe('');
  });
});
