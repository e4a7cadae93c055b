// The menu of the list, by pointer and by keyboard: arrows, Home, End, first letters, Escape.
import { Trash, UserRound } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from './context';
import { ForgetDialog } from './forget-dialog';

interface ListMenuProps {
  /** @param returnFocus whether the focus goes back to the button, because nothing else has taken it. */
  close: (returnFocus: boolean) => void;
}

export function ListMenu({ close }: ListMenuProps) {
  const { panel, words } = usePanel();
  const [forgets, setForgets] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const isLeft = useRef(false);
  useEffect(() => itemsOf(menu.current)[0]?.focus(), []);

  if (forgets) return <ForgetDialog close={() => close(true)} />;
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
      <button type="button" role="menuitem" tabIndex={-1} onClick={choose(panel.openDetails)}>
        <UserRound size={16} />
        {words.text('yourDetails')}
      </button>
      <button type="button" role="menuitem" tabIndex={-1} onClick={choose(() => setForgets(true))}>
        <Trash size={16} />
        {words.text('forgetMe')}
      </button>
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
