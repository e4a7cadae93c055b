// The background is stopped at every point of a whole story, and started again: nothing is lost, nothing twice.
import { beforeAll, expect, it } from 'vitest';
import { loadStory, waitsInSource } from './stops-load';
import type { tell as Tell } from './stops-story';

const isFull = process.env.CARBONCHAT_FAULTS === 'full';
const seed = Number(process.env.CARBONCHAT_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Occurrences of one wait inside the background at which it is stopped; between them nothing reaches the outside. */
const ofEachWait = isFull ? 6 : 1;

const aChange = 'a change of who is asking; changes-of-user.test.ts stops it at every step';

/** Waits that no story of sending, receiving and merging comes to: by the function around them, or by their words. */
const elsewhere: Record<string, string> = {
  'lib/background/background.ts siteBeside': 'only with several sites; a panel lost meanwhile asks again',
  'lib/background/site-records.ts saveSiteSessions': aChange,
  'lib/background/site-records.ts deleteSession': aChange,
  'lib/background/site-records.ts sessionIdsOf': aChange,
  'lib/background/session-host.ts stop': aChange,
  'lib/background/session-store.ts stop': aChange,
  'lib/background/former-sessions.ts sessions': aChange,
  'lib/background/former-sessions.ts end': aChange,
  'lib/background/former-sessions.ts tidy': aChange,
  'lib/background/former-sessions.ts #isNeeded': aChange,
  'lib/background/former-sessions.ts #delete': aChange,
  'lib/background/site-host.ts #said': aChange,
  'lib/background/site-host.ts #change': aChange,
  'lib/background/site-host.ts #save': aChange,
  'lib/background/site-host.ts #stop': aChange,
  'lib/background/site-host.ts #forget': aChange,
  'await this.#earlier?.store': aChange,
  'await this.#former.end(() => true)': aChange,
  'await this.#former.tidy()': aChange,
  'await this.#former.sessions()': aChange,
  'await this.#hostOf(sessionId)?.store': aChange,
  'await this.#save()': aChange,
  'sessionIdsOf(': aChange,
  'deleteSession(': aChange,
  'await client.updateContact(sourceId, effect.changes, effect.identity)':
    'of a person who is named; changes-of-user.test.ts stops it at every step',
  'await client.updateContact(sourceId, effect.changes, identity)':
    'of a person who changes their details; changes-of-user.test.ts stops it at every step',
  'lib/background/effect-runner.ts #contactEvent': 'only when the server does not know the contact any more',
  'this.#evictIfNearlyFull(': 'only with very many messages at once',
  'history.fullness(': 'only with very many messages at once, before space gets short',
  'history.evict(': 'only when space is short',
  'await history.write(id, change)': 'the second try, when space was short',
  'lib/background/saver.ts #evictIfNearlyFull': 'only before a big write; storage-faults ends it',
  'lib/background/saver.ts #evictAndWrite': 'only when space is short; storage-faults ends it',
  'lib/platform/idb-history.ts drop': 'only when a whole session goes',
  'lib/platform/idb-history.ts evict': 'only when space is short; one transaction',
  'lib/platform/idb-history.ts cutConversation': 'within the transaction of evict',
  'lib/platform/idb-history.ts fullness': 'asks the browser about its space',
  'lib/platform/webext-content.ts askBackground': 'runs in a page',
  'lib/platform/webext.ts restrictStorage': 'asks the browser once at the start and changes nothing of ours',
  'lib/platform/webext.ts open': "the browser's own panel; the call is stopped at in background.ts",
  'lib/platform/webext.ts isBare': 'asks the browser and changes nothing of ours',
  'lib/platform/webext.ts openPopup':
    'Firefox, whose background stays; a popup left set is set anew by the next click',
  'lib/platform/webext.ts openWindow':
    'only where the browser has no place for the panel; the next click opens it',
  'lib/platform/webext.ts showPage': 'asks the browser for a tab and changes nothing of ours',
  'lib/platform/webext.ts moveToSidebar': 'runs in the panel',
  'lib/platform/webext.ts close': "the browser's own panel; the call is stopped at in background.ts",
  'lib/platform/webext.ts onCommandMessage': 'hands over an answer; arriving is a point of its own',
  'lib/platform/webext.ts focusedWindowId': 'the call is stopped at in background.ts',
  'lib/platform/webext.ts shownUrl': 'the call is that of siteBeside in background.ts',
  'lib/platform/webext.ts sendToTabs': 'the call is stopped at in background.ts',
  'lib/platform/webext.ts currentWindowId': 'runs in the panel',
  'lib/platform/webext.ts panelShortcut': 'runs in the options',
};
const isMeant = (name: string) => (wait: { within: string; text: string }) =>
  wait.within === name || wait.text === name || (name.endsWith('(') && wait.text.includes(name));

const waits = waitsInSource();
let tell: typeof Tell;
beforeAll(async () => {
  ({ tell } = await loadStory());
});

it('tells the whole story when nobody stops the background, with a panel or without', async () => {
  expect((await tell(null)).wrong).toEqual([]);
  expect((await tell(null, true)).wrong).toEqual([]);
});

/** The points to stop at: all that reach the outside, and some of each wait inside the background. */
function chosen(passed: readonly string[]): { point: string; nth: number }[] {
  const often = new Map<string, number>();
  for (const point of passed) often.set(point, (often.get(point) ?? 0) + 1);
  return [...often].flatMap(([point, times]) => {
    const inside = point.startsWith('lib/background/') || point.startsWith('lib/carbonchat/client');
    const count = isFull && !inside ? times : Math.min(ofEachWait, times);
    const nth = (index: number) => 1 + Math.floor(((index + (seed % 997) / 997) * times) / count);
    return Array.from({ length: count }, (_, index) => ({ point, nth: nth(index) }));
  });
}

it(
  'loses nothing and doubles nothing, wherever it is stopped and whoever starts it again',
  async () => {
    const { passed } = await tell(null);
    const stopped = new Set<string>();
    const wrong: string[] = [];
    const stops = chosen(passed);
    for (const [index, at] of stops.entries()) {
      const alone = (index + seed) % 2 === 0;
      const told = await tell(at, alone);
      if (told.stoppedAt) stopped.add(told.stoppedAt);
      const where = `${at.point}, time ${at.nth}${alone ? ', alone' : ''}`;
      wrong.push(...told.wrong.map((what) => `${where}: ${what}`));
    }
    const ours = waits.filter((wait) => !Object.keys(elsewhere).some((name) => isMeant(name)(wait)));
    const isStopped = ({ id }: { id: string }) => stopped.has(`${id} begins`) && stopped.has(`${id} ends`);
    const reached = waits.filter(isStopped);
    const missing = ours.filter((wait) => !isStopped(wait)).map(({ id, within }) => `${id} ${within}`);
    console.log(
      `${stops.length} of ${passed.length} stop points, ${reached.length} of ${waits.length} awaits ` +
        `(${waits.length - ours.length} listed as no part of it), seed ${seed}`,
    );
    expect(wrong).toEqual([]);
    expect(missing, 'waits in the source without a stop').toEqual([]);
    const stale = Object.keys(elsewhere).filter((name) => !waits.some(isMeant(name)));
    expect(stale, 'listed but not in the source').toEqual([]);
  },
  isFull ? 3_600_000 : 120_000,
);
