// Percentiles of waits and of seconds, and what is said of them.
import { expect, it } from 'vitest';
import { figuresOf, medians, perSecond } from './figures';
import { aboveThePeer, tablesOf } from './tables';

const hundred = Array.from({ length: 100 }, (_, index) => (index + 1) * 100);

it('counts what comes in each second until 99 % have come', () => {
  expect(perSecond([0, 999, 1_000, 3_500])).toEqual([2, 1, 0, 1]);
  expect(perSecond([...new Array<number>(99).fill(500), 60_000])).toEqual([99]);
});

it('takes percentiles of waits over clients, and of rates over seconds', () => {
  const gapReads = [...hundred, ...new Array<number>(100).fill(1_500)];
  expect(figuresOf({ waits: hundred, handshakes: hundred, gapReads, inVain: 7 })).toEqual({
    wait: { p50: 5, p95: 9.5, p99: 9.9, max: 10 },
    connections: { p50: 10, p95: 10, peak: 10 },
    gapReads: { p50: 10, p95: 110, peak: 110 },
    inVain: 7,
  });
});

it('takes the median of several runs, figure by figure', () => {
  const run = (waits: number[], inVain: number) =>
    figuresOf({ waits, handshakes: waits, gapReads: waits, inVain });
  const together = medians([run([1_000], 3), run([5_000], 1), run([3_000], 2)]);
  expect(together).toMatchObject({ 'wait max': 3, 'connections peak': 1, inVain: 2 });
});

it('prints ours beside the peer, and names what is above it', () => {
  const figures = medians([
    figuresOf({ waits: hundred, handshakes: hundred, gapReads: hundred, inVain: 10 }),
  ]);
  const story = { name: 'a story', ours: { ...figures, 'wait max': 12 }, peer: figures };
  expect(tablesOf([story])).toContain(
    '| a story | 5.00 / 5.00 (1.00) | 9.50 / 9.50 (1.00) | 9.90 / 9.90 (1.00) | 12.00 / 10.00 (1.20) |',
  );
  expect(aboveThePeer([story])).toContain('- wait max: a story (1.20).');
  expect(aboveThePeer([{ ...story, ours: { ...figures, 'wait max': 10.1 } }])).toContain('nowhere');
});

it('says of a peak that is above the peer when that may be chance', () => {
  const told = (column: string, ours: number) =>
    aboveThePeer([{ name: 'a story', ours: { [column]: ours }, peer: { [column]: 100 } }]);
  expect(told('gapReads peak', 105)).toContain('nowhere');
  expect(told('gapReads peak', 128)).toContain('- gapReads peak: a story (1.28, may be chance).');
  expect(told('gapReads peak', 132)).toContain('- gapReads peak: a story (1.32).');
  expect(told('inVain', 106)).toContain('- inVain: a story (1.06).');
});
