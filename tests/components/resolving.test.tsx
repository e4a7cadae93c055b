// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { ConversationView } from '@/lib/messaging/view-updates';
import { conversation, entry, message, opened } from '../panel/fixtures';
import { panelPage } from './panel-page';

const open = (change: Partial<ConversationView> = {}, rest: Parameters<typeof opened>[1] = {}) =>
  panelPage(opened([message(1)], { conversations: [conversation(1, change)], ...rest }), '1');
const more = () => screen.queryByRole('button', { name: 'More' });
const resolving = (status: 'queued' | 'failed') =>
  entry('00000000-0000-4000-8000-000000000009', { status, text: '', act: { kind: 'resolve' } });

describe('marking as resolved', () => {
  it('is asked for in the menu, confirmed, and told at once', async () => {
    const { background, message: box } = await open();
    fireEvent.click(more() as HTMLElement);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Mark as resolved' }));
    expect(screen.getByRole('dialog', { name: 'Mark as resolved?' }).textContent).toContain(
      'You can write again any time, that reopens it.',
    );
    expect(background.commandsOf('conversation.resolve')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Mark as resolved' }));
    expect(background.commandsOf('conversation.resolve')).toMatchObject([{ conversationId: 1 }]);
    expect(screen.getByText('Marking as resolved…')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(more()).toBeNull();
    expect(document.activeElement).toBe(box());
  });

  it('is left by Cancel and by Escape, which lead back to the button', async () => {
    const { background } = await open();
    fireEvent.click(more() as HTMLElement);
    fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
    expect(document.activeElement).toBe(more());
    fireEvent.click(more() as HTMLElement);
    fireEvent.click(screen.getByRole('menuitem'));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(document.activeElement).toBe(more());
    expect(background.commandsOf('conversation.resolve')).toEqual([]);
  });

  it.each(['open', 'pending', 'snoozed'] as const)(
    'can be done while a conversation is %s',
    async (status) => {
      await open({ status });
      expect(more()).toBeTruthy();
    },
  );

  it('cannot be done twice', async () => {
    await open({ status: 'resolved' });
    expect(more()).toBeNull();
  });

  it('can be tried again when it failed, or left', async () => {
    const { background } = await open({}, { outbox: [resolving('failed')] });
    expect(screen.getByText('Not marked as resolved')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(background.commands.slice(-2).map(({ type }) => type)).toEqual([
      'message.retry',
      'message.discard',
    ]);
  });
});

describe('a resolved conversation', () => {
  it('says who resolved it, and how to open it again', async () => {
    const { message: box } = await open({ status: 'resolved' });
    expect(screen.getByText('Ledgerly marked this as resolved')).toBeTruthy();
    expect(box().placeholder).toBe('Write to reopen this conversation');
  });

  it('says so when it was the person', async () => {
    await open({ status: 'resolved', resolvedHere: true });
    expect(screen.getByText('You marked this as resolved')).toBeTruthy();
  });

  it('says that it was opened again', async () => {
    const { background } = await open({ status: 'resolved' });
    act(() => background.patch({ type: 'conversation.changed', conversation: conversation(1) }));
    expect(screen.getByText('Conversation reopened')).toBeTruthy();
    act(() =>
      background.patch({
        type: 'conversation.changed',
        conversation: conversation(1, { status: 'resolved' }),
      }),
    );
    expect(screen.queryByText('Conversation reopened')).toBeNull();
  });

  it('stays resolved when a person who is blocked writes in it', async () => {
    const { background } = await open({ status: 'resolved' });
    act(() => background.patch({ type: 'messages.changed', conversationId: 1, messages: [message(2)] }));
    expect(screen.getByText('Ledgerly marked this as resolved')).toBeTruthy();
  });
});
