// A reader who scrolls up: earlier messages from the history, then from the server.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { MessageWindow } from '@/lib/core/types';
import { aMessage, aState, Bench, failures, start } from '../support/core-builders';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage(from + index));
const asked: Event = { type: 'older.requested', conversationId: 1 };
const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };
const window = (change: Partial<MessageWindow> = {}): MessageWindow => ({
  messages: range(50, 60),
  hasOlder: true,
  loadingOlder: false,
  ...change,
});
const bench = (change: Partial<MessageWindow> = {}, stored = 60, syncedTo = {}) =>
  new Bench(aState({ views, windows: { 1: window(change) }, syncedTo }), range(stored, 60));
const answered = (change: Partial<Extract<Event, { type: 'messages.listed' }>> = {}): Event => ({
  type: 'messages.listed',
  purpose: 'older',
  asked: null,
  conversationId: 1,
  messages: range(30, 49),
  before: 30,
  complete: false,
  requestedAt: start,
  ...change,
});
const ids = (one: Bench) => one.state.windows[1]?.messages.map(({ id }) => id);
const requests = (one: Bench) => one.effects.filter(({ type }) => type === 'http.listMessages');

describe('earlier messages', () => {
  it('come from the history, twenty at a time', () => {
    const one = bench({}, 20).run(asked);
    expect([ids(one)?.[0], ids(one)?.length, requests(one)]).toEqual([30, 31, []]);
    expect(one.state.windows[1]).toMatchObject({ hasOlder: true, loadingOlder: false });
  });

  it('end where a history without holes ends', () => {
    expect(bench({}, 45, { 1: 60 }).run(asked).state.windows[1]?.hasOlder).toBe(false);
    expect(bench({}, 45).run(asked).state.windows[1]?.hasOlder).toBe(true);
  });

  it('are never shown twice', () => {
    const one = bench({ messages: [aMessage(50, { createdAt: start + 47_500 }), aMessage(47)] }, 46).run(
      asked,
    );
    expect(ids(one)).toEqual([46, 50, 47]);
  });

  it('come from the server when the history has no more', () => {
    const one = bench().run(asked);
    expect(requests(one)).toEqual([
      { type: 'http.listMessages', purpose: 'older', conversationId: 1, before: 50 },
    ]);
    expect(one.state.windows[1]?.loadingOlder).toBe(true);
    expect(requests(one.run(asked))).toEqual([]);
    one.run(answered());
    expect([ids(one)?.[0], ids(one)?.length]).toEqual([30, 31]);
    expect(one.state.windows[1]).toMatchObject({ loadingOlder: false, hasOlder: true });
    expect(one.history.has(30)).toBe(true);
  });

  it('end with the first page that is not full', () => {
    const one = bench().run(asked, answered({ complete: true }));
    expect(one.state.windows[1]?.hasOlder).toBe(false);
    expect(requests(one.run(asked))).toEqual([]);
  });

  it('are asked for before the lowest id, whatever the order in time', () => {
    const messages = [aMessage(52), aMessage(50, { createdAt: start + 90_000 })];
    expect(requests(bench({ messages }).run(asked))).toMatchObject([{ before: 50 }]);
  });

  it('of a window without any are not asked for', () => {
    expect(requests(bench({ messages: [] }).run(asked))).toEqual([]);
    expect(requests(new Bench(aState()).run(asked))).toEqual([]);
  });

  it('do not join a window that was closed and opened again meanwhile', () => {
    const one = bench({ loadingOlder: true }, 50).run({ type: 'view.closed', viewId: 'v' });
    one.run(
      { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' },
      answered({ complete: true }),
    );
    expect(ids(one)?.[0]).toBe(50);
    expect(one.state.windows[1]?.hasOlder).toBe(true);
    expect(one.history.has(30)).toBe(true);
  });

  it('do not move the watermark or answer a gap read', () => {
    const one = bench({ messages: [] }).run({
      type: 'view.opened',
      viewId: 'w',
      windowId: 2,
      conversationKey: '1',
    });
    const { gaps } = one.state.sync;
    one.run(answered({ complete: true }));
    expect(one.state.sync.gaps).toBe(gaps);
    expect(one.state.syncedTo).toEqual({});
  });

  it('can be asked for again after a failure, and heed a rate limit', () => {
    const failed: Event = {
      type: 'messages.failed',
      purpose: 'older',
      asked: null,
      conversationId: 1,
      failure: failures.tooFast,
    };
    const one = bench().run(asked, failed);
    expect(one.state.windows[1]).toMatchObject({ loadingOlder: false, hasOlder: true });
    expect(one.state.link.rateLimitedUntil).toBe(start + 11_250);
    expect(requests(one.run(asked))).toEqual([]);
    expect(requests(one.pass(11_250).run(asked))).toHaveLength(1);
    expect(new Bench(aState()).run(failed).state.windows).toEqual({});
  });
});
