// What an earlier life, or another version, has left in the stores, seen from a background that starts on it.
import { expect, it } from 'vitest';
import { fromPanel } from '../support/fake-platform';
import { contact, echoId, message, persisted } from './samples';
import { seededBrowser } from './seeded';

const command = { type: 'message.send', sessionId: 's1', echoId, conversationKey: '7', text: 'Hello' };

it('saves nothing over what a newer version has stored, says so, and gives the words back', async () => {
  const browser = await seededBrowser();
  await browser.store.write({ schemaVersion: 4 }, []);
  const before = await browser.store.read('');
  const life = browser.start();
  expect(await life.send(command, fromPanel)).toMatchObject({ ok: false, error: { code: 'notSaved' } });
  await browser.pass(60_000);
  expect(await browser.store.read('')).toEqual(before);
  expect(browser.reports[0]).toContain('newer version');
});

it('shows a message that an earlier life could only keep in the record, and does not send it again', async () => {
  const browser = await seededBrowser();
  const settled = message(2, { echoId, author: contact, text: 'Hello' });
  await browser.store.write({ 'session/s1/settled/2': settled }, []);
  const life = browser.start();
  expect(await life.send(command, fromPanel)).toMatchObject({ ok: true });
  const panel = life.connect();
  panel.open('7');
  await browser.settle();
  expect(panel.snapshot).toMatchObject({ outbox: [], window: { messages: [{ id: 2, text: 'Hello' }] } });
  expect(await browser.store.read('session/s1/settled/')).toEqual({});
  expect(await browser.history.read('s1', 7, [2])).toHaveLength(1);
});

it('reports a broken item once, not at every start', async () => {
  const browser = await seededBrowser(persisted());
  await browser.store.write({ 'session/s1/draft/7': { text: 5 } }, []);
  for (let lives = 0; lives < 3; lives += 1) {
    const life = browser.start();
    await browser.pass(1_000);
    life.kill();
  }
  expect(browser.reports.filter((report) => report.includes('could not be read'))).toEqual([
    'a stored item could not be read: draft',
  ]);
});
