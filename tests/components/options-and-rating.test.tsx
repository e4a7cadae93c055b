// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { MessageContent } from '@/lib/core/content';
import { day, entry, message, now, opened, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const starter = { title: 'Starter', value: 's' };
const options: MessageContent = { kind: 'options', options: [starter, { title: 'Business', value: 'b' }] };
const question = message(5, { text: 'Which plan?', content: options, createdAt: now });
const open = (...args: Parameters<typeof opened>) => panelPage(opened(...args), '1');
const waiting = (status: 'queued' | 'failed' | 'uncertain') =>
  entry('00000000-0000-4000-8000-000000000009', {
    text: '',
    status,
    act: { kind: 'answer', messageId: 5, answer: { kind: 'option', option: starter } },
  });

describe('options', () => {
  it('are a group that is named after its question', async () => {
    await open([question]);
    const group = screen.getByRole('group', { name: 'Choose an answer to: Which plan?' });
    expect(
      within(group)
        .getAllByRole('button')
        .map((each) => each.textContent),
    ).toEqual(['Starter', 'Business']);
  });

  it('go with the choice, which is at once a bubble of one’s own and leaves the focus with the box', async () => {
    const { background, articles, message: box } = await open([question]);
    fireEvent.click(screen.getByRole('button', { name: 'Starter' }));
    expect(screen.queryByRole('group')).toBeNull();
    expect(articles().at(-1)).toMatch(/^You, .*, Saving…$/);
    expect(document.activeElement).toBe(box());
    expect(background.commandsOf('message.answer')).toEqual([
      {
        type: 'message.answer',
        echoId: expect.any(String),
        conversationId: 1,
        messageId: 5,
        answer: { kind: 'option', option: starter },
        mayMerge: false,
      },
    ]);
  });

  it('stay closed from the choice to the server’s word of it', async () => {
    const { background, articles } = await open([question]);
    fireEvent.click(screen.getByRole('button', { name: 'Starter' }));
    const echoId = background.commandsOf('message.answer')[0]?.echoId ?? '';
    await act(async () => {});
    expect(screen.queryByRole('group')).toBeNull();
    act(() => background.patch({ type: 'outbox.changed', entry: { ...waiting('queued'), echoId } }));
    expect(articles().at(-1)).toMatch(/Waiting to send$/);
    const answered = { ...question, answer: { kind: 'option', option: starter } as const };
    act(() =>
      background.patch(
        { type: 'messages.changed', conversationId: 1, messages: [answered] },
        { type: 'outbox.removed', echoId },
      ),
    );
    expect(articles()).toHaveLength(2);
    expect(articles().at(-1)).toMatch(/^You, .*, Your choice$/);
    expect(screen.getByText(/Your choice/).textContent).toMatch(/14:10 · Your choice/);
  });

  it('stay closed whatever comes in before the background has answered', async () => {
    const { background } = await open([question]);
    background.answer = () => new Promise(() => {});
    fireEvent.click(screen.getByRole('button', { name: 'Starter' }));
    act(() => background.patch({ type: 'listed.changed', listed: true }));
    expect(screen.queryByRole('group')).toBeNull();
  });

  it('open again when the background had no use for the choice', async () => {
    const { background } = await open([question]);
    fireEvent.click(screen.getByRole('button', { name: 'Starter' }));
    // Until its answer is here.
    await act(() => new Promise((done) => setTimeout(done)));
    expect(screen.queryByRole('group')).toBeNull();
    act(() => background.patch({ type: 'listed.changed', listed: true }));
    expect(screen.getByRole('group')).toBeTruthy();
  });

  it('close when another device has chosen', async () => {
    const { background, articles } = await open([question]);
    const answer = { kind: 'option', option: { title: 'Business', value: 'b' } } as const;
    act(() =>
      background.patch({
        type: 'messages.changed',
        conversationId: 1,
        messages: [{ ...question, answer }],
      }),
    );
    expect(screen.queryByRole('group')).toBeNull();
    expect(articles().at(-1)).toMatch(/Your choice$/);
    expect(screen.getByText('Business')).toBeTruthy();
  });

  it('say that a choice was not saved, and try again or let one choose anew', async () => {
    const { background } = await open([question], { outbox: [waiting('failed')] });
    expect(screen.getByText('Your choice was not saved.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    const { echoId } = waiting('failed');
    expect(background.commands.slice(-2)).toEqual([
      { type: 'message.retry', echoId },
      { type: 'message.discard', echoId },
    ]);
    act(() => background.patch({ type: 'outbox.removed', echoId }));
    expect(screen.getByRole('group')).toBeTruthy();
  });

  it('say so too of a choice that the browser could not keep, and hand the same over again', async () => {
    const { background } = await open([question]);
    background.answer = async () => ({ ok: false, error: { code: 'notSaved', message: '' } });
    fireEvent.click(screen.getByRole('button', { name: 'Starter' }));
    expect(await screen.findByText('Your choice was not saved.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    const [first, second] = background.commandsOf('message.answer');
    expect(second).toEqual(first);
    fireEvent.click(await screen.findByRole('button', { name: 'Discard' }));
    expect(background.commandsOf('message.discard')).toEqual([]);
    expect(screen.getByRole('group')).toBeTruthy();
  });
});

const asked = message(7, {
  author: { kind: 'none', id: null, name: '', avatarUrl: null },
  text: 'How did we do?',
  content: { kind: 'rating', scale: 'faces' },
  createdAt: now,
});
const rated = (createdAt = now) => ({
  ...asked,
  createdAt,
  answer: { kind: 'rating', rating: 4, comment: 'Quick and clear.' } as const,
});

describe('a rating', () => {
  it('asks for a comment once something is chosen, and sends both', async () => {
    const { background } = await open([asked]);
    expect(screen.getAllByRole('radio').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Very bad',
      'Bad',
      'Neither good nor bad',
      'Good',
      'Very good',
    ]);
    expect(screen.queryByRole('button', { name: 'Send rating' })).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: 'Good' }));
    const comment = screen.getByRole('textbox', { name: 'Add a comment (optional)' });
    fireEvent.input(comment, { target: { value: ' Quick ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Send rating' }));
    expect(background.commandsOf('message.answer')[0]?.answer).toEqual({
      kind: 'rating',
      rating: 4,
      comment: 'Quick',
    });
    expect(screen.getByText('Thanks for your rating')).toBeTruthy();
    expect(screen.getByText('Saving…')).toBeTruthy();
  });

  it('is sent by Ctrl+Enter from its comment', async () => {
    const { background } = await open([asked]);
    fireEvent.click(screen.getByRole('radio', { name: 'Bad' }));
    const comment = screen.getByRole('textbox', { name: 'Add a comment (optional)' });
    fireEvent.keyDown(comment, { key: 'Enter' });
    expect(background.commandsOf('message.answer')).toEqual([]);
    fireEvent.keyDown(comment, { key: 'Enter', ctrlKey: true });
    expect(background.commandsOf('message.answer')).toHaveLength(1);
  });

  it('can be changed for 14 days', async () => {
    const { background } = await open([rated(now - 14 * day)]);
    expect(screen.getByText('4 of 5')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Change rating' }));
    expect((screen.getByRole('radio', { name: 'Good' }) as HTMLInputElement).checked).toBe(true);
    fireEvent.click(screen.getByRole('radio', { name: 'Very good' }));
    fireEvent.click(screen.getByRole('button', { name: 'Send rating' }));
    expect(background.commandsOf('message.answer')[0]?.answer).toEqual({
      kind: 'rating',
      rating: 5,
      comment: 'Quick and clear.',
    });
  });

  it('stands as it is after that', async () => {
    await open([rated(now - 14 * day - 1)]);
    expect(screen.getByText('This rating can no longer be changed')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Change rating' })).toBeNull();
  });

  it('can no longer be given after that', async () => {
    await open([{ ...asked, createdAt: now - 15 * day }]);
    expect(screen.getByText('This can no longer be rated')).toBeTruthy();
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('names stars by their number', async () => {
    await open([{ ...asked, content: { kind: 'rating', scale: 'stars' } }]);
    expect(screen.getAllByRole('radio').map((each) => each.getAttribute('aria-label'))).toEqual([
      '1 star',
      '2 stars',
      '3 stars',
      '4 stars',
      '5 stars',
    ]);
  });

  it('keeps what was chosen and written over leaving the conversation', async () => {
    const { background, panel } = await open([asked]);
    fireEvent.click(screen.getByRole('radio', { name: 'Good' }));
    fireEvent.input(screen.getByRole('textbox', { name: 'Add a comment (optional)' }), {
      target: { value: 'Half a' },
    });
    act(() => panel.back());
    act(() => background.snapshot(snapshot()));
    expect(screen.queryByRole('radio')).toBeNull();
    act(() => panel.openConversation('1'));
    act(() => background.snapshot(opened([asked])));
    expect((screen.getByRole('radio', { name: 'Good' }) as HTMLInputElement).checked).toBe(true);
    expect(screen.getByDisplayValue('Half a')).toBeTruthy();
  });
});
