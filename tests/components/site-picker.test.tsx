// @vitest-environment happy-dom
// With several companies in one extension, the name in the header is the way to the others.
import { act, fireEvent, screen } from '@testing-library/preact';
import { expect, it } from 'vitest';
import { snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const pluck = { siteId: 'pluck', name: 'Pluck', unread: 0 };
const harp = { siteId: 'harp', name: 'Harp', unread: 3 };
const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent);

it('is the company’s name alone where there is nothing to choose', async () => {
  await panelPage(snapshot());
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ledgerly');
  expect(screen.queryByRole('combobox')).toBeNull();
});

it('names the others with what waits to be read there, and follows what changes', async () => {
  const { background } = await panelPage(snapshot({ others: [pluck, harp] }));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ledgerly');
  expect(options()).toEqual(['Ledgerly', 'Pluck', 'Harp, 3 unread messages']);
  const badge = () => document.querySelector('.site-picker > .badge')?.textContent;
  expect(badge()).toBe('3');
  act(() => background.patch({ type: 'others.changed', others: [pluck, { ...harp, unread: 100 }] }));
  expect(badge()).toBe('99+');
  act(() => background.patch({ type: 'others.changed', others: [pluck, { ...harp, unread: 0 }] }));
  expect(badge()).toBeUndefined();
});

it('puts the panel of the chosen one in its place', async () => {
  const { background } = await panelPage(snapshot({ others: [pluck, harp] }));
  const select = screen.getByRole('combobox', { name: 'Choose company' });
  fireEvent.change(select, { target: { value: 'harp' } });
  expect(background.shownSites).toEqual(['harp']);
});
