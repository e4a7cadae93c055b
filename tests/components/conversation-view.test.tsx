// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import type { FailureReason } from '@/lib/core/types';
import { conversation, day, entry, me, message, minute, now, opened, snapshot } from '../panel/fixtures';
import { anAttachment } from '../support/attachments';
import { panelPage } from './panel-page';

const open = (...args: Parameters<typeof opened>) => panelPage(opened(...args), '1');

describe('the thread', () => {
  it('is a log of articles that are named by author, time and state', async () => {
    const { articles } = await open([
      message(1, { createdAt: now - 2 * minute }),
      message(2, { author: me, createdAt: now - minute, status: 'read' }),
      message(3, { author: { kind: 'none', id: null, name: '', avatarUrl: null }, createdAt: now }),
    ]);
    const log = screen.getByRole('log', { name: 'Messages' });
    expect(within(log).getAllByRole('article')).toHaveLength(3);
    expect(articles()).toEqual([
      'Mara Lindqvist, 23 November 2026 at 14:08',
      'You, 23 November 2026 at 14:09, Seen',
      'Ledgerly, 23 November 2026 at 14:10',
    ]);
    expect(within(log).getByText('14:09 · Seen', { exact: false })).toBeTruthy();
  });

  it('has days, its beginning and the new line', async () => {
    await open([message(1, { createdAt: now - day }), message(2, { createdAt: now })], {
      conversations: [conversation(1, { unread: [2] })],
    });
    expect(screen.getByText('This conversation began on 22 November 2026')).toBeTruthy();
    expect(screen.getByText('Yesterday')).toBeTruthy();
    expect(screen.getByText('Today').closest('p')?.textContent).toBe('TodayNew');
  });

  it('stands apart from a message of its group that tells its state, and joins one that does not', async () => {
    await open([message(1, { createdAt: now - 2 * minute }), message(2, { createdAt: now - minute })], {
      outbox: [
        entry('00000000-0000-4000-8000-000000000001', { status: 'uncertain' }),
        entry('00000000-0000-4000-8000-000000000002', { sequence: 2 }),
      ],
    });
    expect(screen.getAllByRole('article').map((each) => each.className)).toEqual([
      'message other first',
      'message other',
      'message own first',
      'message own apart',
    ]);
  });

  it('draws the lines of icons equally wide at every size', async () => {
    await open([message(1, { author: me })]);
    const icons = [...document.querySelectorAll('.icon-button svg, .state svg')];
    const number = (icon: Element, name: string) => Number(icon.getAttribute(name));
    expect(icons.map((icon) => number(icon, 'width'))).toEqual([20, 20, 14, 18]);
    for (const icon of icons)
      expect((number(icon, 'stroke-width') * number(icon, 'width')) / 24).toBeCloseTo(1.75);
  });

  it('makes links of addresses that open apart, and leaves everything else as text', async () => {
    await open([
      message(1, { text: 'See https://example.com/a\n<img src=x onerror=alert(1)> javascript:alert(1)' }),
    ]);
    const links = within(screen.getByRole('article')).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://example.com/a']);
    expect(links[0]?.getAttribute('target')).toBe('_blank');
    expect(links[0]?.getAttribute('rel')).toBe('noopener noreferrer');
    const bubble = document.querySelector('.bubble p');
    expect(bubble?.textContent).toContain('\n<img src=x onerror=alert(1)> javascript:alert(1)');
    expect(bubble?.querySelector('img')).toBeNull();
    expect(bubble?.getAttribute('dir')).toBe('auto');
  });

  it('names attached files as links, and those without a safe address only by name', async () => {
    const file = anAttachment(1, { url: 'https://example.com/f', name: 'a.pdf', size: 84_000 });
    await open([
      message(1, {
        text: '',
        attachments: [file, { ...file, id: 2, url: 'javascript:alert(1)', name: 'bad.pdf', size: null }],
      }),
    ]);
    expect(screen.getByRole('link', { name: 'a.pdf, PDF · 84 kB' }).getAttribute('href')).toBe(
      'https://example.com/f',
    );
    expect(screen.getByTitle('bad.pdf').closest('a')).toBeNull();
    expect(screen.queryByText('This message cannot be shown here.')).toBeNull();
  });

  it('says of a message that it cannot show that it is there', async () => {
    await open([message(1, { text: '' })]);
    expect(screen.getByText('This message cannot be shown here.')).toBeTruthy();
  });

  it('says who is typing', async () => {
    const { background } = await open([message(1)], { typing: { 1: ['Mara'] } });
    const typing = (...names: string[]) =>
      act(() => background.patch({ type: 'typing.changed', conversationId: 1, names }));
    expect(screen.getByText('Mara is typing')).toBeTruthy();
    typing('Mara', 'Jonas');
    expect(screen.getByText('Mara and Jonas are typing')).toBeTruthy();
    typing('Mara', 'Jonas', 'Priya');
    expect(screen.getByText('Several people are typing')).toBeTruthy();
    typing();
    expect(screen.queryByText(/typing/)).toBeNull();
  });

  it('draws one bubble for one new message, and leaves the others untouched', async () => {
    const { background, drawn } = await open([message(1), message(2, { author: me })]);
    const before = screen.getAllByRole('article');
    drawn.length = 0;
    const newest = message(3, { createdAt: now });
    act(() => background.patch({ type: 'messages.changed', conversationId: 1, messages: [newest] }));
    expect(screen.getAllByRole('article').slice(0, 2)).toEqual(before);
    expect(drawn).toEqual([newest.createdAt]);
  });
});

