// What the herd's runs come to: percentiles of waits, and of what came in one second. Pure; judges nothing.
import { percentile } from '../stats';
import type { Outcome } from './stories';

/** Per second, over the one-second windows until 99 % had come. */
interface Rate {
  p50: number;
  p95: number;
  peak: number;
}

export interface Figures {
  /** Seconds. */
  wait: { p50: number; p95: number; p99: number; max: number };
  connections: Rate;
  gapReads: Rate;
  inVain: number;
}

/** How many of `times` (milliseconds from 0 on) fall into each second, up to that in which 99 % have come. */
export function perSecond(times: readonly number[]): number[] {
  const end = Math.floor(percentile({ values: [...times] }, 0.99) / 1_000);
  const seconds = new Array<number>(end + 1).fill(0);
  for (const at of times) {
    const second = Math.floor(at / 1_000);
    if (second <= end) seconds[second] = (seconds[second] ?? 0) + 1;
  }
  return seconds;
}

function rateOf(times: readonly number[]): Rate {
  const values = perSecond(times);
  const at = (share: number) => percentile({ values }, share);
  return { p50: at(0.5), p95: at(0.95), peak: at(1) };
}

export function figuresOf({ waits, handshakes, gapReads, inVain }: Outcome): Figures {
  const at = (share: number) => percentile({ values: waits }, share) / 1_000;
  return {
    wait: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    connections: rateOf(handshakes),
    gapReads: rateOf(gapReads),
    inVain,
  };
}

type Group = Exclude<keyof Figures, 'inVain'>;

/** The figures by a flat name ("wait p50"), each the median of several runs. */
export function medians(runs: readonly Figures[]): Record<string, number> {
  const flat = runs.map(({ inVain, ...groups }) => {
    const entries = (Object.keys(groups) as Group[]).flatMap((group) =>
      Object.entries(groups[group]).map(([name, value]): [string, number] => [`${group} ${name}`, value]),
    );
    return Object.fromEntries([...entries, ['inVain', inVain]]) as Record<string, number>;
  });
  return Object.fromEntries(
    Object.keys(flat[0] ?? {}).map((name) => [
      name,
      percentile({ values: flat.map((run) => run[name] ?? Number.NaN) }, 0.5),
    ]),
  );
}
