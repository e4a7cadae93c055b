import { expect, test } from 'vitest';
import type { Break } from './plan';
import { type Kind, kinds } from './protocol';
import { figuresOf, type Measured, resultsOf } from './results';
import type { Sample } from './round';
import { tablesOf } from './tables';
import { nothing, type Tally } from './tally';

const sample = (fields: Partial<Sample> = {}): Sample => ({ told: 5, back: 400, gapClosed: 450, ...fields });
const round = (kind: Kind, what: Break, samples: Sample[], tally: Partial<Tally> = {}): Measured => ({
  kind,
  what,
  samples,
  tallies: [{ ...nothing, messages: 100, ...tally }],
});

/** A run in which ours reaches everything, and no more than that. */
const good: readonly Measured[] = [
  round('ours', 'rst', [sample(), sample({ back: 1_000, gapClosed: 2_000 }), sample()]),
  round('ours', 'half-open', [sample({ told: 8_400, back: 8_500, gapClosed: 9_000 })]),
  round('ours', 'outage', [sample({ back: 4_000, gapClosed: 11_000 })]),
  round('@rails/actioncable', 'fin', [sample({ back: 4_000 })]),
  round('@rails/actioncable', 'half-open', [sample({ told: null, back: 12_200 })]),
  round('@rails/actioncable', 'outage', [sample({ back: 4_000 })]),
  round('@anycable/core', 'cut', [sample({ back: 5_000 })], { lost: 7 }),
];
const missed = (measured: readonly Measured[]) =>
  figuresOf(resultsOf(measured))
    .filter(({ isReached }) => isReached === false)
    .map(({ name }) => name.slice(0, 3));
const replaced = (kind: Kind, what: Break, by: Measured) =>
  good.map((each) => (each.kind === kind && each.what === what ? by : each));

test('takes a figure for reached at its limit', () => {
  const figures = figuresOf(resultsOf(good));
  expect(figures.map(({ isReached }) => isReached)).toEqual(figures.map(() => true));
});

test.each<[string, Break, Partial<Sample>, Partial<Tally>, string[]]>([
  ['a lost message', 'rst', {}, { lost: 1 }, ['R3 ']],
  ['a doubled message', 'outage', {}, { doubled: 1 }, ['R3 ']],
  ['a message out of order', 'half-open', {}, { outOfOrder: 1 }, ['R3 ']],
  ['a slow return', 'rst', { back: 1_001 }, {}, ['P10', 'P10']],
  ['a client that never returned', 'half-open', { back: null }, {}, ['P11']],
  ['a user who was never told', 'half-open', { told: null }, {}, ['P11']],
  ['a return after more than the peer took', 'outage', { back: 4_100 }, {}, ['P10']],
  ['a gap that stays open', 'rst', { gapClosed: null }, {}, ['R4 ']],
  ['a gap that is closed late', 'outage', { gapClosed: 11_001 }, {}, ['R4 ']],
])('does not take a figure for reached with %s', (_what, what, fields, tally, names) => {
  const spoiled = good.find((each) => each.kind === 'ours' && each.what === what)?.samples[0];
  expect(
    missed(replaced('ours', what, round('ours', what, [{ ...sample(spoiled), ...fields }], tally))),
  ).toEqual(names);
});

test('says of what was not measured that it was not', () => {
  const figures = figuresOf(resultsOf(good.filter(({ what }) => what !== 'outage')));
  expect(figures.filter(({ isReached }) => isReached === null)).toHaveLength(2);
});

test('keeps kinds and situations apart', () => {
  const { lines, messages } = resultsOf(good);
  expect(lines.drop.ours).toMatchObject({ samples: 3, back: { p50: 400, p95: 1_000, max: 1_000, never: 0 } });
  expect(lines['half-open']['@rails/actioncable'].told.never).toBe(1);
  expect(kinds.map((kind) => messages[kind].lost)).toEqual([0, 0, 7]);
});

test('prints each situation as a table of all clients, with ratios of ours to each peer', () => {
  const lines = tablesOf(resultsOf(good)).split('\n');
  expect(lines).toContain(
    '| @rails/actioncable | 1 | 5 / 5 / 5 | 4000 / 4000 / 4000 | 0.10 | 0.25 | 0.25 | does not |',
  );
  expect(lines).toContain(
    '| @rails/actioncable | 1 | never | 12200 / 12200 / 12200 | 0.70 | 0.70 | 0.70 | does not |',
  );
  expect(lines).toContain('| @anycable/core | 100 | 7 | 0 | 0 |');
});
