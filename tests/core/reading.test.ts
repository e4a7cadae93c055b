// Reading: a visible panel in the focused browser window that shows the newest message; the server is told.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Failure } from '@/lib/core/server-types';
import type { Conversation, Message } from '@/lib/core/types';
import { nextWakeAt } from '@/lib/core/wake';
import { aConversation, aMessage, aState, Bench, failures, liveState, start } from '../support/core-builders';

const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' };
const focused: Event = { type: 'window.focused', windowId: 1 };
const visible = (isVisible: boolean): Event => ({ type: 'view.visible', viewId: 'v', visible: isVisible });
const seen = (messageId: number | null): Event => ({ type: 'view.seen', viewId: 'v', messageId });
const bench = (change: Partial<Conversation> = {}) => {
  const conversations = { 1: aConversation(1, { unread: [8, 9], newestId: 12, ...change }) };
  const state = liveState({ conversations });
  const sync = { ...state.sync, fresh: { 1: true as const, 2: true as const } };
  return new Bench({ ...state, sync }, [aMessage(9)]).run(opened, visible(true));
};
const call = (conversationId: number, upTo: number) => ({
  type: 'http.updateLastSeen',
  conversationId,
  upTo,
});
const taken = (conversationId: number, upTo: number): Event => ({
  type: 'lastSeen.told',
  conversationId,
  upTo,
  failure: null,
});
const told = (one: Bench) => one.effects.filter(({ type }) => type === 'http.updateLastSeen');

