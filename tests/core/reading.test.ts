// Reading: a visible panel in the focused browser window that shows the newest message; the server is told.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Conversation } from '@/lib/core/types';
import { aConversation, aMessage, aState, Bench, liveState, start } from '../support/core-builders';

const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' };
const focused: Event = { type: 'window.focused', windowId: 1 };
const seen = (messageId: number | null): Event => ({ type: 'view.seen', viewId: 'v', messageId });
const bench = (change: Partial<Conversation> = {}) =>
  new Bench(
    liveState({ conversations: { 1: aConversation(1, { unread: [8, 9], newestId: 12, ...change }) } }),
    [aMessage(9)],
  ).run(opened);
const told = (one: Bench) => one.effects.filter(({ type }) => type === 'http.updateLastSeen');

describe('a conversation', () => {
  it('is read down to the newest unread message, and the server is told', () => {
    const one = bench().run(focused, seen(9));
    expect(one.state.conversations[1]).toMatchObject({ unread: [], readUpTo: 9 });
    expect(told(one)).toEqual([{ type: 'http.updateLastSeen', conversationId: 1 }]);
  });

  it.each<[string, Event[]]>([
    ['in a window without focus', [{ type: 'window.focused', windowId: 2 }, seen(9)]],
    ['while no window has focus', [{ type: 'window.focused', windowId: null }, seen(9)]],
    ['while the panel is hidden', [focused, seen(null)]],
    ['down to an earlier message', [focused, seen(8)]],
    ['in a panel that is not known', [focused, { type: 'view.seen', viewId: 'x', messageId: 9 }]],
  ])('is not read %s', (_, events) => {
    const one = bench().run(...events);
    expect(one.state.conversations[1]?.unread).toEqual([8, 9]);
    expect(told(one)).toEqual([]);
  });

  it('is not read in a panel without a window', () => {
    const one = bench().run(
      { ...opened, windowId: null } as Event,
      { type: 'window.focused', windowId: null },
      seen(9),
    );
    expect(one.state.conversations[1]?.unread).toEqual([8, 9]);
  });

  it('is read when the window gets the focus', () => {
    expect(bench().run(seen(9), focused).state.conversations[1]?.unread).toEqual([]);
  });

  it('counts a late message as unread even if a later own one was seen', () => {
    const one = bench().run(focused, seen(12), seen(null));
    one.run({ type: 'frame.message', message: aMessage(10) });
    expect(one.state.conversations[1]?.unread).toEqual([10]);
  });

  it('with nothing unread tells nobody', () => {
    const one = bench({ unread: [] }).run(focused, seen(9));
    expect(told(one)).toEqual([]);
  });

  it('that is not known, or not there yet, is not read', () => {
    const state = aState({ conversations: {} });
    expect(told(new Bench(state).run(opened, focused, seen(9)))).toEqual([]);
    expect(
      told(new Bench(state).run({ ...opened, conversationKey: 'local' } as Event, focused, seen(9))),
    ).toEqual([]);
    expect(
      told(new Bench(state).run({ ...opened, conversationKey: null } as Event, focused, seen(9))),
    ).toEqual([]);
  });
});

describe('the server', () => {
  const another = (id: number): Event[] => [{ type: 'frame.message', message: aMessage(id) }, seen(id)];

  it('is told at most every 5 s, once for each conversation', () => {
    const one = bench()
      .run(focused, seen(9))
      .wait(1_000)
      .run(...another(20), ...another(21));
    expect(told(one)).toEqual([]);
    expect(one.state.conversations[1]?.unread).toEqual([]);
    expect(told(one.pass(3_999))).toEqual([]);
    expect(told(one.pass(1))).toEqual([{ type: 'http.updateLastSeen', conversationId: 1 }]);
    expect(told(one.pass(60_000))).toEqual([]);
  });

  it('is told of every conversation that was read meanwhile', () => {
    const one = bench()
      .run(focused, seen(9))
      .run(...another(20));
    one.run({ type: 'frame.message', message: aMessage(30, { conversationId: 2 }) });
    one.run({ ...opened, conversationKey: '2' } as Event, seen(30)).pass(5_000);
    expect(told(one)).toMatchObject([{ conversationId: 1 }, { conversationId: 2 }]);
  });

  it('is not bothered during a rate limit', () => {
    const one = bench();
    one.state = { ...one.state, link: { ...one.state.link, rateLimitedUntil: start + 9_000 } };
    expect(told(one.run(focused, seen(9)).pass(8_999))).toEqual([]);
    expect(told(one.pass(1))).toHaveLength(1);
  });
});
