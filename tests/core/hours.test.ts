// When an inbox is open (contract §9.2): instants over time zones, both changes of the clocks, all-day and closed days and
// the inclusive ends. What is expected was reckoned by hand, from the zones' own rules.
import { describe, expect, it } from 'vitest';
import { type DayHours, hoursAt, hoursOf, isWithin, type WorkingHours } from '@/lib/core/hours';

const from9to17 = { opens: 9 * 60, closes: 17 * 60 };
const throughout = { opens: 0, closes: 23 * 60 + 59 };
const between = (opens: string, closes: string): DayHours => {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return { opens: minutes(opens), closes: minutes(closes) };
};
const everyDay = (hours: DayHours): DayHours[] => Array(7).fill(hours);
const week = [null, from9to17, from9to17, from9to17, from9to17, from9to17, null];
const weekday = { usual: week, throughout: everyDay(throughout), closed: everyDay(null) };
const onSunday = (hours: DayHours) => [hours, null, null, null, null, null, null];
const inZone = (timeZone: string, days: readonly DayHours[] = week): WorkingHours => ({ timeZone, days });
const at = (instant: string) => Date.parse(instant);

describe('by the server’s rule, to the millisecond', () => {
  // 5 January 2026 is a Monday.
  it.each<[string, readonly DayHours[], string, boolean]>([
    // both ends are open
    ['UTC', week, '2026-01-05T08:59:59.999Z', false],
    ['UTC', week, '2026-01-05T09:00:00.000Z', true],
    ['UTC', week, '2026-01-05T17:00:00.000Z', true],
    ['UTC', week, '2026-01-05T17:00:00.001Z', false],
    ['UTC', week, '2026-01-05T17:00:59.000Z', false],
    ['UTC', week, '2026-01-04T12:00:00Z', false],
    ['UTC', week, '2026-01-10T12:00:00Z', false],
    // the weekday is the inbox's own
    ['America/New_York', week, '2026-01-05T13:59:59.999Z', false],
    ['America/New_York', week, '2026-01-05T14:00:00Z', true],
    ['America/New_York', week, '2026-01-05T22:00:00Z', true],
    ['America/New_York', week, '2026-01-05T22:00:00.001Z', false],
    ['Pacific/Pago_Pago', week, '2026-01-05T19:59:59.999Z', false],
    ['Pacific/Pago_Pago', week, '2026-01-05T20:00:00Z', true],
    ['Pacific/Pago_Pago', week, '2026-01-10T03:30:00Z', true],
    ['Pacific/Tongatapu', week, '2026-01-04T20:00:00Z', true],
    ['Pacific/Tongatapu', week, '2026-01-04T19:59:59.999Z', false],
    ['Pacific/Tongatapu', week, '2026-01-08T21:00:00Z', true],
    ['Pacific/Tongatapu', week, '2026-01-09T20:00:00Z', false],
    ['Pacific/Kiritimati', week, '2026-01-04T19:00:00Z', true],
    // not whole hours from UTC
    ['Asia/Kolkata', week, '2026-01-05T03:29:59.999Z', false],
    ['Asia/Kolkata', week, '2026-01-05T03:30:00Z', true],
    ['Asia/Kolkata', week, '2026-01-05T11:30:00.001Z', false],
    ['Asia/Kathmandu', week, '2026-01-05T03:15:00Z', true],
    ['Asia/Kathmandu', week, '2026-01-05T03:14:59Z', false],
    ['America/St_Johns', week, '2026-01-05T12:30:00Z', true],
    ['America/St_Johns', week, '2026-07-06T11:30:00Z', true],
    ['America/St_Johns', week, '2026-07-06T11:29:59Z', false],
    // summer time, north and south
    ['Europe/Berlin', week, '2026-03-27T08:00:00Z', true],
    ['Europe/Berlin', week, '2026-03-30T07:00:00Z', true],
    ['Europe/Berlin', week, '2026-03-30T06:59:59.999Z', false],
    ['Europe/Berlin', week, '2026-03-30T15:00:00.001Z', false],
    ['Europe/Berlin', week, '2026-10-26T08:00:00Z', true],
    ['Europe/Berlin', week, '2026-10-26T07:59:59.999Z', false],
    ['Australia/Sydney', week, '2026-01-04T22:00:00Z', true],
    ['Australia/Sydney', week, '2026-07-05T22:59:59.999Z', false],
    ['Australia/Sydney', week, '2026-07-05T23:00:00Z', true],
    // on the night of the change: a time that is skipped is an hour later by the clock
    ['America/New_York', onSunday(between('02:30', '04:00')), '2026-03-08T07:29:59.999Z', false],
    ['America/New_York', onSunday(between('02:30', '04:00')), '2026-03-08T07:30:00Z', true],
    ['America/New_York', onSunday(between('02:30', '04:00')), '2026-03-08T08:00:00Z', true],
    ['America/New_York', onSunday(between('02:30', '04:00')), '2026-03-08T08:00:00.001Z', false],
    ['America/New_York', onSunday(between('01:00', '02:30')), '2026-03-08T07:30:00Z', true],
    ['America/New_York', onSunday(between('01:00', '02:30')), '2026-03-08T07:30:00.001Z', false],
    ['Australia/Sydney', onSunday(between('02:15', '05:00')), '2026-10-03T16:14:59.999Z', false],
    ['Australia/Sydney', onSunday(between('02:15', '05:00')), '2026-10-03T16:15:00Z', true],
    ['Australia/Lord_Howe', onSunday(between('02:15', '05:00')), '2026-10-03T15:44:59.999Z', false],
    ['Australia/Lord_Howe', onSunday(between('02:15', '05:00')), '2026-10-03T15:45:00Z', true],
    ['America/Santiago', onSunday(throughout), '2026-09-06T03:59:59.999Z', false],
    ['America/Santiago', onSunday(throughout), '2026-09-06T04:00:00Z', true],
    // one that comes twice is its first time
    ['America/New_York', onSunday(between('01:30', '03:00')), '2026-11-01T05:29:59.999Z', false],
    ['America/New_York', onSunday(between('01:30', '03:00')), '2026-11-01T05:30:00Z', true],
    ['America/New_York', onSunday(between('01:30', '03:00')), '2026-11-01T08:00:00Z', true],
    ['America/New_York', onSunday(between('01:30', '03:00')), '2026-11-01T08:00:00.001Z', false],
    ['America/New_York', onSunday(between('00:00', '01:30')), '2026-11-01T05:30:00.001Z', false],
    ['Europe/Berlin', onSunday(between('02:30', '06:00')), '2026-10-25T00:30:00Z', true],
    ['Europe/Berlin', onSunday(between('02:30', '06:00')), '2026-10-25T05:00:00.001Z', false],
    ['Australia/Sydney', onSunday(between('02:30', '06:00')), '2026-04-04T15:30:00Z', true],
    ['Australia/Sydney', onSunday(between('02:30', '06:00')), '2026-04-04T20:00:00.001Z', false],
    // open throughout is 0:00 to 23:59
    ['Europe/Berlin', weekday.throughout, '2026-01-05T22:59:00.000Z', true],
    ['Europe/Berlin', weekday.throughout, '2026-01-05T22:59:00.001Z', false],
    ['Europe/Berlin', weekday.throughout, '2026-01-05T22:59:59.999Z', false],
    ['Europe/Berlin', weekday.throughout, '2026-01-05T23:00:00.000Z', true],
    ['Europe/Berlin', weekday.closed, '2026-01-07T12:00:00Z', false],
  ])('in %s with %j it is %s: open is %s', (timeZone, days, instant, isOpen) => {
    expect(isWithin(inZone(timeZone, days), at(instant))).toBe(isOpen);
  });
});

