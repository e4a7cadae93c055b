// A hurry: what waits for a better moment goes on from where it was, at once, and quickly again if that fails.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { aCreation, anEntry, aState, Bench, failures, newSession, start } from '../support/core-builders';

const retried: Event = { type: 'link.retried' };
const waits = { wanted: true, busy: false, attempts: 9, dueAt: start + 30_000 };

it('reads a gap on from the page at which it failed', () => {
  const read = {
    ...waits,
    conversationId: 1,
    before: 81,
    top: 100,
    beyond: false,
    startedAt: 0,
    unclaimed: [],
  };
  const { sync } = aState();
  const bench = new Bench(aState({ sync: { ...sync, gaps: { 1: read } } })).run(retried);
  expect(bench.effects).toEqual([
    { type: 'http.listMessages', purpose: 'gap', conversationId: 1, before: 81 },
  ]);
});

it('makes waits short again: what fails once more is tried in two seconds', () => {
  const { sync } = aState();
  const bench = new Bench(aState({ session: newSession, sync: { ...sync, contact: waits } })).run(retried);
  expect(bench.asked).toEqual(['http.createContact']);
  bench.run({ type: 'contact.failed', failure: failures.unreachable });
  expect(bench.pass(1_999).asked).toEqual([]);
  expect(bench.pass(1).asked).toEqual(['http.createContact']);
});

it('saves nothing anew where nothing waits for its time', () => {
  const outbox = { a: anEntry('a', { dueAt: start - 9 }), b: anEntry('b', { sequence: 2, dueAt: start }) };
  const creations = { c: aCreation('c', { dueAt: start - 9 }), d: aCreation('d', { dueAt: start }) };
  const link = { ...aState().link, rateLimitedUntil: start + 9 };
  const { state } = new Bench(aState({ outbox, creations, link })).run(retried);
  expect([state.outbox === outbox, state.creations === creations]).toEqual([true, true]);
});
