// Open panels and what they show.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { aCreation, aMessage, aState, Bench, liveState } from '../support/core-builders';

const opened = (conversationKey: string | null, viewId = 'v'): Event => ({
  type: 'view.opened',
  viewId,
  windowId: 1,
  conversationKey,
});
const stored = (count: number) => Array.from({ length: count }, (_, index) => aMessage(index + 1));
const shown = (bench: Bench) => bench.state.windows[1]?.messages.map(({ id }) => id);

describe('an opened panel', () => {
  it('shows the newest fifty messages of the history', () => {
    const bench = new Bench(aState({ syncedTo: { 1: 60 } }), stored(60)).run(opened('1'));
    expect([shown(bench)?.length, shown(bench)?.[0]]).toEqual([50, 11]);
    expect(bench.state.windows[1]).toMatchObject({ hasOlder: true, loadingOlder: false });
    expect(bench.state.views.v).toEqual({
      viewId: 'v',
      windowId: 1,
      conversationKey: '1',
      seenUpTo: null,
      visible: false,
    });
  });

  it('knows that nothing is older only where the history has no hole', () => {
    expect(
      new Bench(aState({ syncedTo: { 1: 9 } }), stored(9)).run(opened('1')).state.windows[1]?.hasOlder,
    ).toBe(false);
    expect(new Bench(aState(), stored(9)).run(opened('1')).state.windows[1]?.hasOlder).toBe(true);
    expect(new Bench(aState({ syncedTo: { 1: 9 } })).run(opened('1')).state.windows[1]?.hasOlder).toBe(true);
  });

  it('reads what may be missing, unless that was just done', () => {
    const reads = (bench: Bench) => bench.asked.includes('http.listMessages');
    expect(reads(new Bench(aState(), stored(9)).run(opened('1')))).toBe(true);
    expect(reads(new Bench(liveState(), stored(9)).run(opened('1')))).toBe(false);
    expect(reads(new Bench(liveState()).run(opened('1')))).toBe(true);
    expect(reads(new Bench(aState()).run(opened(null)))).toBe(false);
  });

  it('finds a conversation by the key under which it was begun', () => {
    const creations = { local: aCreation('local', { phase: 'created', conversationId: 1 }) };
    const bench = new Bench(aState({ creations }), stored(2)).run(opened('local'));
    expect([bench.state.views.v?.conversationKey, shown(bench)]).toEqual(['1', [1, 2]]);
  });

  it('has no window for a conversation that does not exist yet', () => {
    const bench = new Bench(aState()).run(opened('local'));
    expect([bench.state.views.v?.conversationKey, bench.state.windows]).toEqual(['local', {}]);
  });

  it('shares the window of a panel that shows the same', () => {
    const bench = new Bench(aState(), stored(2)).run(opened('1'));
    const { windows } = bench.state;
    expect(bench.run(opened('1', 'w')).state.windows).toBe(windows);
    expect(bench.run({ type: 'view.closed', viewId: 'v' }).state.windows).toBe(windows);
    const closed = bench.run({ type: 'view.closed', viewId: 'w' }).state;
    expect([closed.windows, closed.views]).toEqual([{}, {}]);
  });

  it('that goes elsewhere leaves nothing in memory', () => {
    const bench = new Bench(aState(), stored(2)).run(opened('1'), opened(null));
    expect(bench.state.windows).toEqual({});
    expect(bench.state.views.v?.conversationKey).toBeNull();
  });
});
