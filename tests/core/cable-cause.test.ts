// Why the cable cannot be had: when the inbox is asked for, and what its answer makes a person read.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { linkView } from '@/lib/core/link';
import type { State } from '@/lib/core/state';
import { nextWakeAt } from '@/lib/core/wake';
import { aConversation, aState, awaited, Bench, failures } from '../support/core-builders';

const fails = (attempt: number, cable: 'waiting' | 'closed' = 'waiting'): Event => ({
  type: 'cable.changed',
  cable,
  attempt,
  nextTryAt: null,
});
const live: Event = { type: 'cable.changed', cable: 'live', attempt: 0, nextTryAt: null };
const answers: Event = { type: 'inbox.received', purpose: 'cause', identityRequired: false, hours: null };
const refuses = (failure: (typeof failures)[keyof typeof failures]): Event => ({
  type: 'inbox.failed',
  purpose: 'cause',
  failure,
});
const view = { viewId: 'v', windowId: 1, conversationKey: '1', seenUpTo: null, visible: false };

/** A panel is open, and its cable is being opened. */
function trying(change: Partial<State> = {}): Bench {
  const state = aState({ views: { v: view }, ...change });
  return new Bench({
    ...state,
    session: { ...state.session, polledAt: 9e15 },
    link: { ...state.link, cable: 'connecting' },
  });
}
const told = (bench: Bench) => linkView(bench.state, bench.at).name;

describe('asks for the inbox', () => {
  it('when a second try fails, and not yet when the first does', () => {
    expect(trying().run(fails(1)).asked).not.toContain('http.getInbox');
    expect(trying().run(fails(2)).asked).toContain('http.getInbox');
  });

  it('at once when the cable gives up, and again every minute for as long as it stays so', () => {
    const bench = trying().run(fails(0, 'closed'));
    expect(bench.asked).toContain('http.getInbox');
    expect(bench.run(answers).asked).not.toContain('http.getInbox');
    expect(bench.pass(59_999).asked).not.toContain('http.getInbox');
    expect(nextWakeAt(bench.state, bench.at)).toBe(bench.at + 1);
    expect(bench.pass(1).asked).toContain('http.getInbox');
  });

  it('no more than once a minute, however many tries fail', () => {
    const bench = trying().run(fails(2), fails(3), refuses(failures.unreachable), fails(4));
    expect(bench.asked.filter((type) => type === 'http.getInbox')).toHaveLength(1);
    expect(bench.pass(59_999).asked).not.toContain('http.getInbox');
    expect(bench.pass(1).asked).toContain('http.getInbox');
  });

  it('again when somebody tries by hand', () => {
    const bench = trying().run(fails(2), refuses(failures.unreachable), { type: 'link.retried' });
    expect(bench.run(fails(3)).asked).toContain('http.getInbox');
  });

  it('not with no panel open: there is nobody to tell', () => {
    const conversations = { 1: aConversation(1, { preview: awaited }) };
    const bench = trying({ views: {}, conversations }).run(fails(2));
    expect([bench.state.link.cable, bench.asked]).toEqual(['waiting', []]);
    bench.run({ type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: '1' });
    expect(bench.run(fails(3)).asked).toContain('http.getInbox');
  });

  it('not while the browser itself says that there is no network', () => {
    const bench = trying().run({ type: 'online.changed', online: false }, fails(2));
    expect(bench.asked).not.toContain('http.getInbox');
    expect(bench.run({ type: 'online.changed', online: true }).asked).toContain('http.getInbox');
  });

  it('not again within the minute when the cable was live for a moment', () => {
    const bench = trying().run(fails(2), refuses(failures.unreachable), live, fails(2));
    expect(bench.asked.filter((type) => type === 'http.getInbox')).toHaveLength(1);
    expect(bench.pass(60_000).asked).toContain('http.getInbox');
  });

  it('not during a rate limit, and no longer when the cable is live', () => {
    const limited = trying().run(fails(2), refuses(failures.tooFast), { type: 'link.retried' });
    expect(told(limited)).toBe('rateLimited');
    expect(limited.run(fails(3)).asked).not.toContain('http.getInbox');
    expect(limited.pass(limited.state.link.rateLimitedUntil - limited.at).asked).toContain('http.getInbox');
    const bench = trying().run(fails(2), refuses(failures.unreachable), fails(3), live).pass(60_000);
    expect(bench.asked).not.toContain('http.getInbox');
  });
});

