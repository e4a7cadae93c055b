// What has to do with who is asking, in a chunk of its own, and the button that leads there.
import { Ellipsis } from 'lucide-preact';
import { useRef, useState } from 'preact/hooks';
import { usePanel } from './context';
import { lazy } from './lazy';

const contact = lazy(() => import('./contact-views'));

export const loadContact = contact.load;
export const LazyDetails = contact.view((module) => module.DetailsView);
export const LazyEarlierRow = contact.view((module) => module.EarlierRow);
export const LazyEarlierHeader = contact.view((module) => module.EarlierHeader);
export const LazyEarlierNote = contact.view((module) => module.EarlierNote);
const LazyMenu = contact.view((module) => module.ListMenu);

/** The button of the list's menu. */
export function More() {
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
        data-key="details"
        aria-label={words.text('more')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        // The focus stays in the open menu: one that loses it closes, and this click would open it again.
        onMouseDown={(event) => event.preventDefault()}
        onPointerOver={contact.load}
        onClick={() => (isOpen ? close(true) : setOpen(true))}
      >
        <Ellipsis size={20} />
      </button>
      {isOpen && <LazyMenu close={close} />}
    </div>
  );
}
