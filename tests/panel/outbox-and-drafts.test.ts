import { beforeEach, describe, expect, it } from 'vitest';
import type { Bubble } from '@/lib/panel/bubbles';
import type { Panel } from '@/lib/panel/panel';
import { FakeBackground } from './fake-background';
import { conversation, entry, me, message, opened, snapshot } from './fixtures';
import { itemsOf } from './items';

let background: FakeBackground;
let panel: Panel;
beforeEach(async () => {
  background = new FakeBackground();
  background.remembered = '1';
  panel = await background.panel();
  background.snapshot(opened([message(1)]));
});

const states = () =>
  itemsOf(panel)
    .filter((item): item is Bubble => item.kind === 'bubble' && item.own)
    .map(({ text, state }) => `${text}: ${state}`);
const draft = (key = '1') => panel.drafts.texts.value.get(key) ?? '';
function write(text: string): void {
  panel.drafts.change('1', text);
  panel.sendDraft('1');
}
const lastEcho = () => background.commandsOf('message.send').at(-1)?.echoId ?? '';

describe('sending', () => {
  it('shows the message before the background has answered, and empties the box', () => {
    background.answer = () => new Promise(() => {});
    write('  Hello \n');
    expect(states()).toEqual(['Hello: saving']);
    expect(draft()).toBe('');
    expect(background.commandsOf('message.send')).toMatchObject([{ conversationKey: '1', text: 'Hello' }]);
  });

  it('hands the message over once it is painted, and before a draft that is told later', async () => {
    const afterPainting: (() => void)[] = [];
    panel = await background.panel({ painted: (run) => void afterPainting.push(run) });
    background.snapshot(opened([message(1)]));
    write('first');
    expect(states()).toEqual(['first: saving']);
    expect(background.commandsOf('message.send')).toEqual([]);
    for (const run of afterPainting.splice(0)) run();
    expect(background.commandsOf('message.send')).toMatchObject([{ text: 'first' }]);

    write('second');
    panel.drafts.change('1', 'and already the next');
    background.nextFrame();
    const told = background.commands.map(({ type }) => type);
    expect(told).toEqual(['message.send', 'message.send', 'draft.change']);
    for (const run of afterPainting.splice(0)) run();
    expect(background.commandsOf('message.send')).toHaveLength(2);
  });

  it('hands over at once what waits for the painting of a page that is being hidden', async () => {
    panel = await background.panel({ painted: () => {} });
    background.snapshot(opened([message(1)]));
    write('written in haste');
    panel.flush();
    expect(background.commandsOf('message.send')).toMatchObject([{ text: 'written in haste' }]);
  });

  it('tells no empty draft, because the message itself ends the draft', () => {
    write('Hello');
    background.nextFrame();
    panel.flush();
    expect(background.commandsOf('draft.change')).toEqual([]);
  });

  it('follows the message through the outbox to the server', async () => {
    write('Hello');
    await background.clock.settle();
    expect(states()).toEqual(['Hello: saving']);
    background.patch({ type: 'outbox.changed', entry: entry(lastEcho(), { text: 'Hello' }) });
    expect(states()).toEqual(['Hello: queued']);
    background.patch(
      { type: 'outbox.removed', echoId: lastEcho() },
      {
        type: 'messages.changed',
        conversationId: 1,
        messages: [message(2, { author: me, text: 'Hello', echoId: lastEcho() })],
      },
    );
    expect(states()).toEqual(['Hello: sent']);
    panel.back();
    panel.openConversation('1');
    expect(states()).toEqual([]);
  });

  it('gives the text back and says so when it could not be kept', async () => {
    background.answer = async ({ type }) =>
      type === 'message.send' ? { ok: false, error: { code: 'notSaved', message: 'full' } } : { ok: true };
    write('Hello');
    panel.drafts.change('1', 'next words');
    await background.clock.settle();
    expect(states()).toEqual([]);
    expect(draft()).toBe('Hello\nnext words');
    expect(panel.outbox.notKept.value).toBe('1');
    panel.outbox.clearNotice();
    expect(panel.outbox.notKept.value).toBeNull();
  });

  it('does not give back a text whose answer was lost although it had been kept', async () => {
    background.answer = async ({ type }) => {
      if (type !== 'message.send') return { ok: true };
      background.patch({ type: 'outbox.changed', entry: entry(lastEcho(), { text: 'Hello' }) });
      throw new Error('The message port closed');
    };
    write('Hello');
    await background.clock.settle();
    expect(states()).toEqual(['Hello: queued']);
    expect(draft()).toBe('');
  });

  it('stops showing an accepted message that a new snapshot does not know any more', async () => {
    write('Hello');
    await background.clock.settle();
    background.drop();
    background.clock.elapse(0);
    expect(states()).toEqual(['Hello: saving']);
    background.snapshot(opened([message(1)]));
    expect(states()).toEqual([]);
  });

  it('keeps showing what the background has not answered when a snapshot comes first', () => {
    background.answer = () => new Promise(() => {});
    write('Hello');
    background.snapshot(opened([message(1)]));
    expect(states()).toEqual(['Hello: saving']);
  });

  it.each(['', '  \n ', 'x'.repeat(150_001)])(
    'sends neither nothing nor more than the server takes',
    (text) => {
      write(text);
      expect(background.commandsOf('message.send')).toEqual([]);
      expect(draft()).toBe(text);
    },
  );

  it('counts characters as the server does', () => {
    write('😀'.repeat(150_000));
    expect(background.commandsOf('message.send')).toHaveLength(1);
  });

  it('asks for another try and for discarding by the echo id', () => {
    panel.outbox.retry('a');
    panel.outbox.discard('b');
    expect(background.commands).toEqual([
      { type: 'message.retry', echoId: 'a' },
      { type: 'message.discard', echoId: 'b' },
    ]);
  });
});

