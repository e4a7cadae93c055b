// A rating that was given: what it was, how it stands on its way, and how long it can be changed.
import { Star } from 'lucide-preact';
import type { Answer } from '@/lib/core/content';
import type { EpochMs } from '@/lib/core/types';
import type { Given } from '@/lib/panel/answers';
import { ratings } from '@/lib/panel/rating-model';
import { StateLine, useStateWords } from './bubble-state';
import { usePanel } from './context';
import { faces } from './rating-points';

interface RatingGivenProps {
  scale: 'faces' | 'stars';
  answer: Extract<Answer, { kind: 'rating' }>;
  given: Given;
  askedAt: EpochMs;
  /** Null: too late. */
  change: (() => void) | null;
  focusMessage: () => void;
}

export function RatingGiven({ scale, answer, given, askedAt, change, focusMessage }: RatingGivenProps) {
  const { panel, words } = usePanel();
  const { rating, comment } = answer;
  const sending = { ...given, answers: 'rating', text: comment, at: askedAt } as const;
  const stateWords = useStateWords(sending, panel.state.site.value?.name ?? '');
  const Face = faces[rating];
  return (
    <>
      <p class="given">
        {scale === 'faces' ? (
          <Face size={26} class="accent" />
        ) : (
          ratings.map((points) => (
            <Star key={points} size={20} class={points <= rating ? 'star on' : 'star'} />
          ))
        )}
        <span class="given-words">{words.text('ratingOf', { n: rating })}</span>
      </p>
      {comment && (
        <p class="given-comment" dir="auto">
          <q>{comment}</q>
        </p>
      )}
      {given.state !== 'sent' ? (
        <StateLine bubble={sending} state={given.state} stateWords={stateWords} focusMessage={focusMessage} />
      ) : change ? (
        <button type="button" class="text-button accent card-button" onClick={change}>
          {words.text('changeRating')}
        </button>
      ) : (
        <p class="card-hint">{words.text('ratingClosed')}</p>
      )}
    </>
  );
}
