import { beforeEach, describe, expect, it } from 'vitest';
import type { Panel } from '@/lib/panel/panel';
import { createThreadBeginning, type ThreadBeginning } from '@/lib/panel/thread-beginning';
import { FakeBackground } from './fake-background';
import { conversation, message, opened, snapshot } from './fixtures';
import { itemsOf } from './items';

let background: FakeBackground;
let panel: Panel;
let beginning: ThreadBeginning;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const ids = (from: number, to: number) => range(from, to).map(({ id }) => id);
const unread = (...list: number[]) => ({ conversations: [conversation(1, { unread: list })] });
/** Conversation 1 with the newest of its messages, others before them. */
const page = (from: number, to: number) => ({
  window: { conversationKey: '1', messages: range(from, to), hasOlder: from > 1, loadingOlder: false },
});
const older = (from: number, to: number, loadingOlder = false) =>
  background.patch(
    { type: 'messages.changed', conversationId: 1, messages: range(from, to) },
    { type: 'older.changed', conversationId: 1, hasOlder: from > 1, loadingOlder },
  );
const drawn = () =>
  itemsOf(panel).flatMap((item) => (item.kind === 'bubble' && item.messageId ? [item.messageId] : []));
/** The message below the new line. */
const newAt = () => panel.thread.content.value.newFromId;
const asked = () => background.commandsOf('history.loadOlder').length;

async function begin(change: Parameters<typeof opened>[1]): Promise<void> {
  background = new FakeBackground();
  background.remembered = '1';
  panel = await background.panel();
  background.snapshot(opened([], change));
  beginning = createThreadBeginning(panel);
}
/** Leaves conversation 1 at this place and opens it again. */
function comeBack(
  place: { messageId: number; below: number } | null,
  change: Parameters<typeof opened>[1],
): void {
  beginning.stands(place, false);
  beginning.stop();
  panel.back();
  background.snapshot(snapshot({ conversations: [conversation(1)] }));
  panel.openConversation('1');
  beginning = createThreadBeginning(panel);
  background.snapshot(opened([], change));
}

describe('the new line', () => {
  it('stands where the first message was unread at the opening, until one answers', async () => {
    await begin({ ...page(1, 3), ...unread(2, 3) });
    expect([newAt(), beginning.ready.value]).toEqual([2, true]);
    background.patch({ type: 'conversation.changed', conversation: conversation(1) });
    expect(newAt()).toBe(2);
    panel.drafts.change('1', 'Thanks');
    panel.sendDraft('1');
    expect(newAt()).toBeNull();
    beginning.stop();
  });

  it('is for nothing that comes while one looks', async () => {
    await begin(page(1, 3));
    background.patch(
      { type: 'messages.changed', conversationId: 1, messages: [message(4)] },
      { type: 'conversation.changed', conversation: conversation(1, { unread: [4] }) },
    );
    expect(newAt()).toBeNull();
  });

  it('is for what the list, read only after the opening, brings', async () => {
    await begin({ ...page(1, 3), listed: false });
    expect(beginning.ready.value).toBe(true);
    background.patch(
      { type: 'messages.changed', conversationId: 1, messages: range(4, 6) },
      { type: 'conversation.changed', conversation: conversation(1, { unread: [4, 5, 6] }) },
      { type: 'listed.changed', listed: true },
    );
    expect(newAt()).toBe(4);
    background.patch({ type: 'conversation.changed', conversation: conversation(1, { unread: [7] }) });
    expect(newAt()).toBe(4);
  });

  it('is drawn with what comes after it and before it, also when that is more than one page', async () => {
    await begin({ ...page(1, 300), ...unread(...ids(201, 300)) });
    expect(newAt()).toBe(201);
    expect(drawn()).toEqual(ids(141, 300));
  });

  it('never stands at another message than the first: earlier ones are asked for, and nothing is drawn meanwhile', async () => {
    await begin({ ...page(51, 80), ...unread(...ids(11, 80)) });
    expect([newAt(), beginning.ready.value, asked()]).toEqual([null, false, 1]);
    older(31, 50);
    expect([newAt(), beginning.ready.value, asked()]).toEqual([null, false, 2]);
    older(5, 30);
    expect([newAt(), beginning.ready.value, asked()]).toEqual([11, true, 2]);
    expect(drawn()).toEqual(ids(5, 80));
  });

  it('comes later where earlier messages do: after a second what is there is drawn', async () => {
    await begin({ ...page(51, 80), ...unread(...ids(41, 80)) });
    background.clock.elapse(999);
    expect(beginning.ready.value).toBe(false);
    background.clock.elapse(1);
    expect([newAt(), beginning.ready.value]).toEqual([null, true]);
    older(31, 50);
    expect(newAt()).toBe(41);
  });

  it('is looked for in the first messages that are read, and not in none', async () => {
    await begin({ ...page(51, 50), ...unread(...ids(41, 60)) });
    background.clock.elapse(5000);
    expect([beginning.ready.value, asked()]).toEqual([true, 0]);
    background.patch({ type: 'messages.changed', conversationId: 1, messages: range(51, 60) });
    expect([beginning.ready.value, asked()]).toEqual([false, 1]);
  });

  it('is looked for in 20 pages at most, and asked for anew only when something has changed', async () => {
    await begin({ ...page(900, 910), ...unread(1) });
    background.patch({ type: 'older.changed', conversationId: 1, hasOlder: true, loadingOlder: true });
    background.patch({ type: 'older.changed', conversationId: 1, hasOlder: true, loadingOlder: false });
    expect(asked()).toBe(1);
    for (let from = 890; from > 500; from -= 10) older(from, from + 9);
    expect([newAt(), asked()]).toEqual([null, 20]);
  });

  it('tells that it is above the screen as long as there is one', async () => {
    await begin({ ...page(1, 3), ...unread(2, 3) });
    expect(beginning.newIsAbove.value).toBe(false);
    beginning.stands(null, true);
    expect(beginning.newIsAbove.value).toBe(true);
    panel.drafts.change('1', 'Thanks');
    panel.sendDraft('1');
    expect(beginning.newIsAbove.value).toBe(false);
  });
});

