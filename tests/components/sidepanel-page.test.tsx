// @vitest-environment happy-dom
// The panel's whole page over a background in memory: what is left of a former person, and what moves to the sidebar.
import { act, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import en from '../../public/_locales/en/messages.json';
import { FakeBackground } from '../panel/fake-background';
import { contact, conversation, snapshot } from '../panel/fixtures';

let background: FakeBackground;
let isPopup: boolean;
const texts: Record<string, { message: string }> = en;
const moveToSidebar = vi.fn(async () => {});

vi.mock('@/lib/platform/webext', () => ({
  connectPanel: () => background.connect(),
  sendCommand: (command: never) => background.parts().send(command),
  currentWindowId: async () => 5,
  getMessage: (key: string) => texts[key]?.message ?? '',
  isPopup: () => isPopup,
  moveToSidebar: () => moveToSidebar(),
  uiLanguage: () => 'en',
}));

beforeEach(() => {
  background = new FakeBackground();
  isPopup = false;
});
afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

/** Loads the page, as the browser does. */
async function load(): Promise<void> {
  document.body.innerHTML = '<div id="panel"></div>';
  vi.resetModules();
  await act(async () => {
    await import('../../entrypoints/sidepanel/main');
    // What comes late must not come into the page of the next test.
    await (await import('@/components/lazy-way-keys')).loadWayKeys();
    await background.clock.settle();
  });
}
const ana = { name: 'Ana Silva', email: 'ana@asterpine.com', kind: 'proven' } as const;
const ofAna = snapshot({ conversations: [conversation(1)], contact: contact(ana) });
const asked = () => {
  const { siteId, sessionId, conversationKey } = background.posted.at(-1) as Record<string, unknown>;
  return [siteId, sessionId, conversationKey];
};
const stored = () => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]);

it('shows nothing of a former person in the very moment in which somebody else is asking', async () => {
  await load();
  act(() => background.snapshot(ofAna));
  fireEvent.click(screen.getByRole('button', { name: 'More' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Your details' }));
  const phone = await screen.findByRole('textbox', { name: 'Phone' });
  fireEvent.input(phone, { target: { value: '+31 20 123 4567' } });
  expect(screen.getByText('You are signed in as Ana Silva.')).toBeTruthy();
  expect(stored()).toContain('own');

  background.raw({ type: 'panel.show', siteId: 'ledgerly' });
  expect(document.body.textContent).not.toMatch(/Ana|asterpine|details/);
  expect(document.querySelectorAll('input')).toHaveLength(0);
  expect(stored()).not.toContain('own');
  await act(() => background.clock.settle());
  expect(asked()).toEqual(['ledgerly', null, null]);
  const site = { ...ofAna.site, sessionId: 'of-ben' };
  act(() => background.snapshot(snapshot({ site })));
  expect(screen.getByRole('heading', { name: 'How can we help?' })).toBeTruthy();
});

it('moves from the popup to the sidebar with the session and the open conversation', async () => {
  isPopup = true;
  await load();
  act(() => background.snapshot(ofAna));
  fireEvent.click(screen.getByRole('button', { name: /Mara/ }));
  const keepOpen = await screen.findByRole('button', { name: 'Keep open in sidebar' });
  fireEvent.click(keepOpen);
  expect(moveToSidebar).toHaveBeenCalledOnce();
  expect({ ...localStorage }).toEqual({ moved: 'ledgerly/own/1' });
  sessionStorage.clear();
  isPopup = false;
  await load();
  expect(asked()).toEqual(['ledgerly', 'own', '1']);
  expect({ ...localStorage }).toEqual({});
});

it('draws the conversation of another site anew, though both have the same key', async () => {
  sessionStorage.setItem('route/pluck', 'ana-at-pluck/1');
  await load();
  act(() => background.snapshot(ofAna));
  fireEvent.click(screen.getByRole('button', { name: /Mara/ }));
  const box = await screen.findByRole('textbox', { name: 'Message' });
  act(() => background.raw({ type: 'panel.show', siteId: 'pluck' }));
  const anew = await screen.findByRole('textbox', { name: 'Message' });
  expect(anew).not.toBe(box);
  await act(() => background.clock.settle());
  expect(asked()).toEqual(['pluck', 'ana-at-pluck', '1']);
});
