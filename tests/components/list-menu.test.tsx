// @vitest-environment happy-dom
// The menu of the list, by keyboard and by pointer, and what it asks before everything is forgotten.
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { beforeEach, describe, expect, it } from 'vitest';
import { conversation, snapshot } from '../panel/fixtures';
import { type PanelPage, panelPage } from './panel-page';

let page: PanelPage;
beforeEach(async () => {
  page = await panelPage(snapshot({ conversations: [conversation(1)] }));
});

const more = () => screen.getByRole('button', { name: 'More' });
const focused = () => document.activeElement?.textContent;
const press = (key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });
const entries = () => screen.queryAllByRole('menuitem').map(({ textContent }) => textContent);

describe('the menu of the list', () => {
  it('opens with the focus on its first entry, and says that it is open', () => {
    expect([more().getAttribute('aria-expanded'), entries()]).toEqual(['false', []]);
    fireEvent.click(more());
    expect(more().getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByRole('menu', { name: 'More' })).toBeTruthy();
    expect(entries()).toEqual(['Your details', 'Forget me on this device']);
    expect(focused()).toBe('Your details');
  });

  it('goes round by arrows, to the ends, and to letters', () => {
    fireEvent.click(more());
    const seen = ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'y', 'F', 'x', ' '].map((key) => {
      press(key);
      return focused();
    });
    const [details, forget] = ['Your details', 'Forget me on this device'];
    expect(seen).toEqual([forget, details, forget, details, forget, details, forget, forget, forget]);
    press('y', { ctrlKey: true });
    expect(focused()).toBe(forget);
  });

  it('closes by Escape with the focus back on its button', () => {
    fireEvent.click(more());
    press('Escape');
    expect(entries()).toEqual([]);
    expect(document.activeElement).toBe(more());
  });

  it('closes by a second click on its button', () => {
    fireEvent.click(more());
    expect(fireEvent.mouseDown(more())).toBe(false);
    fireEvent.click(more());
    expect(entries()).toEqual([]);
  });

  it('closes when the focus goes elsewhere, and leaves it there', () => {
    fireEvent.click(more());
    const row = screen.getByRole('button', { name: /Mara/ });
    act(() => row.focus());
    expect(entries()).toEqual([]);
    expect(document.activeElement).toBe(row);
  });

  it('closes when the window loses the focus, and does not call it back', () => {
    fireEvent.click(more());
    act(() => void document.activeElement?.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
    expect(entries()).toEqual([]);
    expect(document.activeElement).not.toBe(more());
  });

  it('leads to one’s details and gets the focus back', () => {
    fireEvent.click(more());
    fireEvent.click(screen.getByRole('menuitem', { name: 'Your details' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your details');
    fireEvent.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(document.activeElement).toBe(more());
  });
});

describe('forgetting', () => {
  const dialog = () => within(screen.getByRole('dialog', { name: 'Forget everything here?' }));
  const ask = () => {
    fireEvent.click(more());
    const entry = screen.getByRole('menuitem', { name: 'Forget me on this device' });
    act(() => {
      entry.click();
      // Browsers take the focus from what is about to go.
      entry.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    });
  };
  beforeEach(ask);

  it('is asked about first', () => {
    expect(
      dialog().getByText(
        'Your conversations, drafts and unsent messages are deleted from this browser. What was sent stays with Ledgerly.',
      ),
    ).toBeTruthy();
    expect(page.background.commands).toEqual([]);
  });

  it('does not happen by Cancel or Escape, and the focus is back on the button', () => {
    const open = screen.getByRole<HTMLDialogElement>('dialog');
    const wasOpen: boolean[] = [];
    more().addEventListener('focus', () => wasOpen.push(open.open));
    fireEvent.click(dialog().getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(more());
    // What lies below an open dialog cannot have the focus.
    expect(wasOpen).toEqual([false]);
    ask();
    const cancel = new Event('cancel', { cancelable: true });
    act(() => void screen.getByRole('dialog').dispatchEvent(cancel));
    expect([cancel.defaultPrevented, screen.queryByRole('dialog')]).toEqual([true, null]);
    expect(page.background.commands).toEqual([]);
  });

  it('is asked of the background', async () => {
    await act(async () => {
      fireEvent.click(dialog().getByRole('button', { name: 'Forget everything' }));
      await page.background.clock.settle();
    });
    expect(page.background.commands).toEqual([{ type: 'session.forget' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says when it did not succeed, and can be tried again', async () => {
    page.background.answer = async () => ({ ok: false, error: { code: 'notSaved', message: 'full' } });
    await act(async () => {
      fireEvent.click(dialog().getByRole('button', { name: 'Forget everything' }));
      await page.background.clock.settle();
    });
    expect(dialog().getByRole('alert').textContent).toBe('Not everything could be deleted. Try again.');
    expect(dialog().getByRole('button', { name: 'Forget everything' })).toBeTruthy();
  });
});
