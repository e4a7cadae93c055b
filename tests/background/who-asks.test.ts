// Anonymous, known, proven, signed out: the whole background against an installation while people come and go.
import { describe, expect, it } from 'vitest';
import { fromPage, fromPanel } from '../support/fake-platform';
import { People, pageUser } from './people';

const words = (people: People) =>
  people.keys('session/').then((keys) => keys.filter((key) => /outbox|draft/.test(key)));

describe('a person who signs in', () => {
  it('is proven to the server and sees what they wrote on another device', async () => {
    const desk = new People();
    await desk.signIn(pageUser('ada'));
    await desk.send(await desk.own(), 'From the desk');
    await desk.browser.pass(5_000);
    expect(desk.written('ada')).toEqual(['From the desk']);

    const phone = new People();
    Object.assign(phone, { server: desk.server });
    desk.server.serve(phone.browser);
    await phone.signIn(pageUser('ada'));
    const panel = await phone.open();
    expect(panel.snapshot?.conversations).toMatchObject([{ preview: { text: 'From the desk' } }]);
    expect(panel.snapshot?.contact).toMatchObject({ kind: 'proven', name: 'ada of Acme' });
  });

  it('is only claimed without a hash, and sees nothing that was written elsewhere', async () => {
    const people = new People();
    await people.signIn(pageUser('ada', null));
    const panel = await people.open();
    expect(panel.snapshot?.contact).toMatchObject({ kind: 'claimed', name: 'ada of Acme' });
    expect(people.server.store.sessions.map(({ hmac_verified }) => hmac_verified)).toEqual([false]);
  });

  it('finds what they wrote before beside their own, answers there, and it stays another contact', async () => {
    const people = new People();
    const anonymous = await people.own();
    await people.send(anonymous, 'Who are you?');
    await people.browser.pass(5_000);
    await people.signIn(pageUser('ada'));
    const panel = await people.open();
    expect(panel.snapshot).toMatchObject({
      conversations: [],
      past: { role: 'own', earlier: { sessionId: anonymous, unread: 0 } },
    });
    people.server.reply('We are Acme.');
    await people.browser.pass(5_000);
    expect(panel.patches).toContainEqual({
      type: 'past.changed',
      past: { role: 'own', earlier: { sessionId: anonymous, unread: 1 } },
    });
    const past = await people.open(null, anonymous);
    expect(past.snapshot).toMatchObject({
      past: { role: 'earlier' },
      conversations: [{ preview: { text: 'We are Acme.' } }],
    });
    await people.send(anonymous, 'Thank you');
    await people.browser.pass(5_000);
    expect([people.written('ada'), people.written(null)]).toEqual([
      [],
      ['Who are you?', 'We are Acme.', 'Thank you'],
    ]);
  });

  it('leaves nothing of before where nothing had been written', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    expect((await people.open()).snapshot?.past).toEqual({ role: 'own', earlier: null });
    expect((await people.keys('session/')).filter((key) => key.endsWith('/contact'))).toHaveLength(1);
  });

  it('is asked whether what waited goes in their name, where the server had not heard of it', async () => {
    const people = new People();
    const { answer } = people.browser;
    people.browser.answer = async () => {
      throw new TypeError('no network');
    };
    const anonymous = await people.own();
    await people.send(anonymous, 'Before');
    people.browser.answer = answer;
    await people.signIn(pageUser('ada'));
    const panel = await people.open();
    expect(panel.snapshot?.outbox).toMatchObject([{ status: 'held', text: 'Before' }]);
    expect(people.server.texts).toEqual([]);
    const [{ echoId } = { echoId: '' }] = panel.snapshot?.outbox ?? [];
    await people.life.send({ type: 'message.retry', sessionId: await people.own(), echoId }, fromPanel);
    await people.browser.pass(5_000);
    expect(people.written('ada')).toEqual(['Before']);
  });

  it('stays signed in through restarts, on every page', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const own = await people.own();
    await people.restart();
    expect(await people.own()).toBe(own);
    expect((await people.open()).snapshot?.contact.kind).toBe('proven');
  });

  it('costs nothing when the page says the same again', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const { length } = people.browser.log;
    for (let times = 0; times < 50; times += 1) await people.signIn(pageUser('ada'), 0);
    await people.browser.pass(60_000);
    expect(people.browser.log).toHaveLength(length);
  });
});

describe('a person whom the server does not take', () => {
  it('is told so, keeps their words, and is let in with the right hash', async () => {
    const people = new People();
    await people.signIn(pageUser('ada', 'f'.repeat(64)));
    const panel = await people.open();
    expect(panel.snapshot?.link.name).toBe('identityRefused');
    expect(await people.life.send({ type: 'button.show' }, fromPage)).toMatchObject({
      value: { user: 'refused' },
    });
    await people.send(await people.own(), 'Let me in');
    const { length } = people.browser.log.filter((what) => !what.startsWith('store'));
    await people.browser.pass(86_400_000);
    expect(people.browser.log.filter((what) => !what.startsWith('store'))).toHaveLength(length);
    expect(people.server.texts).toEqual([]);
    await people.signIn(pageUser('ada'));
    expect((await people.open()).snapshot?.contact.kind).toBe('proven');
    expect(await people.life.send({ type: 'button.show' }, fromPage)).toMatchObject({
      value: { user: 'accepted' },
    });
  });

  it('is signed out, where the inbox wants to know who is asking', async () => {
    const people = new People();
    for (const inbox of people.server.world.inboxes) inbox.hmacMandatory = true;
    await people.send(await people.own(), 'Hello?');
    await people.browser.pass(10_000);
    expect((await people.open()).snapshot?.link.name).toBe('signedOut');
    await people.signIn(pageUser('ada'));
    const panel = await people.open();
    expect(panel.snapshot).toMatchObject({
      contact: { kind: 'proven' },
      outbox: [{ status: 'held', text: 'Hello?' }],
    });
    expect(people.server.texts).toEqual([]);
  });
});

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
    expect(panel.snapshot).toMatchObject({ outbox: [], drafts: {}, past: { role: 'own', earlier: null } });
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
});

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

describe('the page', () => {
  it.each([['not JSON'], ['{}'], ['{"identifier":""}'], ['[]'], ['7']])(
    'that says %s changes nothing',
    async (user) => {
      const people = new People();
      await people.signIn(pageUser('ada'));
      const own = await people.own();
      expect(await people.signIn(user)).toMatchObject({ ok: false });
      expect(await people.own()).toBe(own);
    },
  );

  it('may add attributes to whom it has named', async () => {
    const people = new People();
    await people.signIn(pageUser('ada'));
    const attributes = JSON.stringify({ plan: 'team' });
    await people.life.send({ type: 'user.attributes', attributes }, fromPage);
    await people.browser.pass(5_000);
    expect(people.server.store.sessions.at(-1)?.contact.custom_attributes).toEqual({ plan: 'team' });
  });
});
