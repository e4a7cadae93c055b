// Another day than the recorded one: a server that only replayed the recording would fail here.
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandom } from '../server/testing/seeded-random';
import { readRecording } from '../support/recording';
import { playMadeUp } from './made-up';
import { schemasOf } from './schema';

const schemas = schemasOf(readRecording());

test.each([1, 2, 3])(
  'a made-up day fits the schemas of the recording and keeps what was written (%i)',
  async () => {
    const seed = randomInt(2 ** 31);
    const { faults, answers, frames } = await playMadeUp(schemas, seededRandom(seed), 250);
    console.log(`seed ${seed}: ${answers} answers and ${frames} frames checked`);
    expect([...new Set(faults)]).toEqual([]);
  },
  60_000,
);

test('the schemas refuse a missing key, an unknown one and another type', () => {
  const error = { status: 404, error: 'Not Found' };
  expect(schemas.check(error, 'answer 404', 'answer')).toEqual([]);
  expect(schemas.check({ status: 404 }, 'answer 404', 'answer')).toEqual(['answer 404: error is missing']);
  expect(schemas.check({ ...error, more: 1 }, 'answer 404', 'answer')).toHaveLength(1);
  expect(schemas.check({ ...error, status: '404' }, 'answer 404', 'answer')).toHaveLength(1);
});
