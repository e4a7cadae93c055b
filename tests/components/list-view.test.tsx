// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { Preview } from '@/lib/core/types';
import { conversation, day, live, minute, now, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const said = (text: string, age: number, file: Preview['file'] = null) => ({
  messageId: 1,
  authorKind: 'agent' as const,
  text,
  file,
  createdAt: now - age,
});
const three = snapshot({
  conversations: [
    conversation(1, { preview: said('Refunded', 4 * minute), unread: [1, 2] }),
    conversation(2, {
      party: null,
      preview: said('', 2 * day, { kind: 'file', name: null }),
      status: 'resolved',
    }),
    conversation(3, {
      preview: said('Bye', 3 * day),
      unread: Array.from({ length: 100 }, (_, id) => id + 1),
    }),
  ],
});
const rows = () => within(screen.getByRole('list', { name: 'Conversations' })).getAllByRole('button');

describe('the list of conversations', () => {
  it('names each row by the other party, what is unread, the last words and their time', async () => {
    await panelPage(three);
    expect(rows().map((row) => row.getAttribute('aria-label'))).toEqual([
      'Mara Lindqvist, 2 unread messages, Refunded, 4 minutes ago',
      'Ledgerly, Resolved, File, Saturday',
      'Mara Lindqvist, 100 unread messages, Bye, Friday',
    ]);
    expect(rows().map((row) => row.querySelector('.badge')?.textContent)).toEqual(['2', undefined, '99+']);
  });

  it.each([
    ['image', 'a.png', 'Photo'],
    ['audio', 'a.ogg', 'Voice message'],
    ['video', 'a.mp4', 'File: a.mp4'],
    ['file', 'contract.pdf', 'File: contract.pdf'],
    ['other', null, 'File'],
  ] as const)(
    'tells of a message with nothing but an attachment of the kind %s',
    async (kind, name, words) => {
      const preview = said('', minute, { kind, name });
      await panelPage(snapshot({ conversations: [conversation(1, { preview })] }));
      expect(rows()[0]?.querySelector('.row-preview')?.textContent?.trim()).toBe(words);
    },
  );

  it('shows the prefixes of drafts and of messages that were not sent', async () => {
    const { panel, background } = await panelPage(three);
    act(() => panel.drafts.change('1', 'Half'));
    expect(rows()[0]?.textContent).toContain('Draft: Half');
    act(() =>
      background.patch({
        type: 'outbox.changed',
        entry: {
          echoId: 'e',
          conversationKey: '2',
          act: { kind: 'message' },
          text: 'Lost',
          status: 'failed',
          sequence: 1,
          queuedAt: now,
          baselineId: 0,
          failure: null,
        },
      }),
    );
    expect(screen.getByText('Not sent:').closest('button')?.dataset.key).toBe('2');
  });

  it('renews its times as time goes by', async () => {
    const { background } = await panelPage(three);
    expect(screen.getByText('4 min')).toBeTruthy();
    act(() => background.clock.elapse(2 * minute));
    expect(screen.getByText('6 min')).toBeTruthy();
  });

  it('moves the focus between rows by arrows, Home and End', async () => {
    await panelPage(three);
    const names = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map((key) => {
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
      return (document.activeElement as HTMLElement).dataset.key;
    });
    expect(names).toEqual(['2', '3', '3', '2', '1', '3']);
  });

  it('opens a conversation, and returns the focus to its row', async () => {
    const { background, panel } = await panelPage(three);
    fireEvent.click(rows()[1] as HTMLElement);
    expect(background.posted.at(-1)).toMatchObject({ type: 'view.open', conversationKey: '2' });
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
    fireEvent.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(panel.route.route.value).toEqual({ name: 'list' });
    expect((document.activeElement as HTMLElement).dataset.key).toBe('2');
  });

  it('stands where it was left when one comes back', async () => {
    await panelPage(three);
    const content = () => document.querySelector('.content') as HTMLElement;
    content().scrollTop = 120;
    fireEvent.scroll(content());
    fireEvent.click(rows()[1] as HTMLElement);
    fireEvent.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(content().scrollTop).toBe(120);
  });

  it('starts a new conversation', async () => {
    const { panel } = await panelPage(three);
    fireEvent.click(screen.getByRole('button', { name: 'New conversation' }));
    expect(panel.route.route.value.name).toBe('conversation');
    expect(screen.getByRole('heading', { name: 'Ledgerly' })).toBeTruthy();
  });
});

describe('a list without rows', () => {
  it('is still while it loads, and offers a new conversation meanwhile', async () => {
    await panelPage(null);
    expect(document.querySelector('.skeleton')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'New conversation' })).toBeTruthy();
    expect(screen.queryByText('How can we help?')).toBeNull();
    // Nobody knows yet who is asking.
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });

  it('invites to write when there are no conversations', async () => {
    await panelPage(snapshot());
    expect(screen.getByRole('heading', { name: 'How can we help?' })).toBeTruthy();
    expect(screen.getByText(/Write to the Ledgerly team and keep working\./)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'New conversation' }));
  });

  it('says that it could not be loaded, offers one more try, and gets on by itself', async () => {
    const link = { name: 'reconnecting' as const, since: now - 5000, nextTryAt: now + 5000 };
    const { background } = await panelPage(snapshot({ listed: false, link }));
    expect(screen.getByText('Your conversations could not be loaded. We keep trying.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(background.commands).toEqual([{ type: 'link.retry' }]);
    act(() =>
      background.patch({ type: 'link.changed', link: live }, { type: 'listed.changed', listed: true }),
    );
    expect(screen.getByText('How can we help?')).toBeTruthy();
  });
});
