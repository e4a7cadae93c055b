// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadEmoji, search } from '@/components/emoji-list';
import { message, opened } from '../panel/fixtures';
import { type PanelPage, panelPage } from './panel-page';

const button = () => screen.getByRole('button', { name: 'Emoji' });
const dialog = () => screen.queryByRole('dialog', { name: 'Emoji' });
const field = () => screen.getByRole('searchbox', { name: 'Search emoji' });
const grid = () => within(screen.getByRole('dialog', { name: 'Emoji' }));
const key = (name: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
const focused = () => document.activeElement?.getAttribute('aria-label');

async function openGrid(): Promise<void> {
  fireEvent.click(button());
  await waitFor(() => expect(grid().getByText('Flags')).toBeTruthy());
}

describe('the emoji', () => {
  let page: PanelPage;
  beforeEach(async () => {
    page = await panelPage(opened([message(1)]), '1');
  });

  it('are shown in their groups when somebody wants one, the search first', async () => {
    expect(dialog()).toBeNull();
    await openGrid();
    expect(document.activeElement).toBe(field());
    expect(button().getAttribute('aria-expanded')).toBe('true');
    const groups = grid().getAllByRole('group');
    expect(groups.at(-9)?.querySelector('legend')?.textContent).toBe('Smileys');
    expect(groups.at(-1)?.querySelector('legend')?.textContent).toBe('Flags');
  });

  it('go where the caret is, and the focus goes back to the message', async () => {
    fireEvent.input(page.message(), { target: { value: 'ab' } });
    page.message().setSelectionRange(1, 1);
    await openGrid();
    fireEvent.click(grid().getByTitle('grinning face'));
    expect(page.message().value).toBe('a😀b');
    expect(page.panel.drafts.texts.value.get('1')).toBe('a😀b');
    expect(document.activeElement).toBe(page.message());
    expect(dialog()).toBeNull();
  });

  it('that were chosen last stand first the next time', async () => {
    await openGrid();
    fireEvent.click(grid().getByTitle('pizza'));
    await openGrid();
    const [recent] = grid().getAllByRole('group');
    expect(recent?.querySelector('legend')?.textContent).toBe('Recent');
    expect(recent?.querySelector('button')?.textContent).toBe('🍕');
  });

  it('are found by their names and by other words', async () => {
    await openGrid();
    fireEvent.input(field(), { target: { value: 'Thumb u' } });
    expect(grid().getAllByRole('button')[0]?.getAttribute('aria-label')).toBe('thumbs up');
    fireEvent.input(field(), { target: { value: 'qqqq' } });
    expect(grid().getByText('No emoji found')).toBeTruthy();
    expect(grid().queryAllByRole('button')).toEqual([]);
  });

  it('are moved in by keys, and one Tab leads past them', async () => {
    await openGrid();
    fireEvent.input(field(), { target: { value: 'heart' } });
    const all = grid()
      .getAllByRole('button')
      .map((each) => each.getAttribute('aria-label'));
    expect(
      grid()
        .getAllByRole('button')
        .filter((each) => each.tabIndex === 0),
    ).toHaveLength(1);
    key('ArrowDown');
    expect(focused()).toBe(all[0]);
    key('ArrowRight');
    expect(focused()).toBe(all[1]);
    key('ArrowLeft');
    expect(focused()).toBe(all[0]);
    key('End');
    expect(focused()).toBe(all.at(-1));
    key('Home');
    expect(focused()).toBe(all[0]);
  });

  it('go away with Escape, and the focus goes back to their button', async () => {
    await openGrid();
    key('Escape');
    expect(dialog()).toBeNull();
    expect(document.activeElement).toBe(button());
  });

  it('go away when something else gets the focus, which keeps it', async () => {
    await openGrid();
    fireEvent.focusOut(field(), { relatedTarget: page.message() });
    expect(dialog()).toBeNull();
  });
});

describe('the names of emoji', () => {
  it.each([
    ['de-AT', 'Daumen hoch'],
    ['en-GB', 'thumbs up'],
    ['fr', 'thumbs up'],
  ])('are in the language of the texts, else in English: %s', async (locale, name) => {
    const [found] = search(await loadEmoji(locale), name);
    expect(found?.emoji).toMatch(/^👍/u);
    expect(found?.name).toBe(name);
  });
});
