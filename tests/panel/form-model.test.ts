import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormField } from '@/lib/core/content';
import { answerOf, fieldValue, maxFieldLength, problemsOf } from '@/lib/panel/form-model';
import { matchesPattern, waysToMatch } from '@/lib/panel/patterns';

const field = (change: Partial<FormField> = {}): FormField => ({
  name: 'a',
  kind: 'text',
  label: 'A',
  placeholder: '',
  initial: '',
  required: false,
  pattern: null,
  patternHint: null,
  options: [],
  ...change,
});
const select = field({ kind: 'select', options: [{ title: 'One', value: '1' }] });

describe('a form', () => {
  it('wants what is required, and nothing else', () => {
    expect(problemsOf([field({ required: true }), field()], {})).toEqual({ 0: 'empty' });
    expect(problemsOf([field({ required: true })], { 0: '  ' })).toEqual({ 0: 'empty' });
    expect(problemsOf([field({ required: true })], { 0: 'x' })).toEqual({});
  });

  it('wants an e-mail address to be written like one, where something is written', () => {
    const email = field({ kind: 'email' });
    expect(problemsOf([email, email, email], { 0: 'ana@asterpine', 1: ' ana@asterpine.com ' })).toEqual({
      0: 'email',
    });
  });

  it('wants a pattern to match the whole value', () => {
    const digits = field({ pattern: '[0-9]{3}' });
    expect(problemsOf([digits, digits, digits], { 0: '1234', 1: '123' })).toEqual({ 0: 'pattern' });
  });

  it('begins with what the server gave, unless its select does not offer that', () => {
    expect(fieldValue(field({ initial: 'as given' }), 0, {})).toBe('as given');
    expect(fieldValue(field({ initial: 'as given' }), 0, { 0: '' })).toBe('');
    expect(fieldValue({ ...select, initial: '1' }, 0, {})).toBe('1');
    expect(fieldValue({ ...select, initial: 'two' }, 0, {})).toBe('');
  });

  it('answers with every field, in order, the empty ones too', () => {
    const fields = [field({ name: 'x', initial: 'i' }), field({ name: 'y' }), field({ name: 'x' })];
    expect(answerOf(fields, { 2: ' z ' })).toEqual({
      kind: 'fields',
      fields: [
        { name: 'x', value: 'i' },
        { name: 'y', value: '' },
        { name: 'x', value: 'z' },
      ],
    });
  });

  it('sends no more than the protocol takes', () => {
    const long = 'x'.repeat(2 * maxFieldLength);
    const answer = answerOf([field({ name: long, initial: long })], {});
    expect(answer).toEqual({
      kind: 'fields',
      fields: [{ name: 'x'.repeat(maxFieldLength), value: 'x'.repeat(maxFieldLength) }],
    });
  });
});

describe('a pattern', () => {
  it.each([
    ['[A-Z]{2}[0-9]{9}', 'DE123456789', true],
    ['[A-Z]{2}[0-9]{9}', 'xDE123456789', false],
    ['a|b', 'ab', false],
    ['[^@]+@[^@]+\\.[a-z]+', 'ana@asterpine.com', true],
    ['[^@]+@[^@]+\\.[a-z]+', 'ana', false],
    ['\\+\\d+', '+49', true],
    ['(Mr|Ms)? ?\\p{L}+', 'Ms Ödön', true],
    ['(Mr|Ms)? ?\\p{L}+', '4', false],
  ])('%s matches as in HTML: %s %s', (pattern, value, matches) => {
    expect(matchesPattern(pattern, value)).toBe(matches);
  });

  it.each(['(', '[', 'a)|(b', '+', '[[', '\\'])(
    'that is none, as %s, keeps nobody from answering',
    (pattern) => {
      expect(matchesPattern(pattern, 'anything')).toBe(true);
    },
  );

  it.each([
    '(a+)+b',
    '(a*)*b',
    '(a|a)*b',
    '(a?){30}b',
    '((a+)){5}b',
    '(x+x+)+y',
    '(){1000000000}',
    'a{5000}',
  ])('that can take for ever, as %s, is not tried', (pattern) => {
    expect(waysToMatch(pattern, 40)).toBe(Number.POSITIVE_INFINITY);
    expect(matchesPattern(pattern, `${'a'.repeat(40)}c`)).toBe(true);
  });

  it('whose parts repeat one after the other is tried on short values only', () => {
    const pattern = 'a*a*a*a*b';
    expect(matchesPattern(pattern, 'aaaaac')).toBe(false);
    expect(matchesPattern(pattern, `${'a'.repeat(500)}c`)).toBe(true);
  });

  it('is not tried when it is very long', () => {
    expect(matchesPattern('a?'.repeat(300), 'b')).toBe(true);
    expect(matchesPattern('a?'.repeat(100), 'b')).toBe(true);
  });

  it('of any sort answers, and soon', () => {
    const piece = fc.constantFrom(
      'a',
      '.',
      '[a-c]',
      '\\w',
      '(',
      ')',
      '|',
      '*',
      '+',
      '?',
      '{2,}',
      '{3}',
      '*?',
      '(?=',
      '[',
      ']',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 0, max: 300 }), (pieces, length) => {
        expect(typeof matchesPattern(pieces.join(''), 'a'.repeat(length))).toBe('boolean');
      }),
      { numRuns: 2000 },
    );
  });
});
