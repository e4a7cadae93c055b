// The hours of an inbox: when they are asked for, what an answer and its absence mean, and that asking says nothing of the
// cable.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { linkView } from '@/lib/core/link';
import type { State } from '@/lib/core/state';
import { nextWakeAt } from '@/lib/core/wake';
import { aState, Bench, failures, knownSession, newSession, start } from '../support/core-builders';

const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: null };
const closed: Event = { type: 'view.closed', viewId: 'v' };
const fails = (attempt: number): Event => ({
  type: 'cable.changed',
  cable: 'waiting',
  attempt,
  nextTryAt: null,
});
const received = (purpose: 'cause' | 'hours'): Event => ({
  type: 'inbox.received',
  purpose,
  identityRequired: false,
  hours: 'always',
});
const failed = (failure: (typeof failures)[keyof typeof failures]): Event => ({
  type: 'inbox.failed',
  purpose: 'hours',
  failure,
});
const known = { inbox: { hours: 'always' as const, heardAt: start } };
const minutes = (n: number) => n * 60_000;
const bench = (change: Partial<State> = {}) => new Bench(aState(change));
const asked = (it: Bench) => it.effects.filter(({ type }) => type === 'http.getInbox');
const forHours = [{ type: 'http.getInbox', purpose: 'hours' }];

describe('the hours are asked for', () => {
  it('when a panel opens and nothing is known of them, also by somebody who never wrote', () => {
    expect(asked(bench().run(opened))).toEqual(forHours);
    expect(asked(bench({ session: newSession }).run(opened))).toEqual(forHours);
  });

  it('when a panel opens, or goes elsewhere, five minutes after they were told', () => {
    const panel = bench(known)
      .wait(minutes(5) - 1)
      .run(opened);
    expect(asked(panel)).toEqual([]);
    expect(asked(panel.wait(1).run({ ...opened, conversationKey: '1' }))).toEqual(forHours);
  });

  it('when the clock was set back since they were told', () => {
    expect(asked(bench(known).wait(-1).run(opened))).toEqual(forHours);
  });

  it('by the first of several panels, and by no time that passes', () => {
    const panel = bench().run(opened);
    expect(asked(panel.run({ ...opened, viewId: 'w' }))).toEqual([]);
    panel.run(received('hours'));
    for (let hour = 0; hour < 24; hour += 1) expect(asked(panel.pass(minutes(60)))).toEqual([]);
  });

  it('not with no panel open', () => {
    const gone = bench().run(opened, failed(failures.broken), closed).pass(minutes(60));
    expect(asked(gone)).toEqual([]);
    expect(nextWakeAt({ ...gone.state, views: {} }, gone.at)).toBe(nextWakeAt(gone.state, gone.at));
    expect(asked(gone.run(opened))).toEqual(forHours);
  });

  it('not while the browser says that there is no network, and then at once', () => {
    const panel = bench().run({ type: 'online.changed', online: false }, opened);
    expect(asked(panel)).toEqual([]);
    expect(asked(panel.run({ type: 'online.changed', online: true }))).toEqual(forHours);
  });

  it.each<[string, Partial<State>]>([
    ['has refused everybody', { session: { ...knownSession, refusal: { reason: 'signedOut', at: start } } }],
    ['asks to slow down', { link: { ...aState().link, rateLimitedUntil: start + 1_000 } }],
    ['does not know the inbox', { link: { ...aState().link, inboxMissing: true } }],
  ])('not while the server %s', (_, change) => {
    expect(asked(bench(change).run(opened))).toEqual([]);
  });

  it('not for a session that has ended', () => {
    expect(asked(bench({ session: { ...knownSession, endedAt: start } }).run(opened))).toEqual([]);
  });

  it('not while the same answer is awaited for the cause of a broken cable', () => {
    const panel = bench(known).run(opened).wait(minutes(6)).run(fails(2));
    expect(asked(panel)).toEqual([{ type: 'http.getInbox', purpose: 'cause' }]);
    panel.run({ ...opened, conversationKey: '1' });
    expect(asked(panel)).toEqual([]);
    expect(nextWakeAt(panel.state, panel.at)).toBeGreaterThan(panel.at);
    expect(asked(panel.run(received('cause'), { ...opened, conversationKey: null }))).toEqual([]);
    expect(panel.state.inbox).toEqual({ hours: 'always', heardAt: panel.at });
  });
});

describe('an inbox that is asked for its hours', () => {
  const trying = () =>
    bench(known)
      .run(opened, fails(1))
      .wait(minutes(6))
      .run({ ...opened, conversationKey: '1' });

  it('tells them, and is no word on the cable', () => {
    const panel = trying();
    expect(asked(panel)).toEqual(forHours);
    const { link } = panel.state;
    panel.run(received('hours'));
    expect(panel.state.inbox).toEqual({ hours: 'always', heardAt: panel.at });
    expect([panel.state.link, panel.asked]).toEqual([link, []]);
    expect(linkView(panel.run(fails(2)).state, panel.at).name).toBe('reconnecting');
  });

  it.each(['unreadable', 'broken', 'unreachable'] as const)('and is %s is no cause either', (failure) => {
    const panel = trying();
    const { link, inbox } = panel.state;
    panel.run(failed(failures[failure]));
    expect([panel.state.link, panel.state.inbox, panel.asked]).toEqual([link, inbox, []]);
  });

  it('and fails is asked again a while later, for which the background wakes', () => {
    const panel = bench().run(opened, failed(failures.broken));
    const { dueAt } = panel.state.sync.hours;
    expect(dueAt).toBeGreaterThan(panel.at);
    const others = { ...panel.state, sync: { ...panel.state.sync, hours: aState().sync.hours } };
    const soon = {
      ...panel.state,
      sync: { ...panel.state.sync, hours: { ...panel.state.sync.hours, dueAt: start + 1 } },
    };
    expect(nextWakeAt(others, panel.at)).toBeGreaterThan(start + 1);
    expect(nextWakeAt(soon, panel.at)).toBe(start + 1);
    expect(asked(panel.pass(dueAt - panel.at))).toEqual(forHours);
  });

  it('and fails is asked at once when somebody tries by hand', () => {
    expect(asked(bench().run(opened, failed(failures.broken), { type: 'link.retried' }))).toHaveLength(2);
  });

  it('and asks to slow down slows everything down', () => {
    const panel = bench().run(opened, failed(failures.tooFast));
    expect(linkView(panel.state, panel.at).name).toBe('rateLimited');
  });

  it('and is not there makes the contact be asked for, where there is one', () => {
    expect(bench().run(opened, failed(failures.gone)).asked).toContain('http.getContact');
    const stranger = bench({ session: newSession, conversations: {} }).run(opened, failed(failures.gone));
    expect(stranger.asked).not.toContain('http.createContact');
  });
});
