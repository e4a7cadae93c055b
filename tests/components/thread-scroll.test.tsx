// @vitest-environment happy-dom
// The test environment lays nothing out: every child of the thread is 50 px high here, and 400 px are on screen.
import { act, fireEvent, screen } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { conversation, me, message, now, opened, snapshot } from '../panel/fixtures';
import { panelPage } from './panel-page';

const line = 50;
const shown = 400;
const originals = ['scrollHeight', 'clientHeight', 'offsetTop', 'offsetHeight'].map(
  (name) => [name, Object.getOwnPropertyDescriptor(HTMLElement.prototype, name)] as const,
);
const lines = () => [...(document.querySelector('.thread')?.children ?? [])];
/** What the last line grew by. */
let grown = 0;
function lay(name: string, get: (element: HTMLElement) => number): void {
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get(this: HTMLElement) {
      return get(this);
    },
  });
}
beforeAll(() => {
  lay('scrollHeight', () => lines().length * line + grown);
  lay('clientHeight', () => shown);
  lay('offsetTop', (element) => lines().indexOf(element) * line);
  lay('offsetHeight', () => line);
});
afterAll(() => {
  for (const [name, original] of originals) {
    if (original) Object.defineProperty(HTMLElement.prototype, name, original);
    else Reflect.deleteProperty(HTMLElement.prototype, name);
  }
});

const log = () => screen.getByRole('log');
const toEnd = () => Math.max(0, lines().length * line - shown - log().scrollTop);
function scrollTo(top: number): void {
  log().scrollTop = top;
  fireEvent.scroll(log());
}
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
/** What stands at the upper edge. */
const topmost = () => lines()[Math.floor(log().scrollTop / line)]?.textContent;
const jump = () => screen.queryByRole('button', { name: /\d new message|Latest/ })?.textContent;

async function page(change: Parameters<typeof opened>[1] = {}, all = messages(1, 40)) {
  const made = await panelPage(opened(all, change), '1');
  const arrive = (...arrived: ReturnType<typeof message>[]) =>
    act(() => made.background.patch({ type: 'messages.changed', conversationId: 1, messages: arrived }));
  return { ...made, arrive };
}

