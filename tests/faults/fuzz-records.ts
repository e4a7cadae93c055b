// Cases for what is stored: records of every kind that are broken, foreign or of another version, beside good ones.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Persisted } from '@/lib/core/state';
import { conversation, creation, echoId, entry, localId, message, session } from '../background/samples';
import type { CaseOf } from './fuzz-frames';
import { anyJson, type Json, mutated } from './fuzz-values';
import { atHome, elsewhere, FuzzWorld, good, home, neighbour, storedGood } from './fuzz-world';

const uuid = '33333333-3333-4333-8333-33333333333';
const away = 9_001;
const draft = { text: 'Half a sen', changedAt: session().createdAt, saved: true };
const digit = fc.integer({ min: 0, max: 9 });

/** Keys as they could be, each with the record that belongs there. */
const kinds: fc.Arbitrary<[string, unknown]> = fc.oneof(
  digit.map((n): [string, unknown] => [`s1/conversation/${away + n}`, conversation(away + n)]),
  digit.map((n): [string, unknown] => [`s1/outbox/${uuid}${n}`, { ...entry(), echoId: `${uuid}${n}` }]),
  digit.map((n): [string, unknown] => [
    `s1/outbox/${uuid}${n}`,
    { ...entry({ conversationKey: String(home), status: 'sending' }), echoId: `${uuid}${n}`, sequence: 0 },
  ]),
  digit.map((n): [string, unknown] => [
    `s1/creation/${uuid}${n}`,
    { ...creation({ phase: 'created', conversationId: away }), localConversationId: `${uuid}${n}` },
  ]),
  digit.map((n): [string, unknown] => [`s1/draft/${away + n}`, draft]),
  digit.map((n): [string, unknown] => [`s0/contact`, session({ id: 's0', siteId: `other${n}` })]),
);
const strayKeys = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '/',
    's1',
    's1/',
    's1/x/y',
    's1/conversation/',
    's1/outbox/__proto__',
    's1/draft/__proto__',
  ),
  fc.constantFrom(
    's1/conversation/__proto__',
    's1/conversation/constructor',
    's1/draft/toString',
    's9/contact',
  ),
);
const item = fc.oneof(
  {
    weight: 8,
    arbitrary: kinds.chain(([key, sample]) => mutated(sample).map((value) => [key, value] as const)),
  },
  { weight: 2, arbitrary: kinds.chain(([key]) => anyJson.map((value) => [key, value] as const)) },
  // A good record under the key of another.
  { weight: 1, arbitrary: fc.tuple(kinds, kinds).map(([[key], [, value]]) => [key, value as Json] as const) },
  { weight: 1, arbitrary: fc.tuple(strayKeys, anyJson) },
);
const row = fc.tuple(
  fc.nat(5),
  fc.oneof(
    { weight: 5, arbitrary: mutated(message(neighbour, { conversationId: home })) },
    { weight: 1, arbitrary: anyJson },
  ),
);

export const recordsPerCase = 10;

const list = <T>(one: fc.Arbitrary<T>, length: number) =>
  fc.array(one, { minLength: length, maxLength: length, size: 'max' });

export const recordCases = fc.record({
  items: list(item, 6),
  rows: list(row, 3),
  /** What stands in place of the record of a conversation that the server has still. */
  elsewhere: fc.option(mutated(conversation(elsewhere)), { freq: 3 }),
  /** The mark down to which the history is said to be whole. */
  synced: fc.option(anyJson, { freq: 3 }),
  /** Fields of the contact's own record that are broken; what it cannot do without is left. */
  contact: mutated({
    pubsubToken: 'x',
    contactId: 3,
    name: 'Mira',
    createdAt: 1,
    listEtag: 'W/"1"',
    polledAt: 0,
    cableAttempt: 0,
  }),
});

const contactEntry = entry({ conversationKey: String(home), text: 'Waits since yesterday', sequence: 5 });
const stored: Partial<Persisted> = {
  outbox: { [echoId]: contactEntry },
  drafts: { [home]: draft },
  creations: { [localId]: creation({ phase: 'created', conversationId: home }) },
};

/** The background starts, shows and sends everything good; what is shown can be read by a panel. */
export async function checkRecords(one: CaseOf<typeof recordCases>): Promise<void> {
  const { items, rows, contact, synced } = one;
  const world = new FuzzWorld();
  const { browser } = world;
  const conversations = Object.fromEntries([home, elsewhere].map((id) => [id, conversation(id)]));
  const syncedTo = { [home]: 1, [elsewhere]: 1 };
  const { session: own, ...rest } = atHome({ ...stored, session: session(), conversations, syncedTo });
  const goods = [1, 2, 3].map(good);
  await world.seed({ session: own, ...rest }, goods.map(storedGood));
  const broken = typeof contact === 'object' && !Array.isArray(contact) ? contact : {};
  const bad = items.map(([key, value]): [string, Json] => [`session/${key}`, value]);
  if (one.elsewhere !== null) bad.push([`session/s1/conversation/${elsewhere}`, one.elsewhere]);
  await browser.store.write({ ...Object.fromEntries(bad), 'session/s1/contact': { ...own, ...broken } }, []);
  await browser.history.write('s1', {
    put: rows.map(([n, record], index) => ({
      conversationId: home,
      messageId: neighbour + index,
      createdAt: own.createdAt + n,
      record,
    })),
    dropConversations: [],
    syncedTo: synced === null ? {} : { [home]: synced as number },
  });
  world.goods = goods;
  world.listed = [elsewhere];
  await world.start(null);
  expect((await world.snapshot()).drafts[home]).toBe(draft.text);
  expect(await world.missing(goods)).toEqual([]);
  await browser.pass(300_000);
  const listed = (await world.snapshot()).conversations.map(({ id }) => id);
  expect([home, elsewhere].filter((id) => !listed.includes(id))).toEqual([]);
  expect(world.posted.filter((text) => text === contactEntry.text)).toHaveLength(1);
  await world.accepts('Still there?');
  await browser.pass(5_000);
  expect(world.posted.filter((text) => text === 'Still there?')).toHaveLength(1);
  expect(world.problems()).toEqual([]);
}
