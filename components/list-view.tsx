// The list of conversations with its four faces: rows, nothing written yet, still loading, cannot be loaded.
import { SquarePen } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { Avatar, BigLogo } from './avatar';
import { usePanel } from './context';
import { KeepOpen } from './keep-open';
import { loadConversation } from './lazy-conversation';
import { ListRowView } from './list-row';
import { SitePicker } from './site-picker';
import { isBroken, StripLine } from './strip';

export function ListView({ moves }: { moves: string }) {
  const { panel, words } = usePanel();
  const company = panel.state.site.value?.name ?? '';
  const face = useFace();
  const content = useRef<HTMLDivElement>(null);
  const start = useRef<HTMLButtonElement>(null);

  // Back from a conversation: its row. Opened by keyboard: the first row. The page's focus is never taken.
  const settled = face === 'rows' || face === 'empty';
  useEffect(() => {
    if (!settled || !document.hasFocus() || isInteractive(document.activeElement)) return;
    const rows = [...(content.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
    const from = panel.route.cameFrom.peek();
    const target = rows.find((row) => row.dataset.key === from) ?? rows[0] ?? start.current;
    target?.focus();
  }, [settled, panel]);

  return (
    <main class={`view ${moves}`} onPointerOver={loadConversation} onFocusIn={loadConversation}>
      <header class="header">
        <Avatar person={null} size="medium" />
        <SitePicker />
        <KeepOpen />
      </header>
      <StripLine withAction={face !== 'failed'} />
      <div class="content" ref={content}>
        {face === 'rows' && <Rows company={company} />}
        {face === 'empty' && <FirstOpen company={company} />}
        {face === 'loading' && <Skeleton />}
        {face === 'failed' && (
          <div class="notice-page">
            <p>{words.text('listFailed')}</p>
            <button type="button" class="secondary" onClick={panel.retryLink}>
              {words.text('tryNow')}
            </button>
          </div>
        )}
      </div>
      <footer class="action-bar">
        <button type="button" class="primary" ref={start} onClick={panel.newConversation}>
          <SquarePen size={16} strokeWidth={2} />
          {words.text('newConversation')}
        </button>
      </footer>
    </main>
  );
}

function useFace(): 'rows' | 'empty' | 'loading' | 'failed' {
  const { panel } = usePanel();
  const strip = panel.strip.strip.value;
  if (panel.list.rows.value.length > 0) return 'rows';
  if (panel.state.listed.value) return 'empty';
  return isBroken(strip) || strip?.kind === 'offline' ? 'failed' : 'loading';
}

function Rows({ company }: { company: string }) {
  const { panel, words, times } = usePanel();
  const now = panel.now.value;
  return (
    <ul class="rows" aria-label={words.text('conversations')} onKeyDown={moveFocus}>
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

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-key]')];
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
