// One session over in-memory stores: its loop and its panels, without a browser and without a server. Effects are
// noted, not run.
import { PanelHost } from '@/lib/background/panel-host';
import { SessionStore } from '@/lib/background/session-store';
import type { Effect } from '@/lib/core/effects';
import { initialState, type Persisted } from '@/lib/core/state';
import type { Message } from '@/lib/core/types';
import type { ViewMessage } from '@/lib/messaging/commands';
import type { HistoryStore } from '@/lib/platform/types';
import { FakeClock } from '../support/fake-clock';
import { FakePanel } from '../support/fake-panel';
import { timings } from '../support/fake-platform';
import { MemoryHistory, MemoryStore } from '../support/memory-stores';
import { now, persisted } from './samples';

export function rig(
  start: Persisted = persisted(),
  history: HistoryStore = new MemoryHistory(),
  settled: readonly Message[] = [],
) {
  const clock = new FakeClock(now);
  const items = new MemoryStore();
  const log: string[] = [];
  const effects: Effect[] = [];
  const reports: string[] = [];
  /** `history`: only the history cannot be written. */
  const disk = { full: false, history: false };
  /** What others do when they are told or asked; tests make them throw. */
  const others = { hear: () => {}, act: () => {} };
  const check = () => {
    if (disk.full) throw new DOMException('no space left', 'QuotaExceededError');
  };
  const store: SessionStore = new SessionStore({
    state: initialState(start, now),
    saved: start,
    settled,
    store: {
      read: (prefix) => items.read(prefix),
      write: async (set, remove) => {
        check();
        await items.write(set, remove);
        log.push('store');
      },
    },
    history: {
      ...bound(history),
      write: async (sessionId, change) => {
        check();
        if (disk.history) throw new DOMException('the database is broken', 'UnknownError');
        await history.write(sessionId, change);
        log.push('history');
      },
    },
    clock,
    random: { fraction: () => 0.5, uuid: () => 'unused' },
    timings,
    publish: (before, after) => {
      log.push('publish');
      others.hear();
      panels.publish(before, after);
    },
    run: (effect) => {
      log.push(effect.type);
      effects.push(effect);
      others.act();
    },
    report: (problem) => reports.push(problem),
  });
  let uuids = 0;
  let heard = 0;
  const panels = new PanelHost({
    site: { siteId: 'acme', name: 'Acme', color: '#ffd400' },
    around: () => ({ others: [], past: { role: 'own', earlier: null } }),
    clock,
    random: { fraction: () => 0.5, uuid: () => `view-${++uuids}` },
    store: Promise.resolve(store),
    onPanels: () => {
      heard += 1;
    },
  });
  /** A panel that has been opened at a conversation or the list. */
  async function open(conversationKey: string | null, windowId = 1): Promise<FakePanel> {
    const panel = new FakePanel();
    const end = panels.connect(panel.port);
    panel.port.onMessage((message) => end.receive(message as ViewMessage));
    panel.port.onDisconnect(end.lost);
    panel.open(conversationKey, windowId);
    await clock.settle();
    return panel;
  }
  const ran = (type: Effect['type']) => effects.filter((effect) => effect.type === type);
  return {
    clock,
    items,
    history,
    log,
    effects,
    reports,
    disk,
    others,
    store,
    panels,
    open,
    ran,
    told: () => heard,
  };
}

function bound(history: HistoryStore): HistoryStore {
  return {
    write: (...args) => history.write(...args),
    read: (...args) => history.read(...args),
    page: (...args) => history.page(...args),
    syncedTo: (...args) => history.syncedTo(...args),
    evict: (...args) => history.evict(...args),
    isCut: (...args) => history.isCut(...args),
    fullness: () => history.fullness(),
    drop: (...args) => history.drop(...args),
  };
}
