// Cases for the client API: answers with bad things beside good ones, and answers that are no answers at all.
import fc from 'fast-check';
import { expect } from 'vitest';
import { conversation } from '../background/samples';
import * as samples from '../carbonchat/samples';
import { fromPanel } from '../support/fake-platform';
import type { CaseOf } from './fuzz-frames';
import { anyJson, damaged, type Json, mutated, pages, recordedBodies, textOf } from './fuzz-values';
import { atHome, elsewhere, FuzzWorld, good, home, httpGood, httpHome, neighbour } from './fuzz-world';

const list = <T>(one: fc.Arbitrary<T>, length: number) =>
  fc.array(one, { minLength: length, maxLength: length, size: 'max' });

const messageHere = (n: number) => ({ ...samples.httpMessage(), id: neighbour + n, conversation_id: home });
const badMessage = fc.oneof(
  { weight: 4, arbitrary: fc.nat(5).chain((n) => mutated(messageHere(n))) },
  { weight: 1, arbitrary: anyJson },
);
const badConversation = fc.oneof(
  { weight: 4, arbitrary: mutated(samples.httpConversation()) },
  { weight: 1, arbitrary: anyJson },
);

/** Good things and bad ones, in the order that `turns` gives; all of both. */
function mixed(goods: readonly unknown[], bads: readonly unknown[], turns: readonly boolean[]): unknown[] {
  const [left, right] = [[...goods], [...bads]];
  const out: unknown[] = [];
  for (const turn of turns) out.push(...(turn ? left : right).splice(0, 1));
  return [...out, ...left, ...right];
}

export const besidePerCase = 10;

export const besideCases = fc.record({
  conversations: list(badConversation, 3),
  listed: list(badMessage, 4),
  paged: list(badMessage, 3),
  turns: list(fc.boolean(), 8),
  /** The id under which a conversation is listed that is known as `elsewhere`. */
  misnamed: fc.constantFrom<Json[]>(null, {}, String(elsewhere), elsewhere + 0.5, -elsewhere, 2 ** 53),
});

/** What is good in a list is shown and stored, though the server never says it again. */
export async function checkBeside(one: CaseOf<typeof besideCases>): Promise<void> {
  const { listed, paged, turns, misnamed } = one;
  const conversations = [...one.conversations, { ...httpHome([]), id: misnamed }];
  const world = new FuzzWorld();
  const [first, second] = [[1, 2, 3].map(good), [4, 5].map(good)];
  const answers = new Map<string, unknown[]>([
    [
      'conversations',
      mixed(
        [
          httpHome(
            mixed(
              first.map((one) => httpGood(one)),
              listed,
              turns,
            ),
          ),
        ],
        conversations,
        turns,
      ),
    ],
    [
      'messages',
      mixed(
        second.map((one) => httpGood(one)),
        paged,
        turns,
      ),
    ],
  ]);
  const usual = world.answer;
  world.answer = (what, body) => {
    const name = what.split('/').at(-1) ?? '';
    const items = answers.get(name);
    if (!what.startsWith('GET') || items === undefined) {
      const again = what.startsWith('GET') && (name === 'conversations' || name === 'messages');
      return again ? { status: 500, body: '' } : usual(what, body);
    }
    answers.delete(name);
    return { status: 200, body: textOf(items) };
  };
  const known = Object.fromEntries([home, elsewhere].map((id) => [id, conversation(id)]));
  await world.start(atHome({ conversations: known }));
  await world.browser.pass(3_000);
  expect(await world.missing([...first, ...second])).toEqual([]);
  // What cannot be read may be the very conversation that is missing: it is not taken for gone.
  const shown = (await world.snapshot()).conversations.map(({ id }) => id);
  expect([home, elsewhere].filter((id) => !shown.includes(id))).toEqual([]);
  await world.accepts('Still there?');
  expect(world.problems()).toEqual([]);
  await world.restart();
  expect(await world.missing([...first, ...second])).toEqual([]);
  expect([...world.problems(), ...world.rejected()]).toEqual([]);
}

const contact = samples.contact() as Json;
const bodies = fc.oneof(
  mutated(contact),
  fc.array(badConversation, { maxLength: 3 }),
  fc.array(badMessage, { maxLength: 22 }),
  mutated(messageHere(1)),
  fc.constantFrom(...recordedBodies()).chain(mutated),
  anyJson,
);
const statuses = fc.oneof(
  { weight: 3, arbitrary: fc.constant(200) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(201, 204, 301, 304, 400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503),
  },
);
const nonsense = fc.record({
  status: statuses,
  body: fc.oneof(bodies.map(textOf), damaged(bodies.map(textOf)), pages),
});

export const insteadPerCase = 10;

export const insteadCases = fc.record({
  answers: list(fc.option(nonsense, { freq: 9 }), insteadPerCase),
  /** Whether there is a session already, or everything begins with these answers. */
  known: fc.boolean(),
});

const local = '11111111-1111-4111-8111-111111111111';

/** Once the server makes sense again, everything that it has is shown, and what is asked is done. */
export async function checkInstead({ answers, known }: CaseOf<typeof insteadCases>): Promise<void> {
  const world = new FuzzWorld();
  world.goods = [1, 2, 3].map(good);
  world.instead = [...answers];
  if (known) await world.start();
  else await world.start(null);
  await world.accepts('Hello', known ? String(home) : local);
  for (let minutes = 0; minutes < 60 && world.instead.length > 0; minutes += 1) {
    await world.browser.pass(60_000);
    // What is asked for less and less often is asked for at once when a person wants it.
    await world.life.send({ type: 'link.retry', sessionId: 's1' }, fromPanel);
  }
  expect(world.instead, 'the background gave up asking').toEqual([]);
  // A 404 among them takes what waits in that conversation along, once the contact has answered.
  await world.browser.pass(240_000);
  await world.life.send({ type: 'link.retry', sessionId: 's1' }, fromPanel);
  await world.accepts('Still there?');
  await world.browser.pass(240_000);
  expect(world.posted).toContain('Still there?');
  expect(await world.missing(world.goods)).toEqual([]);
  expect([...world.problems(), ...world.rejected()]).toEqual([]);
}