describe('as people are told', () => {
  const tell = (hours: WorkingHours, instant: string) => {
    const { isOpen, changesAt } = hoursAt(hours, at(instant));
    return [isOpen, changesAt === null ? null : new Date(changesAt).toISOString()];
  };

  it.each<[string, readonly DayHours[], string, boolean, string | null]>([
    ['UTC', week, '2026-01-05T07:00:00Z', false, '2026-01-05T09:00:00.000Z'],
    ['UTC', week, '2026-01-05T09:00:00Z', true, '2026-01-05T17:00:00.001Z'],
    ['UTC', week, '2026-01-05T17:00:00.001Z', false, '2026-01-06T09:00:00.000Z'],
    ['UTC', week, '2026-01-09T17:30:00Z', false, '2026-01-12T09:00:00.000Z'],
    ['Europe/Berlin', week, '2026-03-27T18:00:00Z', false, '2026-03-30T07:00:00.000Z'],
    ['Europe/Berlin', week, '2026-10-23T18:00:00Z', false, '2026-10-26T08:00:00.000Z'],
    [
      'America/New_York',
      onSunday(between('02:30', '04:00')),
      '2026-03-07T12:00:00Z',
      false,
      '2026-03-08T07:30:00.000Z',
    ],
    ['Pacific/Tongatapu', week, '2026-01-02T12:00:00Z', false, '2026-01-04T20:00:00.000Z'],
    ['Asia/Kolkata', onSunday(from9to17), '2026-01-04T12:00:00Z', false, '2026-01-11T03:30:00.000Z'],
    // A minute is no closing, two are.
    ['Europe/Berlin', weekday.throughout, '2026-01-05T22:59:30Z', true, null],
    [
      'Europe/Berlin',
      [null, throughout, throughout, null, null, null, null],
      '2026-01-05T12:00:00Z',
      true,
      '2026-01-06T22:59:00.001Z',
    ],
    ['UTC', everyDay(between('00:00', '23:58')), '2026-01-05T23:59:00Z', false, '2026-01-06T00:00:00.000Z'],
    ['UTC', weekday.closed, '2026-01-05T12:00:00Z', false, null],
  ])('in %s with %j it is %s: open is %s, until %s', (timeZone, days, instant, isOpen, changesAt) => {
    expect(tell(inZone(timeZone, days), instant)).toEqual([isOpen, changesAt]);
  });

  it('says at every time what is true then, in whatever order it is asked', () => {
    const hours = inZone('UTC');
    const asked = ['08:59', '09:00', '16:00', '17:01', '08:00', '12:00'];
    const told = asked.map((time) => hoursAt(hours, at(`2026-01-05T${time}:00Z`)).isOpen);
    expect(told).toEqual([false, true, true, false, false, true]);
  });

  it('opens when it said that it would, and closes so too', () => {
    let now = at('2026-01-01T00:00:00Z');
    const hours = inZone('America/St_Johns');
    const changes: boolean[] = [];
    while (now < at('2026-12-31T00:00:00Z')) {
      const { isOpen, changesAt } = hoursAt(hours, now);
      if (changesAt === null) throw new Error('closed for good');
      expect(hoursAt({ ...hours }, changesAt - 1).isOpen).toBe(isOpen);
      expect(hoursAt({ ...hours }, changesAt).isOpen).toBe(!isOpen);
      changes.push(isOpen);
      now = changesAt;
    }
    expect(changes.filter(Boolean)).toHaveLength(260);
  });
});

