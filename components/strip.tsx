// The strip under the header: says that the way to the server is broken, and what happens next.
// The status itself (announced once) is apart from the countdown beside it (not announced).
import {
  CloudOff,
  Hourglass,
  LogIn,
  type LucideIcon,
  RefreshCw,
  ShieldAlert,
  TriangleAlert,
  WifiOff,
} from 'lucide-preact';
import type { Strip } from '@/lib/panel/strip-model';
import { usePanel } from './context';

const icons: Record<Strip['kind'], LucideIcon> = {
  reconnecting: RefreshCw,
  silent: CloudOff,
  inboxMissing: TriangleAlert,
  cableBlocked: CloudOff,
  intercepted: TriangleAlert,
  offline: WifiOff,
  rateLimited: Hourglass,
  signedOut: LogIn,
  identityRefused: ShieldAlert,
};

/** @param withAction false where the view offers the same action itself. */
export function StripLine({ withAction = true }: { withAction?: boolean }) {
  const { panel, words } = usePanel();
  const strip = panel.strip.strip.value;
  const { status, hint } = useStripWords(strip);
  const Icon = strip && icons[strip.kind];
  const action = strip?.kind === 'reconnecting' && strip.seconds === null ? null : actionOf(strip);
  const act = () => {
    if (action === 'tryNow') panel.retryLink();
    else void panel.send({ type: 'page.open', reload: action === 'reloadPage' });
  };
  return (
    <div class={`strip ${strip ? `strip-shown strip-${strip.kind}` : ''}`}>
      <div class="strip-line">
        {Icon && <Icon size={16} />}
        <p>
          <b role="status">{status}</b> {hint}
        </p>
        {action && withAction && (
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

export type StripAction = 'tryNow' | 'openCompany' | 'reloadPage';

/** What a person can do about it; null: nothing but wait. */
export function actionOf(strip: Strip | null): StripAction | null {
  switch (strip?.kind) {
    case undefined:
    case 'offline':
    case 'rateLimited':
      return null;
    case 'signedOut':
      return 'openCompany';
    case 'identityRefused':
      return 'reloadPage';
    default:
      return 'tryNow';
  }
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
  return { status: words.text(strip.kind, { company }), hint: words.text(`${strip.kind}Hint`, { company }) };
}
