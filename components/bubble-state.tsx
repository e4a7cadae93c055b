// The line under an own message: what became of it, in words, and what one can do about it.
import { Check, CheckCheck, CircleAlert, CircleQuestionMark, Clock } from 'lucide-preact';
import type { Bubble, BubbleState } from '@/lib/panel/bubbles';
import { maxMessageLength } from '@/lib/panel/characters';
import { usePanel } from './context';

const icons = {
  saving: Clock,
  queued: Clock,
  queuedOffline: Clock,
  sending: Clock,
  uncertain: CircleQuestionMark,
  failed: CircleAlert,
  held: Clock,
  sent: Check,
  seen: CheckCheck,
} as const;

/** What is told of something of one's own: a message, or an answer. */
type Sending = Pick<Bubble, 'echoId' | 'state' | 'failure' | 'text' | 'at'> & {
  answers: Bubble['answers'] | 'rating';
};

interface StateLineProps {
  bubble: Sending;
  state: BubbleState;
  stateWords: string;
  focusMessage: () => void;
}

export function StateLine({ bubble, state, stateWords, focusMessage }: StateLineProps) {
  const { times } = usePanel();
  const Icon = icons[state];
  const settled = state === 'sent' || state === 'seen';
  const hint = useHint(state);
  return (
    <p class={`state state-${state}`} {...hint}>
      <span class="state-words">
        <Icon size={14} /> {settled && `${times.clock(bubble.at)} · `}
        {stateWords}
      </span>
      {(state === 'failed' || state === 'held') && (
        <RestingActions bubble={bubble} focusMessage={focusMessage} />
      )}
    </p>
  );
}

/** What the state does not say. */
function useHint(state: BubbleState): { title?: string } {
  const { words } = usePanel();
  if (state === 'uncertain') return { title: words.text('uncertainHint') };
  return state === 'sent' ? { title: words.text('sentHint') } : {};
}

/** For what is not sent by itself. */
function RestingActions({ bubble, focusMessage }: Pick<StateLineProps, 'bubble' | 'focusMessage'>) {
  const { panel, words } = usePanel();
  const { echoId, failure, answers } = bubble;
  const isGone = failure === 'gone';
  // Words can go to a new conversation; an answer has nothing to answer there.
  const mayBegin = panel.state.past.value?.role !== 'earlier' && !answers;
  // The buttons go with the state; the focus must not be lost with them.
  const act = (action: (echoId: string) => void) => () => {
    if (echoId) action(echoId);
    focusMessage();
  };
  return (
    <>
      {(!isGone || mayBegin) && (
        <button
          type="button"
          class="text-button accent"
          {...(isGone && { title: words.text('retryAnew') })}
          onClick={act(panel.retry)}
        >
          {bubble.state === 'held'
            ? words.text('send')
            : answers
              ? words.text('tryAgain')
              : words.text('retry')}
        </button>
      )}
      {(isGone || failure === 'tooLong' || failure === 'tooLarge') && (
        <button
          type="button"
          class="text-button accent"
          onClick={() => navigator.clipboard.writeText(bubble.text)}
        >
          {words.text('copyText')}
        </button>
      )}
      <button type="button" class="text-button" onClick={act(panel.outbox.discard)}>
        {words.text('discard')}
      </button>
    </>
  );
}

/** @returns the state in words, '' for messages of others. */
export function useStateWords(
  { state, failure, answers }: Pick<Sending, 'state' | 'failure' | 'answers'>,
  company: string,
): string {
  const { words } = usePanel();
  switch (state) {
    case null:
      return '';
    case 'saving':
      return words.text('saving');
    case 'queued':
      return words.text('waiting');
    case 'queuedOffline':
      return words.text('waitingOffline');
    case 'sending':
      return words.text('sending');
    case 'uncertain':
      return words.text('uncertain');
    case 'seen':
      return words.text('seen');
    case 'held':
      return words.text('held');
    case 'sent':
      if (answers === null) return words.text('sent');
      return answers === 'choice' ? words.text('yourChoice') : words.text('detailsSent');
    case 'failed':
      if (failure === 'gone') return words.text('notSentGone');
      if (answers === 'choice') return words.text('choiceNotSaved');
      if (answers === 'details') return words.text('detailsNotSaved');
      if (answers === 'rating') return words.text('ratingNotSaved');
      if (failure === 'refused') return words.text('notSentRefused', { company });
      if (failure === 'tooLarge') return words.text('notSentTooLarge', { company });
      if (failure === 'tooLong') return words.text('notSentTooLong', { n: maxMessageLength });
      return words.text('notSent');
  }
}
