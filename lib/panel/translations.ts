// Which of a message's translations is for the person who reads. Pure.

export interface Translation {
  text: string;
  /** BCP 47, for fonts, hyphens and voices. */
  language: string;
}

/** @returns the one in this language, best with the same region; null where there is none, or it says nothing else. */
export function translationFor(
  translations: Readonly<Record<string, string>>,
  locale: string,
  original: string,
): Translation | null {
  const tag = (code: string) => code.replaceAll('_', '-').toLowerCase();
  const language = (code: string) => tag(code).split('-')[0];
  const codes = Object.keys(translations);
  const code =
    codes.find((each) => tag(each) === tag(locale)) ??
    codes.find((each) => language(each) === language(locale));
  const text = code === undefined ? undefined : translations[code];
  return code === undefined || !text || text.trim() === original.trim()
    ? null
    : { text, language: tag(code) };
}