describe('a new conversation', () => {
  const local = '00000000-0000-4000-8000-000000000001';
  beforeEach(() => {
    panel.newConversation();
    background.snapshot(snapshot());
  });

  it('is opened under a uuid of its own and remembered', () => {
    expect(background.posted.at(-1)).toEqual({
      type: 'view.open',
      siteId: 'ledgerly',
      sessionId: 'own',
      windowId: 5,
      conversationKey: local,
    });
    expect(background.remembered).toBe(local);
  });

  it('keeps its bubble, its draft and its view when the server gives it an id', async () => {
    panel.drafts.change(local, 'Hello');
    panel.sendDraft(local);
    panel.drafts.change(local, 'and more');
    const before = itemsOf(panel).map(({ key }) => key);
    background.patch(
      { type: 'conversation.mapped', localConversationId: local, conversationId: 8 },
      { type: 'conversation.changed', conversation: conversation(8) },
    );
    expect(itemsOf(panel).map(({ key }) => key)).toEqual(before);
    expect(panel.route.route.value).toEqual({ name: 'conversation', key: '8', openedAs: local });
    expect(draft('8')).toBe('and more');
    expect(background.remembered).toBe('8');
    expect(background.posted.at(-1)).toMatchObject({ conversationKey: '8' });
  });

  it('follows to the server’s id when that was given while the port was lost', () => {
    panel.drafts.change(local, 'Hello');
    background.drop();
    background.clock.elapse(0);
    background.snapshot(
      snapshot({
        conversations: [conversation(8)],
        window: { conversationKey: '8', messages: [], hasOlder: false, loadingOlder: false },
      }),
    );
    expect(panel.thread.key.value).toBe('8');
    expect(draft('8')).toBe('Hello');
  });
});

describe('drafts', () => {
  const told = () => background.commandsOf('draft.change').map(({ text }) => text);

  it('are told once a frame, with the newest words', () => {
    for (const text of ['H', 'He', 'Hel']) panel.drafts.change('1', text);
    expect(told()).toEqual([]);
    background.nextFrame();
    expect(told()).toEqual(['Hel']);
    panel.drafts.change('1', 'Hell');
    panel.drafts.flush();
    background.nextFrame();
    expect(told()).toEqual(['Hel', 'Hell']);
  });

  it('come from elsewhere, but not into the box that has the focus', () => {
    background.patch({ type: 'draft.changed', conversationKey: '1', text: 'from another window' });
    expect(draft()).toBe('from another window');
    panel.drafts.focused('1');
    background.patch({ type: 'draft.changed', conversationKey: '1', text: 'overwritten' });
    expect(draft()).toBe('from another window');
    panel.drafts.focused(null);
    background.patch({ type: 'draft.changed', conversationKey: '1', text: 'free again' });
    expect(draft()).toBe('free again');
  });

  it('are told again when the background lost them with its worker', () => {
    panel.drafts.change('1', 'Hello');
    background.nextFrame();
    background.drop();
    background.clock.elapse(0);
    background.snapshot(opened([message(1)]));
    background.nextFrame();
    expect(draft()).toBe('Hello');
    expect(told()).toEqual(['Hello', 'Hello']);
  });

  it('are told again after they came back once and were lost before they were saved', () => {
    panel.drafts.change('1', 'Hello');
    background.nextFrame();
    background.patch({ type: 'draft.changed', conversationKey: '1', text: 'Hello' });
    background.drop();
    background.clock.elapse(0);
    background.snapshot(opened([message(1)]));
    background.nextFrame();
    expect([draft(), told()]).toEqual(['Hello', ['Hello', 'Hello']]);
  });

  it('of a snapshot are shown, and those that it lacks are gone', () => {
    background.snapshot(opened([message(1)], { drafts: { 1: 'kept', 2: 'other' } }));
    expect([draft('1'), draft('2')]).toEqual(['kept', 'other']);
    background.snapshot(opened([message(1)], { drafts: { 2: 'other' } }));
    expect([draft('1'), draft('2')]).toEqual(['', 'other']);
  });
});
