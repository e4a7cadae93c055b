// Puts times into words for the user's language: days, clock times, how long ago.
// Owns the formatters (they are costly to make); reads no clock: `now` is given.
import type { EpochMs } from '@/lib/core/types';
import type { Translate } from '@/lib/platform/types';

/** The texts, as the views get them. */
export type Words = Translate;

export interface Times {
  /** 14:02 */
  clock(at: EpochMs): string;
  /** Date and time, for tooltips and names. */
  full(at: EpochMs): string;
  /** Today, Yesterday, Monday, 3 November, 3 November 2025 */
  day(at: EpochMs, now: EpochMs): string;
  /** The date alone, with its year. */
  date(at: EpochMs): string;
  /** now, 4 min, 2 h, Yesterday, Mon, 3 Nov, 3 Nov 2025 */
  short(at: EpochMs, now: EpochMs): string;
  /** 4 minutes ago; from yesterday on as `day`. */
  ago(at: EpochMs, now: EpochMs): string;
  /** A moment to come: the ending of the key of its words, and what stands in them. */
  toCome(at: EpochMs, now: EpochMs): { ending: 'Today' | 'Tomorrow' | 'Weekday'; values: ToCome };
  /** 0:42, from seconds. */
  countdown(seconds: number): string;
}

/** 09:00, Monday */
type ToCome = { time: string; weekday: string };

const minute = 60_000;
const hour = 60 * minute;

/** The words for times in the language of `words`, in the time zone of the user. */
export function createTimes(words: Translate): Times {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(words.locale, options);
    return (at: EpochMs) => formatter.format(at);
  };
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const full = format({ dateStyle: 'long', timeStyle: 'short' });
  const date = format({ dateStyle: 'long' });
  const weekday = format({ weekday: 'long' });
  const monthDay = format({ day: 'numeric', month: 'long' });
  const weekdayShort = format({ weekday: 'short' });
  const monthDayShort = format({ day: 'numeric', month: 'short' });
  const dateShort = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto' });
  const two = new Intl.NumberFormat(words.locale, { minimumIntegerDigits: 2 });
  const one = new Intl.NumberFormat(words.locale);

  type Day = (at: EpochMs) => string;
  function calendar(at: EpochMs, now: EpochMs, week: Day, year: Day, older: Day): string {
    const days = daysBetween(at, now);
    if (days <= 0) return words.text('today');
    if (days === 1) return words.text('yesterday');
    if (days < 7) return week(at);
    return new Date(at).getFullYear() === new Date(now).getFullYear() ? year(at) : older(at);
  }
  const day = (at: EpochMs, now: EpochMs) => calendar(at, now, weekday, monthDay, date);

  return {
    clock,
    full,
    date,
    day,
    short(at, now) {
      if (now - at < minute) return words.text('now');
      if (now - at < hour) return words.plural('minutes', Math.floor((now - at) / minute));
      if (daysBetween(at, now) === 0) return words.plural('hours', Math.floor((now - at) / hour));
      return calendar(at, now, weekdayShort, monthDayShort, dateShort);
    },
    ago(at, now) {
      if (now - at < minute) return words.text('now');
      if (now - at < hour) return relative.format(-Math.floor((now - at) / minute), 'minute');
      if (daysBetween(at, now) === 0) return relative.format(-Math.floor((now - at) / hour), 'hour');
      return day(at, now);
    },
    toCome(at, now) {
      const days = daysBetween(now, at);
      const ending = days <= 0 ? 'Today' : days === 1 ? 'Tomorrow' : 'Weekday';
      return { ending, values: { time: clock(at), weekday: weekday(at) } };
    },
    countdown: (seconds) => `${one.format(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`,
  };
}

/** Calendar days from one moment to another, in the user's time zone; summer time does not matter. */
function daysBetween(at: EpochMs, now: EpochMs): number {
  const startOfDay = (ms: EpochMs) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((startOfDay(now) - startOfDay(at)) / (24 * hour));
}
