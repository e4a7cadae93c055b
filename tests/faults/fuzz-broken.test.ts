// @vitest-environment node
// The harness itself: with a parser that is broken on purpose, the same cases must fail; with none, they must not.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { besideCases, checkBeside, checkInstead, insteadCases } from './fuzz-answers';
import { checkFrames, frameCases } from './fuzz-frames';
import { checkRecords, recordCases } from './fuzz-records';
import { seed } from './fuzz-runs';
import { checkUpdates, updateCases } from './fuzz-updates';
import { watched } from './fuzz-world';

const defect = vi.hoisted(() => ({ name: 'none' }));
const is = (name: string) => defect.name === name;

vi.mock('@/lib/carbonchat/room-channel', async (original) => {
  const real = await original<typeof import('@/lib/carbonchat/room-channel')>();
  const parseFrame: typeof real.parseFrame = (...args) => {
    const event = real.parseFrame(...args);
    if (is('throws on an unknown type') && event?.type === 'unknown') throw new TypeError('what is this?');
    return event;
  };
  return { ...real, parseFrame };
});

vi.mock('@/lib/carbonchat/wire', async (original) => {
  const real = await original<typeof import('@/lib/carbonchat/wire')>();
  const readEach: typeof real.readEach = (list, parse) => {
    const each = real.readEach(list, parse);
    return is('drops the whole list for one bad entry') && each.length < list.length ? [] : each;
  };
  const read: typeof real.read = (schema, value, what, report) => {
    const result = real.read(schema, value, what, report);
    if (is('trusts a type') && result !== null && what === 'message') {
      return { ...(result as object), content: Object(value).content } as unknown as typeof result;
    }
    if (is('throws on what it cannot read') && result === null) throw new TypeError(what);
    return result;
  };
  return { ...real, readEach, read };
});

vi.mock('@/lib/background/stored', async (original) => {
  const real = await original<typeof import('@/lib/background/stored')>();
  const broken =
    <T>(read: (value: unknown) => T | null) =>
    (value: unknown) => {
      const record = read(value);
      if (is('trusts a stored record')) return value as T;
      if (is('throws on a stored record') && record === null) throw new TypeError('not a record');
      return record;
    };
  const { readConversation, readEntry, readCreation, readDraft, readMessage } = real;
  return {
    ...real,
    readConversation: broken(readConversation),
    readEntry: broken(readEntry),
    readCreation: broken(readCreation),
    readDraft: broken(readDraft),
    readMessage: broken(readMessage),
  };
});

vi.mock('@/lib/messaging/update-schema', async (original) => {
  const real = await original<typeof import('@/lib/messaging/update-schema')>();
  const parseUpdate: typeof real.parseUpdate = (value) => {
    if (is('throws on an update') && real.parseUpdate(value) === null) throw new TypeError('no update');
    return is('trusts an update') ? (value as ReturnType<typeof real.parseUpdate>) : real.parseUpdate(value);
  };
  return { ...real, parseUpdate };
});

/** Whether one of so many cases fails. */
async function isCaught<T>(
  cases: fc.Arbitrary<T>,
  check: (one: T) => Promise<void>,
  runs: number,
): Promise<boolean> {
  const property = fc.asyncProperty(cases, (one) => watched(() => check(one)));
  return (await fc.check(property, { seed, numRuns: runs, endOnFailure: true })).failed;
}

const groups = {
  frames: (runs: number) => isCaught(frameCases, checkFrames, runs),
  'listed things': (runs: number) => isCaught(besideCases, checkBeside, runs),
  answers: (runs: number) => isCaught(insteadCases, checkInstead, runs),
  'stored records': (runs: number) => isCaught(recordCases, checkRecords, runs),
  updates: (runs: number) => isCaught(updateCases, checkUpdates, runs),
};
type Group = keyof typeof groups;

afterEach(() => {
  defect.name = 'none';
});

describe('a parser that', () => {
  it.each<[string, Group]>([
    ['throws on an unknown type', 'frames'],
    ['throws on what it cannot read', 'frames'],
    ['throws on what it cannot read', 'listed things'],
    ['throws on what it cannot read', 'answers'],
    ['drops the whole list for one bad entry', 'listed things'],
    ['trusts a type', 'frames'],
    ['trusts a type', 'listed things'],
    ['trusts a stored record', 'stored records'],
    ['throws on a stored record', 'stored records'],
    ['trusts an update', 'updates'],
    ['throws on an update', 'updates'],
  ])(
    '%s is found among the %s',
    async (name, group) => {
      defect.name = name;
      expect(await groups[group](300)).toBe(true);
    },
    120_000,
  );
});

it.each(Object.keys(groups) as Group[])(
  'finds nothing wrong among the %s with the real parsers',
  async (group) => {
    expect(await groups[group](5)).toBe(false);
  },
);
