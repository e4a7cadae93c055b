// @vitest-environment node
// The same 10,000 words of a page through a whole background: whatever they are, only one with a valid shape changes who is
// asking, storage does not grow with their number, and the server is asked for little.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePageUser } from '@/lib/site/page-user';
import { People, pageUser } from '../background/people';
import { fromPage } from '../support/fake-platform';
import { pageTexts } from './fuzz-page-user';
import { seed } from './fuzz-runs';
import { scaled } from './plan-scale';

const isRequest = (what: string) => /^(GET|POST|PATCH) /.test(what);

/** Who is asking, as it is stored. */
async function asking(people: People): Promise<unknown> {
  const items = await people.browser.store.read('');
  const { own } = (items['site/acme'] ?? { own: 's1' }) as { own: string };
  return (items[`session/${own}/contact`] as { identity?: unknown } | undefined)?.identity ?? null;
}

it('changes nobody without a valid shape, grows nothing and floods nobody', async () => {
  const wanted = scaled(300, 10_000);
  console.info(`identity payloads through the background: ${wanted} fuzzed, CARBONCHAT_SEED=${seed}`);
  const people = new People();
  await people.signIn(pageUser('ada'));
  const size = async () => JSON.stringify(await people.browser.store.read('')).length;
  const before = await size();
  let [changes, largest] = [0, 0];
  const start = people.browser.clock.now();
  for (const user of fc.sample(pageTexts, { seed, numRuns: wanted })) {
    const was = JSON.stringify(await asking(people));
    const text = user.slice(0, 8_192);
    const says = parsePageUser(text);
    const answer = await people.life.send({ type: 'user.say', user: text }, fromPage);
    await people.browser.pass(250);
    const is = JSON.stringify(await asking(people));
    expect(answer).toMatchObject({ ok: says.kind !== 'unusable' });
    if (says.kind === 'unusable') expect(is, text).toBe(was);
    if (says.kind === 'user') expect(is, text).toBe(JSON.stringify(says.user));
    if (says.kind === 'signedOut') expect(is).toBe('null');
    if (is !== was) changes += 1;
    largest = Math.max(largest, await size());
  }
  const minutes = (people.browser.clock.now() - start) / 60_000;
  const requests = people.browser.log.filter(isRequest).length;
  console.info(
    `${changes} changes of user in ${minutes} minutes, ${requests} requests, ${largest} B at most`,
  );
  expect(changes).toBeGreaterThan(wanted / 10);
  // The one who asks, and for two seconds those before; a page may say 8 KB of each.
  expect(largest).toBeLessThan(before + 10 * 10_000);
  await people.browser.pass(120_000);
  expect(await size()).toBeLessThan(before + 2 * 10_000);
  expect(requests / minutes).toBeLessThan(20);
  expect(people.browser.reports.filter((report) => report.includes('could not be handled'))).toEqual([]);
}, 180_000);
