// "Forget me on this device": everything of the site goes, whatever stops the background meanwhile.
import { describe, expect, it } from 'vitest';
import { fromPage, fromPanel } from '../support/fake-platform';
import { People, pageUser } from './people';

describe('forgetting', () => {
  it('wipes everything of the site on this device, and tells the server nothing of it', async () => {
    const people = new People();
    await people.send(await people.own(), 'Anonymous words');
    await people.browser.pass(5_000);
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    await people.send(ada, 'Words of ada');
    await people.browser.pass(5_000);
    const panel = await people.open();
    const { length } = people.browser.log.filter((what) => /^(GET|POST|PATCH)/.test(what));
    expect(await people.life.send({ type: 'session.forget', sessionId: ada }, fromPanel)).toMatchObject({
      ok: true,
    });
    expect(panel.updates.at(-1)).toEqual({ type: 'panel.show', siteId: 'acme' });
    await people.browser.pass(5_000);
    expect(JSON.stringify(await people.browser.store.read(''))).not.toMatch(/ada|ords/);
    expect(people.browser.log.filter((what) => /^(GET|POST|PATCH)/.test(what))).toHaveLength(length);
    expect((await people.open()).snapshot).toMatchObject({
      contact: { kind: 'anonymous', name: null },
      conversations: [],
    });
    await people.restart();
    expect((await people.open()).snapshot).toMatchObject({
      contact: { kind: 'anonymous', name: null },
      conversations: [],
    });
  });
});

describe('forgetting that is stopped in the middle', () => {
  it('leaves nothing after the start, at whatever step', async () => {
    const written = async () => {
      const people = new People();
      await people.signIn(pageUser('ada'));
      const ada = await people.own();
      await people.send(ada, 'Words of ada');
      await people.browser.pass(5_000);
      return { people, ada };
    };
    const sample = await written();
    const from = sample.people.browser.steps;
    await sample.people.life.send({ type: 'session.forget', sessionId: sample.ada }, fromPanel);
    const until = sample.people.browser.steps;
    for (let step = from + 3; step <= until; step += 1) {
      const { people, ada } = await written();
      people.browser.diesAt = step;
      void people.life.send({ type: 'session.forget', sessionId: ada }, fromPanel);
      await people.browser.pass(5_000);
      await people.restart();
      await people.browser.pass(10_000);
      const conversations = people.server.store.conversations.map(({ id }) => id);
      const left: unknown[] = [await people.browser.store.read('')];
      for (const id of conversations) left.push(await people.browser.history.page(ada, id, null, 9));
      expect(JSON.stringify(left), `step ${step}`).not.toMatch(/ada|Words/);
    }
  });
});

it('forgets nothing of somebody else when a panel of before asks late', async () => {
  const people = new People();
  await people.signIn(pageUser('ada'));
  const ada = await people.own();
  await people.life.send({ type: 'user.say', user: pageUser('ben') }, fromPage);
  const late = await people.life.send({ type: 'session.forget', sessionId: ada }, fromPanel);
  expect(late).toMatchObject({ ok: false, error: { code: 'notAllowed' } });
  await people.browser.pass(5_000);
  expect((await people.open()).snapshot?.contact.name).toBe('ben of Acme');
});
