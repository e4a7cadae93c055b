// One message: its author where a group begins, its words and files, its state where that is shown.
// Drawn again only when its item changed; reads no signal.

import type { Bubble as BubbleItem } from '@/lib/panel/bubbles';
import { isEmojiOnly } from '@/lib/panel/text-parts';
import { Avatar } from './avatar';
import { StateLine, useStateWords } from './bubble-state';
import { usePanel } from './context';
import { FileLink } from './file-link';
import { Interactive } from './interactive';
import { memo } from './memo';
import { MessageText } from './message-text';
import { RichText } from './rich-text';

const hasOwnHeading: ReadonlySet<string> = new Set(['form', 'email']);

interface BubbleProps {
  bubble: BubbleItem;
  company: string;
  focusMessage: () => void;
}

export const Bubble = memo(({ bubble, company, focusMessage }: BubbleProps) => {
  const { words, times } = usePanel();
  const { own, author, text, attachments, at } = bubble;
  const name = own ? words.text('you') : author?.name || company;
  const stateWords = useStateWords(bubble, company);
  const when = times.full(at);
  const { content, given } = bubble;
  // A card that asks says the words itself, as its heading.
  const asksItself = content.kind === 'rating' || (given === null && hasOwnHeading.has(content.kind));
  const isEmpty = text === '' && attachments.length === 0 && content.kind === 'plain';
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
      {((text !== '' && !asksItself) || isEmpty) && (
        <div class={bubbleClass(bubble)} dir={own ? 'auto' : undefined} title={when}>
          {isEmpty ? words.text('unknownKind') : own ? <MessageText text={text} /> : <RichText text={text} />}
        </div>
      )}
      {attachments.map((attachment) => (
        <FileLink key={attachment.id} attachment={attachment} />
      ))}
      <Interactive bubble={bubble} focusMessage={focusMessage} />
      {bubble.stateShown && bubble.state && (
        <StateLine bubble={bubble} state={bubble.state} stateWords={stateWords} focusMessage={focusMessage} />
      )}
    </article>
  );
});

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
