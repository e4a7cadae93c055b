// When an inbox is open: its week, read in its own time zone (contract §9.2). Pure: the time zone is named, now is given.
// Says nothing of who is there.
import type { EpochMs } from './types';

/** Minutes since midnight by the clocks of the inbox; both ends belong to it. Null: closed all day. */
export type DayHours = { opens: number; closes: number } | null;

export interface WorkingHours {
  /** IANA name of a time zone that this browser knows. */
  timeZone: string;
  /** Seven, from Sunday. */
  days: readonly DayHours[];
}

/** `always`: the inbox keeps no hours, and never counts as closed. */
export type InboxHours = 'always' | WorkingHours;

export interface HoursState {
  isOpen: boolean;
  /** When it closes, or opens again. Null: not within eight days. */
  changesAt: EpochMs | null;
}

/** From the first to the last millisecond of it, both included. */
interface Span {
  opens: EpochMs;
  closes: EpochMs;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** One day in the inbox's own words; its numbers may be missing where it is closed or open throughout. */
export interface ToldDay {
  closedAllDay: boolean;
  openAllDay: boolean;
  opens: number | null;
  closes: number | null;
}

/**
 * What can be relied on of seven days. Null where one of them is missing or makes no sense, or where this browser does not
 * know the time zone: told in another zone, hours would be wrong by hours, and "unknown" is never wrong.
 */
export function hoursOf(timeZone: string, days: readonly (ToldDay | null)[]): WorkingHours | null {
  const read = days.map((told) => (told === null ? undefined : dayOf(told)));
  const whole = read.filter((each) => each !== undefined);
  return whole.length === 7 && read.length === 7 && isTimeZone(timeZone) ? { timeZone, days: whole } : null;
}

/** A day that is open throughout is kept as 0:00 to 23:59. */
function dayOf({ closedAllDay, openAllDay, opens, closes }: ToldDay): DayHours | undefined {
  if (closedAllDay) return null;
  if (openAllDay) return { opens: 0, closes: day / minute - 1 };
  const told = { opens: opens ?? Number.NaN, closes: closes ?? Number.NaN };
  return isDay(told) ? told : undefined;
}

/** Whether these are hours of one day: none goes over midnight. */
export function isDay({ opens, closes }: { opens: number; closes: number }): boolean {
  return opens >= 0 && opens < closes && closes < day / minute;
}

/** Whether this browser can tell the time there. */
export function isTimeZone(name: string): boolean {
  try {
    return clockIn(name) !== undefined;
  } catch {
    return false;
  }
}

/** Whether it is open exactly as the server sees it, to the millisecond. */
export function isWithin(hours: WorkingHours, at: EpochMs): boolean {
  return spansAround(hours, at).some((span) => holds(span, at));
}

/** The same hours are asked about at every turn; what they answered holds until it changes. */
const answered = new WeakMap<WorkingHours, HoursState & { from: EpochMs; until: EpochMs }>();

/**
 * The hours as people are told of them. A closing of a minute or less is none: else a company that is always there would
 * be away for the last 59 seconds of every day.
 */
export function hoursAt(hours: WorkingHours, at: EpochMs): HoursState {
  const known = answered.get(hours);
  if (known && known.from <= at && at < known.until) return known;
  const spans = joined(spansAround(hours, at));
  const open = spans.find((span) => holds(span, at));
  const change = open ? open.closes + 1 : (spans.find(({ opens }) => opens > at)?.opens ?? null);
  const changesAt = change !== null && change - at <= 8 * day ? change : null;
  const state = { isOpen: open !== undefined, changesAt, from: at, until: changesAt ?? at + day };
  answered.set(hours, state);
  return state;
}

const holds = ({ opens, closes }: Span, at: EpochMs) => opens <= at && at <= closes;

/** What is open from the day before to nine days after, in order. */
function spansAround({ timeZone, days }: WorkingHours, at: EpochMs): Span[] {
  const clock = clockIn(timeZone);
  const spans: Span[] = [];
  for (let offset = -1; offset <= 9; offset += 1) {
    // As if the clocks of the inbox were those of UTC: its days can be counted then.
    const midnight = Math.floor(clock(at) / day) * day + offset * day;
    const hours = days[new Date(midnight).getUTCDay()];
    if (!hours) continue;
    const instant = (minutes: number) => instantOf(clock, midnight + minutes * minute);
    spans.push({ opens: instant(hours.opens), closes: instant(hours.closes) });
  }
  return spans;
}

function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last && span.opens - last.closes <= minute) last.closes = Math.max(last.closes, span.closes);
    else all.push({ ...span });
  }
  return all;
}

/** What the clocks of a time zone show at an instant, as the instant at which those of UTC show the same. */
type ZoneClock = (at: EpochMs) => EpochMs;

/** Throws where this browser does not know the time zone. */
function clockIn(timeZone: string): ZoneClock {
  const number = { hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' } as const;
  const format = new Intl.DateTimeFormat('en', {
    ...number,
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const seconds = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return seconds + (((at % 1000) + 1000) % 1000);
  };
}

/**
 * When the clocks show `shown`. A time that they skip in spring is the one that it would have been before the change, an
 * hour later by the new clock, as the server has it. One that comes twice in autumn is taken for its first time.
 */
function instantOf(clock: ZoneClock, shown: EpochMs): EpochMs {
  // No zone is further from UTC than this, so what these two say is what holds before and after any change that day.
  const [before, after] = [shown - 15 * hour, shown + 15 * hour].map((at) => shown - (clock(at) - at)) as [
    EpochMs,
    EpochMs,
  ];
  return clock(before) !== shown && clock(after) === shown ? after : before;
}
