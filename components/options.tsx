// Quick answers below a question. They go with the choice, which becomes a bubble of one's own.
import type { Option } from '@/lib/core/content';
import { questionNamed } from '@/lib/panel/answers';
import { usePanel } from './context';
import { type AskingProps, useAnswer } from './use-answer';

interface OptionsProps extends AskingProps {
  question: string;
  options: readonly Option[];
}

export function Options({ question, options, ...asking }: OptionsProps) {
  const { words } = usePanel();
  const answer = useAnswer(asking);
  const label = question
    ? words.text('chooseAnswer', { question: questionNamed(question) })
    : words.text('chooseAnyAnswer');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent together
    <div class="options" role="group" aria-label={label}>
      {options.map((option, index) => (
        <button key={index} type="button" class="option" onClick={() => answer({ kind: 'option', option })}>
          <bdi>{option.title}</bdi>
        </button>
      ))}
    </div>
  );
}
