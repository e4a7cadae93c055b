// A conversation's rating: faces or stars, a comment once one is chosen, and what was given, which can be changed for a while.
import { useState } from 'preact/hooks';
import type { Rating as Points } from '@/lib/core/content';
import type { EpochMs } from '@/lib/core/types';
import type { Given } from '@/lib/panel/answers';
import { asRating, mayRate } from '@/lib/panel/rating-model';
import { usePanel } from './context';
import { RatingGiven } from './rating-given';
import { RatingPoints } from './rating-points';
import { RichText } from './rich-text';
import { type AskingProps, useAnswer } from './use-answer';

export interface RatingProps extends AskingProps {
  question: string;
  askedAt: EpochMs;
  scale: 'faces' | 'stars';
  given: Given | null;
}

export function Rating(props: RatingProps) {
  const { panel, words } = usePanel();
  const [changes, setChanges] = useState(false);
  const { given, askedAt, question } = props;
  const isOpen = mayRate(askedAt, panel.now.value);
  const answer = given?.answer.kind === 'rating' && !(changes && isOpen) ? given.answer : null;
  const isThanked = answer !== null && given?.state !== 'failed' && given?.state !== 'held';
  return (
    <section class="card card-padded">
      {/* biome-ignore lint/a11y/useSemanticElements: a heading of HTML may not hold blocks */}
      <div role="heading" aria-level={2} class="card-title" dir="auto">
        {isThanked ? (
          words.text('ratingThanks')
        ) : question ? (
          <RichText text={question} />
        ) : (
          words.text('rateConversation')
        )}
      </div>
      {given && answer ? (
        <RatingGiven
          {...props}
          given={given}
          answer={answer}
          change={isOpen ? () => setChanges(true) : null}
        />
      ) : isOpen ? (
        <Choosing {...props} sent={() => setChanges(false)} />
      ) : (
        <p class="card-hint">{words.text('ratingOver')}</p>
      )}
    </section>
  );
}

/** What is chosen and written stays with the panel until it is sent. */
function Choosing({ given, scale, sent, ...asking }: RatingProps & { sent: () => void }) {
  const { panel, words } = usePanel();
  const answer = useAnswer(asking);
  const former = given?.answer.kind === 'rating' ? given.answer : null;
  const kept = panel.filling.get(asking.messageId) ?? {
    rating: String(former?.rating ?? ''),
    comment: former?.comment ?? '',
  };
  const [values, setValues] = useState(kept);
  const keep = (change: Record<string, string>) => {
    const next = { ...values, ...change };
    panel.filling.set(asking.messageId, next);
    setValues(next);
  };
  const rating = asRating(values.rating);
  const comment = values.comment ?? '';
  const send = (chosen: Points) => {
    panel.filling.delete(asking.messageId);
    answer({ kind: 'rating', rating: chosen, comment: comment.trim() });
    sent();
  };
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault();
        if (rating) send(rating);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      <RatingPoints
        name={`rating-${asking.messageId}`}
        scale={scale}
        chosen={rating}
        choose={(points) => keep({ rating: String(points) })}
      />
      {rating && (
        <>
          <textarea
            class="input"
            rows={2}
            aria-label={words.text('addComment')}
            placeholder={words.text('addComment')}
            maxLength={maxComment}
            dir={comment === '' ? words.direction : 'auto'}
            value={comment}
            onInput={(event) => keep({ comment: event.currentTarget.value })}
          />
          <button type="submit" class="primary">
            {words.text('sendRating')}
          </button>
        </>
      )}
    </form>
  );
}

/** Of the protocol. */
const maxComment = 10_000;
