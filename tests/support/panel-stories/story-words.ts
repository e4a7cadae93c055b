// The panel's words for a page of stories.
import { createTranslate } from '@/lib/platform/i18n';
import type { Translate } from '@/lib/platform/types';
import de from '../../../public/_locales/de/messages.json';
import en from '../../../public/_locales/en/messages.json';

export function storyWords(locale: string): Translate {
  const texts: Record<string, { message: string }> = locale.startsWith('de') ? de : en;
  const made = createTranslate({ getMessage: (key) => texts[key]?.message ?? '', uiLanguage: locale });
  // There is no Arabic text yet: its direction and its figures are shown with the English one.
  return locale.startsWith('ar') ? { ...made, direction: 'rtl' } : made;
}