describe('own messages on their way', () => {
  it('live in one node from the key press to the server', async () => {
    const { background, panel, articles } = await open([message(1)]);
    act(() => {
      panel.drafts.change('1', 'Hello');
      panel.sendDraft('1');
    });
    const node = screen.getAllByRole('article')[1];
    const { echoId } = background.commandsOf('message.send')[0] ?? { echoId: '' };
    const state = () => articles()[1]?.split(', ').at(-1);
    const seen = [state()];
    for (const status of ['queued', 'sending', 'uncertain'] as const) {
      act(() =>
        background.patch({ type: 'outbox.changed', entry: entry(echoId, { text: 'Hello', status }) }),
      );
      seen.push(state());
    }
    act(() =>
      background.patch(
        { type: 'outbox.removed', echoId },
        { type: 'messages.changed', conversationId: 1, messages: [message(2, { author: me, echoId })] },
      ),
    );
    seen.push(state());
    expect(seen).toEqual([
      'Saving…',
      'Waiting to send',
      'Sending…',
      'Not sure it arrived. Checking…',
      'Sent',
    ]);
    expect(screen.getAllByRole('article')[1]).toBe(node);
  });

  it('wait for the connection in words', async () => {
    await open([], { outbox: [entry('e')], link: { name: 'offline', since: now, nextTryAt: null } });
    expect(screen.getByText('Will be sent when you are back online')).toBeTruthy();
  });

  it.each<[FailureReason | null, string]>([
    [null, 'Not sent'],
    ['refused', 'Not sent. Ledgerly did not accept this message.'],
    ['tooLong', 'Not sent. Messages can have up to 150,000 characters.'],
    ['tooLarge', 'Not sent. This message is too large for Ledgerly. Send it in shorter parts.'],
    ['gone', 'Not sent. This conversation no longer exists.'],
  ])(
    'that failed (%s) say why, and can be retried or discarded inside their article',
    async (failure, words) => {
      const { background, message: box } = await open([], {
        outbox: [entry('e', { status: 'failed', failure })],
      });
      const article = within(screen.getByRole('article'));
      expect(article.getByText(words)).toBeTruthy();
      fireEvent.click(article.getByRole('button', { name: 'Retry' }));
      expect(document.activeElement).toBe(box());
      fireEvent.click(article.getByRole('button', { name: 'Discard' }));
      expect(background.commands).toEqual([
        { type: 'message.retry', echoId: 'e' },
        { type: 'message.discard', echoId: 'e' },
      ]);
    },
  );

  it('that are held ask whether to send them now, and can be sent or discarded', async () => {
    const { background, articles } = await open([], { outbox: [entry('e', { status: 'held' })] });
    const question = 'You wrote this before signing out. Send it now?';
    expect(articles()[0]).toMatch(new RegExp(`^You, .*, ${question.replace('?', '\\?')}$`));
    const article = within(screen.getByRole('article'));
    expect(article.getByText(question)).toBeTruthy();
    expect(article.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Send', 'Discard']);
    fireEvent.click(article.getByRole('button', { name: 'Send' }));
    fireEvent.click(article.getByRole('button', { name: 'Discard' }));
    expect(background.commands).toEqual([
      { type: 'message.retry', echoId: 'e' },
      { type: 'message.discard', echoId: 'e' },
    ]);
  });

  it.each<[FailureReason | null, boolean]>([
    [null, false],
    ['refused', false],
    ['tooLong', true],
    ['tooLarge', true],
    ['gone', true],
  ])('that failed (%s) can be copied where a retry may not help: %s', async (failure, offered) => {
    const copy = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open([], { outbox: [entry('e', { status: 'failed', failure, text: 'My words' })] });
    const button = screen.queryByRole('button', { name: 'Copy text' });
    expect(button !== null).toBe(offered);
    if (button) fireEvent.click(button);
    expect(copy.mock.calls).toEqual(offered ? [['My words']] : []);
    copy.mockRestore();
  });
});

describe('a conversation that is gone', () => {
  const echo = '00000000-0000-4000-9000-000000000001';
  const removed = { type: 'conversation.removed', conversationId: 1 } as const;
  const failed = entry(echo, { status: 'failed', failure: 'gone' });

  it('says so in the place of the composer, keeps its messages readable and the focus near', async () => {
    const { background } = await open([message(1)]);
    expect(screen.queryByRole('alert')).toBeNull();
    act(() => background.patch(removed));
    expect(screen.getByRole('alert').textContent).toBe('This conversation no longer exists.');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getAllByRole('article')).toHaveLength(1);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'New conversation' }));
  });

  it('leads to a new one with the words that stood in the composer', async () => {
    const { background, message: box, panel } = await open([message(1)]);
    fireEvent.input(box(), { target: { value: 'Half a sentence' } });
    act(() => background.patch(removed));
    fireEvent.click(screen.getByRole('button', { name: 'New conversation' }));
    expect(box().value).toBe('Half a sentence');
    expect(panel.thread.key.value).toMatch(/^[0-9a-f-]{36}$/);
    expect(panel.drafts.texts.value.has('1')).toBe(false);
    expect(
      background.commandsOf('draft.change').map(({ conversationKey, text }) => [conversationKey, text]),
    ).toEqual(
      expect.arrayContaining([
        ['1', ''],
        [panel.thread.key.value, 'Half a sentence'],
      ]),
    );
  });

  it('is left by a retry for the conversation in which the message is sent', async () => {
    const { background, panel } = await open([message(1)], { outbox: [failed] });
    act(() => background.patch(removed));
    const retry = screen.getByRole('button', { name: 'Retry' });
    expect(retry.title).toBe('Sends it in a new conversation');
    fireEvent.click(retry);
    expect(background.commandsOf('message.retry')).toEqual([{ type: 'message.retry', echoId: echo }]);
    expect(panel.thread.key.value).toBe(echo);
    act(() =>
      background.patch({
        type: 'outbox.changed',
        entry: { ...failed, conversationKey: echo, status: 'queued', failure: null },
      }),
    );
    expect(screen.getByText('Waiting to send')).toBeTruthy();
    expect(screen.getByRole('textbox')).toBeTruthy();
  });

  it('leads to no new one where that was written before the sign-in', async () => {
    const past = { role: 'earlier', earlier: null, ownSessionId: 'own' } as const;
    const { background } = await open([message(1)], { outbox: [failed], past });
    act(() => background.patch(removed));
    expect(screen.getByRole('alert').textContent).toBe('This conversation no longer exists.');
    expect(screen.queryByRole('button', { name: 'New conversation' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Copy text' })).toBeTruthy();
  });

  it('is not taken for one before the list or its messages are known', async () => {
    await panelPage(
      snapshot({
        listed: false,
        window: { conversationKey: '1', messages: [], hasOlder: false, loadingOlder: false },
      }),
      '1',
    );
    expect(screen.getByRole('textbox')).toBeTruthy();
  });
});

describe('going back', () => {
  it('works by Alt+Left', async () => {
    await open([message(1)]);
    fireEvent.keyDown(document.body, { key: 'ArrowLeft' });
    expect(screen.getByRole('log')).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'ArrowLeft', altKey: true });
    expect(screen.getByRole('list', { name: 'Conversations' })).toBeTruthy();
  });

  it('does not happen by Escape', async () => {
    const { message: box } = await open([message(1)]);
    fireEvent.keyDown(box(), { key: 'Escape' });
    expect(screen.getByRole('log')).toBeTruthy();
  });
});
