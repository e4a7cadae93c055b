// What happens where the server lets nobody in.
import { describe, expect, it } from 'vitest';
import { linkView } from '@/lib/core/link';
import type { Failure } from '@/lib/core/server-types';
import type { State } from '@/lib/core/state';
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
import { contactFailed, given, identifyFailed, inbox, named, opened } from './identity-rig';

describe('a server that lets nobody in', () => {
  const twiceRefused = (state: State) => {
    const bench = new Bench(state).run(given(state.session.identity ?? ada), contactFailed());
    return bench.pass(1_000).run(contactFailed());
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
    const bench = twiceRefused(named()).run({
      type: 'inbox.failed',
      purpose: 'cause',
      failure: failures.broken,
    });
    expect(bench.state.session.refusal).toBeNull();
    expect(bench.pass(60_000).asked).toContain('http.createContact');
  });

  it('is asked again when the page says the same a while later, but not before', () => {
    const bench = twiceRefused(named()).run(inbox(false));
    expect(bench.wait(59_999).run(given(ada, bench.at)).asked).toEqual([]);
    expect(bench.wait(1).run(given(ada, bench.at)).asked).toEqual(['http.createContact']);
    expect(linkView(bench.state, bench.at).name).not.toBe('identityRefused');
  });

  it('is asked again when the person comes back later', () => {
    const bench = twiceRefused(named()).run(inbox(false));
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
    bench.run(
      { type: 'message.submitted', echoId: 'b', conversationKey: 'y', text: 'hello' },
      contactFailed(),
    );
    bench.pass(1_000).run(contactFailed(), inbox(required));
    expect(linkView(bench.state, bench.at).name).toBe(name);
    expect(bench.state.outbox.b?.status).toBe('queued');
  });

  it('is only broken where nobody has to prove anything and nobody does', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} }));
    bench.run(
      { type: 'message.submitted', echoId: 'b', conversationKey: 'y', text: 'hello' },
      contactFailed(),
    );
    bench.pass(1_000).run(contactFailed(), inbox(false));
    expect(bench.state.session.refusal).toBeNull();
  });

  it('takes refusals with an answer in between for faults', () => {
    const bench = new Bench(named()).run(given(ada), contactFailed());
    bench.pass(1_000).run(contactFailed(failures.unreachable));
    expect(bench.pass(2_000).run(contactFailed()).asked).not.toContain('http.getInbox');
  });

  it('holds no cable for a session that it knows', () => {
    const known = aState({ session: { ...knownSession, refusal: { reason: 'identityRefused', at: start } } });
    const views = { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } };
    expect(new Bench({ ...known, views }).pass(1_000).asked).toEqual([]);
  });

  it('is not asked again in the same moment', () => {
    const bench = twiceRefused(named()).run(inbox(false));
    expect(bench.run(given(ada, bench.at)).asked).toEqual([]);
  });

  it('is asked again when the page says the same after the clock was set back', () => {
    const bench = twiceRefused(named()).run(inbox(false)).wait(-1_000);
    expect(bench.run(given(ada, bench.at)).asked).toEqual(['http.createContact']);
  });

  it('has refused nobody where its inbox answers for another reason', () => {
    const bench = new Bench(named()).run(given(ada), contactFailed(), inbox(true));
    expect(bench.state.session.refusal).toBeNull();
  });

  it('is only broken where a person without a hash needs none', () => {
    const claimed = named({ identity: { ...ada, hash: null } });
    expect(twiceRefused(claimed).run(inbox(false)).state.session.refusal).toBeNull();
  });

  it.each<[string, Failure]>([
    ['is overloaded', { kind: 'status', status: 503, message: null }],
    ['cannot be reached', failures.unreachable],
  ])('is not asked for its inbox when it %s', (_, failure) => {
    const bench = new Bench(named()).run(given(ada), contactFailed(failure));
    expect(bench.pass(1_000).run(contactFailed(failure)).asked).toEqual([]);
  });

  it('is asked soon again where it fails after a while', () => {
    const bench = twiceRefused(named()).run(inbox(false)).wait(60_000);
    bench.run(given(ada, bench.at), contactFailed(failures.unreachable));
    expect(bench.pass(1_000).asked).toEqual(['http.createContact']);
  });

  describe('although it knows the contact', () => {
    const identifies = (bench: Bench) => bench.asked.includes('http.identify');
    const twiceDenied = () => {
      const bench = new Bench(named({ pubsubToken: 'token' })).pass(0).run(identifyFailed());
      return bench.pass(1_000).run(identifyFailed());
    };

    it('is asked for its inbox, and then for nothing more', () => {
      const bench = twiceDenied();
      expect(bench.asked).toEqual(['http.getInbox']);
      expect(linkView(bench.run(inbox(false)).state, bench.at).name).toBe('identityRefused');
      expect(bench.pass(3_600_000).asked).toEqual([]);
    });

    it('is told soon again where that fails after a while', () => {
      const bench = twiceDenied().run(inbox(false)).wait(60_000);
      expect(identifies(bench.run(given(ada, bench.at)))).toBe(true);
      bench.run(identifyFailed(failures.unreachable));
      expect(identifies(bench.pass(1_000))).toBe(true);
    });

    it('is told at once after the clock was set back', () => {
      const bench = twiceDenied().run(inbox(false)).wait(-3_600_000);
      expect(identifies(bench.run({ type: 'clock.changed' }))).toBe(true);
    });
  });
});
