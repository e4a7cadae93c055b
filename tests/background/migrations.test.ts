// Items of earlier versions become ours, those of later ones are left alone.
import { expect, it } from 'vitest';
import { migrate, type Step, versionItem } from '@/lib/background/migrations';

/** Two later versions: drafts move, then they get a length. */
const steps: Step[] = [
  (items) => ({
    set: Object.fromEntries(
      Object.entries(items).flatMap(([key, value]) => (key[0] === 'd' ? [[`n/${key}`, value]] : [])),
    ),
    remove: Object.keys(items).filter((key) => key[0] === 'd'),
  }),
  (items) => ({
    set: Object.fromEntries(
      Object.entries(items).flatMap(([key, value]) => (key[0] === 'n' ? [[key, { value, n: 1 }]] : [])),
    ),
    remove: [],
  }),
];

it('takes items of our own version, and items before the first commit, as they are', () => {
  const items = { ...versionItem, x: 1 };
  expect(migrate(items)).toEqual({ items, change: null });
  expect(migrate({})).toEqual({ items: {}, change: null });
  expect(versionItem).toEqual({ schemaVersion: 3 });
});

it('leads items of an earlier version through every step since, and says what is to be written for it', () => {
  expect(migrate({ schemaVersion: 1, d1: 'a', x: 1 }, steps)).toEqual({
    items: { schemaVersion: 3, 'n/d1': { value: 'a', n: 1 }, x: 1 },
    change: { set: { schemaVersion: 3, 'n/d1': { value: 'a', n: 1 } }, remove: ['d1'] },
  });
  expect(migrate({ schemaVersion: 2, d2: 'b', 'n/d1': 'a' }, steps)?.change).toEqual({
    set: { schemaVersion: 3, 'n/d1': { value: 'a', n: 1 } },
    remove: [],
  });
});

it('comes to the same end when an earlier life ended before the old items were removed', () => {
  const left = { schemaVersion: 3, d1: 'a', 'n/d1': { value: 'a', n: 1 } };
  expect(migrate(left, steps)).toEqual({ items: left, change: null });
});

it.each([4, 2.5, 0, '1'])('leaves items of version %j alone', (schemaVersion) => {
  expect(migrate({ schemaVersion }, steps)).toBeNull();
});

it('gives what waited before there were other acts than messages the shape that it has now', () => {
  const entry = { echoId: 'e', text: 'Hello', status: 'queued' };
  const own = { id: 5, text: 'Sent', contentType: 'text', attributes: {} };
  const items = {
    schemaVersion: 1,
    'session/s1/contact': { id: 's1' },
    'session/s1/conversation/7': { id: 7, status: 'open', preview: null, readUpTo: 4 },
    'session/s1/conversation/8': { id: 8, preview: { text: '', hasAttachments: true }, readUpTo: 0 },
    'session/s1/outbox/e': entry,
    'session/s1/settled/5': own,
    'session/s1/outbox/broken': 'not an entry',
    'session/s1/draft/7': { text: 'Half' },
  };
  const since = { resolvedHere: false, assignee: null };
  const seven = { id: 7, status: 'open', preview: null, readUpTo: 4, toldUpTo: 4, ...since };
  const file = { kind: 'file', name: null };
  const change = {
    set: {
      schemaVersion: 3,
      'session/s1/contact': { id: 's1', typingIn: null },
      'session/s1/conversation/7': seven,
      'session/s1/conversation/8': { id: 8, preview: { text: '', file }, readUpTo: 0, toldUpTo: 0, ...since },
      'session/s1/outbox/e': { ...entry, act: { kind: 'message' } },
      'session/s1/settled/5': {
        ...own,
        content: { kind: 'plain' },
        answer: null,
        quotedId: null,
        translations: {},
      },
    },
    remove: [],
  };
  expect(migrate(items)?.change).toEqual(change);
});

it('takes what an earlier version had read as told, and nobody as typing', () => {
  const items = {
    schemaVersion: 2,
    'session/s1/contact': { id: 's1' },
    'session/s1/contacts': 'of nobody',
    'session/s1/conversation/7': { id: 7, readUpTo: 4 },
    'session/s1/conversation/8': null,
    'site/a': { own: 's1' },
  };
  expect(migrate(items)?.change).toEqual({
    set: {
      schemaVersion: 3,
      'session/s1/contact': { id: 's1', typingIn: null },
      'session/s1/conversation/7': { id: 7, readUpTo: 4, toldUpTo: 4, assignee: null },
    },
    remove: [],
  });
});
