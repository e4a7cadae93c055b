// Owns opening hours: the usual week, and whether an inbox is closed (contract §9.2).
// Must not read the clock.

import type { Inbox, WorkingDay } from './records';

/** Monday to Friday from 9 to 17. */
export function usualWeek(): WorkingDay[] {
  return [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => {
    const closed_all_day = day_of_week % 6 === 0;
    return {
      day_of_week,
      closed_all_day,
      open_hour: closed_all_day ? null : 9,
      open_minutes: closed_all_day ? null : 0,
      close_hour: closed_all_day ? null : 17,
      close_minutes: closed_all_day ? null : 0,
      open_all_day: false,
    };
  });
}

/** Weekday and milliseconds since midnight, as the clocks of a time zone show them. */
function wallClock(timeZone: string, at: number): { weekday: number; time: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const minutes = Number(part('hour')) * 60 + Number(part('minute'));
  return {
    weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part('weekday')),
    time: (minutes * 60 + Number(part('second'))) * 1000 + (at % 1000),
  };
}

const time = (hour: number | null, minutes: number | null) => ((hour ?? 0) * 60 + (minutes ?? 0)) * 60_000;

/** Whether the inbox keeps hours and is closed, in its own time zone; both ends of the hours belong to them. */
export function isClosed(inbox: Inbox, at: number): boolean {
  if (!inbox.workingHoursEnabled) return false;
  const now = wallClock(inbox.timezone, at);
  const today = inbox.workingHours.find(({ day_of_week }) => day_of_week === now.weekday);
  if (today === undefined) return false;
  if (today.closed_all_day) return true;
  // A day that is open throughout is kept as 0:00 to 23:59, so its last minute is not.
  const opens = today.open_all_day ? 0 : time(today.open_hour, today.open_minutes);
  const closes = today.open_all_day ? time(23, 59) : time(today.close_hour, today.close_minutes);
  return now.time < opens || now.time > closes;
}
