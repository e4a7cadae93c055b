// What the server is told of who is asking.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Failure } from '@/lib/core/server-types';
import type { Identity } from '@/lib/core/types';
import { ada, anEntry, aState, Bench, failures, newSession, start } from '../support/core-builders';
import { contactFailed, given, identified, identifyFailed, named, opened, received } from './identity-rig';

/** Ada, whom the server has proven. */
const known = () => named({ pubsubToken: 'token', told: true, proven: true });
const told = (bench: Bench) => bench.effects.filter(({ type }) => type === 'http.identify');

describe('a person who is named', () => {
  it('is told to the server at the given time, and proven after it', () => {
    const bench = new Bench(named({ tellAt: start + 1_000 })).run(given(ada));
    expect(bench.asked).toEqual([]);
    expect(bench.pass(1_000).asked).toEqual(['http.createContact']);
    bench.run(received);
    expect(bench.effects).toContainEqual({
      type: 'http.identify',
      identity: ada,
      changes: { name: 'Ada', email: 'ada@example.com' },
    });
    expect(bench.state.session).toMatchObject({ told: false, proven: false });
    bench.wait(10).run(identified());
    expect(bench.state.session).toMatchObject({ told: true, proven: true, email: 'ada@example.com' });
    expect(bench.state.link.answeredAt).toBe(bench.at);
  });

  it('does not get the name that somebody unknown had asked for before', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} }));
    bench.run({ type: 'contact.changeAsked', changes: { name: 'Somebody' }, mayMerge: false });
    bench.run(given(ada)).run(received).run(identified());
    expect(bench.asked).not.toContain('http.changeContact');
    expect(bench.state.sync.change).toEqual({ state: 'none' });
  });

  it('is shown what they wrote elsewhere as soon as they are proven, and not before', () => {
    const bench = new Bench(named({ pubsubToken: 'token' })).run(opened);
    expect(bench.asked).not.toContain('http.listConversations');
    expect(bench.run(identified()).asked).toContain('http.listConversations');
  });

  it('takes an e-mail and a telephone number along only when proven', () => {
    const claimed = { ...ada, hash: null, phoneNumber: '+31201234567' };
    const bench = new Bench(named({ identity: claimed, pubsubToken: 'token' })).pass(0);
    expect(bench.effects).toContainEqual({
      type: 'http.identify',
      identity: claimed,
      changes: { name: 'Ada' },
    });
    expect(bench.run(identified(claimed)).state.session).toMatchObject({ told: true, proven: false });
  });

  it('needs no telling where there is nothing to tell', () => {
    const bare = { ...ada, hash: null, name: null };
    const bench = new Bench(named({ identity: bare, pubsubToken: 'token' })).pass(0);
    expect(bench.asked).not.toContain('http.identify');
    expect(bench.state.session.told).toBe(true);
  });

  it('is told again with what changed meanwhile', () => {
    const renamed = { ...ada, name: 'Ada L.' };
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(given(renamed), identified(ada));
    expect(bench.state.session).toMatchObject({ told: false, proven: true });
    expect(bench.effects).toContainEqual(
      expect.objectContaining({ type: 'http.identify', identity: renamed }),
    );
  });

  it('is told without what the server does not like, and then left as they are', () => {
    const denied = identifyFailed(failures.denied);
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(denied);
    expect(bench.effects).toEqual([{ type: 'http.identify', identity: ada, changes: {} }]);
    bench.run(denied);
    expect(bench.asked).not.toContain('http.identify');
    expect(bench.state.session).toMatchObject({ told: true, proven: false });
    expect(bench.pass(3_600_000).asked).not.toContain('http.identify');
  });

  it('is told later after a failure, longer each time', () => {
    const failure = identifyFailed(failures.unreachable);
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(failure);
    expect(bench.pass(999).asked).not.toContain('http.identify');
    expect(bench.pass(1).asked).toContain('http.identify');
    bench.run(failure);
    expect(bench.pass(1_999).asked).not.toContain('http.identify');
    expect(bench.pass(1).asked).toContain('http.identify');
  });

  it('says nothing new of a person of whom nothing new is said', () => {
    const bench = new Bench(named({ pubsubToken: 'token', told: true, proven: true }));
    const { session } = bench.state;
    expect(bench.run(given(ada)).state.session).toBe(session);
    expect(bench.asked).toEqual([]);
  });

  it('gets the attributes that the page adds, and is told of them once', () => {
    const known = named({ pubsubToken: 'token', told: true, proven: true });
    const event: Event = { type: 'attributes.given', attributes: { plan: 'team' } };
    const bench = new Bench(known).run(event);
    expect(bench.effects).toContainEqual(
      expect.objectContaining({ changes: expect.objectContaining({ customAttributes: { plan: 'team' } }) }),
    );
    const told = bench.run(identified(bench.state.session.identity ?? ada)).state.session;
    expect(bench.run(event).state.session).toBe(told);
  });

  it('keeps no more attributes than a page may give at once', () => {
    const bench = new Bench(named({ pubsubToken: 'token', told: true, proven: true }));
    for (let n = 0; n < 200; n += 1) bench.run({ type: 'attributes.given', attributes: { [`a${n}`]: n } });
    const kept = Object.keys(bench.state.session.identity?.customAttributes ?? {});
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, 'a150', 'a199']);
  });

  it('who was not before, is asked whether what waits goes in their name', () => {
    const waiting = aState({ session: newSession, conversations: {}, outbox: { a: anEntry('a') } });
    const bench = new Bench(waiting).run(given(ada));
    expect(bench.state.outbox.a?.status).toBe('held');
    expect(bench.state.session).toMatchObject({ identity: ada, sourceId: 'fresh', told: false });
    expect(bench.run(received).asked).not.toContain('http.createMessage');
    expect(bench.run({ type: 'message.retried', echoId: 'a' }).state.outbox.a?.status).not.toBe('held');
  });

  it('is named to the server after a start, if that had not been done', () => {
    expect(new Bench(named()).run({ type: 'background.started' }).asked).toEqual(['http.createContact']);
  });

  it('is told once, whatever happens until the server answers', () => {
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0);
    expect(bench.asked).toContain('http.identify');
    expect(bench.pass(3_600_000).asked).not.toContain('http.identify');
  });

  it('is told anew where the page says something else of them', () => {
    const renamed = { ...ada, name: 'Ada L.' };
    const bench = new Bench(known()).run(given(renamed));
    expect(told(bench)).toEqual([expect.objectContaining({ identity: renamed })]);
  });

  it.each<[string, Partial<Identity>, object]>([
    [
      'all that the page says',
      { phoneNumber: '+31201234567', avatarUrl: 'https://acme.example/ada.png', customAttributes: { n: 1 } },
      {
        name: 'Ada',
        email: 'ada@example.com',
        phoneNumber: '+31201234567',
        avatarUrl: 'https://acme.example/ada.png',
        customAttributes: { n: 1 },
      },
    ],
    ['the identifier and its hash alone, where the page says no more', { name: null, email: null }, {}],
  ])('is told with %s', (_, fields, changes) => {
    const bench = new Bench(named({ identity: { ...ada, ...fields }, pubsubToken: 'token' })).pass(0);
    expect(told(bench)).toEqual([expect.objectContaining({ changes })]);
  });

  it('is told in full again once the server took them without what it does not like', () => {
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(identifyFailed(failures.denied));
    bench.run(identified(), { type: 'attributes.given', attributes: { plan: 'team' } });
    const changes = { name: 'Ada', email: 'ada@example.com', customAttributes: { plan: 'team' } };
    expect(told(bench)).toEqual([expect.objectContaining({ changes })]);
  });

  it.each<[string, Failure, boolean]>([
    ['for what is said of them', failures.denied, true],
    ['by a fault', failures.broken, false],
    ['by nobody', failures.unreachable, false],
  ])('who was not taken %s is created without it: %s', (_, failure, bare) => {
    const bench = new Bench(named()).run(given(ada), contactFailed(failure));
    expect(bench.pass(1_000).effects).toEqual([{ type: 'http.createContact', bare }]);
  });

  it.each<[string, Failure]>([
    ['a fault of the server', failures.broken],
    ['a contact that is not there', failures.gone],
  ])('is told the same again after %s', (_, failure) => {
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0);
    const first = told(bench);
    expect(told(bench.run(identifyFailed(failure)))).toEqual([]);
    expect(told(bench.pass(1_000))).toEqual(first);
  });

  it('is looked for where the server says that there is no such contact, and only then', () => {
    const asksAfter = (failure: Failure) =>
      new Bench(named({ pubsubToken: 'token' })).pass(0).run(identifyFailed(failure)).asked;
    expect(asksAfter(failures.gone)).toContain('http.getContact');
    expect(asksAfter(failures.broken)).not.toContain('http.getContact');
  });

  it('is told soon after a failure, however often it failed before the server took it', () => {
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(identifyFailed(failures.timeout));
    bench.pass(1_000).run(identifyFailed(failures.timeout)).pass(2_000).run(identified());
    bench.run(given({ ...ada, name: 'Ada L.' }), identifyFailed(failures.timeout));
    expect(told(bench.pass(1_000))).toHaveLength(1);
  });

  it.each<[string, number, Event]>([
    ['the clock was set back', -3_600_000, { type: 'clock.changed' }],
    ['the network is back', 0, { type: 'online.changed', online: true }],
  ])('is told at once after %s, and never twice at a time', (_, wait, event) => {
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(identifyFailed(failures.timeout));
    expect(told(bench.wait(wait).run(event))).toHaveLength(1);
    expect(told(bench.run(event))).toEqual([]);
  });

  it('is listed anew and in whole the first time that they are proven', () => {
    const listed = { ...named().sync, list: { ...named().sync.list, lastAt: start } };
    const bench = new Bench(named({ pubsubToken: 'token', listEtag: 'old' }, { sync: listed })).pass(0);
    bench.run(identified());
    expect(bench.effects).toEqual([{ type: 'http.listConversations', etag: null }]);
    const again = new Bench(known()).run(given({ ...ada, name: 'Ada L.' }), identified());
    expect(again.asked).not.toContain('http.listConversations');
  });

  it('who has no hash is listed without waiting, and not because they were told of', () => {
    const claimed = { ...ada, hash: null };
    const bench = new Bench(named({ identity: claimed, pubsubToken: 'token' })).run(opened);
    expect(bench.asked).toContain('http.listConversations');
    const unseen = new Bench(named({ identity: claimed, pubsubToken: 'token' })).pass(0);
    expect(unseen.run(identified(claimed)).asked).toEqual([]);
  });

  it('gets nothing of what a page says of nobody', () => {
    const bench = new Bench(aState());
    const { session } = bench.state;
    expect(bench.run({ type: 'attributes.given', attributes: { plan: 'team' } }).state.session).toBe(session);
  });

  it('is named to the server when a panel opens, and nobody is while nobody is there', () => {
    expect(new Bench(named()).run(opened).asked).toEqual(['http.createContact', 'http.getInbox']);
    expect(new Bench(aState({ session: newSession, conversations: {} })).run(opened).asked).toEqual([
      'http.getInbox',
    ]);
  });

  it('is told of again where the contact is created anew', () => {
    const bench = new Bench(known()).run({ type: 'contact.gone', sourceId: 'other' }, opened, received);
    expect(told(bench)).toHaveLength(1);
  });
});
