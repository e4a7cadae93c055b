// The contact session: created when needed, read to test it, begun anew when the server has lost it.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import {
  aState,
  Bench,
  failures,
  knownSession,
  liveState,
  newSession,
  start,
} from '../support/core-builders';

const first: Event = { type: 'message.submitted', echoId: 'a', conversationKey: 'local', text: 'hello' };
const received = (pubsubToken: string): Event => ({
  type: 'contact.received',
  pubsubToken,
  contactId: 7,
  name: 'Ada',
});
const failed = (kind: keyof typeof failures): Event => ({ type: 'contact.failed', failure: failures[kind] });
const contacts = (bench: Bench) => bench.asked.filter((type) => type.endsWith('Contact'));

describe('a new contact session', () => {
  it('is asked for once, however many messages wait', () => {
    const bench = new Bench(aState({ session: newSession })).run(first, { ...first, echoId: 'b' } as Event);
    expect(contacts(bench)).toEqual(['http.createContact']);
    expect(contacts(bench.pass(60_000))).toEqual([]);
  });

  it('is tried again later after a failure, longer each time', () => {
    const bench = new Bench(aState({ session: newSession })).run(first, failed('unreachable'));
    expect(contacts(bench.pass(999))).toEqual([]);
    expect(contacts(bench.pass(1))).toEqual(['http.createContact']);
    expect(contacts(bench.run(failed('gone')).pass(1_999))).toEqual([]);
    expect(contacts(bench.pass(1))).toEqual(['http.createContact']);
  });

  it('waits out a rate limit', () => {
    const bench = new Bench(aState({ session: newSession })).run(first, failed('tooFast'));
    expect(bench.state.link.rateLimitedUntil).toBe(start + 11_250);
    expect(contacts(bench.pass(11_249))).toEqual([]);
    expect(contacts(bench.pass(1))).toEqual(['http.createContact']);
  });

  it('is kept, and opens the cable', () => {
    const bench = new Bench(aState({ session: newSession })).run(first).wait(9).run(received('token'));
    expect(bench.state.session).toMatchObject({ pubsubToken: 'token', contactId: 7, name: 'Ada' });
    expect(bench.state.link.answeredAt).toBe(start + 9);
    expect(bench.asked).toContain('cable.open');
  });
});

describe('silence after subscribing', () => {
  it('reads the contact once', () => {
    const bench = new Bench(liveState()).run({ type: 'cable.silent' }, { type: 'cable.silent' });
    expect(contacts(bench)).toEqual(['http.getContact']);
  });

  it('with the same token changes nothing', () => {
    const bench = new Bench(liveState()).run({ type: 'cable.silent' }, received('token'));
    expect(bench.state.session).toBe(knownSession);
    expect(bench.state.sync.contact).toMatchObject({ busy: false, wanted: false });
  });

  it('with a new token subscribes anew', () => {
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null } };
    const bench = new Bench(liveState({ views })).run(received('other'));
    expect(bench.asked).toEqual(['cable.close', 'cable.open']);
    expect(bench.state.session.pubsubToken).toBe('other');
    expect(bench.state.link.cable).toBe('connecting');
  });

  it('with a new token closes nothing that is not open', () => {
    expect(new Bench(aState()).run(received('other')).asked).toEqual([]);
  });

  it('with a new name only is noted without a word to the cable', () => {
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null } };
    const session = { ...knownSession, name: 'A.' };
    const bench = new Bench(liveState({ views, session })).run(received('token'));
    expect([bench.state.session.name, bench.asked]).toEqual(['Ada', []]);
    const merged = { ...knownSession, contactId: 8 };
    expect(
      new Bench(liveState({ views, session: merged })).run(received('token')).state.session.contactId,
    ).toBe(7);
  });
});

describe('404', () => {
  it('forgets the credentials but neither source id nor words, and lets the cable go', () => {
    const drafts = { '1': { text: 'and', changedAt: start, saved: true } };
    const session = { ...knownSession, listEtag: 'tag' };
    const bench = new Bench(liveState({ session, drafts })).run({ type: 'cable.silent' }, failed('gone'));
    expect(bench.state.session).toEqual({ ...session, pubsubToken: null, contactId: null, listEtag: null });
    expect(bench.state.drafts).toBe(drafts);
    expect(bench.state.link.cable).toBe('idle');
    expect(bench.asked).toContain('cable.close');
    expect(bench.state.sync.contact).toMatchObject({ busy: false, wanted: false });
    expect(contacts(bench.pass(60_000))).toEqual([]);
  });

  it('begins anew with the next new conversation', () => {
    const bench = new Bench(liveState()).run({ type: 'cable.silent' }, failed('gone'), first);
    expect(contacts(bench)).toEqual(['http.getContact', 'http.createContact']);
  });

  it('closes no cable where there is none', () => {
    const link = { ...aState().link, since: 1 };
    expect(new Bench(aState({ link })).run(failed('gone')).asked).toEqual([]);
  });

  it('of an inbox without contact is an ordinary failure', () => {
    const bench = new Bench(aState({ session: newSession })).run(first, failed('gone'));
    expect(bench.state.sync.contact).toMatchObject({ wanted: true, attempts: 1 });
  });
});
