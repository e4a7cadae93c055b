// The words of a message in its bubble: translated where somebody has done so, with the way to the original.
import { useState } from 'preact/hooks';
import { translationFor } from '@/lib/panel/translations';
import { usePanel } from './context';
import { MessageText } from './message-text';

interface BubbleWordsProps {
  text: string;
  /** Empty for what nobody needs translated. */
  translations: Readonly<Record<string, string>>;
  /** Class of the bubble. */
  look: string;
  /** Of the bubble's tooltip. */
  when: string;
}

export function BubbleWords({ text, translations, look, when }: BubbleWordsProps) {
  const { words } = usePanel();
  const [isOriginal, setOriginal] = useState(false);
  const translation = translationFor(translations, words.locale, text);
  const shown = isOriginal ? null : translation;
  return (
    <>
      <div class={look} dir="auto" title={when} {...(shown && { lang: shown.language })}>
        <MessageText text={shown?.text ?? text} />
      </div>
      {translation && (
        <button type="button" class="text-button bubble-button" onClick={() => setOriginal(!isOriginal)}>
          {isOriginal ? words.text('showTranslation') : words.text('showOriginal')}
        </button>
      )}
    </>
  );
}
