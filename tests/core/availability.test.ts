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

function available(hours: InboxHours | null, users: Users, change: Partial<State> = {}) {
  const state = liveState({
    inbox: { hours, heardAt: start },
    presence: users && { users, at: start },
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

  it('goes by the hours where nothing was written yet and so no cable is needed, if the inbox has just told them', () => {
    const link = { ...liveState().link, cable: 'idle' as const };
    const { sync } = liveState();
    const asking = { ...sync.hours, wanted: true };
    const name = (change: Partial<State>, hours: InboxHours = open) => available(hours, null, change).name;
    expect(name({ link })).toBe('here');
    expect(name({ link }, 'always')).toBe('unknown');
    expect(name({ link: { ...link, online: false } })).toBe('unknown');
    expect(name({ link, sync: { ...sync, hours: asking } })).toBe('unknown');
    expect(name({ link, sync: { ...sync, hours: { ...asking, wanted: false, busy: true } } })).toBe(
      'unknown',
    );
  });

  it('relies on nobody who was told of long ago', () => {
    const presence = { users: { 1: 'online' as const }, at: start - 90_000 };
    expect(available('always', null, { presence })).toMatchObject({ name: 'unknown', onlineIds: [] });
    expect(available(open, null, { presence })).toMatchObject({ name: 'here', onlineIds: [] });
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
