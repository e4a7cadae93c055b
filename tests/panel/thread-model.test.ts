import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkView } from '@/lib/core/types';
import type { Panel } from '@/lib/panel/panel';
import { FakeBackground } from './fake-background';
import { me, message, opened } from './fixtures';
import { itemsOf } from './items';

let background: FakeBackground;
let panel: Panel;
async function open(...snapshot: Parameters<typeof opened>): Promise<void> {
  background = new FakeBackground();
  background.remembered = '1';
  panel = await background.panel();
  background.snapshot(opened(...snapshot));
}
const ids = () => itemsOf(panel).flatMap((item) => (item.kind === 'bubble' ? [item.messageId] : []));
const seen = () => background.posted.filter((each) => (each as { type: string }).type === 'view.seen');
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const arrive = (...messages: ReturnType<typeof message>[]) =>
  background.patch({ type: 'messages.changed', conversationId: 1, messages });

describe('what is read', () => {
  beforeEach(() => open([message(1), message(2)]));

  it('is told only while the end is on screen in a visible panel', () => {
    expect(seen()).toEqual([]);
    panel.thread.scrolled(true);
    expect(seen()).toEqual([{ type: 'view.seen', messageId: 2 }]);
    panel.thread.visible(false);
    arrive(message(3));
    panel.thread.visible(true);
    panel.thread.scrolled(false);
    expect(seen().slice(1)).toEqual([null, 3, null].map((messageId) => ({ type: 'view.seen', messageId })));
  });

  it('is told when it is painted, the newest only, and nothing that was left before', async () => {
    const paintings: (() => void)[] = [];
    background = new FakeBackground();
    background.remembered = '1';
    panel = await background.panel({ painted: (run) => void paintings.push(run) });
    background.snapshot(opened([message(1)]));
    panel.thread.scrolled(true);
    arrive(message(2));
    expect(seen()).toEqual([]);
    for (const run of paintings.splice(0)) run();
    expect(seen()).toEqual([{ type: 'view.seen', messageId: 2 }]);
    arrive(message(3));
    panel.thread.scrolled(false);
    for (const run of paintings.splice(0)) run();
    expect(seen().slice(1)).toEqual([{ type: 'view.seen', messageId: null }]);
  });

  it('is told again to a background that was started anew', () => {
    panel.thread.scrolled(true);
    background.drop();
    background.clock.elapse(0);
    background.snapshot(opened([message(1), message(2)]));
    expect(seen()).toHaveLength(2);
    expect(seen()[1]).toEqual({ type: 'view.seen', messageId: 2 });
  });

  it('ends when the conversation is left', () => {
    panel.thread.scrolled(true);
    panel.back();
    background.snapshot(opened([]));
    expect(background.posted.at(-1)).toMatchObject({ type: 'view.open', conversationKey: null });
  });
});

