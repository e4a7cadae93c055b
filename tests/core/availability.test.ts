// Whether somebody answers: hours and presence put into one word, honest where they disagree or are not known.
import { describe, expect, it } from 'vitest';
import { availabilityOf } from '@/lib/core/availability';
import type { InboxHours } from '@/lib/core/hours';
import type { Presence } from '@/lib/core/server-types';
import type { State } from '@/lib/core/state';
import { nextWakeAt } from '@/lib/core/wake';
import { liveState, start } from '../support/core-builders';

const from9to17 = { opens: 540, closes: 1020 };
/** It is Monday, 9 o'clock in London. */
const open: InboxHours = { timeZone: 'Europe/London', days: [null, ...Array(5).fill(from9to17), null] };
const shut: InboxHours = { ...open, timeZone: 'America/New_York' };
const opensInNewYork = Date.UTC(2026, 0, 5, 14);
type Users = Record<string, Presence> | null;
/** Who is there was asked so long ago, in ms. */
const asked = (ago: number) => ({ sync: { ...liveState().sync, presenceAskedAt: start - ago } });

function available(hours: InboxHours | null, users: Users, change: Partial<State> = {}) {
  const state = liveState({
    inbox: { hours, heardAt: start },
    presence: users && { users, at: start },
    ...asked(10_000),
    ...change,
  });
  return availabilityOf(state, start);
}

describe('the availability', () => {
  it.each<[string, InboxHours | null, Users, string]>([
    ['open and somebody online', open, { 1: 'online', 2: 'offline' }, 'here'],
    ['open and nobody there', open, {}, 'away'],
    ['open and all of them offline', open, { 1: 'offline' }, 'away'],
    ['open and all of them busy', open, { 1: 'busy', 2: 'offline' }, 'unknown'],
    ['open and nobody has said who is there', open, null, 'here'],
    ['no hours and somebody online', 'always', { 1: 'busy', 2: 'online' }, 'here'],
    ['no hours and nobody there', 'always', {}, 'away'],
    ['no hours and all of them busy', 'always', { 1: 'busy' }, 'unknown'],
    ['no hours and nobody has said who is there', 'always', null, 'unknown'],
    ['hours that nobody knows, whoever is there', null, { 1: 'online' }, 'unknown'],
    ['nothing known', null, null, 'unknown'],
    ['closed, whoever is there', shut, { 1: 'online' }, 'closed'],
    ['closed and nobody there', shut, {}, 'closed'],
    ['closed and nobody has said who is there', shut, null, 'closed'],
  ])('with %s is told', (_, hours, users, name) => {
    expect(available(hours, users).name).toBe(name);
  });

  it('says when it opens again, and only then', () => {
    expect(available(shut, null).opensAt).toBe(opensInNewYork);
    expect(available(open, null).opensAt).toBeNull();
    expect(available({ ...shut, days: Array(7).fill(null) }, null)).toMatchObject({
      name: 'closed',
      opensAt: null,
    });
  });

  it('names who is online, not who is busy', () => {
    const users: Users = { 12: 'online', 3: 'online', 4: 'busy', 5: 'offline' };
    expect(available(open, users).onlineIds).toEqual([3, 12]);
    expect(available(shut, users).onlineIds).toEqual([3, 12]);
  });

  it.each(['connecting', 'waiting', 'closed'] as const)(
    'never looks as if somebody was there over a cable that is %s; closed stays closed',
    (cable) => {
      const link = { ...liveState().link, cable };
      const unknown = { name: 'unknown', opensAt: null, onlineIds: [] };
      for (const hours of [open, 'always', null] as const)
        for (const users of [{ 1: 'online' }, {}, null] as const)
          expect(available(hours, users, { link })).toEqual(unknown);
      expect(available(shut, { 1: 'online' }, { link })).toEqual({
        name: 'closed',
        opensAt: opensInNewYork,
        onlineIds: [],
      });
    },
  );

  describe('where nothing was written yet, and so no cable is needed,', () => {
    const link = { ...liveState().link, cable: 'idle' as const };
    const { sync } = liveState();
    const session = { ...liveState().session, pubsubToken: null };
    const name = (change: Partial<State>, hours: InboxHours = open) =>
      available(hours, null, { link, session, ...change }).name;

    it('goes by the hours that the inbox has just told', () => {
      expect(name({})).toBe('here');
      expect(name({}, 'always')).toBe('unknown');
      expect(name({ inbox: { hours: open, heardAt: start - 299_999 } })).toBe('here');
    });

    it.each<[string, Partial<State>]>([
      ['the network is gone', { link: { ...link, online: false } }],
      ['they were told long ago', { inbox: { hours: open, heardAt: start - 300_000 } }],
      ['they are being asked for', { sync: { ...sync, hours: { ...sync.hours, busy: true } } }],
      ['the inbox is gone', { link: { ...link, inboxMissing: true } }],
      ['nobody is let in', { session: { ...session, refusal: { reason: 'signedOut', at: start } } }],
      ['the contact cannot be had', { sync: { ...sync, contact: { ...sync.contact, attempts: 1 } } }],
      ['there is a contact, whose cable was let go', { session: { ...session, pubsubToken: 'token' } }],
    ])('says nothing where %s', (_, change) => {
      expect(name(change)).toBe('unknown');
    });
  });

  it('waits for a moment for the answer who is there, and then goes by the hours', () => {
    expect(available(open, null, asked(4_999)).name).toBe('unknown');
    expect(available(open, null, asked(5_000)).name).toBe('here');
    expect(available(open, { 1: 'online' }, asked(100)).name).toBe('here');
    expect(available(shut, null, asked(100)).name).toBe('closed');
  });

  it('relies on nobody who was told of long ago', () => {
    const presence = { users: { 1: 'online' as const }, at: start - 90_000 };
    expect(available('always', null, { presence })).toMatchObject({ name: 'unknown', onlineIds: [] });
    expect(available(open, null, { presence })).toMatchObject({ name: 'here', onlineIds: [] });
    expect(available(open, null, { presence, ...asked(100) }).name).toBe('unknown');
  });

  it('says nothing before it is asked who is there, which is at once where somebody looks', () => {
    expect(available(open, null, asked(29_999)).name).toBe('here');
    expect(available(open, null, asked(30_000)).name).toBe('unknown');
    expect(available(open, { 1: 'offline' }, asked(30_000)).name).toBe('away');
  });
});

describe('the background', () => {
  const view = { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false };
  const wake = (hours: InboxHours | null, views: State['views']) =>
    nextWakeAt(liveState({ inbox: { hours, heardAt: start }, views }), start);

  it('wakes for the next change of the hours while a panel shows them', () => {
    expect(wake(shut, { v: view })).toBe(opensInNewYork);
    expect(wake(open, { v: view })).toBe(Date.UTC(2026, 0, 5, 17) + 1);
    expect(wake('always', { v: view })).toBeNull();
    expect(wake(shut, {})).toBeNull();
  });
});
