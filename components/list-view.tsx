// The list of conversations with its faces: rows, nothing written yet, still loading, cannot be loaded. One's own, or those
// of before the sign-in, to which the own list leads.
import { SquarePen } from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { AvailabilityLine } from './availability';
import { Avatar, BigLogo } from './avatar';
import { usePanel } from './context';
import { KeepOpen } from './keep-open';
import { LazyEarlierHeader, LazyEarlierNote, LazyEarlierRow, More } from './lazy-contact';
import { loadConversation } from './lazy-conversation';
import { ListRowView } from './list-row';
import { SitePicker } from './site-picker';
import { StripLine } from './strip';

export function ListView({ moves }: { moves: string }) {
  const { panel, words } = usePanel();
  const company = panel.state.site.value?.name ?? '';
  const past = panel.state.past.value;
  const isEarlier = past?.role === 'earlier';
  const face = useFace();
  const view = useRef<HTMLElement>(null);
  const start = useRef<HTMLButtonElement>(null);
  const content = useRef<HTMLDivElement>(null);

  // What was on screen when the list was left is on screen again, and does not move for the focus.
  useLayoutEffect(() => {
    const { scrollTop } = panel.list;
    if (content.current && scrollTop > 0) content.current.scrollTop = scrollTop;
  }, [panel]);

  // Back from somewhere: what leads there. Opened by keyboard: the first row. The page's focus is never taken.
  const settled = face !== 'loading' && face !== 'failed';
  useEffect(() => {
    if (!settled || !document.hasFocus() || isInteractive(document.activeElement)) return;
    const from = panel.route.cameFrom.peek();
    const leading = [...(view.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
    const target = leading.find((each) => each.dataset.key === from) ?? rowsOf(view.current)[0];
    (target ?? start.current)?.focus({ preventScroll: true });
  }, [settled, panel]);

  return (
    <main
      class={`view ${moves}`}
      ref={view}
      onPointerOver={loadConversation}
      onFocusIn={loadConversation}
      onKeyDown={moveFocus}
    >
      <header class="header">
        {isEarlier ? (
          <LazyEarlierHeader />
        ) : (
          <>
            <Avatar person={null} size="medium" />
            <div class="header-words">
              <SitePicker />
              <AvailabilityLine />
            </div>
            {past && <More />}
          </>
        )}
        <KeepOpen />
      </header>
      <StripLine withAction={face !== 'failed'} />
      <div
        class="content"
        ref={content}
        onScroll={({ currentTarget }) => {
          panel.list.scrollTop = currentTarget.scrollTop;
        }}
      >
        {isEarlier && <LazyEarlierNote />}
        {face === 'rows' && <Rows company={company} />}
        {face === 'empty' && !isEarlier && <FirstOpen company={company} />}
        {face === 'loading' && <Skeleton />}
        {face === 'failed' && (
          <div class="notice-page">
            <p>{words.text('listFailed')}</p>
            <button type="button" class="secondary" onClick={panel.retryLink}>
              {words.text('tryNow')}
            </button>
          </div>
        )}
        {past?.role === 'own' && past.earlier && <LazyEarlierRow {...past.earlier} />}
      </div>
      {!isEarlier && (
        <footer class="action-bar">
          <button type="button" class="primary" ref={start} onClick={panel.newConversation}>
            <SquarePen size={16} strokeWidth={2} />
            {words.text('newConversation')}
          </button>
        </footer>
      )}
    </main>
  );
}

/** `refused`: the strip says all that there is to say. */
function useFace(): 'rows' | 'empty' | 'loading' | 'failed' | 'refused' {
  const { panel } = usePanel();
  const kind = panel.strip.strip.value?.kind;
  if (panel.list.rows.value.length > 0) return 'rows';
  if (panel.state.listed.value) return 'empty';
  if (!kind || kind === 'rateLimited') return 'loading';
  return kind === 'signedOut' || kind === 'identityRefused' ? 'refused' : 'failed';
}

function Rows({ company }: { company: string }) {
  const { panel, words, times } = usePanel();
  const now = panel.now.value;
  return (
    <ul class="rows" aria-label={words.text('conversations')}>
      {panel.list.rows.value.map((row) => (
        <ListRowView
          key={row.key}
          row={row}
          company={company}
          time={row.at === null ? '' : times.short(row.at, now)}
          spokenTime={row.at === null ? '' : times.ago(row.at, now)}
        />
      ))}
    </ul>
  );
}

function FirstOpen({ company }: { company: string }) {
  const { words } = usePanel();
  return (
    <div class="notice-page">
      <BigLogo />
      <h2>{words.text('firstOpenTitle')}</h2>
      <p>{words.text('firstOpenText', { company })}</p>
    </div>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      {[2, 2, 1, 1].map((lines, index) => (
        <div key={index} class="skeleton-row">
          <i class="skeleton-face" />
          <i class="skeleton-name" />
          <i class="skeleton-text" />
          {lines === 2 && <i class="skeleton-text skeleton-short" />}
        </div>
      ))}
    </div>
  );
}

function rowsOf(view: HTMLElement | null): HTMLElement[] {
  return [...(view?.querySelectorAll<HTMLElement>('.row') ?? [])];
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const rows = rowsOf(event.currentTarget);
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const targets: Record<string, number> = {
    ArrowUp: Math.max(0, at - 1),
    ArrowDown: Math.min(rows.length - 1, at + 1),
    Home: 0,
    End: rows.length - 1,
  };
  const target = targets[event.key];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  rows[target]?.focus();
}

function isInteractive(element: Element | null): boolean {
  return element?.matches('button, a, textarea') ?? false;
}
