// @vitest-environment happy-dom
// What was written on this device before the sign-in, and the way there and back.
import { act, fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { conversation, now, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const earlierOf = (unread: number) => ({ role: 'own', earlier: { sessionId: 'before', unread } }) as const;
const own = snapshot({ conversations: [conversation(1)], past: earlierOf(2) });
const earlier = snapshot({
  conversations: [conversation(1), conversation(2)],
  past: { role: 'earlier', earlier: null, ownSessionId: 'own' },
});
const way = () => screen.getByRole('button', { name: /^Earlier on this device/ });

describe('the way to what was written before the sign-in', () => {
  it('is the last row, says what is unread, and leads there', async () => {
    const { background } = await panelPage(own);
    expect(way().getAttribute('aria-label')).toBe('Earlier on this device, 2 unread messages');
    expect(way().querySelector('.badge')?.textContent).toBe('2');
    expect([...document.querySelectorAll('.row')].at(-1)).toBe(way());
    expect(screen.getByRole('list', { name: 'Conversations' }).contains(way())).toBe(false);
    fireEvent.click(way());
    expect(background.shownSessions).toEqual(['before']);
  });

  it('is not there when nothing was written, and follows what changes', async () => {
    const { background } = await panelPage(snapshot());
    expect(screen.queryByText('Earlier on this device')).toBeNull();
    act(() => background.patch({ type: 'past.changed', past: earlierOf(0) }));
    expect(way().textContent).toBe('Earlier on this device');
    expect(screen.getByRole('heading', { name: 'How can we help?' })).toBeTruthy();
  });

  it('is reached by the keys of the list', async () => {
    await panelPage(own);
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'End' });
    expect(document.activeElement).toBe(way());
    fireEvent.keyDown(way(), { key: 'ArrowUp' });
    expect((document.activeElement as HTMLElement).dataset.key).toBe('1');
  });

  it('gets the focus when one comes back from there', async () => {
    await panelPage(own, null, { origin: 'earlier' });
    expect(document.activeElement).toBe(way());
  });
});

describe('the list of what was written before the sign-in', () => {
  it('says what it is, has the way back and nothing new to begin', async () => {
    const { background } = await panelPage(earlier);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Earlier on this device');
    expect(
      screen.getByText('Written before you signed in. You can still answer here until you sign out.'),
    ).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'New conversation' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(background.shownSessions).toEqual([null]);
  });

  it('opens its conversations as any other, and gives the first row the focus', async () => {
    const { background, message } = await panelPage(earlier);
    expect((document.activeElement as HTMLElement).dataset.key).toBe('1');
    fireEvent.click(screen.getAllByRole('button', { name: /Mara/ })[1] as HTMLElement);
    expect(background.posted.at(-1)).toMatchObject({ sessionId: 'own', conversationKey: '2' });
    fireEvent.input(message(), { target: { value: 'One more thing' } });
    fireEvent.keyDown(message(), { key: 'Enter' });
    expect(background.commandsOf('message.send')).toMatchObject([{ text: 'One more thing' }]);
  });

  it('invites nobody to write when all of it is gone', async () => {
    await panelPage({ ...earlier, conversations: [] });
    expect(screen.queryByText('How can we help?')).toBeNull();
    expect(screen.getByText(/Written before/)).toBeTruthy();
  });
});

it('an inbox that lets nobody in shows neither a skeleton nor a promise to go on trying', async () => {
  const link = { name: 'signedOut', since: now, nextTryAt: null } as const;
  await panelPage(snapshot({ listed: false, link }));
  expect(screen.getByRole('status').textContent).toBe('You are signed out of Ledgerly.');
  expect(document.querySelector('.skeleton')).toBeNull();
  expect(screen.queryByText(/could not be loaded/)).toBeNull();
});
