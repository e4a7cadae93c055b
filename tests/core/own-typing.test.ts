// The contact types: agents are told once that it began and once that it ended, and it never stays on.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { State } from '@/lib/core/state';
import { nextWakeAt } from '@/lib/core/wake';
import { Bench, failures, liveState, start } from '../support/core-builders';

const opened = (conversationKey: string | null = '1'): Event => ({
  type: 'view.opened',
  viewId: 'v',
  windowId: 1,
  conversationKey,
});
const visible = (isVisible: boolean): Event => ({ type: 'view.visible', viewId: 'v', visible: isVisible });
const writes = (text: string, conversationKey = '1'): Event => ({
  type: 'draft.changed',
  conversationKey,
  text,
});
const told = (on: boolean): Event => ({ type: 'typing.told', on, failure: null });
const calls = ({ effects }: Bench) => effects.filter(({ type }) => type === 'http.setTyping');
const call = (on: boolean, conversationId = 1) => ({ type: 'http.setTyping', conversationId, on });
const bench = (change: Partial<State> = {}) => new Bench(liveState(change)).run(opened(), visible(true));
/** The agents have been told at `start` that the contact types. */
const typing = () => bench().run(writes('H'), told(true));

describe('typing', () => {
  it('is told with the first letter, once, and that it ended 5 s after the last one', () => {
    const one = bench().run(writes('H'));
    expect(calls(one)).toEqual([call(true)]);
    expect(one.state.session.typingIn).toBe(1);
    one.run(told(true));
    for (let letters = 2; letters < 20; letters++)
      expect(calls(one.wait(1_000).run(writes('x'.repeat(letters))))).toEqual([]);
    expect(nextWakeAt(one.state, one.at)).toBe(one.at + 300);
    expect(calls(one.pass(4_999))).toEqual([]);
    expect(nextWakeAt(one.state, one.at)).toBe(one.at + 1);
    expect(calls(one.pass(1))).toEqual([call(false)]);
    expect(one.run(told(false)).state.session.typingIn).toBeNull();
    expect(calls(one.pass(600_000))).toEqual([]);
  });

  it.each<[string, Event]>([
    ['the message is sent', { type: 'message.submitted', echoId: 'e', conversationKey: '1', text: 'Hi' }],
    ['all of it is deleted', writes('')],
    ['nothing but spaces is left of it', writes('  ')],
    ['another conversation is shown', opened('2')],
    ['the list is shown', opened(null)],
    ['the panel is hidden', visible(false)],
    ['the panel is closed', { type: 'view.closed', viewId: 'v' }],
  ])('ends when %s, told no sooner than 5 s after the last call', (_, event) => {
    const one = typing().wait(1_000).run(event);
    expect(calls(one)).toEqual([]);
    expect(nextWakeAt(one.state, one.at)).toBeLessThanOrEqual(start + 5_000);
    expect(calls(one.pass(3_999))).toEqual([]);
    expect(calls(one.pass(1))).toEqual([call(false)]);
  });

  it('that goes on again before its end was told needs no word', () => {
    const one = typing().wait(1_000).run(writes('')).wait(1_000).run(writes('A'));
    expect(calls(one.pass(3_000))).toEqual([]);
    expect(calls(one.pass(2_000))).toEqual([call(false)]);
  });

  it('in another conversation is told after the end of the one before', () => {
    const one = typing().wait(5_000).run(opened('2'), { type: 'conversations.unchanged' });
    one.state = { ...one.state, conversations: { ...one.state.conversations, 2: { ...one1(one), id: 2 } } };
    expect(calls(one.run(writes('B', '2')))).toEqual([]);
    expect(calls(one.run(told(false)))).toEqual([]);
    expect(calls(one.pass(4_000).run(writes('BC', '2')).pass(1_000))).toEqual([call(true, 2)]);
  });

  it.each<[string, (one: Bench) => Bench]>([
    ['in a panel that is hidden', (one) => one.run(visible(false), writes('H'))],
    [
      'in a conversation that the server does not know yet',
      (one) => one.run(opened('local'), writes('H', 'local')),
    ],
    ['in one that no panel shows', (one) => one.run(writes('H', '2'))],
    ['without a live cable', (one) => one.run(offline, writes('H'))],
  ])('%s is not told', (_, act) => {
    expect(calls(act(bench()).pass(1_000))).toEqual([]);
  });

  it('is not told of a conversation that is gone', () => {
    const one = typing();
    one.state = { ...one.state, conversations: {} };
    expect(calls(one.pass(5_000))).toEqual([]);
    expect(one.state.session.typingIn).toBeNull();
  });
});

const offline: Event = { type: 'cable.changed', cable: 'waiting', attempt: 1, nextTryAt: start + 60_000 };
const one1 = (one: Bench) => {
  const [conversation] = Object.values(one.state.conversations);
  if (!conversation) throw new Error('no conversation');
  return conversation;
};

describe('what was told on', () => {
  it('is told off by a background that is started anew, 5 s later at the earliest', () => {
    const { session } = typing().state;
    const one = new Bench(liveState({ session })).run({ type: 'background.started' });
    expect(calls(one)).toEqual([]);
    expect(nextWakeAt(one.state, one.at)).toBe(start + 5_000);
    expect(calls(one.pass(5_000))).toEqual([call(false)]);
  });

  it('is told on by a background that is started anew no sooner, for the one before may have told it off', () => {
    const one = bench().run({ type: 'background.started' }, writes('H'));
    expect(calls(one)).toEqual([]);
    expect(calls(one.pass(4_000).run(writes('Hi')).pass(1_000))).toEqual([call(true)]);
  });

  it('is told off when the cable is lost', () => {
    expect(calls(typing().run(offline).pass(5_000))).toEqual([call(false)]);
  });

  it('is told off when the session ends, and nothing is said twice meanwhile', () => {
    const one = typing().wait(5_000).run({ type: 'session.ended', at: start });
    expect(calls(one)).toEqual([call(false)]);
    expect(calls(one.pass(60_000))).toEqual([]);
    expect(one.run(told(false)).state.session.typingIn).toBeNull();
  });

  it('is told off although nobody knows whether it arrived', () => {
    const one = bench().run(writes('H'), { type: 'typing.told', on: true, failure: failures.timeout });
    expect(calls(one.pass(4_999))).toEqual([]);
    expect(calls(one.pass(1))).toEqual([call(false)]);
  });

  it('is told off until the server hears it, but not without end', () => {
    const one = typing().pass(5_000);
    for (let tries = 1; tries < 12; tries++)
      expect(
        calls(one.run({ type: 'typing.told', on: false, failure: failures.broken }).pass(60_000)),
      ).toEqual([call(false)]);
    one.run({ type: 'typing.told', on: false, failure: failures.broken });
    expect(one.state.session.typingIn).toBeNull();
    expect(calls(bench().run(writes('H')))).toEqual([call(true)]);
  });

  it('ends with a conversation that answers 404, and slows down where it is asked to', () => {
    const one = typing().pass(5_000);
    expect(
      one.run({ type: 'typing.told', on: false, failure: failures.gone }).state.session.typingIn,
    ).toBeNull();
    const limited = typing().pass(5_000).run({ type: 'typing.told', on: false, failure: failures.tooFast });
    expect(limited.state.link.rateLimitedUntil).toBeGreaterThan(limited.at);
    expect(calls(limited.pass(5_000))).toEqual([]);
    expect(calls(limited.pass(10_000))).toEqual([call(false)]);
  });
});
