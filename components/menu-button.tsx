// The button that opens a menu, and holds it while it is open.
import { Ellipsis } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { usePanel } from './context';

/** Closes a menu. @param returnFocus whether the focus goes back to the button, because nothing else has taken it. */
export type CloseMenu = (returnFocus: boolean) => void;

interface MenuButtonProps {
  /** Where one comes back from, for the focus to find its way. */
  leadsTo?: string;
  /** Somebody reaches for it. */
  onNear?: () => void;
  /** Draws the open menu. */
  children: (close: CloseMenu) => ComponentChildren;
}

export function MenuButton({ leadsTo, onNear, children }: MenuButtonProps) {
  const { words } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (returnFocus: boolean) => {
    setOpen(false);
    if (returnFocus) button.current?.focus();
  };
  return (
    <div class="more">
      <button
        type="button"
        ref={button}
        class="icon-button"
        data-key={leadsTo}
        aria-label={words.text('more')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        // The focus stays in the open menu: one that loses it closes, and this click would open it again.
        onMouseDown={(event) => event.preventDefault()}
        onPointerOver={onNear}
        onClick={() => (isOpen ? close(true) : setOpen(true))}
      >
        <Ellipsis size={20} />
      </button>
      {isOpen && children(close)}
    </div>
  );
}
