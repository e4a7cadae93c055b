// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { LinkView } from '@/lib/core/types';
import { conversation, live, now, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const page = (link: LinkView) => panelPage(snapshot({ conversations: [conversation(1)], link }));
const status = () => screen.getByRole('status');
const strip = () => document.querySelector('.strip-line')?.textContent?.trim();

describe('the strip', () => {
  it('is empty while the connection is live', async () => {
    await page(live);
    expect(status().textContent).toBe('');
    expect(strip()).toBe('');
  });

  it('counts down beside a status that stays the same, and tries when asked', async () => {
    const { background } = await page({ name: 'reconnecting', since: now - 2000, nextTryAt: now + 8000 });
    expect(strip()).toBe('Reconnecting. Next try in 8\u00a0s. Your messages are safe.Try now');
    act(() => background.clock.elapse(1000));
    expect(strip()).toBe('Reconnecting. Next try in 7\u00a0s. Your messages are safe.Try now');
    expect(status().textContent).toBe('Reconnecting.');
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(background.commands).toEqual([{ type: 'link.retry' }]);
  });

  it('offers nothing while a try is under way', async () => {
    await page({ name: 'connecting', since: now - 2000, nextTryAt: null });
    expect(strip()).toBe('Reconnecting…');
  });

  it.each(['silent', 'cableBlocked', 'intercepted', 'inboxMissing'] as const)(
    'says of %s that it is checked, once a person has asked, and offers nothing meanwhile',
    async (name) => {
      const { background } = await page({ name, since: now, nextTryAt: null });
      const before = strip();
      act(() =>
        background.patch({
          type: 'link.changed',
          link: { name, since: now, nextTryAt: null, checking: true },
        }),
      );
      expect(strip()).toBe(before);
      fireEvent.click(screen.getByRole('button', { name: /now$/ }));
      expect(background.commands).toEqual([{ type: 'link.retry' }]);
      expect(strip()).toBe(`${status().textContent} Checking…`);
      act(() => background.clock.elapse(3000));
      expect(strip()).toBe(`${status().textContent} Checking…`);
      act(() => background.patch({ type: 'link.changed', link: { name, since: now, nextTryAt: null } }));
      act(() => background.clock.elapse(1000));
      expect(strip()).toBe(before);
    },
  );

  it('gives the focus back to the button that was pressed, and tells aloud that it is checked', async () => {
    const { background } = await page({ name: 'silent', since: now, nextTryAt: null });
    const aloud = () => document.querySelector('[aria-live="polite"]')?.textContent;
    const button = screen.getByRole('button', { name: 'Try now' });
    button.focus();
    fireEvent.click(button);
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
    expect(aloud()).toBe('Checking…');
    act(() => background.clock.elapse(2000));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try now' }));
    expect(aloud()).toBe('');
    // Who went elsewhere meanwhile stays there.
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    const elsewhere = screen.getByRole('button', { name: 'New conversation' });
    elsewhere.focus();
    act(() => background.clock.elapse(2000));
    expect(document.activeElement).toBe(elsewhere);
  });

  it('tells since when, of what is known to have begun', async () => {
    const title = () => document.querySelector('.strip-line > p')?.getAttribute('title') ?? null;
    const { background } = await page({ name: 'offline', since: now, nextTryAt: null });
    expect(title()).toBe('Since 23 November 2026 at 14:10');
    act(() => background.patch({ type: 'link.changed', link: live }));
    expect(title()).toBe('');
    const limited = { name: 'rateLimited', since: 0, nextTryAt: now + 9000 } as const;
    act(() => background.patch({ type: 'link.changed', link: limited }));
    expect(title()).toBe('');
  });

  it.each<[LinkView, string]>([
    [
      { name: 'offline', since: now, nextTryAt: null },
      'You are offline. What you write will be sent when you are back online.',
    ],
    [
      { name: 'rateLimited', since: now, nextTryAt: now + 42_000 },
      'Too many requests right now. Sending continues in 0:42.',
    ],
    [
      { name: 'silent', since: now, nextTryAt: null },
      'Ledgerly does not answer right now. Your messages are kept and sent later.Try now',
    ],
    [
      { name: 'inboxMissing', since: now, nextTryAt: null },
      'The support inbox was not found. Your messages are kept. We keep looking.Try now',
    ],
    [
      { name: 'cableBlocked', since: now, nextTryAt: null },
      'Live updates are blocked. Checking every minute.Check now',
    ],
    [
      { name: 'intercepted', since: now, nextTryAt: null },
      'This network keeps Ledgerly from answering. You may have to sign in to it first.Try now',
    ],
    [
      { name: 'signedOut', since: now, nextTryAt: null },
      'You are signed out of Ledgerly. Sign in there to continue.Open Ledgerly',
    ],
    [
      { name: 'identityRefused', since: now, nextTryAt: null },
      'Ledgerly could not confirm who you are. Reload the Ledgerly page. Nothing is lost.Reload page',
    ],
  ])('says what %o means', async (link, words) => {
    await page(link);
    expect(strip()).toBe(words);
  });

  it.each([
    ['signedOut', 'Open Ledgerly', false],
    ['identityRefused', 'Reload page', true],
  ] as const)('leads to the page of the company when it says %s', async (name, action, reload) => {
    const { background } = await page({ name, since: now, nextTryAt: null });
    fireEvent.click(screen.getByRole('button', { name: action }));
    expect(background.commands).toEqual([{ type: 'page.open', reload }]);
  });

  it('announces once that the connection is back', async () => {
    const { background } = await page({ name: 'reconnecting', since: now - 2000, nextTryAt: null });
    expect(screen.queryByText('Connected')).toBeNull();
    act(() => background.patch({ type: 'link.changed', link: live }));
    expect(screen.getByText('Connected')).toBeTruthy();
    expect(status().textContent).toBe('');
    act(() => background.clock.elapse(5000));
    expect(screen.queryByText('Connected')).toBeNull();
  });
});
