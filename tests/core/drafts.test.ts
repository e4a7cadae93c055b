// Drafts: kept per conversation, saved when they rest or the panel closes, ended when empty.
import { expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import { aCreation, aState, Bench, start } from '../support/core-builders';

const wrote = (text: string, conversationKey = '1'): Event => ({
  type: 'draft.changed',
  conversationKey,
  text,
});
const saved = (text: string) => ({ text, changedAt: start, saved: true });

it('is saved once it has rested for 300 ms', () => {
  const bench = new Bench(aState()).run(wrote('hel'));
  expect(bench.state.drafts).toEqual({ '1': { text: 'hel', changedAt: start, saved: false } });
  expect(bench.pass(299).state.drafts['1']?.saved).toBe(false);
  expect(bench.pass(1).state.drafts['1']?.saved).toBe(true);
});

it('rests anew after every change', () => {
  const bench = new Bench(aState()).run(wrote('hel')).wait(200).run(wrote('hello')).pass(299);
  expect(bench.state.drafts['1']).toEqual({ text: 'hello', changedAt: start + 200, saved: false });
});

it('is not changed by the same words', () => {
  const drafts = { '1': saved('hello') };
  expect(new Bench(aState({ drafts })).run(wrote('hello')).state.drafts).toBe(drafts);
  const none = {};
  expect(new Bench(aState({ drafts: none })).run(wrote('')).state.drafts).toBe(none);
});

it('ends when it is empty and has rested', () => {
  const bench = new Bench(aState({ drafts: { '1': saved('hello'), '2': saved('other') } }))
    .wait(9)
    .run(wrote(''));
  expect(bench.state.drafts['1']).toEqual({ text: '', changedAt: start + 9, saved: false });
  expect(bench.pass(300).state.drafts).toEqual({ '2': saved('other') });
});

it('is saved at once when a panel closes', () => {
  const bench = new Bench(aState()).run(wrote('hel'), { type: 'view.closed', viewId: 'v' });
  expect(bench.state.drafts['1']?.saved).toBe(true);
});

it('follows a conversation to its id', () => {
  const creations = { local: aCreation('local', { phase: 'created', conversationId: 1 }) };
  const bench = new Bench(aState({ creations })).run(wrote('hel', 'local'));
  expect(Object.keys(bench.state.drafts)).toEqual(['1']);
});

it('belongs to a conversation that does not exist yet', () => {
  expect(Object.keys(new Bench(aState()).run(wrote('hel', 'local')).state.drafts)).toEqual(['local']);
});
