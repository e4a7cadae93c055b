import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCharacters } from '@/lib/panel/characters';
import { isEmojiOnly, safeHref, textParts } from '@/lib/panel/text-parts';
import { createTimes } from '@/lib/panel/times';
import { createTranslate } from '@/lib/platform/i18n';
import en from '../../public/_locales/en/messages.json';
import { day, minute, now } from './fixtures';

const links = (text: string) => textParts(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));

describe('links in a text', () => {
  it.each([
    ['See https://example.com/a.', ['https://example.com/a']],
    ['(https://example.com/a_(b)), and more', ['https://example.com/a_(b)']],
    ['HTTP://EXAMPLE.com and mailto:a@example.com!', ['http://example.com/', 'mailto:a@example.com']],
    ['https://example.com/?q=1&r=ü#x', ['https://example.com/?q=1&r=%C3%BC#x']],
    ['javascript:alert(1) data:text/html,x file:///etc vbscript:x', []],
    ['https:// and http://[ and xhttps://example.com', []],
    ['example.com and www.example.com', []],
  ])('are found in %s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('lose no character and have no other scheme than http, https and mailto', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('https://', 'http://', 'mailto:', 'javascript:', '(', ')', '.', ' ', '\n', 'a@b.c'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join('');
        const parts = textParts(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts) if (part.kind === 'link') expect(part.href).toMatch(/^(https?|mailto):/);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    ' java\nscript:alert(1)',
    'blob:https://x/y',
    '/a',
    '',
  ])('are never made of %j', (address) => expect(safeHref(address)).toBeNull());
});

describe('a message of emoji alone', () => {
  it.each(['👍', '👍🏽 👍🏽', '👩‍👩‍👧', '🇩🇪❤️😀'])('is %s', (text) => expect(isEmojiOnly(text)).toBe(true));
  it.each(['👍 ok', '1', '😀😀😀😀', '', '#'])('is not %j', (text) => expect(isEmojiOnly(text)).toBe(false));
});

describe('countCharacters', () => {
  it('counts code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud83d', '\ude00'), (text, half) => {
        expect(countCharacters(text + half)).toBe([...(text + half)].length);
      }),
    );
  });
});

describe('times in words', () => {
  const texts: Record<string, { message: string }> = en;
  const words = createTranslate({ getMessage: (key) => texts[key]?.message ?? '', uiLanguage: 'en-GB' });
  const times = createTimes(words);

  it.each([
    [0, 'now', 'now', 'Today'],
    [4 * minute, '4 min', '4 minutes ago', 'Today'],
    [130 * minute, '2 h', '2 hours ago', 'Today'],
    [day, 'Yesterday', 'Yesterday', 'Yesterday'],
    [3 * day, 'Fri', 'Friday', 'Friday'],
    [20 * day, '3 Nov', '3 November', '3 November'],
    [400 * day, '19 Oct 2025', '19 October 2025', '19 October 2025'],
  ])('tell what is %i ms ago', (age, short, ago, dayWords) => {
    expect(times.short(now - age, now)).toBe(short);
    expect(times.ago(now - age, now)).toBe(ago);
    expect(times.day(now - age, now)).toBe(dayWords);
  });

  it('call a message of last night yesterday’s, however few hours ago', () => {
    const night = new Date(2026, 10, 23, 1, 0).getTime();
    expect(times.short(night - 2 * 60 * minute, night)).toBe('Yesterday');
  });

  it.each([
    [new Date(2026, 10, 23, 23, 59), 'Today', '23:59', 'Monday'],
    [new Date(2026, 10, 24, 0, 0), 'Tomorrow', '00:00', 'Tuesday'],
    [new Date(2026, 10, 24, 23, 59), 'Tomorrow', '23:59', 'Tuesday'],
    [new Date(2026, 10, 25, 9, 0), 'Weekday', '09:00', 'Wednesday'],
    [new Date(2026, 10, 30, 9, 0), 'Weekday', '09:00', 'Monday'],
    [new Date(2026, 10, 23, 14, 9), 'Today', '14:09', 'Monday'],
  ])('tell that %s is to come', (at, ending, time, weekday) => {
    expect(times.toCome(at.getTime(), now)).toEqual({ ending, values: { time, weekday } });
  });

  it('give clock, date and countdown in the user’s way', () => {
    expect(times.clock(now)).toBe('14:10');
    expect(times.full(now)).toBe('23 November 2026 at 14:10');
    expect(times.date(now)).toBe('23 November 2026');
    expect([42, 60, 125].map(times.countdown)).toEqual(['0:42', '1:00', '2:05']);
  });
});