describe('an inbox that answers', () => {
  it('means one more try at once; when that fails, too, only the cable is kept away', () => {
    const bench = trying().run(fails(2), answers);
    expect(bench.effects.at(-1)).toEqual({ type: 'cable.reconnect' });
    expect(told(bench)).toBe('reconnecting');
    expect(told(bench.run(fails(3)))).toBe('cableBlocked');
  });

  it('leaves it at that while the cable is tried again, until it is live', () => {
    const bench = trying().run(fails(2), answers, fails(3));
    bench.run({ type: 'cable.changed', cable: 'connecting', attempt: 3, nextTryAt: null });
    expect(told(bench)).toBe('cableBlocked');
    expect(told(bench.pass(60_000).run(answers))).toBe('cableBlocked');
    expect(told(bench.run(live))).toBe('live');
    expect(told(bench.run(fails(1)))).toBe('reconnecting');
  });

  it('leaves no doubt where the cable has given up: it is not tried once more', () => {
    const bench = trying().run(fails(0, 'closed'));
    expect(told(bench)).toBe('reconnecting');
    expect(told(bench.run(answers))).toBe('cableBlocked');
  });

  it('is no cause when the cable was had meanwhile', () => {
    const bench = trying().run(fails(2), live, answers, fails(1));
    expect(told(bench)).toBe('reconnecting');
  });
});

describe('an inbox that cannot be had', () => {
  it.each([
    ['when nobody answers', failures.unreachable, 'reconnecting'],
    ['when the server answers with an error', failures.broken, 'silent'],
    ['when something else answers', failures.unreadable, 'intercepted'],
  ] as const)('names it: %s', (_, failure, name) => {
    expect(told(trying().run(fails(2), refuses(failure)))).toBe(name);
  });

  it('is asked of the contact when the server does not know it, and only then', () => {
    expect(trying().run(fails(2), refuses(failures.gone)).asked).toContain('http.getContact');
    expect(trying().run(fails(2), refuses(failures.broken)).asked).not.toContain('http.getContact');
  });

  it('says nothing once a rate limit is over', () => {
    const bench = trying().run(fails(2), refuses(failures.tooFast));
    bench.wait(bench.state.link.rateLimitedUntil - bench.at);
    expect(told(bench)).toBe('reconnecting');
  });

  it('says nothing of a cable that was let go meanwhile and is opened anew', () => {
    const bench = trying().run(fails(2), { type: 'view.closed', viewId: 'v' }, refuses(failures.unreadable));
    bench.run({ type: 'view.opened', viewId: 'w', windowId: 1, conversationKey: '1' });
    expect(told(bench)).toBe('connecting');
  });

  it('takes back what was said before', () => {
    const bench = trying().run(fails(2), answers, fails(3)).pass(60_000);
    expect(told(bench.run(refuses(failures.unreachable)))).toBe('reconnecting');
  });

  it('says less than the browser, which knows that there is no network', () => {
    const bench = trying().run(fails(2), refuses(failures.unreadable), {
      type: 'online.changed',
      online: false,
    });
    expect(told(bench)).toBe('offline');
  });
});

describe('the tries that failed', () => {
  it('are kept with the session, from which a new background goes on', () => {
    expect(trying().run(fails(7)).state.session.cableAttempt).toBe(7);
    expect(trying().run(fails(7), live).state.session.cableAttempt).toBe(0);
  });

  it('cost no more to keep once the waits no longer grow', () => {
    const bench = trying().run(fails(32));
    const { session } = bench.state;
    expect(bench.run(fails(33)).state.session).toBe(session);
  });

  it('count for nothing when the cable is let go', () => {
    const bench = trying().run(fails(7), { type: 'view.closed', viewId: 'v' });
    expect([bench.state.link.cable, bench.state.session.cableAttempt]).toEqual(['idle', 0]);
    expect(bench.pass(60_000).asked).not.toContain('http.getInbox');
  });
});
