// One person after the other at the same page, and a background that is stopped meanwhile, against an installation.
import { describe, expect, it } from 'vitest';
import { fromPage, fromPanel } from '../support/fake-platform';
import { People, pageUser } from './people';

describe('a change of user', () => {
  it('while a message is being sent lets it settle unseen under its own name', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    await people.send(ada, 'First');
    await people.browser.pass(5_000);
    let arrive = () => {};
    const { answer } = people.browser;
    people.browser.answer = async (url, init) => {
      if (init.method === 'POST' && url.endsWith('/messages'))
        await new Promise<void>((done) => (arrive = done));
      return answer(url, init);
    };
    void people.send(ada, 'Under way');
    await people.browser.clock.settle();
    people.browser.pending = 0;
    for (let turns = 0; turns < 200; turns += 1) await Promise.resolve();
    await people.life.send({ type: 'user.say', user: pageUser('ben') }, fromPage);
    const panel = people.life.connect();
    panel.open(null, 1, 'acme');
    for (let turns = 0; turns < 200; turns += 1) await Promise.resolve();
    arrive();
    people.browser.answer = answer;
    await people.browser.pass(5_000);
    expect(panel.snapshot?.contact.name).not.toBe('ada of Acme');
    expect(JSON.stringify(panel.updates)).not.toContain('Under way');
    expect([people.written('ada'), people.written('ben')]).toEqual([['First', 'Under way'], []]);
    expect(await people.keys(`session/${ada}/`)).toEqual([]);
  });

  it('takes a command of before to nobody else', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const ada = await people.own();
    await people.signIn(pageUser('ben'));
    expect(await people.send(ada, 'For ada alone')).toMatchObject({
      ok: false,
      error: { code: 'notAllowed' },
    });
    await people.browser.pass(60_000);
    expect(people.server.texts).toEqual([]);
  });

  it('again and again asks little of the server and leaves nothing behind', async () => {
    const people = new People();
    await people.signIn(pageUser('user-0'));
    const before = JSON.stringify(await people.browser.store.read('')).length;
    const { length } = people.browser.log.filter((what) => /^(GET|POST|PATCH)/.test(what));
    for (let user = 1; user <= 100; user += 1) await people.signIn(pageUser(`user-${user}`), 1_100);
    await people.browser.pass(120_000);
    const requests = people.browser.log.filter((what) => /^(GET|POST|PATCH)/.test(what)).slice(length);
    expect(requests.length).toBeLessThan(40);
    expect(JSON.stringify(await people.browser.store.read('')).length).toBeLessThan(before + 200);
    expect((await people.open()).snapshot?.contact).toMatchObject({
      name: 'user-100 of Acme',
      kind: 'proven',
    });
  });

  it('without end, at every word that a page may say, leaves one timer for all who were there', async () => {
    const people = new People();
    await people.signIn(pageUser('user-0'));
    const { clock } = people.browser;
    const { pending } = clock;
    let most = 0;
    for (let user = 1; user <= 25; user += 1) {
      await people.signIn(pageUser(`user-${user}`), 250);
      most = Math.max(most, clock.pending);
    }
    // Who asks waits to be told to the server, too.
    expect(most).toBeLessThan(pending + 10);
  });

  const unsent = async (people: People) => {
    await people.signIn(pageUser('ada'));
    const { answer } = people.browser;
    people.browser.answer = async () => {
      throw new TypeError('no network');
    };
    await people.send(await people.own(), 'Of ada');
    await people.browser.pass(1_000);
    people.browser.answer = answer;
  };
  const anonymous = async (people: People) => {
    await people.send(await people.own(), 'Of nobody known');
    await people.browser.pass(5_000);
  };
  const proven = (people: People) => people.signIn(pageUser('ada'));
  const say = (user: string | null) => async (people: People) =>
    people.life.send({ type: 'user.say', user }, fromPage);
  const forget = async (people: People) =>
    people.life.send({ type: 'session.forget', sessionId: await people.own() }, fromPanel);

  it.each([
    ['of one who is proven', proven, say(pageUser('ben'))],
    ['of one with words that wait', unsent, say(pageUser('ben'))],
    ['to nobody', unsent, say(null)],
    ['from nobody known', anonymous, proven],
    ['by forgetting', unsent, forget],
  ])(
    '%s, stopped at whatever step, has happened or not after the start',
    async (_, prepare, change) => {
      const sample = new People();
      await prepare(sample);
      const from = sample.browser.steps;
      await change(sample);
      await sample.browser.pass(10_000);
      const until = sample.browser.steps;
      expect(until).toBeGreaterThan(from + 4);
      for (let step = from + 1; step <= until; step += 1) {
        const people = new People();
        await prepare(people);
        const was = (await people.open()).snapshot;
        people.browser.diesAt = step + (people.browser.steps - from);
        void change(people);
        await people.browser.pass(10_000);
        await people.restart();
        await people.browser.pass(10_000);
        const { snapshot } = await people.open();
        const isSame = snapshot?.site.sessionId === was?.site.sessionId;
        const texts = JSON.stringify([snapshot?.outbox, snapshot?.conversations]);
        if (!isSame) expect(texts, `step ${step}`).not.toContain('Of ');
        const known = [was, snapshot].map((each) => each?.site.sessionId);
        if (snapshot?.past.earlier) known.push(snapshot.past.earlier.sessionId);
        const contacts = (await people.keys('session/')).filter((key) => key.endsWith('/contact'));
        for (const key of contacts) expect(known, `step ${step}`).toContain(key.split('/')[1]);
      }
    },
    60_000,
  );
});
