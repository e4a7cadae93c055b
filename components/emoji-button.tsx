// The button that opens the emoji to choose from, and puts the chosen one where the caret is.
import { FaceSlightlySmiling } from 'lucide-preact';
import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { usePanel } from './context';
import { lazy } from './lazy';

const grid = lazy(() => import('./emoji-grid'));
const LazyGrid = grid.view((module) => module.EmojiGrid);

interface EmojiButtonProps {
  message: RefObject<HTMLTextAreaElement | null>;
  /** Told of the whole text after an emoji was put in. */
  change: (text: string) => void;
}

export function EmojiButton({ message, change }: EmojiButtonProps) {
  const { words } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (returnFocus: boolean) => {
    setOpen(false);
    if (returnFocus) button.current?.focus();
  };
  const choose = (emoji: string) => {
    const box = message.current;
    if (!box) return;
    box.setRangeText(emoji, box.selectionStart, box.selectionEnd, 'end');
    change(box.value);
    close(false);
    box.focus();
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        class="icon-button emoji-button"
        aria-label={words.text('emoji')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        // The focus stays in what is open: it closes when it loses it, and this click would open it again.
        onMouseDown={(event) => event.preventDefault()}
        onPointerOver={grid.load}
        onClick={() => (isOpen ? close(true) : setOpen(true))}
      >
        <FaceSlightlySmiling size={18} />
      </button>
      {isOpen && <LazyGrid choose={choose} close={close} />}
    </>
  );
}
