import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { StripAction } from '@/components/strip';
import type { PlainTrouble, Strip } from '@/lib/panel/strip-model';
import type { Times } from '@/lib/panel/times';
import { createTranslate } from '@/lib/platform/i18n';

const root = fileURLToPath(new URL('../..', import.meta.url));
const locales = ['en', 'de'];

function textsOf(locale: string): Record<string, { message: string }> {
  return JSON.parse(readFileSync(`${root}/public/_locales/${locale}/messages.json`, 'utf8'));
}

function sources(folder: string): string[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(`${root}/${folder}/${path}`, 'utf8'));
}

describe('the texts', () => {
  const code = ['lib', 'components', 'entrypoints'].flatMap(sources).join('\n');
  const english = textsOf('en');
  const used = (pattern: RegExp) => [
    ...new Set([...code.matchAll(pattern)].map((match) => match[1] as string)),
  ];
  const troubles: Record<PlainTrouble, true> = {
    offline: true,
    silent: true,
    inboxMissing: true,
    cableBlocked: true,
    intercepted: true,
    signedOut: true,
    identityRefused: true,
  };
  const actions: Record<StripAction, true> = {
    tryNow: true,
    checkNow: true,
    openCompany: true,
    reloadPage: true,
  };
  const others: Record<Exclude<Strip['kind'], PlainTrouble>, true> = {
    reconnecting: true,
    reconnectingNow: true,
    rateLimited: true,
  };
  const ofStrip = [
    ...Object.keys(troubles).flatMap((kind) => [kind, `${kind}Hint`]),
    ...Object.keys(others),
    ...Object.keys(actions),
  ];
  const endings: Record<ReturnType<Times['toCome']>['ending'], true> = {
    Today: true,
    Tomorrow: true,
    Weekday: true,
  };
  const ofHours = ['back', 'companyBack', 'answerFrom'].flatMap((key) =>
    Object.keys(endings).map((ending) => `${key}${ending}`),
  );
  const singular = [...used(/\.text\(\s*'(\w+)'/g), ...ofStrip, ...ofHours, 'here', 'away'];
  const plural = used(/\.plural\(\s*'(\w+)'/g);

  it('hold every key that the code asks for, with all plural forms of the language', () => {
    expect(singular.length + plural.length).toBeGreaterThan(40);
    for (const locale of locales) {
      const keys = Object.keys(textsOf(locale));
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const wanted = [...singular, ...plural.flatMap((key) => forms.map((form) => `${key}_${form}`))];
      expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
    }
  });

  /** Asked for by the browser: which language these are, and what the manifest says. */
  const ofManifest = ['language', 'extensionDescription'];

  it('hold no key that nobody asks for', () => {
    const known = (key: string) =>
      ofManifest.includes(key) || singular.includes(key) || plural.includes(key.replace(/_[a-z]+$/, ''));
    expect(Object.keys(english).filter((key) => !known(key))).toEqual([]);
  });

  it.each(locales)('are complete in %s, with the placeholders of the English ones', (locale) => {
    const texts = textsOf(locale);
    const placeholders = (text: string | undefined) => (text?.match(/\{\w+\}/g) ?? []).sort();
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, { message }] of Object.entries(texts)) {
      expect(message.trim(), key).not.toBe('');
      expect(placeholders(message), key).toEqual(placeholders(english[key]?.message));
    }
  });

  it('hold no dollar sign, which the browsers read as a placeholder', () => {
    for (const locale of locales) expect(JSON.stringify(textsOf(locale))).not.toContain('$');
  });
});

describe('createTranslate', () => {
  const make = (texts: Record<string, string>, uiLanguage: string) =>
    createTranslate({ getMessage: (key) => texts[key] ?? '', uiLanguage });

  it('fills placeholders with words and with figures of the language', () => {
    const words = make({ language: 'de', left: '{n} von {company}' }, 'de-AT');
    expect(words.text('left', { n: 150_000, company: 'Acme' })).toMatch(/^150\D000 von Acme$/);
  });

  it('does not fill placeholders that a value brings along', () => {
    const words = make({ language: 'en', hello: '{company} and {agent}' }, 'en');
    expect(words.text('hello', { company: '{agent}', agent: 'Mara' })).toBe('{agent} and Mara');
  });

  it('returns the key of a text that does not exist, and leaves unknown placeholders', () => {
    const words = make({ language: 'en', hello: 'Hello {who}' }, 'en');
    expect(words.text('absent')).toBe('absent');
    expect(words.text('hello')).toBe('Hello {who}');
  });

  it('picks the plural form by the rules of the language', () => {
    const polish = {
      language: 'pl',
      files_one: '{n} plik',
      files_few: '{n} pliki',
      files_other: '{n} pliku',
    };
    const words = make(polish, 'pl');
    expect([1, 3, 5].map((n) => words.plural('files', n))).toEqual(['1 plik', '3 pliki', '5 pliku']);
  });

  it('keeps the region of the user only where the texts are in the same language', () => {
    expect(make({ language: 'de' }, 'de_AT').locale).toBe('de-AT');
    expect(make({ language: 'en' }, 'fr-CA').locale).toBe('en');
  });

  it('writes Arabic from right to left and isolates names in it', () => {
    const words = make({ language: 'ar', hello: 'مرحبا {company}' }, 'ar-EG');
    expect(words.direction).toBe('rtl');
    expect(words.text('hello', { company: 'Acme' })).toBe('مرحبا \u2068Acme\u2069');
    expect(make({ language: 'en' }, 'en').direction).toBe('ltr');
  });
});
