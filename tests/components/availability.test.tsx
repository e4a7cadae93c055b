// @vitest-environment happy-dom
// Whether somebody is there: in the header of the list, in that of a conversation and in the composer, always in words.
import { act, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { AvailabilityView } from '@/lib/core/types';
import { conversation, mara, message, now, opened, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const at = (days: number, hour: number) => new Date(2026, 10, 23 + days, hour).getTime();
const view = (change: Partial<AvailabilityView>): AvailabilityView => ({
  name: 'unknown',
  opensAt: null,
  onlineIds: [],
  ...change,
});
const closed = (opensAt: number | null) => view({ name: 'closed', opensAt });
const line = () => document.querySelector('.availability');
const header = () => document.querySelector('.header-words')?.textContent;

describe('the list', () => {
  it.each<[AvailabilityView, string, string | undefined]>([
    [view({ name: 'here' }), 'We are here now', 'here'],
    [view({ name: 'away' }), 'Away right now', 'away'],
    [closed(at(0, 18)), 'Usually back at 18:00', 'closed'],
    [closed(at(1, 9)), 'Usually back tomorrow at 09:00', 'closed'],
    [closed(at(3, 9)), 'Usually back Thursday at 09:00', 'closed'],
    [closed(null), '', undefined],
    [view({}), '', undefined],
  ])('says of %j: %s', async (availability, words, mark) => {
    await panelPage(snapshot({ availability }));
    expect(line()?.textContent).toBe(words);
    expect(line()?.querySelector('i')?.className).toBe(mark);
  });

  it('keeps its place under the name before anything is known, and says what changes', async () => {
    const { background } = await panelPage(null);
    expect(line()?.textContent).toBe('');
    act(() => background.snapshot(snapshot()));
    expect(line()?.textContent).toBe('');
    act(() => background.patch({ type: 'availability.changed', availability: view({ name: 'here' }) }));
    expect(line()?.textContent).toBe('We are here now');
  });

  it('says it under the name of the company that is chosen among several', async () => {
    const others = [{ siteId: 'pluck', name: 'Pluck', unread: 0 }];
    await panelPage(snapshot({ others, availability: view({ name: 'here' }) }));
    expect(document.querySelector('.header-words > .site-picker + .availability')).not.toBeNull();
  });

  it('calls the day anew when a new one begins', async () => {
    const { background } = await panelPage(snapshot({ availability: closed(at(1, 9)) }));
    act(() => background.clock.elapse(at(1, 0) - now));
    expect(line()?.textContent).toBe('Usually back at 09:00');
  });
});

describe('a conversation', () => {
  const open = (availability: AvailabilityView, party: typeof mara | null = mara) =>
    panelPage(opened([message(1)], { availability, conversations: [conversation(1, { party })] }), '1');
  const placeholder = () => (screen.getByRole('textbox') as HTMLTextAreaElement).placeholder;

  it('says that its agent is online, and not of a bot with the same id or of somebody else', async () => {
    const page = await open(view({ name: 'here', onlineIds: [7] }));
    expect(header()).toBe('Mara LindqvistLedgerly · online');
    act(() =>
      page.background.patch({
        type: 'availability.changed',
        availability: view({ name: 'here', onlineIds: [8] }),
      }),
    );
    expect(header()).toBe('Mara LindqvistLedgerly');
    act(() =>
      page.background.patch({ type: 'availability.changed', availability: view({ onlineIds: [7] }) }),
    );
    const bot = conversation(1, { party: { ...mara, kind: 'bot' } });
    act(() => page.background.patch({ type: 'conversation.changed', conversation: bot }));
    expect(header()).toBe('Mara LindqvistLedgerly');
  });

  it.each([
    [at(0, 18), 'Ledgerly · usually back at 18:00', 'Write a message, we usually answer from 18:00'],
    [
      at(1, 9),
      'Ledgerly · usually back tomorrow at 09:00',
      'Write a message, we usually answer from tomorrow at 09:00',
    ],
    [
      at(3, 9),
      'Ledgerly · usually back Thursday at 09:00',
      'Write a message, we usually answer from Thursday at 09:00',
    ],
  ])('says when somebody is back, also where one writes', async (opensAt, words, hint) => {
    await open(closed(opensAt));
    expect(header()).toBe(`Mara Lindqvist${words}`);
    expect(placeholder()).toBe(hint);
  });

  it('says that its agent is online out of hours, too', async () => {
    await open(view({ name: 'closed', opensAt: at(1, 9), onlineIds: [7] }));
    expect(header()).toBe('Mara LindqvistLedgerly · online');
  });

  it('does not name the company twice before anybody has answered', async () => {
    await open(closed(at(1, 9)), null);
    expect(header()).toBe('LedgerlyUsually back tomorrow at 09:00');
  });

  it('says no more than the name where nothing is known', async () => {
    await open(view({}));
    expect(header()).toBe('Mara LindqvistLedgerly');
    expect(placeholder()).toBe('Write a message');
  });

  it('asks to reopen a resolved one whatever the hours', async () => {
    const resolved = conversation(1, { status: 'resolved' });
    await panelPage(opened([message(1)], { availability: closed(at(1, 9)), conversations: [resolved] }), '1');
    expect(placeholder()).toBe('Write to reopen this conversation');
  });
});

it('tells in every view whether the page is on screen', async () => {
  const { background } = await panelPage(snapshot());
  const told = () => background.posted.filter((one) => (one as { type: string }).type === 'view.visible');
  expect(told()).toEqual([{ type: 'view.visible', visible: true }]);
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
  Reflect.deleteProperty(document, 'visibilityState');
  expect(told().at(-1)).toEqual({ type: 'view.visible', visible: false });
});
