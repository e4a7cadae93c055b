// The five points of a rating as a group of radio buttons: arrows choose, as everywhere. Words stand at both ends.
import {
  FaceAngry,
  FaceGrinning,
  FaceNeutral,
  FaceSlightlyFrowning,
  FaceSlightlySmiling,
  Star,
} from 'lucide-preact';
import type { Rating } from '@/lib/core/content';
import { ratings } from '@/lib/panel/rating-model';
import type { Words } from '@/lib/panel/times';
import { usePanel } from './context';

export const faces = {
  1: FaceAngry,
  2: FaceSlightlyFrowning,
  3: FaceNeutral,
  4: FaceSlightlySmiling,
  5: FaceGrinning,
} as const;

interface RatingPointsProps {
  /** Of this group alone. */
  name: string;
  scale: 'faces' | 'stars';
  chosen: Rating | null;
  choose: (points: Rating) => void;
}

export function RatingPoints({ name, scale, chosen, choose }: RatingPointsProps) {
  const { words } = usePanel();
  return (
    <div>
      <div class={`points points-${scale}`} role="radiogroup" aria-label={words.text('rateConversation')}>
        {ratings.map((points) => {
          const Icon = scale === 'faces' ? faces[points] : Star;
          const isOn = scale === 'faces' ? points === chosen : chosen !== null && points <= chosen;
          return (
            <label key={points} class={isOn ? 'point on' : 'point'} title={pointWords(words, scale, points)}>
              <input
                type="radio"
                name={name}
                class="unseen"
                aria-label={pointWords(words, scale, points)}
                checked={points === chosen}
                onChange={() => choose(points)}
              />
              <Icon size={26} />
            </label>
          );
        })}
      </div>
      <p class="ends" aria-hidden="true">
        <span>{words.text('ratingPoint1')}</span>
        <span>{words.text('ratingPoint5')}</span>
      </p>
    </div>
  );
}

function pointWords(words: Words, scale: 'faces' | 'stars', points: Rating): string {
  if (scale === 'stars') return words.plural('ratingStars', points);
  switch (points) {
    case 1:
      return words.text('ratingPoint1');
    case 2:
      return words.text('ratingPoint2');
    case 3:
      return words.text('ratingPoint3');
    case 4:
      return words.text('ratingPoint4');
    case 5:
      return words.text('ratingPoint5');
  }
}
