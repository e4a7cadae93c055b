import { beforeEach, describe, expect, it } from 'vitest';
import type { SiteView } from '@/lib/messaging/view-updates';
import type { Panel } from '@/lib/panel/panel';
import { createPanelPlace, type PanelPlace } from '@/lib/panel/panel-place';
import { FakeBackground } from './fake-background';
import { conversation, message, opened, snapshot } from './fixtures';
import { itemsOf } from './items';

let background: FakeBackground;
let items: Map<string, string>;
let drawn: Panel[];

const storage = {
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, value),
  removeItem: (key: string) => void items.delete(key),
};

beforeEach(() => {
  background = new FakeBackground();
  items = new Map();
  drawn = [];
});

/** A page that is loaded with what is in the storage; it has said `view.open`. */
async function page(moved = '', hash = ''): Promise<PanelPlace> {
  const draw = (panel: Panel) => void drawn.push(panel);
  const place = createPanelPlace({ ...background.parts(), storage, draw }, moved, hash);
  await background.clock.settle();
  return place;
}
const site = (sessionId: string, siteId = 'ledgerly'): SiteView => ({
  ...snapshot().site,
  siteId,
  sessionId,
});
const asked = () => {
  const { siteId, sessionId, conversationKey } = background.posted.at(-1) as Record<string, unknown>;
  return [siteId, sessionId, conversationKey];
};
async function showAnew(siteId: string): Promise<void> {
  background.raw({ type: 'panel.show', siteId });
  await background.clock.settle();
}