describe('a conversation that was left', () => {
  const place = { messageId: 40, below: -12 };
  beforeEach(() => begin(page(1, 80)));

  it('begins where it was left', () => {
    comeBack(place, page(1, 80));
    expect(beginning.left.value).toEqual(place);
    expect([newAt(), beginning.ready.value]).toEqual([null, true]);
  });

  it('begins at the end where it was left there', () => {
    comeBack(place, page(1, 80));
    comeBack(null, page(1, 80));
    expect(beginning.left.value).toBeNull();
  });

  it('begins at the new line when something is unread', () => {
    comeBack(place, { ...page(1, 82), ...unread(81, 82) });
    expect(beginning.left.value).toBeNull();
    expect(newAt()).toBe(81);
  });

  it('asks for the messages before until the one is there at which it was left', () => {
    comeBack(place, page(61, 80));
    expect([beginning.ready.value, asked()]).toEqual([false, 1]);
    older(41, 60);
    expect([beginning.ready.value, asked()]).toEqual([false, 2]);
    older(21, 40);
    expect([beginning.ready.value, asked(), beginning.left.value]).toEqual([true, 2, place]);
    expect(drawn()).toEqual(ids(21, 80));
  });

  it('begins at the end when that takes longer than a second, and asks for no more', () => {
    comeBack(place, page(61, 80));
    background.clock.elapse(1000);
    expect([beginning.ready.value, beginning.left.value]).toEqual([true, null]);
    older(51, 60);
    expect([beginning.left.value, asked()]).toEqual([null, 1]);
  });

  it('has no place in it any more when it is gone', () => {
    comeBack(place, page(1, 80));
    background.patch({ type: 'conversation.removed', conversationId: 1 });
    expect(panel.places.size).toBe(0);
  });

  it('keeps its place when it gets the server’s key', () => {
    beginning.stop();
    panel.newConversation();
    const local = panel.thread.key.value ?? '';
    beginning = createThreadBeginning(panel);
    beginning.stands(place, false);
    panel.back();
    background.snapshot(snapshot());
    background.patch({ type: 'conversation.mapped', localConversationId: local, conversationId: 8 });
    expect([...panel.places]).toEqual([['8', place]]);
  });
});
