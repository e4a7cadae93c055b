// The strip under the header: says that the way to the server is broken, and what happens next.
// The status itself (announced once) is apart from the countdown beside it (not announced).
import {
  CloudOff,
  Hourglass,
  LogIn,
  type LucideIcon,
  RefreshCw,
  ShieldAlert,
  Timer,
  TriangleAlert,
  WifiOff,
} from 'lucide-preact';
import type { Strip } from '@/lib/panel/strip-model';
import { usePanel } from './context';

export type StripAction = 'tryNow' | 'checkNow' | 'openCompany' | 'reloadPage';

/** How it looks, and what a person can do about it; null: nothing but wait. */
const kinds: Record<Strip['kind'], [LucideIcon, StripAction | null]> = {
  reconnecting: [RefreshCw, 'tryNow'],
  silent: [CloudOff, 'tryNow'],
  inboxMissing: [TriangleAlert, 'tryNow'],
  cableBlocked: [Timer, 'checkNow'],
  intercepted: [TriangleAlert, 'tryNow'],
  offline: [WifiOff, null],
  rateLimited: [Hourglass, null],
  signedOut: [LogIn, 'openCompany'],
  identityRefused: [ShieldAlert, 'reloadPage'],
};

/** @param withAction false where the view offers the same action itself. */
export function StripLine({ withAction = true }: { withAction?: boolean }) {
  const { panel, words, times } = usePanel();
  const strip = panel.strip.strip.value;
  const since = panel.strip.since.value;
  const { status, hint } = useStripWords(strip);
  const [Icon, action] = strip ? kinds[strip.kind] : [];
  const isTried = panel.strip.isChecking.value || (strip?.kind === 'reconnecting' && strip.seconds === null);
  const act = () => {
    if (action === 'tryNow' || action === 'checkNow') panel.retryLink();
    else void panel.send({ type: 'page.open', reload: action === 'reloadPage' });
  };
  return (
    <div class={`strip ${strip ? `strip-shown strip-${strip.kind}` : ''}`}>
      <div class="strip-line">
        {Icon && <Icon size={16} />}
        <p title={since ? words.text('since', { time: times.full(since) }) : ''}>
          <b role="status">{status}</b> {hint}
        </p>
        {action && withAction && !isTried && (
          <button type="button" class="strip-action" onClick={act}>
            {words.text(action, { company: panel.state.site.value?.name ?? '' })}
          </button>
        )}
      </div>
      <span class="unseen" aria-live="polite">
        {panel.strip.isBack.value && words.text('connected')}
      </span>
    </div>
  );
}

function useStripWords(strip: Strip | null): { status: string; hint: string } {
  const { panel, words, times } = usePanel();
  if (!strip) return { status: '', hint: '' };
  if (strip.kind === 'rateLimited') {
    const time = times.countdown(strip.seconds);
    return { status: words.text('rateLimited'), hint: words.text('rateLimitedHint', { time }) };
  }
  if (strip.kind === 'reconnecting') {
    if (strip.seconds === null) return { status: words.text('reconnectingNow'), hint: '' };
    return { status: words.text('reconnecting'), hint: words.plural('nextTry', strip.seconds) };
  }
  const company = panel.state.site.value?.name ?? '';
  const isChecking = panel.strip.isChecking.value;
  const hint = isChecking ? words.text('checking') : words.text(`${strip.kind}Hint`, { company });
  return { status: words.text(strip.kind, { company }), hint };
}
