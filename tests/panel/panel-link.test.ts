import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackground } from './fake-background';
import { conversation, message, opened, snapshot } from './fixtures';
import { itemsOf } from './items';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});
const opening = (conversationKey: string | null) => ({
  type: 'view.open',
  siteId: 'ledgerly',
  sessionId: 'own',
  windowId: 5,
  conversationKey,
});

describe('the panel’s line to the background', () => {
  it('says which window it is in and what is open, and shows the snapshot', async () => {
    const panel = await background.panel();
    expect(background.posted).toEqual([opening(null)]);
    background.snapshot(snapshot({ conversations: [conversation(3)] }));
    expect([...panel.state.conversations.value.keys()]).toEqual([3]);
  });

  it('opens without a window where the browser names none', async () => {
    await background.panel({ windowId: () => Promise.reject(new Error('none')) });
    expect(background.posted).toEqual([{ ...opening(null), windowId: null }]);
  });

  it('connects again at once when the port is lost, and keeps showing what it has', async () => {
    const panel = await background.panel();
    background.snapshot(snapshot({ conversations: [conversation(3)] }));
    background.drop();
    background.clock.elapse(0);
    expect(background.ports).toBe(2);
    expect(background.posted).toEqual([opening(null), opening(null)]);
    expect(panel.state.conversations.value.size).toBe(1);
  });

  it('says that it is on screen once for each port, after its snapshot, and when that changes', async () => {
    const visible = (is: boolean) => ({ type: 'view.visible', visible: is });
    const panel = await background.panel();
    panel.visible(true);
    expect(background.posted).toEqual([opening(null)]);
    background.snapshot(snapshot());
    expect(background.posted.splice(0)).toEqual([opening(null), visible(true)]);
    panel.visible(true);
    panel.openConversation('3');
    background.snapshot(snapshot());
    expect(background.posted.splice(0)).toEqual([opening('3')]);
    panel.visible(false);
    expect(background.posted.splice(0)).toEqual([visible(false)]);
    background.drop();
    background.clock.elapse(0);
    background.snapshot(snapshot());
    expect(background.posted.splice(0)).toEqual([opening('3')]);
    panel.visible(true);
    background.drop();
    background.clock.elapse(0);
    background.snapshot(snapshot());
    expect(background.posted).toEqual([visible(true), opening('3'), visible(true)]);
  });

  it('waits longer from try to try while the background does not answer, and starts over once it has', async () => {
    await background.panel();
    const waits: number[] = [];
    for (let tries = 0; tries < 9; tries++) {
      const from = background.clock.now();
      const ports = background.ports;
      background.drop();
      background.clock.elapse(0);
      while (background.ports === ports) background.clock.elapse(50);
      waits.push(background.clock.now() - from);
    }
    expect(waits).toEqual([0, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
    background.snapshot(snapshot());
    background.drop();
    background.clock.elapse(0);
    expect(background.ports).toBe(11);
  });

  it('tries again when connecting throws', async () => {
    let tries = 0;
    await background.panel({
      connect: () => {
        if (++tries < 3) throw new Error('the worker is being stopped');
        return background.connect();
      },
    });
    background.clock.elapse(100);
    expect(background.posted).toEqual([opening(null)]);
  });

  it.each([
    ['a gap in the numbers', { type: 'patch', rev: 9, patches: [] }],
    ['a patch that came twice', { type: 'patch', rev: 1, patches: [] }],
    ['something that is no update', { type: 'patch', rev: 2, patches: [{ type: 'messages.changed' }] }],
    ['a snapshot without its list', { type: 'snapshot', rev: 2, snapshot: {} }],
    ['nothing at all', null],
  ])('takes a new snapshot after %s', async (_, broken) => {
    const panel = await background.panel();
    background.snapshot(snapshot({ conversations: [conversation(3)] }));
    background.raw(broken);
    background.clock.elapse(0);
    expect(background.ports).toBe(2);
    background.snapshot(snapshot({ conversations: [conversation(4)] }));
    expect([...panel.state.conversations.value.keys()]).toEqual([4]);
  });

  it('ignores patches that were meant for a former snapshot', async () => {
    const panel = await background.panel();
    background.patch({ type: 'listed.changed', listed: true });
    expect(panel.state.listed.value).toBe(false);
    expect(background.ports).toBe(1);
  });

  it('does not show the window of a conversation that was left meanwhile', async () => {
    const panel = await background.panel();
    panel.openConversation('1');
    panel.openConversation('2');
    background.snapshot(snapshot());
    background.snapshot(opened([message(1)]));
    expect(itemsOf(panel)).toEqual([]);
    background.snapshot(
      snapshot({
        window: {
          conversationKey: '2',
          messages: [message(9, { conversationId: 2 })],
          hasOlder: true,
          loadingOlder: false,
        },
      }),
    );
    expect(itemsOf(panel).map((item) => item.kind)).toEqual(['day', 'bubble']);
  });

  it('closes its page when the background asks for it', async () => {
    await background.panel();
    background.raw({ type: 'panel.close' });
    expect(background.closed).toBe(1);
  });

  it('asks again when a command gets no answer, and then gives up', async () => {
    const panel = await background.panel();
    background.answer = () => Promise.reject(new Error('The message port closed'));
    await panel.outbox.send('1', 'Hello');
    const sent = background.commandsOf('message.send');
    expect(sent).toHaveLength(5);
    for (const each of sent) expect(each).toEqual(sent[0]);
    expect(panel.drafts.texts.value.get('1')).toBe('Hello');
  });

  it('leaves the choice of site and session to the background, and asks in these from then on', async () => {
    const panel = await background.panel({ siteId: null, sessionId: null });
    expect(background.posted).toEqual([{ ...opening(null), siteId: null, sessionId: null }]);
    panel.retryLink();
    panel.drafts.change('1', 'Hel');
    panel.openConversation('1');
    expect([background.commands, background.rememberedSite]).toEqual([[], null]);
    background.snapshot(snapshot());
    await background.clock.settle();
    expect(background.commands.map(({ type }) => type)).toEqual(['link.retry', 'draft.change']);
    expect(background.askedSessions).toEqual(['own', 'own']);
    const { rememberedSite, rememberedSession, remembered } = background;
    expect([rememberedSite, rememberedSession, remembered]).toEqual(['ledgerly', 'own', '1']);
    background.drop();
    background.clock.elapse(0);
    expect(background.posted.at(-1)).toEqual(opening('1'));
  });

  it('gives its place to the panel of another site when the background or the person wants it', async () => {
    const panel = await background.panel();
    background.raw({ type: 'panel.show', siteId: 'pluck' });
    panel.showSite('harp');
    expect(background.shownSites).toEqual(['pluck', 'harp']);
  });

  it('shows nothing of a session that is not the one it asked for, and begins anew', async () => {
    const panel = await background.panel();
    background.snapshot(snapshot({ conversations: [conversation(3)] }));
    background.drop();
    background.clock.elapse(0);
    const site = { ...snapshot().site, sessionId: 'of-somebody-else' };
    background.snapshot(snapshot({ site, conversations: [conversation(4)] }));
    expect(background.shownSites).toEqual(['ledgerly']);
    expect([...panel.state.conversations.value.keys()]).toEqual([3]);
    panel.drafts.change('3', 'Still to the first');
    panel.flush();
    await background.clock.settle();
    expect(background.askedSessions).toEqual(['own']);
  });

  it('does not connect any more once it was stopped', async () => {
    const panel = await background.panel();
    background.snapshot(snapshot());
    panel.stop();
    background.drop();
    background.clock.elapse(60_000);
    expect(background.ports).toBe(1);
  });
});
