// What was written on this device before the sign-in: the row that leads there, and what stands above its list.
import { RotateCcwClock } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { BackButton } from './back-button';
import { Badge } from './badge';
import { usePanel } from './context';

/** At the end of one's own list. */
export function EarlierRow({ sessionId, unread }: { sessionId: string; unread: number }) {
  const { panel, words } = usePanel();
  const row = useRef<HTMLButtonElement>(null);
  const name = words.text('earlier');
  // Back from there: before the list gives the focus to its first row.
  useEffect(() => {
    const isFree = document.hasFocus() && document.activeElement === document.body;
    if (isFree && panel.route.cameFrom.peek() === 'earlier') row.current?.focus();
  }, [panel]);
  return (
    <div class="rows">
      <button
        type="button"
        ref={row}
        class={unread > 0 ? 'row row-earlier unread' : 'row row-earlier'}
        {...(unread > 0 && { 'aria-label': `${name}, ${words.plural('unreadMessages', unread)}` })}
        onClick={() => panel.showSession(sessionId)}
      >
        <span class="avatar avatar-large">
          <RotateCcwClock size={16} />
        </span>
        <span class="row-name">{name}</span>
        <Badge count={unread} />
      </button>
    </div>
  );
}

/** In the place of the company's name. */
export function EarlierHeader() {
  const { panel, words } = usePanel();
  return (
    <>
      <BackButton onClick={() => panel.showSession(null)} />
      <h1 class="header-name">{words.text('earlier')}</h1>
    </>
  );
}

export function EarlierNote() {
  const { words } = usePanel();
  return <p class="list-note">{words.text('earlierNote')}</p>;
}
