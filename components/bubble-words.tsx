// The words of a message in its bubble: translated where somebody has done so, with the way to the original.
import { useState } from 'preact/hooks';
import { translationFor } from '@/lib/panel/translations';
import { usePanel } from './context';
import { Fold, isLong } from './fold';
import { MessageText } from './message-text';
import { RichText } from './rich-text';

interface BubbleWordsProps {
  text: string;
  /** A person's own words are shown as they wrote them, those of others as CommonMark. */
  own: boolean;
  /** Empty for what nobody needs translated. */
  translations: Readonly<Record<string, string>>;
  /** Class of the bubble. */
  look: string;
  /** Of the bubble's tooltip. */
  when: string;
}

export function BubbleWords({ text, own, translations, look, when }: BubbleWordsProps) {
  const { words } = usePanel();
  const [isOriginal, setOriginal] = useState(false);
  const translation = translationFor(translations, words.locale, text);
  const shown = isOriginal ? null : translation;
  const drawn = own ? <MessageText text={text} /> : <RichText text={shown?.text ?? text} />;
  return (
    <>
      <div class={look} title={when} {...(own && { dir: 'auto' })} {...(shown && { lang: shown.language })}>
        {isLong(text) ? <Fold>{drawn}</Fold> : drawn}
      </div>
      {translation && (
        <button type="button" class="text-button bubble-button" onClick={() => setOriginal(!isOriginal)}>
          {isOriginal ? words.text('showTranslation') : words.text('showOriginal')}
        </button>
      )}
    </>
  );
}
