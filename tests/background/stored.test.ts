// Stored things of several kinds: each has a shape of its own, and what has none is not taken.
import { describe, expect, it } from 'vitest';
import { readEntry, readInbox, readMessage } from '@/lib/background/stored';
import { aMessage, anEntry } from '../support/core-builders';

const option = { title: 'A', value: 'a' };
const field = {
  name: 'a',
  kind: 'select',
  label: 'A',
  placeholder: '',
  initial: '',
  required: true,
  pattern: null,
  patternHint: null,
  options: [option],
};
/** What breaks where it is made a word. */
const hostile = { toString: null, valueOf: 1 };

describe('the content of a message', () => {
  const read = (content: unknown) => readMessage({ ...aMessage(1), content });

  it.each([
    { kind: 'plain' },
    { kind: 'email' },
    { kind: 'options', options: [option] },
    { kind: 'cards', cards: [{ title: '', text: '', imageUrl: null, actions: [{ label: 'x', url: null }] }] },
    { kind: 'form', fields: [field], buttonLabel: null },
    { kind: 'articles', articles: [{ title: 'x', text: '', url: null }] },
    { kind: 'rating', scale: 'stars' },
  ])('is taken as $kind', (content) => {
    expect(read(content)?.content).toEqual(content);
  });

  it.each([
    [{ kind: 'options' }],
    [{ kind: 'options', options: [{ title: 'A' }] }],
    [{ kind: 'form', fields: [{ ...field, kind: 'color' }], buttonLabel: null }],
    [{ kind: 'rating', scale: 'thumbs' }],
    [{ kind: 'toString' }],
    [{ kind: hostile }],
    [{}],
    [null],
    ['plain'],
  ])('is not taken where it is %j', (content) => {
    expect(read(content)).toBeNull();
  });
});

describe('what a person did', () => {
  const read = (act: unknown) => readEntry({ ...anEntry('e'), act });
  const answer = (given: unknown) => ({ kind: 'answer', messageId: 5, answer: given });

  it.each([
    [{ kind: 'message' }],
    [{ kind: 'resolve' }],
    [answer({ kind: 'option', option })],
    [answer({ kind: 'fields', fields: [{ name: 'a', value: '' }] })],
    [answer({ kind: 'email', email: 'a@b.test' })],
    [answer({ kind: 'rating', rating: 5, comment: '' })],
  ])('is taken as %j', (act) => {
    expect(read(act)?.act).toEqual(act);
  });

  it.each([
    [{ kind: 'answer', messageId: 0, answer: { kind: 'option', option } }],
    [answer({ kind: 'rating', rating: 6, comment: '' })],
    [answer({ kind: 'fields', fields: [null] })],
    [answer(null)],
    [{ kind: hostile }],
    [undefined],
  ])('is not taken where it is %j', (act) => {
    expect(read(act)).toBeNull();
  });
});

describe('the hours of an inbox', () => {
  const read = (hours: unknown) => readInbox({ hours, heardAt: 5 });
  const day = { opens: 540, closes: 1_020 };
  const week = [null, day, day, day, day, day, null];

  it.each([[null], ['always'], [{ timeZone: 'Asia/Kolkata', days: week }]])('are taken as %j', (hours) => {
    expect(read(hours)).toEqual({ hours, heardAt: 5 });
  });

  it.each([
    [undefined],
    ['never'],
    [{ timeZone: 'Mars/Olympus_Mons', days: week }],
    [{ timeZone: hostile, days: week }],
    [{ timeZone: 'UTC', days: week.slice(1) }],
    [{ timeZone: 'UTC', days: { length: 7 } }],
    [{ timeZone: 'UTC', days: [...week.slice(1), { opens: 540, closes: 540 }] }],
    [{ timeZone: 'UTC', days: [...week.slice(1), { opens: '9', closes: 1_020 }] }],
    [{ timeZone: 'UTC', days: [...week.slice(1), { opens: 540, closes: 1_440 }] }],
  ])('are not taken where they are %j', (hours) => {
    expect(read(hours)).toBeNull();
  });

  it('are not taken without a time at which they were heard', () => {
    expect(readInbox({ hours: 'always' })).toBeNull();
  });
});
