// @vitest-environment node
import { expect, test } from 'vitest';
import { makeInboxes } from '../../server/records/inboxes';
import { isClosed, usualWeek } from '../../server/records/working-hours';

function inbox(timezone = 'UTC', more: object = {}) {
  const options = {
    identifier: 'i',
    name: 'I',
    hmacToken: 'k',
    timezone,
    workingHoursEnabled: true,
    ...more,
  };
  const [made] = makeInboxes([options]);
  if (made === undefined) throw new Error('no inbox was made');
  return made;
}

test.each([
  ['2026-11-23T08:59:59.999Z', true],
  ['2026-11-23T09:00:00.000Z', false],
  ['2026-11-23T17:00:00.000Z', false],
  ['2026-11-23T17:00:00.001Z', true],
  ['2026-11-22T12:00:00.000Z', true],
])('keeps the usual hours with both ends in them: %s', (at, closed) => {
  expect(isClosed(inbox(), Date.parse(at))).toBe(closed);
});

test.each([
  ['2026-11-22T00:00:00.000Z', false],
  ['2026-11-22T23:59:00.000Z', false],
  ['2026-11-22T23:59:00.001Z', true],
  ['2026-11-22T23:59:30.000Z', true],
])('keeps a day that is open throughout from 0:00 to 23:59: %s', (at, closed) => {
  const workingHours = usualWeek().map((day) => ({ ...day, closed_all_day: false, open_all_day: true }));
  expect(isClosed(inbox('UTC', { workingHours }), Date.parse(at))).toBe(closed);
});

test('reads hours and weekday in the time zone of the inbox', () => {
  // Sunday 21:30 in UTC is Monday 10:30 in Auckland, and Monday 06:30 in Tokyo.
  const at = Date.parse('2026-11-22T21:30:00.000Z');
  expect(isClosed(inbox('Pacific/Auckland'), at)).toBe(false);
  expect(isClosed(inbox('Asia/Tokyo'), at)).toBe(true);
  expect(isClosed(inbox('UTC'), at)).toBe(true);
});
