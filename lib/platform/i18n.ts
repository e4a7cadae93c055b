// Reads the texts of public/_locales through the browser's `getMessage` and fills them in.
// Owns placeholders and plural forms; knows no key by itself except `language`, which every locale file holds.
import type { Translate } from './types';

export interface Texts {
  /** The text of a key, '' when there is none (chrome.i18n.getMessage without substitutions). */
  getMessage(key: string): string;
  /** BCP 47 tag of the browser's interface language. */
  uiLanguage: string;
}

/**
 * @returns a Translate in the language that the browser chose among public/_locales. Its `locale` is the
 * user's own tag (de-AT) where the texts are in that language, else the language of the texts, so that
 * dates never mix two languages.
 */
export function createTranslate({ getMessage, uiLanguage }: Texts): Translate {
  const language = getMessage('language') || 'en';
  const locale = uiLanguage.split(/[-_]/)[0] === language ? uiLanguage.replace('_', '-') : language;
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const direction = /^(ar|fa|he|ur|yi|ps|sd|ug|dv|ckb)\b/.test(locale) ? 'rtl' : 'ltr';
  // A Latin name inside an Arabic sentence must not turn the words around it.
  const isolated = (value: string) => (direction === 'rtl' ? `\u2068${value}\u2069` : value);

  function text(key: string, values: Readonly<Record<string, string | number>> = {}): string {
    const found = getMessage(key) || key;
    return found.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : isolated(value);
    });
  }

  return {
    text,
    plural(key, n, values) {
      const exact = `${key}_${rules.select(n)}`;
      return text(getMessage(exact) ? exact : `${key}_other`, { ...values, n });
    },
    locale,
    direction,
  };
}
