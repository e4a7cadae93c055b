// That the person marked the conversation as resolved, as long as the server has not said so.
import type { SendingState } from '@/lib/panel/answers';
import type { Words } from '@/lib/panel/times';
import { usePanel } from './context';

interface ResolvingProps {
  echoId: string;
  state: SendingState;
  focusMessage: () => void;
}

export function ResolvingLine({ echoId, state, focusMessage }: ResolvingProps) {
  const { panel, words } = usePanel();
  const rests = state === 'failed';
  const act = (action: (echoId: string) => void) => () => {
    action(echoId);
    focusMessage();
  };
  return (
    <p class={rests ? 'line line-status rests' : 'line line-status'}>
      <span class={rests ? 'failed-words' : ''}>{wordsOf(state, words)}</span>
      {rests && (
        <>
          <button type="button" class="text-button accent" onClick={act(panel.outbox.retry)}>
            {words.text('tryAgain')}
          </button>
          <button type="button" class="text-button" onClick={act(panel.outbox.discard)}>
            {words.text('discard')}
          </button>
        </>
      )}
    </p>
  );
}

function wordsOf(state: SendingState, words: Words): string {
  if (state === 'failed') return words.text('resolvingFailed');
  return state === 'queuedOffline' ? words.text('resolvingOffline') : words.text('resolving');
}
