// Anonymous, claimed, proven, refused: the whole background against an installation when a page says who is there.
import { describe, expect, it } from 'vitest';
import { fromPage, fromPanel } from '../support/fake-platform';
import { People, pageUser } from './people';

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
