import { expect, test } from 'vitest';
import type { Shown } from './protocol';
import { gapClosedAt, nothing, sum, tally } from './tally';

const written = [4, 5, 6, 7, 8];

test('finds nothing wrong where all is shown once and in order', () => {
  expect(tally(written, written)).toEqual({ ...nothing, messages: 5 });
});

test('finds what was spoiled, and nothing else', () => {
  expect(tally(written, [4, 5, 7, 8])).toEqual({ ...nothing, messages: 5, lost: 1 });
  expect(tally(written, [4, 5, 6, 6, 7, 8, 4])).toEqual({ ...nothing, messages: 5, doubled: 2 });
  expect(tally(written, [4, 6, 5, 7, 8])).toEqual({ ...nothing, messages: 5, outOfOrder: 1 });
  expect(tally(written, [8, 4, 5, 5])).toEqual({ messages: 5, lost: 2, doubled: 1, outOfOrder: 2 });
  expect(tally(written, [])).toEqual({ ...nothing, messages: 5, lost: 5 });
});

test('finds spoiled input wherever it was spoiled', () => {
  const many = Array.from({ length: 200 }, (_, index) => index + 1);
  for (const at of many.slice(0, -1)) {
    expect(tally(many, many.toSpliced(at - 1, 1)).lost).toBe(1);
    expect(tally(many, many.toSpliced(at - 1, 0, at)).doubled).toBe(1);
    expect(tally(many, many.toSpliced(at - 1, 2, at + 1, at)).outOfOrder).toBe(1);
  }
});

test('adds tallies up, none to nothing', () => {
  const spoiled = tally(written, [5, 4]);
  expect(sum([spoiled, tally(written, [4, 5, 6, 7, 8, 8])])).toEqual({
    messages: 10,
    lost: 3,
    doubled: 1,
    outOfOrder: 1,
  });
  expect(sum([])).toEqual(nothing);
});

const times = new Map(written.map((id) => [id, id * 100]));

test('takes a gap for closed when the last message written before the return is shown', () => {
  const shown: Shown[] = [
    [4, 410],
    [5, 905],
    [6, 890],
    [7, 720],
  ];
  expect(gapClosedAt(times, shown, 400, 650)).toBe(905);
  expect(gapClosedAt(times, shown, 550, 650)).toBe(890);
});

test('takes a gap for closed on return at the earliest', () => {
  expect(gapClosedAt(times, [[4, 410]], 400, 450)).toBe(450);
});

test('never takes a gap for closed in which a message is missing', () => {
  expect(gapClosedAt(times, [[4, 410]], 400, 650)).toBe(Number.POSITIVE_INFINITY);
});