describe('a conversation', () => {
  it('is read down to the newest unread message, and the server is told a second later', () => {
    const one = bench().run(focused, seen(9));
    expect(one.state.conversations[1]).toMatchObject({ unread: [], readUpTo: 9, toldUpTo: 0 });
    expect(told(one)).toEqual([]);
    expect(nextWakeAt(one.state, one.at)).toBe(start + 1_000);
    expect(told(one.pass(999))).toEqual([]);
    expect(told(one.pass(1))).toEqual([call(1, 9)]);
    expect(one.run(taken(1, 9)).state.conversations[1]?.toldUpTo).toBe(9);
    expect(told(one.pass(60_000))).toEqual([]);
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

  it('stays read down to a later message when one is read that came late', () => {
    const one = bench({ readUpTo: 12 }).run(focused, seen(12));
    expect(one.state.conversations[1]).toMatchObject({ unread: [], readUpTo: 12 });
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
  /** It has been told of message 9 just now. */
  const toldBench = () => bench().run(focused, seen(9)).pass(1_000).run(taken(1, 9));

  it('is told at most every 5 s of what was read meanwhile', () => {
    const one = toldBench()
      .run(...another(20), ...another(21))
      .pass(4_999);
    expect(told(one)).toEqual([]);
    expect(one.state.conversations[1]?.unread).toEqual([]);
    expect(told(one.pass(1))).toEqual([call(1, 21)]);
  });

  it('is told of one conversation at a time, the one that was read first before the others', () => {
    const one = toldBench()
      .run(...another(20))
      .wait(100);
    one.run({ type: 'frame.message', message: aMessage(30, { conversationId: 2 }) });
    one.run({ ...opened, conversationKey: '2' } as Event, seen(30)).pass(5_000);
    expect(told(one)).toEqual([call(1, 20)]);
    expect(told(one.run(taken(1, 20)).pass(4_999))).toEqual([]);
    expect(told(one.pass(1))).toEqual([call(2, 30)]);
  });

  it('is not told while nobody looks, and told when somebody does', () => {
    const hidden = bench().run(focused, seen(9), visible(false)).pass(60_000);
    expect(told(hidden)).toEqual([]);
    expect(nextWakeAt(hidden.state, hidden.at)).toBeNull();
    expect(told(hidden.run(visible(true)))).toEqual([call(1, 9)]);
    const elsewhere = bench().run(focused, seen(9), { type: 'window.focused', windowId: 2 }).pass(60_000);
    expect(told(elsewhere)).toEqual([]);
    expect(told(elsewhere.run(focused))).toEqual([call(1, 9)]);
  });

  it('is told of the others while one cannot be read', () => {
    const one = toldBench().run(...another(20));
    const stuck = { ...one.state.sync.gaps[1], conversationId: 1, wanted: true, dueAt: one.at + 600_000 };
    const { fresh: _, ...sync } = one.state.sync;
    one.state = { ...one.state, sync: { ...sync, fresh: { 2: true }, gaps: { 1: stuck as never } } };
    one.run({ type: 'frame.message', message: aMessage(30, { conversationId: 2 }) });
    one.run({ ...opened, conversationKey: '2' } as Event, seen(30)).pass(5_000);
    expect(told(one)).toEqual([call(2, 30)]);
  });

  it('is told of what was read in the list, too', () => {
    const one = bench().run(focused, seen(9), { ...opened, conversationKey: null } as Event);
    expect(told(one.pass(1_000))).toEqual([call(1, 9)]);
  });

  it('is not told that more was read than was', () => {
    const one = bench().run(focused, seen(9), seen(null), {
      type: 'frame.message',
      message: aMessage(20),
    });
    expect(told(one.pass(60_000))).toEqual([]);
    expect(told(one.run(seen(20)).pass(1_000))).toEqual([call(1, 20)]);
  });

  it('is told by the background that is started anew, 5 s after the one before may have', () => {
    const { conversations } = bench().run(focused, seen(9)).state;
    const reborn = new Bench(liveState({ conversations }), [aMessage(9)]);
    reborn.run(opened, { type: 'background.started' }, visible(true), focused);
    expect(told(reborn)).toEqual([]);
    expect(told(reborn.pass(4_999))).toEqual([]);
    expect(told(reborn.pass(1))).toEqual([call(1, 9)]);
  });

  describe('without a cable that tells what comes', () => {
    const page = (...messages: Message[]): Event => ({
      type: 'messages.listed',
      purpose: 'gap',
      asked: null,
      conversationId: 1,
      messages,
      before: 9,
      complete: true,
      requestedAt: start + 1_000,
    });
    const cableless = () => {
      const lost = { cable: 'waiting', attempt: 1, nextTryAt: start + 60_000 } as const;
      return bench()
        .run(focused, seen(9), { type: 'cable.changed', ...lost })
        .pass(1_000);
    };

    it('is told after what came meanwhile was asked for', () => {
      const one = cableless();
      expect(one.asked).toEqual(['http.listMessages']);
      expect(one.pass(100).asked).toEqual([]);
      expect(nextWakeAt(one.state, one.at)).toBeGreaterThan(one.at);
      expect(told(one.run(page(aMessage(9))))).toEqual([call(1, 9)]);
    });

    it('is not told where something came that nobody has seen', () => {
      const one = cableless().run(page(aMessage(9), aMessage(20)));
      expect(told(one)).toEqual([]);
      expect(one.state.conversations[1]?.unread).toEqual([20]);
      expect(told(one.pass(60_000))).toEqual([]);
    });
  });

  it('is told again where that failed, but never of a conversation that it does not have', () => {
    const failed = (failure: Failure): Event => ({ ...taken(1, 9), failure }) as Event;
    const one = bench().run(focused, seen(9)).pass(1_000).run(failed(failures.broken));
    expect(told(one)).toEqual([]);
    expect(one.state.conversations[1]?.toldUpTo).toBe(0);
    expect(told(one.pass(5_000))).toEqual([call(1, 9)]);
    one.run(failed(failures.gone));
    expect(told(one.pass(60_000))).toEqual([]);
  });

  it('that asks to slow down is left alone for a while', () => {
    const one = bench()
      .run(focused, seen(9))
      .pass(1_000)
      .run({ ...taken(1, 9), failure: failures.tooFast } as Event);
    expect(one.state.link.rateLimitedUntil).toBeGreaterThan(one.at + 9_000);
  });

  it('is told nothing while an answer is awaited, and nothing in answer to its own words', () => {
    const one = bench().run(focused, seen(9)).pass(1_000);
    expect(told(one.pass(60_000))).toEqual([]);
    const read = aMessage(9, { status: 'read', updatedAt: start, changedAt: start });
    one.run(taken(1, 9), { type: 'frame.message', message: read });
    expect(told(one.pass(60_000))).toEqual([]);
  });

  it('is not bothered during a rate limit', () => {
    const one = bench();
    one.state = { ...one.state, link: { ...one.state.link, rateLimitedUntil: start + 9_000 } };
    expect(told(one.run(focused, seen(9)).pass(8_999))).toEqual([]);
    expect(told(one.pass(1))).toHaveLength(1);
  });
});
