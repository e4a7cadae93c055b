// One message: its author where a group begins, its words and files, its state where that is shown.
// Drawn again only when its item changed; reads no signal.

import { isEmojiOnly } from '@/lib/panel/text-parts';
import type { Bubble as BubbleItem } from '@/lib/panel/thread-items';
import { Avatar } from './avatar';
import { StateLine, useStateWords } from './bubble-state';
import { usePanel } from './context';
import { FileLink } from './file-link';
import { Fold, isLong } from './fold';
import { memo } from './memo';
import { MessageText } from './message-text';
import { RichText } from './rich-text';

interface BubbleProps {
  bubble: BubbleItem;
  company: string;
  focusMessage: () => void;
  /** Holds what somebody looks at where it is, while something beside it changes its size. */
  keepPlace: (node: HTMLElement) => void;
}

export const Bubble = memo(({ bubble, company, focusMessage, keepPlace }: BubbleProps) => {
  const { words, times } = usePanel();
  const { own, author, text, attachments, at } = bubble;
  const name = own ? words.text('you') : author?.name || company;
  const stateWords = useStateWords(bubble.state, bubble.failure, company);
  const when = times.full(at);
  const isEmpty = text === '' && attachments.length === 0;
  return (
    <article
      class={messageClass(bubble)}
      aria-label={[name, when, stateWords].filter(Boolean).join(', ')}
      tabIndex={-1}
    >
      {bubble.first && !own && (
        <p class="author">
          <Avatar person={author} size="small" />
          <b>
            <bdi>{name}</bdi>
          </b>{' '}
          <span class="author-time">{times.clock(at)}</span>
        </p>
      )}
      {(text !== '' || isEmpty) && (
        <div class={bubbleClass(bubble)} dir={own ? 'auto' : undefined} title={when}>
          {isEmpty ? words.text('unknownKind') : <Words bubble={bubble} keepPlace={keepPlace} />}
        </div>
      )}
      {attachments.map((attachment) => (
        <FileLink key={attachment.id} attachment={attachment} />
      ))}
      {bubble.stateShown && bubble.state && (
        <StateLine bubble={bubble} state={bubble.state} stateWords={stateWords} focusMessage={focusMessage} />
      )}
    </article>
  );
});

/** The person's own asterisks are asterisks. */
function Words({ bubble: { own, text }, keepPlace }: Pick<BubbleProps, 'bubble' | 'keepPlace'>) {
  const drawn = own ? <MessageText text={text} /> : <RichText text={text} />;
  return isLong(text) ? <Fold keepPlace={keepPlace}>{drawn}</Fold> : drawn;
}

function messageClass({ own, first, joinsBefore }: BubbleItem): string {
  const names = ['message', own ? 'own' : 'other'];
  if (first) names.push('first');
  // Below the state line of the bubble before it.
  else if (!joinsBefore) names.push('apart');
  return names.join(' ');
}

function bubbleClass({ text, attachments, state, joinsBefore, joinsAfter }: BubbleItem): string {
  const names = ['bubble', state && `bubble-${state}`];
  if (joinsBefore) names.push('joins-before');
  if (joinsAfter || attachments.length > 0) names.push('joins-after');
  if (isEmojiOnly(text)) names.push('emoji');
  return names.filter(Boolean).join(' ');
}
