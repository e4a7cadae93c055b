// Who is there: asked for only while a panel is really visible and the cable is live, and known for a while only.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { presenceAt } from '@/lib/core/presence';
import { nextWakeAt } from '@/lib/core/wake';
import { Bench, liveState, start } from '../support/core-builders';

const view = { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false };
const cable = (name: 'live' | 'waiting'): Event => ({
  type: 'cable.changed',
  cable: name,
  attempt: 0,
  nextTryAt: null,
});
const visible = (is: boolean, viewId = 'v'): Event => ({ type: 'view.visible', viewId, visible: is });
const told: Event = { type: 'frame.presence', users: { 3: 'online' } };
const inbox = { hours: 'always' as const, heardAt: start };
/** A panel is open, and has not said yet whether it is visible. */
const open = () => new Bench(liveState({ views: { v: view }, inbox }));
const asked = (bench: Bench) => bench.asked.filter((type) => type === 'cable.updatePresence').length;

describe('who is there is asked', () => {
  it('as soon as a panel is visible, and every 30 s from then on', () => {
    const bench = open();
    expect(asked(bench.run({ type: 'time.passed' }))).toBe(0);
    expect(asked(bench.run(visible(true)))).toBe(1);
    // So long an answer is waited for.
    expect(nextWakeAt(bench.state, bench.at)).toBe(bench.at + 5_000);
    bench.pass(5_000);
    expect(nextWakeAt(bench.state, bench.at)).toBe(bench.at + 25_000);
    expect(asked(bench.pass(24_999))).toBe(0);
    expect(asked(bench.pass(1))).toBe(1);
    expect(asked(bench.pass(30_000))).toBe(1);
  });

  it('not while the panel is hidden, however long', () => {
    const bench = open()
      .run(visible(true), visible(false), { type: 'frame.presence', users: {} })
      .pass(90_000);
    expect(nextWakeAt(bench.state, bench.at)).toBeNull();
    for (let minute = 0; minute < 60; minute += 1) expect(asked(bench.pass(60_000))).toBe(0);
    expect(asked(bench.run(visible(true)))).toBe(1);
  });

  it('no more often by a panel that is hidden and shown, or goes elsewhere', () => {
    const bench = open().run(visible(true)).wait(5_000);
    expect(asked(bench.run(visible(false), visible(true)))).toBe(0);
    expect(asked(bench.run({ type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' }))).toBe(0);
    expect(asked(bench.pass(25_000))).toBe(1);
  });

  it('once for all panels, while one of them is visible', () => {
    const bench = new Bench(liveState({ inbox, views: { v: view, w: { ...view, viewId: 'w' } } }));
    expect(asked(bench.run(visible(true), visible(true, 'w')))).toBe(1);
    expect(asked(bench.run(visible(false)).pass(30_000))).toBe(1);
    expect(asked(bench.run({ type: 'view.closed', viewId: 'w' }).pass(30_000))).toBe(0);
  });

  it('never before the cable is live, and right when it is', () => {
    const bench = open().run(cable('waiting'), visible(true));
    expect(asked(bench.pass(30_000))).toBe(0);
    expect(asked(bench.run(cable('live')))).toBe(1);
    expect(asked(bench.wait(1_000).run(cable('waiting'), cable('live')))).toBe(1);
  });

  it('at once when the clock was set back', () => {
    expect(asked(open().run(visible(true)).wait(-3_600_000).run({ type: 'time.passed' }))).toBe(1);
  });

  it('not of a panel that nobody knows', () => {
    expect(asked(open().run(visible(true, 'other')))).toBe(0);
  });
});

describe('what was told', () => {
  const known = (bench: Bench) => presenceAt(bench.state, bench.at);

  it('is known for 90 s, and the background wakes to say that it is no more', () => {
    const bench = open().run(told);
    expect(known(bench)).toEqual({ 3: 'online' });
    expect(nextWakeAt(bench.state, bench.at)).toBe(bench.at + 90_000);
    expect(known(bench.wait(89_999))).toEqual({ 3: 'online' });
    expect(known(bench.wait(1))).toBeNull();
    expect(nextWakeAt(bench.state, bench.at)).toBeNull();
  });

  it('is forgotten with the cable', () => {
    const bench = open().run(told, cable('waiting'));
    expect(known(bench)).toBeNull();
    expect(known(bench.run(cable('live')))).toBeNull();
    expect(known(bench.run(told))).toEqual({ 3: 'online' });
  });

  it('is not taken before the cable is live', () => {
    expect(known(open().run(cable('waiting'), told, cable('live')))).toBeNull();
  });

  it('is taken for nothing when it is of a time to come', () => {
    expect(known(open().run(told).wait(-1))).toBeNull();
  });
});
