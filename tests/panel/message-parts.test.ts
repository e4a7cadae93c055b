import { describe, expect, it } from 'vitest';
import { isTable, splitName, typeOf } from '@/lib/panel/file-names';
import { boxOf } from '@/lib/panel/picture-box';
import { asRating, mayRate } from '@/lib/panel/rating-model';
import { translationFor } from '@/lib/panel/translations';
import { day, now } from './fixtures';

describe('the place of a picture', () => {
  it.each([
    [100, 80, 100, 80],
    [472, 200, 236, 100],
    [300, 900, 93, 280],
    [1, 1, 44, 44],
    [10_000, 10, 236, 44],
  ])('%d x %d is %d x %d', (width, height, drawnWidth, drawnHeight) => {
    expect(boxOf({ width, height })).toEqual({ width: drawnWidth, height: drawnHeight });
  });
});

describe('the name of a file', () => {
  it('tells its type', () => {
    expect(['a.pdf', 'a.tar.gz', 'a', '.', 'a.longending', 'a.p f'].map(typeOf)).toEqual([
      'PDF',
      'GZ',
      '',
      '',
      '',
      '',
    ]);
    expect(['a.csv', 'a.XLSX', 'a.pdf'].map(isTable)).toEqual([true, true, false]);
  });

  it('keeps its ending when it is shortened, and cuts no word of a joined script', () => {
    expect(splitName('november-export.csv')).toEqual(['november-ex', 'port.csv']);
    expect(splitName('كشف حساب نوفمبر.xlsx')).toEqual(['كشف حساب نوفمبر', '.xlsx']);
    expect(splitName('short-name.pdf')).toEqual(['short-name.pdf', '']);
    for (const name of ['', '.', 'a.pdf', '👍.png', 'x'.repeat(50)])
      expect(splitName(name).join('')).toBe(name);
  });
});

describe('a rating', () => {
  it('may be given for 14 days', () => {
    expect([14 * day, 14 * day + 1].map((age) => mayRate(now - age, now))).toEqual([true, false]);
  });

  it('is one of five', () => {
    expect(['1', '5', '0', '6', '', 'x', undefined].map(asRating)).toEqual([
      1,
      5,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a translation', () => {
  const pick = (translations: Record<string, string>, locale = 'de-AT') =>
    translationFor(translations, locale, 'Hello');

  it('is the one in the language, best of the region', () => {
    expect(pick({ en: 'x', de: 'Hallo', 'de-AT': 'Servus' })).toEqual({ text: 'Servus', language: 'de-at' });
    expect(pick({ en: 'x', de_DE: 'Hallo' })).toEqual({ text: 'Hallo', language: 'de-de' });
  });

  it('is none where there is none, or it says nothing else', () => {
    expect(
      [{}, { en: 'x' }, { de: '' }, { de: ' Hello ' }].map((each) => pick(each as Record<string, string>)),
    ).toEqual([null, null, null, null]);
  });
});
