// The strip under the header: says that the way to the server is broken, and what happens next.
// The status itself (announced once) is apart from the countdown beside it (not announced).
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Strip } from '@/lib/panel/strip-model';
import { usePanel } from './context';
import { lazy } from './lazy';

const Icon = lazy(() => import('./strip-icon')).view(({ StripIcon }) => StripIcon);

export type StripAction = 'tryNow' | 'checkNow' | 'openCompany' | 'reloadPage';

/** What a person can do about it; not there: nothing but wait. */
const actions: Partial<Record<Strip['kind'], StripAction>> = {
  reconnecting: 'tryNow',
  silent: 'tryNow',
  inboxMissing: 'tryNow',
  cableBlocked: 'checkNow',
  intercepted: 'tryNow',
  signedOut: 'openCompany',
  identityRefused: 'reloadPage',
};

/** @param withAction false where the view offers the same action itself. */
export function StripLine({ withAction = true }: { withAction?: boolean }) {
  const { panel, words, times } = usePanel();
  const strip = panel.strip.strip.value;
  const since = panel.strip.since.value;
  const { status, hint } = useStripWords(strip);
  const action = strip && actions[strip.kind];
  const isChecking = panel.strip.isChecking.value;
  const button = useFocusKept(Boolean(action) && withAction && !isChecking);
  const act = () => {
    if (action === 'tryNow' || action === 'checkNow') panel.retryLink();
    else void panel.send({ type: 'page.open', reload: action === 'reloadPage' });
  };
  return (
    <div class={`strip ${strip ? `strip-shown strip-${strip.kind}` : ''}`}>
      <div class="strip-line">
        {strip && (
          <span class="strip-icon">
            <Icon kind={strip.kind} />
          </span>
        )}
        <p title={since ? words.text('since', { time: times.full(since) }) : ''}>
          <b role="status">{status}</b> {hint}
        </p>
        {action && withAction && !isChecking && (
          <button type="button" class="strip-action" ref={button} onClick={act}>
            {words.text(action, { company: panel.state.site.value?.name ?? '' })}
          </button>
        )}
      </div>
      <span class="unseen" aria-live="polite">
        {panel.strip.isBack.value
          ? words.text('connected')
          : isChecking && strip && strip.kind !== 'reconnectingNow' && words.text('checking')}
      </span>
    </div>
  );
}

/** The button goes while what it asked for is done; where it had the focus, it has it again when it comes back. */
function useFocusKept(isShown: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  if (!isShown && button.current) hadFocus.current = document.activeElement === button.current;
  useLayoutEffect(() => {
    if (isShown && hadFocus.current && document.activeElement === document.body) button.current?.focus();
    if (isShown) hadFocus.current = false;
  }, [isShown]);
  return button;
}

function useStripWords(strip: Strip | null): { status: string; hint: string } {
  const { panel, words, times } = usePanel();
  if (!strip) return { status: '', hint: '' };
  const { kind, seconds } = strip;
  const company = panel.state.site.value?.name ?? '';
  let hint: string;
  if (kind === 'reconnecting') hint = words.plural('nextTry', seconds);
  else if (kind === 'rateLimited') hint = words.text('rateLimitedHint', { time: times.countdown(seconds) });
  else if (kind === 'reconnectingNow') hint = '';
  else if (panel.strip.isChecking.value) hint = words.text('checking');
  else hint = words.text(`${kind}Hint`, { company });
  return { status: words.text(kind, { company }), hint };
}
