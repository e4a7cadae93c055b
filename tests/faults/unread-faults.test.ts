// Whatever comes, is read, fails or dies in two windows and another profile: what is unread is the same everywhere, and as the
// server has it and as it was really read. The same run must fail when any of the things is missing that this stands on.
import { afterEach, expect, it, vi } from 'vitest';
import { SiteHost } from '@/lib/background/site-host';
import type { Turn } from '@/lib/core/turn';
import { printedSeed, scaled } from './plan-scale';
import { runUnread } from './unread-run';

/** What is broken on purpose. */
const broken = vi.hoisted(() => ({ what: '' }));

vi.mock('@/lib/core/reading', async (original) => {
  const reading = await original<typeof import('@/lib/core/reading')>();
  const setLastSeen = (turn: Turn, change: object) =>
    turn.setSync({ lastSeen: { ...turn.state.sync.lastSeen, ...change } });
  /** Tells as if the state were another one. */
  const told = (turn: Turn, change: Partial<Turn['state']>) => {
    const { views } = turn.state;
    turn.set(change);
    reading.pumpLastSeen(turn);
    turn.set({ views });
  };
  return {
    ...reading,
    markRead(turn: Turn) {
      reading.markRead(turn);
      if (broken.what === 'no second') setLastSeen(turn, { readAt: {} });
    },
    pumpLastSeen(turn: Turn) {
      const { views, sync, focusedWindowId } = turn.state;
      if (broken.what === 'no pause') setLastSeen(turn, { sentAt: 0 });
      if (broken.what === 'no gap') turn.setSync({ fresh: new Proxy(sync.fresh, { get: () => true }) });
      const [view] = Object.values(views);
      const shown = view && {
        ...views,
        [view.viewId]: { ...view, visible: true, windowId: focusedWindowId },
      };
      told(turn, broken.what === 'nobody looks' && shown ? { views: shown } : {});
      if (broken.what === 'no gap') turn.setSync({ fresh: sync.fresh });
    },
    lastSeenTold(turn: Turn, event: Parameters<typeof reading.lastSeenTold>[1]) {
      reading.lastSeenTold(turn, broken.what === 'told again' ? { ...event, upTo: 0 } : event);
    },
  };
});

vi.mock('@/lib/core/conversations', async (original) => {
  const conversations = await original<typeof import('@/lib/core/conversations')>();
  return {
    ...conversations,
    noteMessages(...[turn, id, messages]: Parameters<typeof conversations.noteMessages>) {
      const known = turn.state.conversations[id];
      if (broken.what === 'not read' && known) turn.setConversation({ ...known, readUpTo: 0 });
      if (broken.what === 'late is read') turn.firstHeard.clear();
      conversations.noteMessages(turn, id, messages);
    },
    noteConversationFrame(...[turn, frame]: Parameters<typeof conversations.noteConversationFrame>) {
      if (broken.what !== 'status') conversations.noteConversationFrame(turn, frame);
    },
  };
});

vi.mock('@/lib/core/own-typing', async (original) => {
  const typing = await original<typeof import('@/lib/core/own-typing')>();
  return {
    ...typing,
    pumpTyping(turn: Turn) {
      if (broken.what === 'no typing pause')
        turn.setSync({ typing: { ...turn.state.sync.typing, sentAt: 0, dueAt: 0 } });
      typing.pumpTyping(turn);
      const call = turn.effects.at(-1);
      if (broken.what !== 'typing on' || call?.type !== 'http.setTyping' || call.on) return;
      turn.effects.pop();
      turn.setSync({ typing: { ...turn.state.sync.typing, busy: false } });
      turn.set({ session: { ...turn.state.session, typingIn: null } });
    },
  };
});

const { timeout } = AbortSignal;

afterEach(() => {
  AbortSignal.timeout = timeout;
  broken.what = '';
  vi.restoreAllMocks();
});

it('agrees everywhere on what is unread, and on statuses, once everything has settled', async () => {
  const runs = scaled(20, 500);
  const counts = await runUnread(runs, printedSeed('what is unread'));
  console.log(`what is unread: ${counts}`);
  expect(counts.of('runs')).toBe(runs);
  expect(counts.of('actions')).toBeGreaterThanOrEqual(200 * runs);
  const mustHappen = [
    ...['told read', 'told typing on', 'told typing off', 'held back', 'stops'],
    ...['request failed', 'frame doubled', 'frame delayed', 'frame withSocket'],
  ];
  for (const what of mustHappen) expect(counts.of(what), what).toBeGreaterThan(0);
}, 3_600_000);

/** With a seed that finds it soon. */
it.each([
  ['the server was told without a second of waiting', 'no second', /unread: \d+ (is|was) read/, 4000],
  ['it was told at any time', 'no pause', /calls: \w told read again after/, 6],
  ['it was told while nobody looked', 'nobody looks', /calls: \w told what was read while nobody looked/, 1],
  ['it was told again what it knows', 'told again', /calls: \w told again that \d+ was read/, 1],
  [
    'it was told before what came meanwhile is known',
    'no gap',
    /read: the server was told of \d+, unheard of/,
    15,
  ],
  ['it was not kept what was read', 'not read', /unread: \d+ was read/, 1],
  ['what comes late counted as read', 'late is read', /read: (the server was told of )?\d+/, 101],
  ['frames told nothing of statuses', 'status', /status: /, 1],
  ['typing was not told off', 'typing on', /(typing: \w is left typing|calls: \w told on twice)/, 1],
  ['typing was told at any time', 'no typing pause', /calls: \w told typing again after/, 1],
])(
  'would be seen wrong if %s',
  async (_, what, problem, seed) => {
    broken.what = what;
    await expect(runUnread(400, seed, { endOnFailure: true })).rejects.toThrow(problem);
  },
  240_000,
);

it('would be seen wrong if the toolbar and the Help button counted something else', async () => {
  const { unread } = SiteHost.prototype;
  vi.spyOn(SiteHost.prototype, 'unread').mockImplementation(function (this: SiteHost) {
    return Math.min(1, unread.call(this));
  });
  await expect(runUnread(20, 1, { endOnFailure: true })).rejects.toThrow(/counts: \w shows/);
}, 240_000);
