// Closing gaps: pages down to the watermark and one beyond, never over a hole.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import { aMessage, anEntry, aState, Bench, failures, start } from '../support/core-builders';

const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' };
/** The answer to what is asked for now, unless `change` says otherwise. */
const page = (
  from: number,
  to: number,
  change: Partial<Extract<Event, { type: 'messages.listed' }>> = {},
) => {
  const messages: Message[] = [];
  for (let id = from; id <= to; id += 1) messages.push(aMessage(id));
  return (state: State): Event => ({
    type: 'messages.listed',
    purpose: 'gap',
    asked: state.sync.gaps[1]?.before ?? null,
    conversationId: 1,
    messages,
    before: messages.length > 0 ? from : null,
    complete: false,
    requestedAt: start,
    ...change,
  });
};
const failed =
  (kind: keyof typeof failures) =>
  (state: State): Event => ({
    type: 'messages.failed',
    purpose: 'gap',
    asked: state.sync.gaps[1]?.before ?? null,
    conversationId: 1,
    failure: failures[kind],
  });
const reading = (change: Partial<State> = {}) => new Bench(aState(change)).run(opened);
const asksBefore = (bench: Bench) =>
  bench.effects.flatMap((effect) => (effect.type === 'http.listMessages' ? [effect.before] : []));

describe('a gap read', () => {
  it('pages back to the watermark and one page beyond, then moves it to the top', () => {
    const bench = reading({ syncedTo: { 1: 50 } });
    expect(asksBefore(bench)).toEqual([null]);
    expect(asksBefore(bench.run(page(81, 100)))).toEqual([81]);
    expect(asksBefore(bench.run(page(61, 80)))).toEqual([61]);
    expect(asksBefore(bench.run(page(41, 60)))).toEqual([41]);
    expect(bench.state.syncedTo[1]).toBe(50);
    expect(asksBefore(bench.run(page(21, 40)))).toEqual([]);
    expect(bench.state.syncedTo[1]).toBe(100);
    expect(bench.state.sync.gaps).toEqual({});
    expect(bench.history.size).toBe(80);
  });

  it('counts a page that ends at the watermark as met', () => {
    const bench = reading({ syncedTo: { 1: 81 } }).run(page(81, 100));
    bench.run(page(61, 80));
    expect(bench.state.syncedTo[1]).toBe(100);
  });

  it('goes no deeper for messages that are not uncertain, or uncertain elsewhere', () => {
    const outbox = {
      a: anEntry('a', { dueAt: start + 9, baselineId: 1 }),
      b: anEntry('b', { conversationKey: '2', status: 'uncertain', dueAt: start + 9, baselineId: 1 }),
    };
    const bench = reading({ syncedTo: { 1: 90 }, outbox })
      .run(page(81, 100))
      .run(page(61, 80));
    expect([asksBefore(bench), bench.state.syncedTo[1]]).toEqual([[], 100]);
  });

  it('does not stop at a known message above the hole', () => {
    const bench = reading({ syncedTo: { 1: 10 } }).run({ type: 'frame.message', message: aMessage(90) });
    expect(asksBefore(bench.run(page(81, 100)))).toEqual([81]);
    expect(bench.state.syncedTo[1]).toBe(10);
  });

  it('ends where the conversation begins', () => {
    const bench = reading()
      .run(page(81, 100))
      .run(page(70, 80, { complete: true }));
    expect([bench.state.syncedTo[1], asksBefore(bench)]).toEqual([100, []]);
  });

  it('ends at an empty page, and moves no watermark for an empty conversation', () => {
    const bench = reading().run(page(81, 100)).run(page(1, 0));
    expect([bench.state.syncedTo[1], asksBefore(bench)]).toEqual([100, []]);
    expect(reading().run(page(1, 0, { complete: true })).state.syncedTo).toEqual({});
  });

  it('never moves the watermark back', () => {
    const syncedTo = { 1: 120 };
    expect(reading({ syncedTo }).run(page(90, 95, { complete: true })).state.syncedTo).toBe(syncedTo);
  });

  it('moves no watermark for what a frame brought while it was reading', () => {
    const bench = reading().run(page(81, 100), { type: 'frame.message', message: aMessage(150) });
    expect(bench.run(page(70, 80, { complete: true })).state.syncedTo[1]).toBe(100);
  });

  it('makes the first page the baseline of what is sent next', () => {
    const bench = reading().run(page(81, 100));
    expect(bench.state.sync.fresh).toEqual({ 1: true });
    expect(bench.state.link.answeredAt).toBe(start);
  });

  it('makes no later page such a baseline: it is not the newest', () => {
    const state = aState();
    const bench = reading({ link: { ...state.link, cable: 'waiting' } }).run(page(81, 100));
    bench.run({ type: 'message.submitted', echoId: 'a', conversationKey: '1', text: 'hello' });
    expect(bench.run(page(61, 80)).asked).toEqual(['http.listMessages']);
    expect(asksBefore(bench.run(page(50, 60, { complete: true })))).toEqual([null]);
    expect(bench.run(page(81, 100)).asked).toContain('http.createMessage');
  });

  it('is one at a time', () => {
    const again: Event = { ...opened, viewId: 'w' } as Event;
    expect(asksBefore(reading().run(again))).toEqual([]);
  });

  it('tells an open window that nothing is older when the first page is the whole', () => {
    expect(reading().run(page(95, 100, { complete: true })).state.windows[1]?.hasOlder).toBe(false);
    const long = reading()
      .run(page(81, 100))
      .run(page(70, 80, { complete: true }));
    expect(long.state.windows[1]?.hasOlder).toBe(true);
  });

  const shown = (bench: Bench) => bench.state.windows[1]?.messages.map(({ id }) => id);
  const late = (id: number) => aMessage(id, { createdAt: start + 500_000 });

  it('shows the whole of a short conversation, whatever the times of its messages', () => {
    const messages = [late(95), aMessage(96), aMessage(97)];
    const bench = reading().run(page(95, 97, { messages, complete: true }));
    expect(shown(bench)).toEqual([96, 97, 95]);
    const windows = { 1: { messages: [late(95)], hasOlder: true, loadingOlder: false } };
    const known = reading({ windows }).run(page(95, 97, { messages, complete: true }));
    expect(shown(known)).toEqual([96, 97, 95]);
  });

  it('shows the whole of its first page where nothing was shown before', () => {
    const messages = [late(81), aMessage(82), aMessage(83)];
    expect(shown(reading().run(page(81, 83, { messages })))).toEqual([82, 83, 81]);
  });

  it.each([81, 90])(
    'waits with a server that gives the same page again, or a newer one from %i on',
    (from) => {
      const bench = reading().run(page(81, 100));
      expect(asksBefore(bench)).toEqual([81]);
      expect(asksBefore(bench.run(page(from, 100)))).toEqual([]);
      expect(asksBefore(bench.pass(60_000))).toEqual([81]);
      expect(bench.state.syncedTo).toEqual({});
    },
  );

  it('does nothing for an answer that nobody waits for', () => {
    const bench = new Bench(aState()).run(page(81, 100));
    expect([bench.effects, bench.state.syncedTo]).toEqual([[], {}]);
    expect(bench.history.size).toBe(20);
  });
});

