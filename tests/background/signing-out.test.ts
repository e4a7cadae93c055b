// What is left, and for whom, of a person who signed out: the whole background against an installation.
import { describe, expect, it } from 'vitest';
import { fromPage, fromPanel } from '../support/fake-platform';
import { People, pageUser } from './people';

const words = (people: People) =>
  people.keys('session/').then((keys) => keys.filter((key) => /outbox|draft/.test(key)));

describe('a person who signs out', () => {
  it('is gone from the panel at once, and nothing of them is left where nothing waits', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    await people.send(ada, 'A secret');
    await people.browser.pass(5_000);
    const panel = await people.open();
    const [id] = people.server.store.conversations.map(({ id }) => id);
    expect(await people.browser.history.page(ada, id ?? 0, null, 9)).toHaveLength(1);
    await people.life.send({ type: 'user.say', user: null }, fromPage);
    expect(panel.updates.at(-1)).toEqual({ type: 'panel.show', siteId: 'acme' });
    await people.browser.pass(5_000);
    expect(panel.updates.at(-1)).toEqual({ type: 'panel.show', siteId: 'acme' });
    expect(JSON.stringify(await people.browser.store.read(''))).not.toMatch(/ada|A secret/);
    expect(await people.browser.history.page(ada, id ?? 0, null, 9)).toEqual([]);
    const anew = await people.open(null, ada);
    expect(anew.updates).toEqual([{ type: 'panel.show', siteId: 'acme' }]);
    expect((await people.open()).snapshot).toMatchObject({
      contact: { kind: 'anonymous' },
      conversations: [],
    });
  });

  it('finds what was not sent when they come back, and nobody else does', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    const { answer } = people.browser;
    people.browser.answer = async () => {
      throw new TypeError('no network');
    };
    people.browser.network.socket.drop();
    await people.send(ada, 'Not sent yet');
    await people.browser.pass(2_000);
    await people.life.send({ type: 'user.say', user: null }, fromPage);
    // The panel tells its last words when it goes.
    await people.life.send(
      { type: 'draft.change', sessionId: ada, conversationKey: '7', text: 'Half a thought' },
      fromPanel,
    );
    people.browser.answer = answer;
    await people.browser.pass(86_400_000);
    expect(people.server.texts).toEqual([]);
    await people.signIn(pageUser('ben'));
    const panel = await people.open();
    expect(panel.snapshot).toMatchObject({ outbox: [], past: { role: 'own', earlier: null } });
    expect(panel.snapshot?.drafts).toEqual({});
    await people.restart();
    await people.signIn(pageUser('ada'));
    const back = await people.open();
    expect(back.snapshot).toMatchObject({
      site: { sessionId: ada },
      contact: { kind: 'proven' },
      outbox: [{ status: 'held', text: 'Not sent yet' }],
      drafts: { 7: 'Half a thought' },
    });
    expect(people.server.texts).toEqual([]);
  });

  it('finds every last word that was taken, at whatever moment it came', async () => {
    let taken = 0;
    for (let turns = 0; turns < 80; turns += 1) {
      const people = new People();
      await people.signIn(pageUser('ada'));
      const ada = await people.own();
      void people.life.send({ type: 'user.say', user: null }, fromPage);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      const answer = await people.send(ada, 'One more thing');
      await people.browser.pass(1_000);
      if (!(answer as { ok: boolean }).ok) continue;
      taken += 1;
      await people.signIn(pageUser('ada'));
      const { outbox } = (await people.open()).snapshot ?? {};
      const words = [...people.server.texts, ...(outbox?.map(({ text }) => text) ?? [])];
      expect(words, `after ${turns} turns`).toEqual(['One more thing']);
    }
    expect(taken).toBeGreaterThan(0);
  }, 60_000);

  it('leaves words of which nobody knows whether they arrived for no more than a week', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    await people.send(ada, 'First');
    await people.browser.pass(5_000);
    people.browser.answer = async () => {
      throw new TypeError('no network');
    };
    const key = people.server.store.conversations.map(({ id }) => String(id))[0] ?? '';
    const echoId = '22222222-2222-4222-8222-999999999999';
    const text = 'Did it arrive?';
    await people.life.send(
      { type: 'message.send', sessionId: ada, echoId, conversationKey: key, text },
      fromPanel,
    );
    await people.browser.pass(1_000);
    await people.signIn(null);
    expect(await words(people)).toHaveLength(1);
    people.browser.clock.turnTo(people.browser.clock.now() + 8 * 86_400_000);
    await people.restart();
    await people.browser.pass(1_000);
    expect(await words(people)).toEqual([]);
  });

  it.each([
    ['after a week', 8 * 86_400_000, pageUser('ada')],
    ['without a hash', 1_000, pageUser('ada', null)],
  ])('finds nothing %s', async (_, later, user) => {
    const people = new People();
    await people.signIn(user);
    const ada = await people.own();
    await people.life.send(
      { type: 'draft.change', sessionId: ada, conversationKey: '7', text: 'Half a thought' },
      fromPanel,
    );
    await people.signIn(null);
    await people.browser.pass(1_000);
    people.browser.clock.elapse(later);
    await people.restart();
    await people.browser.pass(1_000);
    expect(await words(people)).toEqual([]);
    await people.signIn(user);
    expect((await people.open()).snapshot?.drafts).toEqual({});
  });

  it('does not stay typing for the agents', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    await people.send(ada, 'Hello');
    await people.browser.pass(5_000);
    const [id = 0] = people.server.store.conversations.map(({ id }) => id);
    const panel = await people.open(String(id));
    panel.say({ type: 'view.visible', visible: true });
    await people.browser.settle();
    const told = () => people.browser.log.filter((line) => line.endsWith('toggle_typing')).length;
    const draft = { type: 'draft.change', sessionId: ada, conversationKey: String(id) };
    await people.life.send({ ...draft, text: 'And' }, fromPanel);
    await people.browser.pass(1_000);
    expect(told()).toBe(1);
    await people.life.send({ ...draft, text: '' }, fromPanel);
    await people.life.send({ type: 'user.say', user: null }, fromPage);
    await people.browser.pass(3_000);
    expect(told()).toBe(1);
    await people.browser.pass(30_000);
    expect(told()).toBe(2);
    expect(JSON.stringify(await people.browser.store.read(''))).not.toContain(ada);
  });
});