describe('the panel that stands in the page', () => {
  it('asks for whoever is asking now, and after a reload for what was shown', async () => {
    const place = await page();
    expect(asked()).toEqual([null, null, null]);
    background.snapshot(snapshot({ site: site('ana'), conversations: [conversation(7)] }));
    place.panel().openConversation('7');
    await page();
    expect(asked()).toEqual(['ledgerly', 'ana', '7']);
  });

  it('shows nothing of a former person, remembers nothing of them, and begins anew', async () => {
    items = new Map([['route/pluck', 'ana-at-pluck/']]);
    const place = await page();
    background.snapshot(opened([message(1)], { site: site('ana'), drafts: { 1: 'Half a sentence' } }));
    place.panel().openConversation('1');
    const timers = background.clock.pending;
    await showAnew('ledgerly');
    expect(drawn).toHaveLength(2);
    expect(place.panel()).toBe(drawn[1]);
    // The one before it does nothing any more.
    expect(background.clock.pending).toBe(timers);
    const { state, drafts, list, route } = place.panel();
    expect([state.site.value, state.contact.value, itemsOf(place.panel()), list.rows.value]).toEqual([
      null,
      null,
      [],
      [],
    ]);
    expect([drafts.texts.value.size, route.route.value]).toEqual([0, { name: 'list' }]);
    expect([...items]).toEqual([
      ['route/pluck', 'ana-at-pluck/'],
      ['site', 'ledgerly'],
    ]);
    expect(asked()).toEqual(['ledgerly', null, null]);
  });

  it('hands over what was written last in the session in which it was written', async () => {
    const place = await page();
    background.snapshot(opened([], { site: site('ana') }));
    place.panel().drafts.change('1', 'Written in haste');
    await showAnew('ledgerly');
    background.snapshot(snapshot({ site: site('ben') }));
    place.panel().retryLink();
    await background.clock.settle();
    expect(background.commands.map(({ type }) => type)).toEqual(['draft.change', 'link.retry']);
    expect(background.askedSessions).toEqual(['ana', 'ben']);
  });

  it('does not insist on a session that is over', async () => {
    items = new Map([
      ['site', 'ledgerly'],
      ['route/ledgerly', 'over/7'],
    ]);
    await page();
    expect(asked()).toEqual(['ledgerly', 'over', '7']);
    await showAnew('ledgerly');
    expect(asked()).toEqual(['ledgerly', null, null]);
    background.snapshot(snapshot({ site: site('ben') }));
    await page();
    expect(asked()).toEqual(['ledgerly', 'ben', null]);
    expect(drawn).toHaveLength(3);
  });

  it('takes the word of a snapshot of somebody else for the same', async () => {
    items = new Map([
      ['site', 'ledgerly'],
      ['route/ledgerly', 'over/7'],
    ]);
    await page();
    background.snapshot(snapshot({ site: site('ben') }));
    await background.clock.settle();
    expect(asked()).toEqual(['ledgerly', null, null]);
    background.snapshot(snapshot({ site: site('ben') }));
    expect(items.get('route/ledgerly')).toBe('ben/');
    expect(drawn).toHaveLength(2);
  });

  it('comes back to another site where that one was left, in the session of then', async () => {
    const place = await page();
    background.snapshot(opened([], { site: site('ana') }));
    place.panel().openConversation('1');
    place.panel().showSite('pluck');
    await background.clock.settle();
    expect(asked()).toEqual(['pluck', null, null]);
    background.snapshot(snapshot({ site: site('ana-at-pluck', 'pluck') }));
    await showAnew('ledgerly');
    expect(asked()).toEqual(['ledgerly', 'ana', '1']);
    await showAnew('ledgerly');
    expect(asked()).toEqual(['ledgerly', null, null]);
    expect(items.get('route/pluck')).toBe('ana-at-pluck/');
  });

  it('goes to what was written before the sign-in and comes back', async () => {
    const place = await page();
    background.snapshot(snapshot({ site: site('ana') }));
    place.panel().showSession('before');
    await background.clock.settle();
    expect(asked()).toEqual(['ledgerly', 'before', null]);
    background.snapshot(
      snapshot({ site: site('before'), past: { role: 'earlier', earlier: null, ownSessionId: 'ana' } }),
    );
    place.panel().openConversation('3');
    await page();
    expect(asked()).toEqual(['ledgerly', 'before', '3']);
    const again = drawn.at(-1);
    background.snapshot(snapshot({ site: site('before') }));
    again?.back();
    again?.showSession(null);
    await background.clock.settle();
    expect(asked()).toEqual(['ledgerly', null, null]);
    expect(drawn.at(-1)?.route.cameFrom.value).toBe('earlier');
  });

  it('tells the page that takes its place where it stands, in which session', async () => {
    const popup = await page();
    expect(popup.where()).toBe('');
    background.snapshot(opened([], { site: site('ana') }));
    popup.panel().openConversation('2');
    const where = popup.where();
    items = new Map();
    await page(where);
    expect(asked()).toEqual(['ledgerly', 'ana', '2']);
  });

  it('is opened by a link at its conversation, and not where it was', async () => {
    items = new Map([
      ['site', 'ledgerly'],
      ['route/ledgerly', 'ana/7'],
    ]);
    const place = await page('', '#/conversation/9');
    expect(asked()).toEqual(['ledgerly', 'ana', '9']);
    expect(background.posted).toHaveLength(1);
    background.snapshot(snapshot({ site: site('ana') }));
    expect(items.get('route/ledgerly')).toBe('ana/9');
    place.panel().back();
    expect(asked()).toEqual(['ledgerly', 'ana', null]);
    await page('', '#/elsewhere/9');
    expect(asked()).toEqual(['ledgerly', 'ana', null]);
  });

  it('follows a link while it stands there, in the session that is shown', async () => {
    const place = await page();
    background.snapshot(snapshot({ site: site('ana'), conversations: [conversation(7), conversation(9)] }));
    place.panel().openConversation('7');
    place.panel().drafts.change('7', 'Half a sentence');
    place.follow('#/conversation/9');
    expect(asked()).toEqual(['ledgerly', 'ana', '9']);
    await background.clock.settle();
    expect(background.commandsOf('draft.change')).toHaveLength(1);
    const said = background.posted.length;
    for (const hash of ['', '#/conversation/9', '#/conversation/x', '#9']) place.follow(hash);
    expect(background.posted).toHaveLength(said);
    place.panel().back();
    expect(place.panel().route.route.value).toEqual({ name: 'list' });
    expect(drawn).toHaveLength(1);
  });
});
