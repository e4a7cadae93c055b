// The contact session: created when needed, read to test it, begun anew when the server has lost it.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { linkView } from '@/lib/core/link';
import { nextWakeAt } from '@/lib/core/wake';
import {
  aCreation,
  anEntry,
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
  email: null,
  phoneNumber: null,
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
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } };
    const bench = new Bench(liveState({ views })).run(received('other'));
    expect(bench.asked).toEqual(['cable.close', 'cable.open']);
    expect(bench.state.session.pubsubToken).toBe('other');
    expect(bench.state.link.cable).toBe('connecting');
  });

  it('with a new token closes nothing that is not open', () => {
    expect(new Bench(aState()).run(received('other')).asked).toEqual([]);
  });

  it('with a new name only is noted without a word to the cable', () => {
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } };
    const session = { ...knownSession, name: 'A.' };
    const bench = new Bench(liveState({ views, session })).run(received('token'));
    expect([bench.state.session.name, bench.asked]).toEqual(['Ada', []]);
    const merged = { ...knownSession, contactId: 8 };
    expect(
      new Bench(liveState({ views, session: merged })).run(received('token')).state.session.contactId,
    ).toBe(7);
  });
});

describe('a start', () => {
  const started: Event = { type: 'background.started' };

  it('without a token but with conversations asks the server for the token again', () => {
    const session = { ...knownSession, pubsubToken: null };
    const bench = new Bench(liveState({ session })).run(started);
    expect(contacts(bench)).toEqual(['http.createContact']);
  });

  it('asks for no contact that was never needed, nor for one that is known', () => {
    const fresh = aState({ session: newSession, conversations: {} });
    expect(contacts(new Bench(fresh).run(started))).toEqual([]);
    expect(contacts(new Bench(liveState()).run(started))).toEqual([]);
  });
});

describe('a contact that is gone', () => {
  const gone: Event = { type: 'contact.gone', sourceId: 'fresh' };

  it('leaves a session without credentials under a new source id, and lets the cable go', () => {
    const drafts = { '1': { text: 'and', changedAt: start, saved: true } };
    const session = { ...knownSession, listEtag: 'tag' };
    const bench = new Bench(liveState({ session, drafts })).run({ type: 'cable.silent' }, gone);
    expect(bench.state.session).toEqual({ ...newSession, sourceId: 'fresh' });
    expect(bench.state.drafts).toBe(drafts);
    expect(bench.state.link.cable).toBe('idle');
    expect(bench.asked).toContain('cable.close');
    expect(bench.state.sync.contact).toMatchObject({ busy: false, wanted: false });
    expect(contacts(bench.pass(86_400_000))).toEqual([]);
  });

  it('takes its conversations along, but not the words that wait in them', () => {
    const outbox = { a: anEntry('a'), b: anEntry('b', { conversationKey: '9', status: 'uncertain' }) };
    const bench = new Bench(liveState({ outbox })).run(gone);
    expect(bench.state.conversations).toEqual({});
    expect(bench.state.outbox).toMatchObject({
      a: { status: 'failed', failure: 'gone' },
      b: { status: 'failed', failure: 'gone' },
    });
    expect(bench.state.sync.gaps).toEqual({});
    expect(bench.state.sync).toMatchObject({ list: { wanted: false }, listed: true });
  });

  it('begins anew with the next new conversation', () => {
    const bench = new Bench(liveState()).run({ type: 'cable.silent' }, gone, first);
    expect(contacts(bench)).toEqual(['http.getContact', 'http.createContact']);
  });

  it('makes a creation that nobody knows of wanted again', () => {
    const outbox = { a: anEntry('a', { conversationKey: 'local' }) };
    const creations = {
      local: aCreation('local', { phase: 'uncertain', attempts: 3, dueAt: start + 9_000 }),
    };
    const bench = new Bench(liveState({ outbox, creations })).run(gone);
    expect(bench.state.creations.local).toMatchObject({ phase: 'wanted', attempts: 0 });
    expect(contacts(bench)).toEqual(['http.createContact']);
    bench.run(received('new'), { type: 'time.passed' });
    expect(bench.asked).toContain('http.createConversation');
  });

  it('closes no cable where there is none', () => {
    expect(new Bench(aState()).run(gone).asked).toEqual([]);
  });
});

describe('an inbox that is not there', () => {
  const missing: Event = { type: 'inbox.missing' };
  const outbox = { a: anEntry('a') };
  const views = { v: { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false } };

  it('forgets nothing, and is not asked for anything but itself, ever more rarely', () => {
    const bench = new Bench(liveState({ outbox, views, sync: { ...liveState().sync, fresh: {} } })).run(
      missing,
    );
    expect(bench.state).toMatchObject({ session: knownSession, outbox, conversations: { 1: { id: 1 } } });
    expect(bench.state.link).toMatchObject({ inboxMissing: true, cable: 'idle' });
    const quarter = 15 * 60_000 * 1.125;
    for (const wait of [quarter, 2 * quarter, 4 * quarter, 8 * quarter, 16 * quarter, 16 * quarter]) {
      expect(nextWakeAt(bench.state, bench.at)).toBe(bench.at + wait);
      expect(bench.pass(wait - 1).asked).toEqual([]);
      expect(bench.pass(1).asked).toEqual(['http.getContact']);
      bench.run(missing);
    }
  });

  it('is looked for at once when a person asks', () => {
    const bench = new Bench(liveState({ views })).run(missing, { type: 'link.retried' });
    expect(contacts(bench)).toEqual(['http.getContact']);
  });

  it('counts from the first time, whatever failed before', () => {
    const contact = { wanted: false, busy: true, attempts: 7, dueAt: start };
    const bench = new Bench(liveState({ sync: { ...liveState().sync, contact } })).run(missing);
    expect(bench.state.sync.contact).toMatchObject({ attempts: 1, busy: false, wanted: true });
  });

  it('goes on where it was once it is there again', () => {
    const bench = new Bench(liveState({ outbox })).run(missing, received('token'));
    expect(bench.state.link.inboxMissing).toBe(false);
    expect(bench.asked).toEqual(expect.arrayContaining(['cable.open', 'http.listMessages']));
  });

  it('is there again when the server says that only the contact is gone', () => {
    const bench = new Bench(liveState()).run(missing, { type: 'contact.gone', sourceId: 'fresh' });
    expect(bench.state.link.inboxMissing).toBe(false);
  });

  it('says so before everything else', () => {
    const { state, at } = new Bench(aState({ link: { ...aState().link, online: false } })).run(missing);
    expect(linkView(state, at).name).toBe('inboxMissing');
  });
});
