// What a message quotes: a name and one line, which lead to the message itself.
import type { Bubble } from '@/lib/panel/bubbles';
import { usePanel } from './context';
import { useJump } from './use-jump';

interface QuoteProps {
  quotedId: number;
  /** Null: it is not among those that are drawn. */
  quoted: Bubble['quoted'];
  company: string;
}

export function Quote({ quotedId, quoted, company }: QuoteProps) {
  const { words } = usePanel();
  const jump = useJump();
  if (quoted?.deleted) return <p class="quote">{words.text('quoteDeleted')}</p>;
  const author = quoted?.author.kind === 'contact' ? words.text('you') : quoted?.author.name || company;
  const text = quoted && (quoted.text.trim() || quoted.attachments[0]?.name || words.text('file'));
  return (
    <button
      type="button"
      class="quote"
      {...(text && { 'aria-label': words.text('quoteOf', { author, text: text.slice(0, 200) }) })}
      onClick={() => jump(quotedId)}
    >
      {text ? (
        <>
          <b>{author}</b>
          <span dir="auto">{text.slice(0, 200)}</span>
        </>
      ) : (
        words.text('quoteEarlier')
      )}
    </button>
  );
}
