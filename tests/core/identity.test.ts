// What the server is told of who is asking, and what happens where it lets nobody in.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { linkView } from '@/lib/core/link';
import type { State } from '@/lib/core/state';
import type { Identity, Session } from '@/lib/core/types';
import { nextWakeAt } from '@/lib/core/wake';
import {
  ada,
  anEntry,
  aState,
  Bench,
  failures,
  knownSession,
  newSession,
  start,
} from '../support/core-builders';

const record = { contactId: 7, name: 'Ada', email: 'ada@example.com', phoneNumber: null };
const given = (identity: Identity, tellAt = start): Event => ({
  type: 'identity.given',
  identity,
  sourceId: 'fresh',
  tellAt,
});
const received: Event = { type: 'contact.received', pubsubToken: 'token', ...record };
const identified = (identity = ada): Event => ({ type: 'contact.identified', identity, ...record });
const refused: Event = { type: 'contact.failed', failure: failures.broken };
const inbox = (identityRequired: boolean): Event => ({ type: 'inbox.received', identityRequired });
const named = (fields: Partial<Session> = {}): State =>
  aState({
    session: { ...newSession, identity: ada, told: false, ...fields },
    conversations: {},
  });

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
    bench.run(identified());
    expect(bench.state.session).toMatchObject({ told: true, proven: true, email: 'ada@example.com' });
  });

  it('does not get the name that somebody unknown had asked for before', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} }));
    bench.run({ type: 'contact.changeAsked', changes: { name: 'Somebody' }, mayMerge: false });
    bench.run(given(ada)).run(received).run(identified());
    expect(bench.asked).not.toContain('http.changeContact');
    expect(bench.state.sync.change).toEqual({ state: 'none' });
  });

  it('is shown what they wrote elsewhere as soon as they are proven, and not before', () => {
    const bench = new Bench(named({ pubsubToken: 'token' })).run({
      type: 'view.opened',
      viewId: 'v',
      windowId: 1,
      conversationKey: null,
    });
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
    const denied: Event = { type: 'contact.identifyFailed', failure: failures.denied };
    const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(denied);
    expect(bench.effects).toEqual([{ type: 'http.identify', identity: ada, changes: {} }]);
    bench.run(denied);
    expect(bench.asked).not.toContain('http.identify');
    expect(bench.state.session).toMatchObject({ told: true, proven: false });
    expect(bench.pass(3_600_000).asked).not.toContain('http.identify');
  });

  it('is told later after a failure, longer each time', () => {
    const failure: Event = { type: 'contact.identifyFailed', failure: failures.unreachable };
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
});

describe('a server that lets nobody in', () => {
  const twiceRefused = (state: State) => {
    const bench = new Bench(state).run(given(state.session.identity ?? ada), refused);
    return bench.pass(1_000).run(refused);
  };

  it('is asked for its inbox after two refusals, and then for nothing more', () => {
    const bench = twiceRefused(named());
    expect(bench.asked).toEqual(['http.getInbox']);
    bench.run(inbox(false));
    expect(linkView(bench.state, bench.at).name).toBe('identityRefused');
    expect(nextWakeAt(bench.state, bench.at)).toBeNull();
    for (let hours = 0; hours < 24; hours += 1) expect(bench.pass(3_600_000).asked).toEqual([]);
  });

  it('is taken for broken as long as its inbox does not answer', () => {
    const bench = twiceRefused(named()).run({ type: 'inbox.failed', failure: failures.broken });
    expect(bench.state.session.refusal).toBeNull();
    expect(bench.pass(60_000).asked).toContain('http.createContact');
  });

  it('is asked again when the page says the same a while later, but not before', () => {
    const bench = twiceRefused(named()).run(inbox(false));
    expect(bench.wait(59_999).run(given(ada, bench.at)).asked).toEqual([]);
    expect(bench.wait(1).run(given(ada, bench.at)).asked).toEqual(['http.createContact']);
  });

  it('is asked again when the person comes back later', () => {
    const bench = twiceRefused(named()).run(inbox(false));
    const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: null };
    expect(bench.wait(60_000).run(opened).asked).toEqual(['http.createContact']);
  });

  it.each([
    ['a person without a hash where one is needed', { ...ada, hash: null }, true, 'identityRefused'],
    ['nobody where somebody is needed', null, true, 'signedOut'],
  ])('says so of %s', (_, identity, required, name) => {
    const session = { ...newSession, identity, told: identity === null };
    const waiting = aState({
      session,
      conversations: {},
      outbox: { a: anEntry('a', { conversationKey: 'x' }) },
    });
    const bench = new Bench({ ...waiting, creations: {} });
    bench.run({ type: 'message.submitted', echoId: 'b', conversationKey: 'y', text: 'hello' }, refused);
    bench.pass(1_000).run(refused, inbox(required));
    expect(linkView(bench.state, bench.at).name).toBe(name);
    expect(bench.state.outbox.b?.status).toBe('queued');
  });

  it('is only broken where nobody has to prove anything and nobody does', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} }));
    bench.run({ type: 'message.submitted', echoId: 'b', conversationKey: 'y', text: 'hello' }, refused);
    bench.pass(1_000).run(refused, inbox(false));
    expect(bench.state.session.refusal).toBeNull();
  });

  it('takes refusals with an answer in between for faults', () => {
    const bench = new Bench(named()).run(given(ada), refused);
    bench.pass(1_000).run({ type: 'contact.failed', failure: failures.unreachable });
    expect(bench.pass(2_000).run(refused).asked).not.toContain('http.getInbox');
  });

  it('holds no cable for a session that it knows', () => {
    const known = aState({ session: { ...knownSession, refusal: { reason: 'identityRefused', at: start } } });
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null } };
    expect(new Bench({ ...known, views }).pass(1_000).asked).toEqual([]);
  });
});
