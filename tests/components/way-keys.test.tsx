// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { PanelContext, type PanelTools } from '@/components/context';
import { WayKeys } from '@/components/way-keys';
import { conversation, message, opened, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const key = (name: string, altKey = false) => {
  const event = new KeyboardEvent('keydown', { key: name, altKey, bubbles: true, cancelable: true });
  act(() => void document.body.dispatchEvent(event));
  return event.defaultPrevented;
};
const mouse = (button: number) => fireEvent.mouseUp(document.body, { button });
const listed = snapshot({ conversations: [conversation(1), conversation(2)] });

async function page() {
  const made = await panelPage(opened([message(1)]), '1');
  const { panel } = made;
  return { ...made, where: () => (panel.thread.key.value ?? panel.route.route.value.name) as string };
}

describe('back and forward', () => {
  it.each<[string, () => unknown, () => unknown]>([
    ['Alt and the arrows', () => key('ArrowLeft', true), () => key('ArrowRight', true)],
    ['the keys of a browser', () => key('BrowserBack'), () => key('BrowserForward')],
    ['the buttons of a mouse', () => mouse(3), () => mouse(4)],
  ])('are %s', async (_, back, forward) => {
    const { where, background } = await page();
    forward();
    expect(where()).toBe('1');
    back();
    expect(where()).toBe('list');
    act(() => background.snapshot(listed));
    back();
    expect(where()).toBe('list');
    forward();
    expect(where()).toBe('1');
  });

  it('are nothing else: not the arrows or digits alone, and no other button', async () => {
    const { where } = await page();
    expect(['ArrowLeft', '3', 'Backspace'].map((name) => key(name))).toEqual([false, false, false]);
    for (const button of [0, 1, 2]) mouse(button);
    expect(where()).toBe('1');
  });

  it('are not the arrows with another key besides, nor on a Mac those in what is being written', async () => {
    const { where } = await page();
    const press = (target: Element, more: KeyboardEventInit) => {
      const event = { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true, ...more };
      act(() => void target.dispatchEvent(new KeyboardEvent('keydown', event)));
      return where();
    };
    for (const more of [{ shiftKey: true }, { ctrlKey: true }, { metaKey: true }])
      expect(press(document.body, more)).toBe('1');
    const box = document.body.appendChild(document.createElement('textarea'));
    const agent = vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Macintosh');
    expect(press(box, {})).toBe('1');
    agent.mockReturnValue('Linux');
    expect(press(box, {})).toBe('list');
    agent.mockRestore();
    box.remove();
  });

  it('never go through the history of the browser, even where there is nothing to go to', async () => {
    await page();
    expect([key('ArrowRight', true), key('ArrowLeft', true), key('ArrowLeft', true)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('are mirrored from right to left', async () => {
    const { panel, where } = await page();
    const tools = { panel, words: { direction: 'rtl' } } as unknown as PanelTools;
    // The page of this test is drawn from left to right.
    document.body.replaceChildren();
    act(() => panel.openConversation('1'));
    const root = document.body.appendChild(document.createElement('div'));
    const { unmount } = render(
      <PanelContext.Provider value={tools}>
        <WayKeys />
      </PanelContext.Provider>,
      { container: root },
    );
    key('ArrowRight', true);
    const afterRight = where();
    unmount();
    expect(afterRight).toBe('list');
  });

  it('wait for the answer to what is asked before anything else', async () => {
    const { where } = await page();
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.open = true;
    key('ArrowLeft', true);
    expect(where()).toBe('1');
    dialog.remove();
    key('ArrowLeft', true);
    expect(where()).toBe('list');
  });

  it('give the focus to what one comes to', async () => {
    const { background, message: box } = await page();
    key('ArrowLeft', true);
    act(() => background.snapshot(listed));
    expect((document.activeElement as HTMLElement).dataset.key).toBe('1');
    key('ArrowRight', true);
    expect(document.activeElement).toBe(box());
    expect(screen.getByRole('log')).toBeTruthy();
  });
});
