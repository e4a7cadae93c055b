// What a message shows or asks besides its words, by its kind. One that was answered asks no more, but for a rating.
import type { Bubble } from '@/lib/panel/bubbles';
import { Articles, Cards } from './cards';
import { EmailForm, Form } from './form';
import { Options } from './options';
import { Rating } from './rating';

interface InteractiveProps {
  bubble: Bubble;
  focusMessage: () => void;
}

export function Interactive({ bubble, focusMessage }: InteractiveProps) {
  const { content, given, messageId, text, at } = bubble;
  if (messageId === null) return null;
  const asking = { messageId, focusMessage };
  if (content.kind === 'rating')
    return <Rating {...asking} question={text} askedAt={at} scale={content.scale} given={given} />;
  if (content.kind === 'cards') return <Cards cards={content.cards} />;
  if (content.kind === 'articles') return <Articles articles={content.articles} />;
  if (given) return null;
  if (content.kind === 'options') return <Options {...asking} question={text} options={content.options} />;
  if (content.kind === 'email') return <EmailForm {...asking} title={text} />;
  return content.kind === 'form' ? (
    <Form {...asking} title={text} fields={content.fields} buttonLabel={content.buttonLabel} />
  ) : null;
}