describe('a reconnection', () => {
  const live: Event = { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null };

  it('begins again from the newest, and does not believe answers from before', () => {
    const bench = reading({ syncedTo: { 1: 50 } }).run(page(81, 100));
    expect(asksBefore(bench.wait(10).run(live))).toEqual([null]);
    expect(asksBefore(bench.run(page(41, 60)))).toEqual([]);
    expect(bench.state.syncedTo[1]).toBe(50);
    expect(asksBefore(bench.run(page(101, 120, { requestedAt: start + 10 })))).toEqual([101]);
  });
});

describe('a failed page', () => {
  it('is tried again later from the same place, longer each time', () => {
    const bench = reading({ syncedTo: { 1: 50 } })
      .run(page(81, 100))
      .run(failed('unreachable'));
    expect(asksBefore(bench.pass(999))).toEqual([]);
    expect(asksBefore(bench.pass(1))).toEqual([81]);
    bench.run(failed('unreachable'));
    expect(asksBefore(bench.pass(1_999))).toEqual([]);
    expect(asksBefore(bench.pass(1))).toEqual([81]);
  });

  it('asked for before a reconnection says nothing of what is asked for since', () => {
    const bench = reading({ syncedTo: { 1: 50 } }).run(page(81, 100));
    const late = failed('unreachable')(bench.state);
    const live: Event = { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null };
    expect(asksBefore(bench.run(live))).toEqual([null]);
    expect(asksBefore(bench.run(late).pass(1_000))).toEqual([]);
  });

  it('waits out a rate limit', () => {
    const bench = reading().run(failed('tooFast'));
    expect(bench.state.link.rateLimitedUntil).toBe(start + 11_250);
    expect(asksBefore(bench.pass(11_249))).toEqual([]);
    expect(asksBefore(bench.pass(1))).toEqual([null]);
  });

  it('of a conversation that is gone ends the read, and keeps its words as failed once it is sure', () => {
    const outbox = {
      a: anEntry('a', { dueAt: start + 9 }),
      b: anEntry('b', { status: 'failed', failure: 'refused' }),
      c: anEntry('c', { conversationKey: '2', dueAt: start + 9 }),
    };
    const bench = reading({ outbox, drafts: { '1': { text: 'and', changedAt: start, saved: true } } });
    bench.run(failed('gone'));
    expect(bench.asked).toEqual(['http.getContact']);
    expect(bench.state.outbox.a?.status).toBe('queued');
    bench.run({
      type: 'contact.received',
      pubsubToken: 'token',
      contactId: 7,
      name: 'Ada',
      email: null,
      phoneNumber: null,
    });
    bench.run(failed('gone'));
    expect(bench.state.conversations).toEqual({});
    expect(bench.state.sync.gaps).not.toHaveProperty('1');
    expect(bench.state.outbox).toMatchObject({
      a: { status: 'failed', failure: 'gone' },
      b: { failure: 'refused' },
      c: { failure: null },
    });
    expect(bench.state.drafts['1']?.text).toBe('and');
  });

  it('that nobody waits for changes nothing', () => {
    const bench = new Bench(aState()).run(failed('unreachable'));
    expect([bench.state.sync.gaps, bench.effects]).toEqual([{}, []]);
  });
});
