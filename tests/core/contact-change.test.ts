// What becomes of the name, e-mail and number that a person gives.
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/core/events';
import type { Failure } from '@/lib/core/server-types';
import type { State } from '@/lib/core/state';
import {
  aState,
  Bench,
  failures,
  knownSession,
  liveState,
  newSession,
  start,
} from '../support/core-builders';

const asked = (changes: object, mayMerge = false): Event => ({
  type: 'contact.changeAsked',
  changes,
  mayMerge,
});
/** With a panel open, which holds the cable. */
const open = (change: Partial<State> = {}) =>
  liveState({
    views: { v: { viewId: 'v', windowId: 1, conversationKey: null, seenUpTo: null, visible: false } },
    ...change,
  });
const record = { contactId: 8, name: 'Ada L.', email: null, phoneNumber: null };

describe('a change of the contact', () => {
  it('is sent once, and kept when the server took it', () => {
    const bench = new Bench(open()).run(asked({ name: 'Ada L.' }));
    expect(bench.effects).toEqual([{ type: 'http.changeContact', changes: { name: 'Ada L.' } }]);
    const saving = { state: 'saving', changes: { name: 'Ada L.' }, busy: true };
    expect(bench.state.sync.change).toEqual(saving);
    expect(bench.pass(60_000).asked).not.toContain('http.changeContact');
    bench.run({ type: 'contact.changed', ...record });
    expect(bench.state.sync.change).toEqual({ state: 'saved' });
    expect(bench.state.session).toMatchObject(record);
    expect(bench.state.link.answeredAt).toBe(bench.at);
  });

  it('has failed where the server may not be asked, and is not asked for later', () => {
    const link = { ...liveState().link, rateLimitedUntil: start + 1_000 };
    const bench = new Bench(open({ link })).run(asked({ name: 'Ada' }));
    expect(bench.asked).toEqual([]);
    expect(bench.state.sync.change).toEqual({ state: 'failed', problem: 'unreachable' });
    expect(bench.pass(1_000).asked).not.toContain('http.changeContact');
  });

  it('has not failed where none was asked for', () => {
    const bench = new Bench(open()).run({ type: 'contact.failed', failure: failures.unreachable });
    expect(bench.state.sync.change).toEqual({ state: 'none' });
  });

  it('looks for the contact session that the server says is not there, and only then', () => {
    const effectsOf = (failure: Failure) => {
      const failed: Event = { type: 'contact.changeFailed', failure };
      return new Bench(open()).run(asked({ name: 'Ada' }), failed).asked;
    };
    expect(effectsOf(failures.gone)).toContain('http.getContact');
    expect(effectsOf(failures.broken)).not.toContain('http.getContact');
  });

  it('waits for the contact session', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} })).run(asked({ name: 'Ada' }));
    expect(bench.asked).toEqual(['http.createContact']);
    bench.run({ type: 'contact.received', pubsubToken: 'token', ...record });
    expect(bench.asked).toContain('http.changeContact');
  });

  it('has failed where the contact session cannot be had', () => {
    const bench = new Bench(aState({ session: newSession, conversations: {} })).run(asked({ name: 'Ada' }));
    bench.run({ type: 'contact.failed', failure: failures.unreachable });
    expect(bench.state.sync.change).toEqual({ state: 'failed', problem: 'unreachable' });
  });

  it.each([
    ['an e-mail', { email: 'a@b.example' }],
    ['a telephone number', { phoneNumber: '+31201234567' }],
  ])('with %s needs a person who was asked, or who has proven who they are', (_, changes) => {
    const bench = new Bench(open()).run(asked(changes));
    expect(bench.asked).toEqual([]);
    expect(bench.state.sync.change).toEqual({ state: 'failed', problem: 'refused' });
    expect(bench.run(asked(changes, true)).asked).toEqual(['http.changeContact']);
    const proven = open({ session: { ...knownSession, proven: true } });
    expect(new Bench(proven).run(asked(changes)).asked).toEqual(['http.changeContact']);
  });

  it('to nothing is none: the server ignores it', () => {
    const bench = new Bench(open()).run(asked({ name: '' }));
    expect(bench.asked).toEqual([]);
    expect(bench.state.sync.change).toEqual({ state: 'failed', problem: 'refused' });
  });

  const status = (status: number, fields?: string[]): Failure => ({
    kind: 'status',
    status,
    message: null,
    ...(fields && { fields }),
  });
  it.each<[string, Failure]>([
    ['email', status(422, ['base', 'email'])],
    ['phoneNumber', status(422, ['phone_number'])],
    ['name', status(422, ['name'])],
    ['refused', status(422)],
    ['refused', status(404)],
    ['unreachable', status(500)],
    ['unreachable', status(429)],
    ['unreachable', failures.timeout],
  ])('that failed says %s', (problem, failure) => {
    const bench = new Bench(open()).run(asked({ name: 'Ada' }), {
      type: 'contact.changeFailed',
      failure,
    });
    expect(bench.state.sync.change).toEqual({ state: 'failed', problem });
  });
});
