// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { beforeEach, describe, expect, it } from 'vitest';
import { conversation, message, opened } from '../panel/fixtures';
import { type PanelPage, panelPage } from './panel-page';

let page: PanelPage;
beforeEach(async () => {
  page = await panelPage(opened([message(1), message(2)]), '1');
});
const write = (text: string) => fireEvent.input(page.message(), { target: { value: text } });
const press = (init: KeyboardEventInit & { keyCode?: number }) =>
  fireEvent.keyDown(page.message(), { key: 'Enter', ...init });
const sent = () => page.background.commandsOf('message.send').map(({ text }) => text);
const send = () => screen.getByRole('button', { name: 'Send' });

describe('the composer', () => {
  it('has the focus when a conversation is opened', () => {
    expect(document.activeElement).toBe(page.message());
  });

  it.each([{}, { ctrlKey: true }, { metaKey: true }])('sends by Enter with %o, and is empty then', (init) => {
    write('Hello');
    press(init);
    expect(sent()).toEqual(['Hello']);
    expect(page.message().value).toBe('');
    expect(page.articles().at(-1)).toMatch(/^You, .*, Saving…$/);
  });

  it.each([{ shiftKey: true }, { isComposing: true }, { keyCode: 229 }, { key: 'a' }])(
    'does not send by %o',
    (init) => {
      write('Hello');
      press(init);
      expect(sent()).toEqual([]);
      expect(page.message().value).toBe('Hello');
    },
  );

  it('sends by the button and keeps the focus', () => {
    write('Hello');
    fireEvent.click(send());
    expect(sent()).toEqual(['Hello']);
    expect(document.activeElement).toBe(page.message());
  });

  it('says why Send is off while there is nothing to send', () => {
    expect(send().getAttribute('aria-disabled')).toBe('true');
    expect(send().title).toBe('Write something first');
    fireEvent.click(send());
    expect(sent()).toEqual([]);
    write('Hello');
    expect(send().getAttribute('aria-disabled')).toBe('false');
    expect(send().title).toBe('');
  });

  it('counts from 140,000 characters on, and does not send more than 150,000', () => {
    write('x'.repeat(139_999));
    expect(screen.queryByText(/characters/)).toBeNull();
    write('x'.repeat(149_999));
    expect(screen.getByText('1 character left')).toBeTruthy();
    write('x'.repeat(150_002));
    expect(screen.getByText('2 characters too many')).toBeTruthy();
    expect(send().getAttribute('aria-disabled')).toBe('true');
    press({});
    expect(sent()).toEqual([]);
  });

  it('gets the text back with a word about it when the browser could not keep it', async () => {
    page.background.answer = async () => ({ ok: false, error: { code: 'notSaved', message: 'full' } });
    write('Hello');
    press({});
    await act(() => page.background.clock.settle());
    expect(screen.getByRole('alert').textContent).toBe(
      'This browser could not keep your message. It is back in the box below.',
    );
    expect(page.message().value).toBe('Hello');
    write('Hello!');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is not overwritten by a draft from elsewhere while it has the focus', () => {
    write('Mine');
    page.background.nextFrame();
    const elsewhere = (text: string) =>
      act(() => page.background.patch({ type: 'draft.changed', conversationKey: '1', text }));
    elsewhere('Theirs');
    expect(page.message().value).toBe('Mine');
    act(() => page.message().blur());
    elsewhere('Theirs');
    expect(page.message().value).toBe('Theirs');
  });

  it('keeps a draft for each conversation', () => {
    write('For the first');
    act(() => page.panel.openConversation('2'));
    expect(page.message().value).toBe('');
    write('For the second');
    act(() => page.panel.openConversation('1'));
    expect(page.message().value).toBe('For the first');
  });

  it('invites to reopen a resolved conversation', () => {
    expect(page.message().placeholder).toBe('Write a message');
    act(() =>
      page.background.patch({
        type: 'conversation.changed',
        conversation: conversation(1, { status: 'resolved' }),
      }),
    );
    expect(page.message().placeholder).toBe('Write to reopen this conversation');
  });

  it('goes to the messages and between them by Alt+Up and Alt+Down', () => {
    const articles = screen.getAllByRole('article');
    press({ key: 'ArrowUp', altKey: true });
    expect(document.activeElement).toBe(articles[1]);
  });
});
