// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import type { MessageContent } from '@/lib/core/content';
import { me, message, now, opened } from '../panel/fixtures';
import { anAttachment } from '../support/attachments';
import { panelPage } from './panel-page';

const open = (...args: Parameters<typeof opened>) => panelPage(opened(...args), '1');
const show = (content: MessageContent, text = '') => open([message(1, { text, content })]);

describe('cards', () => {
  const card = { title: 'Receipt', text: 'One charge', imageUrl: 'https://a.example/p.png', actions: [] };
  const action = (label: string, url: string | null) => ({ label, url });

  it('open their links apart, and say so', async () => {
    await show({
      kind: 'cards',
      cards: [{ ...card, actions: [action('View', 'https://a.example/'), action('', 'tel:1')] }],
    });
    const link = screen.getByRole('link', { name: 'View, opens in a new tab' });
    expect(link.getAttribute('href')).toBe('https://a.example/');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(screen.getByRole('heading', { name: 'Receipt' })).toBeTruthy();
  });

  it('say of what would need the company’s page that it cannot be pressed here', async () => {
    await show({
      kind: 'cards',
      cards: [{ ...card, actions: [action('Add', null), action('Bad', 'javascript:alert(1)')] }],
    });
    expect(screen.getByText('“Add” cannot be pressed here. You can write it instead.')).toBeTruthy();
    expect(screen.getByText(/“Bad” cannot be pressed/)).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
    expect(within(screen.getByRole('article')).queryByRole('button')).toBeNull();
  });

  it('say that a picture cannot be had, in its place, and ask for it again', async () => {
    await show({ kind: 'cards', cards: [card] });
    fireEvent.error(document.querySelector('.picture img') as Element);
    expect(screen.getByText('Image not available')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(document.querySelector('.picture img')?.getAttribute('src')).toBe('https://a.example/p.png');
  });
});

describe('articles', () => {
  it('are links where they lead somewhere', async () => {
    await show({
      kind: 'articles',
      articles: [
        { title: 'Refunds', text: 'By country', url: 'https://a.example/r' },
        { title: 'Bad', text: '', url: 'data:text/html,x' },
      ],
    });
    expect(screen.getAllByRole('link').map((each) => each.getAttribute('href'))).toEqual([
      'https://a.example/r',
    ]);
    expect(screen.getByText('Bad').closest('a')).toBeNull();
  });
});

describe('pictures', () => {
  const image = (change = {}) =>
    anAttachment(1, { kind: 'image', url: 'https://a.example/i.png', name: 'i.png', ...change });
  const openImage = (change = {}, author = {}) =>
    open([message(1, { text: '', attachments: [image(change)], ...author })]);
  const place = () => document.querySelector<HTMLElement>('.picture')?.style;

  it('are links to themselves, named by whose they are', async () => {
    await openImage();
    const link = screen.getByRole('link', { name: "Mara Lindqvist's image, i.png. Open larger" });
    expect(link.getAttribute('href')).toBe('https://a.example/i.png');
    expect(link.getAttribute('target')).toBe('_blank');
  });

  it('of one’s own are named so', async () => {
    await openImage({}, { author: me });
    expect(screen.getByRole('link', { name: 'Your image, i.png. Open larger' })).toBeTruthy();
  });

  it('have their place before they come, and when they do not', async () => {
    await openImage({ dimensions: { width: 472, height: 200 } });
    expect([place()?.inlineSize, place()?.aspectRatio]).toEqual(['236px', '236 / 100']);
    fireEvent.error(document.querySelector('.picture img') as Element);
    expect([place()?.inlineSize, place()?.aspectRatio]).toEqual(['236px', '236 / 100']);
  });

  it('that nobody has measured have a place of one size', async () => {
    await openImage();
    expect(place()?.inlineSize).toBe('236px');
  });

  it('without a safe address are only named', async () => {
    await openImage({ url: 'javascript:alert(1)' });
    expect(screen.queryByRole('link')).toBeNull();
    expect(document.querySelector('.file')?.textContent).toContain('i.png');
  });
});

describe('an audio', () => {
  it('has what is said in it below, where that was written down', async () => {
    const audio = {
      kind: 'audio',
      url: 'https://a.example/v.ogg',
      name: 'v.ogg',
      transcript: 'Hi Ana',
    } as const;
    await open([message(1, { text: '', attachments: [anAttachment(1, audio)] })]);
    expect(screen.getByRole('link', { name: 'v.ogg, OGG' })).toBeTruthy();
    expect(document.querySelector('.transcript')?.textContent).toBe('Transcript: Hi Ana');
  });
});

describe('a quote', () => {
  const quoting = message(9, { text: 'Yes', quotedId: 1, createdAt: now });

  it('names whose words it is, and leads to them', async () => {
    await open([message(1, { author: me, text: 'Two charges?' }), quoting]);
    fireEvent.click(screen.getByRole('button', { name: 'Reply to You: Two charges?' }));
    expect(document.activeElement).toBe(screen.getAllByRole('article')[0]);
  });

  it('says that its message was deleted', async () => {
    await open([message(1, { deleted: true }), quoting]);
    expect(screen.getByText('This message was deleted').closest('button')).toBeNull();
  });

  it('asks for earlier messages until its own is there', async () => {
    const { background } = await open([quoting], {
      window: { conversationKey: '1', messages: [quoting], hasOlder: true, loadingOlder: false },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Earlier message' }));
    const asked = () => background.commandsOf('history.loadOlder').length;
    expect(asked()).toBe(1);
    const page = (from: number) =>
      act(() =>
        background.patch({
          type: 'messages.changed',
          conversationId: 1,
          messages: [from, from + 1].map((id) => message(id, { createdAt: now - 100_000 + id })),
        }),
      );
    page(5);
    expect(asked()).toBe(2);
    page(1);
    // Drawn when nothing moves on screen.
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Message 1'));
  });
});

describe('a translation', () => {
  it('is shown in the place of the original, which can be shown as well', async () => {
    await open([message(1, { text: 'Hallo', translations: { en: 'Hello' } })]);
    const bubble = () => document.querySelector('.bubble');
    expect([bubble()?.textContent, bubble()?.getAttribute('lang')]).toEqual(['Hello', 'en']);
    fireEvent.click(screen.getByRole('button', { name: 'Show original' }));
    expect([bubble()?.textContent, bubble()?.getAttribute('lang')]).toEqual(['Hallo', '']);
    fireEvent.click(screen.getByRole('button', { name: 'Show translation' }));
    expect(bubble()?.textContent).toBe('Hello');
  });

  it('of one’s own words is not shown', async () => {
    await open([message(1, { author: me, text: 'Hallo', translations: { en: 'Hello' } })]);
    expect(document.querySelector('.bubble')?.textContent).toBe('Hallo');
  });
});

describe('an own message that the company’s software did not get', () => {
  it('has been sent', async () => {
    const { articles } = await open([message(1, { author: me, status: 'failed' })]);
    expect(articles()[0]).toMatch(/, Sent$/);
  });
});