describe('the part that is drawn', () => {
  it('is the newest page at first, and grows as one scrolls up', async () => {
    await open(range(1, 300));
    expect(ids()).toEqual(range(241, 300).map(({ id }) => id));
    panel.thread.showOlder();
    expect(ids()).toHaveLength(160);
    panel.thread.showOlder();
    panel.thread.showOlder();
    expect(ids()).toHaveLength(300);
    expect(background.commands).toEqual([]);
  });

  it('shrinks again once one is back at the end', async () => {
    await open(range(1, 300));
    for (let pages = 0; pages < 3; pages++) panel.thread.showOlder();
    panel.thread.scrolled(true);
    expect(ids()).toHaveLength(200);
  });

  it('begins with another message only when nothing moves, once the view has said that it looks for that', async () => {
    await open([]);
    const window = { conversationKey: '1', messages: range(50, 60), hasOlder: true, loadingOlder: false };
    background.snapshot(opened([], { window }));
    panel.thread.calm();
    panel.thread.showOlder();
    background.patch(
      { type: 'messages.changed', conversationId: 1, messages: range(1, 49) },
      { type: 'older.changed', conversationId: 1, hasOlder: false, loadingOlder: false },
    );
    arrive(message(61));
    expect(ids()).toEqual(range(50, 61).map(({ id }) => id));
    expect(panel.thread.hasOlder.value).toBe(true);
    panel.thread.calm();
    expect(ids()).toEqual(range(1, 61).map(({ id }) => id));
    expect(panel.thread.hasOlder.value).toBe(false);
    arrive(...range(62, 260));
    panel.thread.scrolled(true);
    expect(ids()).toHaveLength(260);
    panel.thread.calm();
    expect(ids()).toEqual(range(101, 260).map(({ id }) => id));
  });

  it('asks for earlier messages once all are drawn, one page at a time', async () => {
    await open([]);
    const window = { conversationKey: '1', messages: range(50, 60), hasOlder: true, loadingOlder: false };
    background.snapshot(opened([], { window }));
    panel.thread.showOlder();
    expect(background.commands).toEqual([{ type: 'history.loadOlder', conversationId: 1 }]);
    background.patch({ type: 'older.changed', conversationId: 1, hasOlder: true, loadingOlder: true });
    panel.thread.showOlder();
    expect(background.commands).toHaveLength(1);
    background.patch(
      { type: 'messages.changed', conversationId: 1, messages: range(1, 49) },
      { type: 'older.changed', conversationId: 1, hasOlder: false, loadingOlder: false },
    );
    panel.thread.showOlder();
    expect(background.commands).toHaveLength(1);
    expect(ids()).toEqual(range(1, 60).map(({ id }) => id));
  });

  describe('when earlier messages are asked for', () => {
    const asked = { type: 'history.loadOlder', conversationId: 1 };
    const older = (loadingOlder: boolean) =>
      background.patch({ type: 'older.changed', conversationId: 1, hasOlder: true, loadingOlder });
    beforeEach(async () => {
      await open([]);
      const window = { conversationKey: '1', messages: range(50, 60), hasOlder: true, loadingOlder: false };
      background.snapshot(opened([], { window }));
      panel.thread.showOlder();
    });

    it('asks on where the background, started anew, first read what is shown already', () => {
      arrive(...range(50, 55));
      panel.thread.showOlder();
      expect(background.commands).toEqual([asked, asked]);
    });

    it('asks again after a failure when the link fell and when it is back, once each', () => {
      const counts = ['live', 'reconnecting', 'live'].map((name) => {
        older(true);
        older(false);
        background.patch({ type: 'link.changed', link: { name, since: 9, nextTryAt: null } as LinkView });
        panel.thread.showOlder();
        panel.thread.showOlder();
        return background.commands.length;
      });
      expect(counts).toEqual([1, 2, 3]);
    });
  });

  it('keeps earlier messages over a new snapshot, unless something may be missing between', async () => {
    await open(range(1, 30));
    const page = (from: number, to: number) =>
      opened([], {
        window: { conversationKey: '1', messages: range(from, to), hasOlder: true, loadingOlder: false },
      });
    background.snapshot(page(20, 40));
    expect(ids()).toEqual(range(1, 40).map(({ id }) => id));
    expect(panel.thread.hasOlder.value).toBe(false);
    background.snapshot(page(50, 60));
    expect(ids()).toEqual(range(50, 60).map(({ id }) => id));
    expect(panel.thread.hasOlder.value).toBe(true);
  });

  it('stands in the order of time, wherever a message comes in', async () => {
    await open([message(1), message(3)]);
    arrive(message(2), message(9, { createdAt: message(1).createdAt - 1 }));
    arrive(message(3, { text: 'edited' }));
    expect(ids()).toEqual([9, 1, 2, 3]);
    expect(itemsOf(panel).at(-1)).toMatchObject({ text: 'edited' });
  });
});

describe('new messages', () => {
  it('are counted from where the end left the screen, own ones apart', async () => {
    await open([message(1)]);
    panel.thread.scrolled(true);
    arrive(message(2));
    panel.thread.scrolled(false);
    expect(panel.thread.newCount.value).toBe(0);
    arrive(message(3), message(4, { author: me }));
    arrive(message(5));
    expect(panel.thread.newCount.value).toBe(2);
    panel.thread.scrolled(true);
    expect(panel.thread.newCount.value).toBe(0);
  });

  it('of other conversations do not come into this one', async () => {
    await open([message(1)]);
    background.patch({ type: 'messages.changed', conversationId: 2, messages: [message(7)] });
    expect(ids()).toEqual([1]);
  });
});

describe('who is typing', () => {
  it('is told for the open conversation only', async () => {
    await open([message(1)], { typing: { 1: ['Mara'], 2: ['Jonas'] } });
    expect(panel.thread.typing.value).toEqual(['Mara']);
    background.patch({ type: 'typing.changed', conversationId: 1, names: [] });
    expect(panel.thread.typing.value).toEqual([]);
  });
});