describe('the place in the thread', () => {
  it('is the end at first, and stays there when messages come', async () => {
    const { arrive, background } = await page();
    expect(toEnd()).toBeLessThanOrEqual(line);
    expect(jump()).toBeUndefined();
    expect(background.posted.at(-1)).toEqual({ type: 'view.seen', messageId: 40 });
    arrive(message(41));
    expect(log().scrollTop).toBe(lines().length * line);
    expect(background.posted.at(-1)).toEqual({ type: 'view.seen', messageId: 41 });
  });

  it('is the new line at first, a third from the top, when something is unread', async () => {
    await page({ conversations: [conversation(1, { unread: [20, 21] })] });
    const newLine = document.querySelector<HTMLElement>('.new-line');
    expect(newLine?.offsetTop).toBeGreaterThan(0);
    expect(log().scrollTop).toBe((newLine?.offsetTop ?? 0) - shown / 3);
    expect(jump()).toBe('Latest messages');
  });

  it('begins at the messages that are read after the conversation was opened', async () => {
    const { arrive } = await page({ conversations: [conversation(1, { unread: [20] })] }, []);
    arrive(...messages(1, 40));
    expect(log().scrollTop).toBe(
      (document.querySelector<HTMLElement>('.new-line')?.offsetTop ?? 0) - shown / 3,
    );
  });

  it('stays while new messages come below, and the button counts and leads to them', async () => {
    const { arrive, background } = await page();
    scrollTo(500);
    const before = topmost();
    expect(background.posted.at(-1)).toEqual({ type: 'view.seen', messageId: null });
    arrive(message(41), message(42));
    expect(topmost()).toBe(before);
    expect(jump()).toBe('2 new messages');
    fireEvent.click(screen.getByRole('button', { name: '2 new messages' }));
    expect(toEnd()).toBe(0);
    expect(jump()).toBeUndefined();
  });

  it('gives the focus to the box when the button, which goes by that, led to the end', async () => {
    const { message: box } = await page();
    scrollTo(500);
    const button = screen.getByRole('button', { name: 'Latest messages' });
    button.focus();
    fireEvent.click(button);
    expect(document.activeElement).toBe(box());
  });

  it('counts as the end within 48 px of it', async () => {
    await page();
    const end = lines().length * line - shown;
    scrollTo(end - 48);
    expect(jump()).toBeUndefined();
    scrollTo(end - 49);
    expect(jump()).toBe('Latest messages');
  });

  describe('when the last line grows and the scrolling is told first', () => {
    afterEach(() => {
      grown = 0;
    });

    it('stays the end', async () => {
      await page();
      grown = 200;
      fireEvent.scroll(log());
      expect(log().scrollTop).toBe(lines().length * line + grown - shown);
      expect(jump()).toBeUndefined();
    });

    it('is left by who scrolls up meanwhile', async () => {
      await page();
      grown = 200;
      scrollTo(900);
      expect(log().scrollTop).toBe(900);
      expect(jump()).toBe('Latest messages');
    });
  });

  it('stays exactly when earlier messages come in above', async () => {
    const window = {
      conversationKey: '1',
      messages: messages(100, 140),
      hasOlder: true,
      loadingOlder: false,
    };
    const { arrive, background } = await page({ window }, []);
    scrollTo(401);
    expect(background.commands).toEqual([]);
    scrollTo(385);
    expect(background.commands).toEqual([{ type: 'history.loadOlder', conversationId: 1 }]);
    const before = topmost();
    arrive(...messages(60, 99));
    expect(topmost()).toBe(before);
    expect(log().scrollTop % line).toBe(385 % line);
  });

  it('stays as near to the end as it was when something above changes', async () => {
    const { arrive } = await page();
    scrollTo(lines().length * line - shown - 30);
    arrive(message(3, { deleted: true }));
    expect(toEnd()).toBe(30);
    arrive(message(41));
    expect(toEnd()).toBe(0);
  });

  it('waits with earlier messages until nobody scrolls', async () => {
    const window = {
      conversationKey: '1',
      messages: messages(100, 140),
      hasOlder: true,
      loadingOlder: false,
    };
    const { arrive, articles } = await page({ window }, []);
    const frame = () => act(() => new Promise((done) => requestAnimationFrame(() => done())));
    await frame();
    await frame();
    scrollTo(385);
    arrive(...messages(60, 99));
    for (const top of [380, 370, 360]) {
      scrollTo(top);
      await frame();
      expect(articles()).toHaveLength(41);
    }
    await frame();
    expect(articles()).toHaveLength(81);
  });

  it('says that earlier messages are being loaded', async () => {
    const window = { conversationKey: '1', messages: messages(100, 140), hasOlder: true, loadingOlder: true };
    await page({ window }, []);
    expect(screen.getByText('Loading earlier messages')).toBeTruthy();
    expect(log().getAttribute('aria-busy')).toBe('true');
  });

  it('goes to the end by own sending', async () => {
    const { panel } = await page();
    scrollTo(500);
    act(() => {
      panel.drafts.change('1', 'Mine');
      panel.sendDraft('1');
    });
    expect(log().scrollTop).toBe(lines().length * line);
    expect(lines().at(-1)?.textContent).toContain('Mine');
  });

  it('does not change with what others see of own messages', async () => {
    const { arrive } = await page();
    scrollTo(500);
    arrive(message(40, { author: me, status: 'read', createdAt: now }));
    expect(log().scrollTop).toBe(500);
  });
});

const firstNew = () => screen.queryByRole('button', { name: 'First new message' });
const lineTop = () => document.querySelector<HTMLElement>('.new-line')?.offsetTop ?? 0;

describe('the way to the first new message', () => {
  it('is there while that is above the screen, and goes with it', async () => {
    await page({ conversations: [conversation(1, { unread: [20, 21] })] });
    expect(firstNew()).toBeNull();
    scrollTo(lineTop() + line - 1);
    expect(firstNew()).toBeNull();
    scrollTo(lineTop() + line);
    expect(firstNew()).toBeTruthy();
    scrollTo(0);
    expect(firstNew()).toBeNull();
  });

  it('leads there from the end, with the focus', async () => {
    await page({ conversations: [conversation(1, { unread: [20, 21] })] });
    scrollTo(lines().length * line);
    fireEvent.click(firstNew() as HTMLElement);
    expect(log().scrollTop).toBe(lineTop() - shown / 3);
    expect((document.activeElement as HTMLElement).dataset.message).toBe('20');
    expect(firstNew()).toBeNull();
    expect(jump()).toBe('Latest messages');
  });

  it('stands between the log and the way to the end', async () => {
    await page({ conversations: [conversation(1, { unread: [10] })] });
    scrollTo(lines().length * line - shown - 100);
    const parts = [...(log().parentElement?.children ?? [])];
    expect(parts.map(({ textContent }) => textContent).slice(1)).toEqual([
      'First new message',
      'Latest messages',
    ]);
  });

  it('goes when one answers', async () => {
    const { panel } = await page({ conversations: [conversation(1, { unread: [20] })] });
    scrollTo(lines().length * line);
    act(() => {
      panel.drafts.change('1', 'Thanks');
      panel.sendDraft('1');
    });
    expect(firstNew()).toBeNull();
  });
});

