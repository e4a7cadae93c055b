// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { me, message, opened } from '../panel/fixtures';
import { panelPage } from './panel-page';

const long = `${'word '.repeat(400)}end`;
const open = (text: string, author = message(1).author) =>
  panelPage(opened([message(1, { text, author })]), '1');
const button = () => screen.queryByRole('button', { name: /^Show/ });
const folded = () => document.querySelector('.folded');

describe('a long message', () => {
  it.each([
    ['many characters', long],
    ['many lines', 'a\n'.repeat(25)],
  ])('shows its beginning, and the rest when it is asked for: %s', async (_, text) => {
    await open(text);
    expect(folded()?.textContent?.trim()).toBe(text.trim());
    expect(button()?.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(folded()).toBeNull();
    expect(button()?.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Show less' }));
    expect(folded()).not.toBeNull();
  });

  it('is folded when it is an own one, too', async () => {
    await open(long, me);
    expect(folded()).not.toBeNull();
  });

  it('unfolds when the keyboard reaches a link in what is hidden', async () => {
    await open(`${long} https://example.com`);
    const link = screen.getByRole('link');
    link.getBoundingClientRect = () => new DOMRect(0, 900, 10, 10);
    fireEvent.focusIn(link);
    expect(folded()).toBeNull();
  });

  it.each(['short', 'a\n'.repeat(20)])('is only one that is long', async (text) => {
    await open(text);
    expect(button()).toBeNull();
  });
});
