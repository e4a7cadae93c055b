// One message: its author where a group begins, its words and files, its state where that is shown.
// Drawn again only when its item changed; reads no signal.

import type { Bubble as BubbleItem } from '@/lib/panel/bubbles';
import { isEmojiOnly } from '@/lib/panel/text-parts';
import { AttachmentView } from './attachment';
import { Avatar } from './avatar';
import { StateLine, useStateWords } from './bubble-state';
import { BubbleWords } from './bubble-words';
import { usePanel } from './context';
import { LazyInteractive } from './lazy-interactive';
import { memo } from './memo';
import { Quote } from './quote';

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
      {...(bubble.messageId !== null && { 'data-message': bubble.messageId })}
    >
      {bubble.first && !own && (
        <p class="author">
          <Avatar person={author} size="small" />
          <b dir="auto">{name}</b> <span class="author-time">{times.clock(at)}</span>
        </p>
      )}
      {bubble.quotedId !== null && (
        <Quote quotedId={bubble.quotedId} quoted={bubble.quoted} company={company} />
      )}
      {bubble.answers && (
        <div class={bubbleClass(bubble)} dir="auto" title={when}>
          {text}
        </div>
      )}
      {text !== '' && !asksItself && !bubble.answers && (
        <BubbleWords
          text={text}
          own={own}
          translations={own ? none : bubble.translations}
          look={bubbleClass(bubble)}
          when={when}
        />
      )}
      {isEmpty && (
        <div class={bubbleClass(bubble)} title={when}>
          {words.text('unknownKind')}
        </div>
      )}
      {attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} author={own ? null : name} />
      ))}
      {content.kind !== 'plain' && <LazyInteractive bubble={bubble} focusMessage={focusMessage} />}
      {bubble.stateShown && bubble.state && (
        <StateLine bubble={bubble} state={bubble.state} stateWords={stateWords} focusMessage={focusMessage} />
      )}
    </article>
  );
});

const none = {};

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