describe('a conversation with more unread than are here', () => {
  const unread = Array.from({ length: 70 }, (_, index) => index + 71);
  const part = (from: number) => ({
    conversations: [conversation(1, { unread })],
    window: { conversationKey: '1', messages: messages(from, 140), hasOlder: true, loadingOlder: false },
  });

  it('draws nothing before it can be drawn where it begins', async () => {
    const { arrive, articles, background } = await page(part(101), []);
    expect(articles()).toEqual([]);
    arrive(...messages(81, 100));
    expect(articles()).toEqual([]);
    arrive(...messages(61, 80));
    expect(log().scrollTop).toBe(lineTop() - shown / 3);
    expect(background.commandsOf('history.loadOlder')).toHaveLength(2);
  });

  it('begins at its end when that takes long, and tells when the first new message is there', async () => {
    const { arrive, articles, background } = await page(part(101), []);
    act(() => background.clock.elapse(1000));
    expect(articles()).toHaveLength(40);
    expect(toEnd()).toBe(0);
    expect(firstNew()).toBeNull();
    const frame = () => act(() => new Promise((done) => requestAnimationFrame(() => done())));
    for (let frames = 0; frames < 3; frames++) await frame();
    arrive(...messages(61, 100));
    for (let frames = 0; frames < 3; frames++) await frame();
    expect(toEnd()).toBe(0);
    expect(firstNew()).toBeTruthy();
  });

  it('goes to the new line when the list tells of it right after the opening', async () => {
    const { background } = await page({ listed: false });
    expect(toEnd()).toBe(0);
    const late = Array.from({ length: 30 }, (_, index) => index + 41);
    act(() =>
      background.patch(
        { type: 'messages.changed', conversationId: 1, messages: messages(41, 70) },
        { type: 'conversation.changed', conversation: conversation(1, { unread: late }) },
        { type: 'listed.changed', listed: true },
      ),
    );
    expect(log().scrollTop).toBe(lineTop() - shown / 3);
  });
});

describe('a conversation that is come back to', () => {
  async function leave(top: number) {
    const made = await page();
    scrollTo(top);
    const comeBack = (change: Parameters<typeof opened>[1] = {}, all = messages(1, 40)) => {
      act(() => made.panel.back());
      act(() => made.background.snapshot(snapshot({ conversations: [conversation(1)] })));
      act(() => made.panel.openConversation('1'));
      act(() => made.background.snapshot(opened(all, change)));
    };
    return { ...made, comeBack };
  }

  it('stands where it was left', async () => {
    const { comeBack } = await leave(512);
    const before = topmost();
    comeBack();
    expect([log().scrollTop, topmost()]).toEqual([512, before]);
    scrollTo(lines().length * line);
    comeBack();
    expect(toEnd()).toBe(0);
  });

  it('stands at the new line when there is one', async () => {
    const { comeBack } = await leave(512);
    comeBack({ conversations: [conversation(1, { unread: [30] })] });
    expect(log().scrollTop).toBe(lineTop() - shown / 3);
  });

  it('is drawn where it was left, and not at its end before', async () => {
    const { comeBack, arrive, articles } = await leave(512);
    const before = topmost();
    const window = { conversationKey: '1', messages: messages(31, 40), hasOlder: true, loadingOlder: false };
    comeBack({ window }, []);
    expect(articles()).toEqual([]);
    arrive(...messages(1, 30));
    expect(topmost()).toBe(before);
    expect(log().scrollTop % line).toBe(512 % line);
  });

  it('stands at what came after a message that is no more', async () => {
    const { comeBack } = await leave(500);
    const before = topmost();
    const all = messages(1, 40);
    const gone = all.find(({ text }) => before?.includes(text));
    comeBack(
      {},
      all.map((each) => (each === gone ? { ...each, deleted: true } : each)),
    );
    expect(topmost()).toContain(`Message ${(gone?.id ?? 0) + 1}`);
  });
});
