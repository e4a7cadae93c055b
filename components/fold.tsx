// A long message shows its beginning until somebody asks for the rest. All of it is in the page all the time, so that
// it can be selected, copied and read aloud.
import type { ComponentChildren } from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';
import { usePanel } from './context';
import { PlaceContext } from './use-thread-scroll';

const longest = 1500;
const mostLines = 24;

/** @param text as it was written. */
export function isLong(text: string): boolean {
  return text.length > longest || text.split('\n', mostLines + 1).length > mostLines;
}

export function Fold({ children }: { children: ComponentChildren }) {
  const { words } = usePanel();
  const keepPlace = useContext(PlaceContext);
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const turn = (stays: HTMLElement | null) => {
    if (stays) keepPlace(stays);
    setIsOpen(!isOpen);
  };
  const onFocusIn = ({ target }: FocusEvent) => {
    if (!isOpen && target instanceof Element && isBelow(target, box.current)) turn(box.current);
  };
  return (
    <>
      <div ref={box} class={isOpen ? '' : 'folded'} onFocusIn={onFocusIn}>
        {children}
      </div>
      <button
        type="button"
        class="text-button accent fold-button"
        aria-expanded={isOpen}
        // The words above stay when more come below them, the button when they go.
        onClick={({ currentTarget }) => turn(isOpen ? currentTarget : box.current)}
      >
        {isOpen ? words.text('showLess') : words.text('showMore')}
      </button>
    </>
  );
}

/** A link that is reached by keyboard must be seen. */
function isBelow(element: Element, box: HTMLElement | null): boolean {
  return box !== null && element.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom;
}
