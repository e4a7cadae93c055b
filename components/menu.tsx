// An open menu, by pointer and by keyboard: arrows, Home, End, first letters, Escape. What its entries do is theirs.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePanel } from './context';
import type { CloseMenu } from './menu-button';

interface MenuProps {
  close: CloseMenu;
  /** The entries, given what wraps their actions: an entry that was chosen may go with its menu. */
  children: (choose: (act: () => void) => () => void) => ComponentChildren;
}

export function Menu({ close, children }: MenuProps) {
  const { words } = usePanel();
  const menu = useRef<HTMLDivElement>(null);
  const isLeft = useRef(false);
  useEffect(() => itemsOf(menu.current)[0]?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const item = itemBy(event.key, menu.current);
    if (event.key === 'Escape') close(true);
    else if (item) item.focus();
    else return;
    event.preventDefault();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    // An entry that goes with its menu loses the focus, too.
    if (!isLeft.current && !menu.current?.contains(relatedTarget as Node | null)) close(false);
  };
  const choose = (act: () => void) => () => {
    isLeft.current = true;
    act();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={words.text('more')}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      {children(choose)}
    </div>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
}

/** The entry to which a key leads; a letter to the first that begins with it. */
function itemBy(key: string, menu: HTMLElement | null): HTMLElement | undefined {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === 'ArrowUp') return items.at(at - 1);
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.trim().length !== 1) return undefined;
  return items.find(({ textContent }) => textContent.toLocaleLowerCase().startsWith(key.toLocaleLowerCase()));
}