describe('hours that somebody tells', () => {
  const told = (change: object = {}) => ({
    closedAllDay: false,
    openAllDay: false,
    opens: 540,
    closes: 1020,
    ...change,
  });
  const seven = (first: object | null = {}) => [
    first && told(first),
    ...Array.from({ length: 6 }, () => told()),
  ];

  it('are taken where all seven days make sense', () => {
    expect(hoursOf('Europe/Berlin', seven())).toEqual(inZone('Europe/Berlin', everyDay(from9to17)));
    const closed = { closedAllDay: true, openAllDay: true, opens: null, closes: null };
    expect(hoursOf('UTC', seven(closed))?.days[0]).toBeNull();
    expect(hoursOf('UTC', seven({ openAllDay: true, opens: null }))?.days[0]).toEqual(throughout);
  });

  it.each([
    ['a day that is missing', seven().slice(1)],
    ['a day too many', [...seven(), told()]],
    ['a day that cannot be read', seven(null)],
    ['a day without its end', seven({ closes: null })],
    ['a day that ends before it begins', seven({ closes: 500 })],
    ['a day that ends as it begins', seven({ closes: 540 })],
    ['a day of more than 24 hours', seven({ closes: 1_440 })],
    ['a day that begins before it', seven({ opens: -1 })],
  ])('are not known with %s', (_, days) => {
    expect(hoursOf('UTC', days)).toBeNull();
  });

  it('are not known in a time zone that this browser does not know', () => {
    expect(hoursOf('Mars/Olympus_Mons', seven())).toBeNull();
    expect(hoursOf('', seven())).toBeNull();
  });
});
