// The figures of a run: what was measured of each kind, beside each other, and whether ours are reached. Pure.

import { percentile } from '../stats';
import { type Break, type Situation, situationOf } from './plan';
import { type Kind, kinds } from './protocol';
import type { Sample } from './round';
import { sum, type Tally } from './tally';

/** One measured time over all samples. In milliseconds; NaN where nothing was measured. */
export interface Times {
  p50: number;
  p95: number;
  max: number;
  /** Samples in which it never happened. */
  never: number;
}

export interface Line {
  samples: number;
  told: Times;
  back: Times;
  gapClosed: Times;
}

export const situations: readonly Situation[] = ['drop', 'half-open', 'outage'];

export interface Measured {
  kind: Kind;
  what: Break;
  samples: readonly Sample[];
  tallies: readonly Tally[];
}

export interface Results {
  lines: Record<Situation, Record<Kind, Line>>;
  messages: Record<Kind, Tally>;
}

export function resultsOf(measured: readonly Measured[]): Results {
  const lineOf = (situation: Situation, kind: Kind): Line => {
    const samples = measured
      .filter((each) => each.kind === kind && situationOf(each.what) === situation)
      .flatMap((each) => each.samples);
    const times = (key: keyof Sample) => timesOf(samples.map((sample) => sample[key]));
    return {
      samples: samples.length,
      told: times('told'),
      back: times('back'),
      gapClosed: times('gapClosed'),
    };
  };
  const each = <K extends string, T>(keys: readonly K[], make: (key: K) => T) =>
    Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, T>;
  return {
    lines: each(situations, (situation) => each(kinds, (kind) => lineOf(situation, kind))),
    messages: each(kinds, (kind) =>
      sum(measured.filter((one) => one.kind === kind).flatMap((one) => one.tallies)),
    ),
  };
}

function timesOf(measured: readonly (number | null)[]): Times {
  const values = measured.filter((value) => value !== null);
  const at = (share: number) => Math.round(percentile({ values }, share));
  return { p50: at(0.5), p95: at(0.95), max: at(1), never: measured.length - values.length };
}

/** One figure of the goals. */
export interface Figure {
  name: string;
  toReach: string;
  measured: string;
  /** Null: not measured. */
  isReached: boolean | null;
}

/** What ours has to reach, and whether it did. */
export function figuresOf({ lines, messages }: Results): Figure[] {
  const { lost, doubled, outOfOrder } = messages.ours;
  const ours = (situation: Situation) => lines[situation].ours;
  const rails = (situation: Situation) => lines[situation]['@rails/actioncable'];
  // What never happened did not happen in time.
  const inTime = (times: Times, value: number) => (times.never > 0 ? Number.POSITIVE_INFINITY : value);
  const always = (times: Times) => inTime(times, times.max);
  const p95 = (times: Times) => inTime(times, times.p95);
  const atMost = (name: string, most: number, value: number, unit: 'ms' | '×'): Figure => ({
    name,
    toReach: `≤ ${most} ${unit}`,
    measured: Number.isNaN(value) ? '' : `${unit === '×' ? value.toFixed(2) : value} ${unit}`,
    isReached: Number.isNaN(value) ? null : value <= most,
  });
  const ratio = (situation: Situation) => ours(situation).back.p50 / rails(situation).back.p50;
  return [
    {
      name: `R3 lost / doubled / out of order, ${ours('drop').samples} drops`,
      toReach: '0 / 0 / 0',
      measured: `${lost} / ${doubled} / ${outOfOrder} of ${messages.ours.messages}`,
      isReached: messages.ours.messages > 0 && lost + doubled + outOfOrder === 0,
    },
    atMost('P10 drop until subscribed, p50 beside @rails/actioncable', 0.1, ratio('drop'), '×'),
    atMost('P10 drop until subscribed, p95', 1_000, p95(ours('drop').back), 'ms'),
    atMost('P10 end of the outage until subscribed, p50 beside @rails/actioncable', 1, ratio('outage'), '×'),
    atMost('P11 half-open until told, always', 8_500, always(ours('half-open').told), 'ms'),
    atMost('P11 half-open until subscribed, always', 8_500, always(ours('half-open').back), 'ms'),
    atMost('P11 half-open until subscribed, p50 beside @rails/actioncable', 0.7, ratio('half-open'), '×'),
    atMost('R4 drop until the gap is closed, p95', 2_000, p95(ours('drop').gapClosed), 'ms'),
    atMost(
      'R4 end of the outage until the gap is closed, always',
      11_000,
      always(ours('outage').gapClosed),
      'ms',
    ),
  ];
}
