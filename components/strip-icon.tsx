// The icons of the strip, in a chunk of their own: when all is well nobody needs one, and the words do without.
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

const icons: Record<Strip['kind'], LucideIcon> = {
  reconnecting: RefreshCw,
  reconnectingNow: RefreshCw,
  silent: CloudOff,
  inboxMissing: TriangleAlert,
  cableBlocked: Timer,
  intercepted: TriangleAlert,
  offline: WifiOff,
  rateLimited: Hourglass,
  signedOut: LogIn,
  identityRefused: ShieldAlert,
};

export function StripIcon({ kind }: Pick<Strip, 'kind'>) {
  const Icon = icons[kind];
  return <Icon size={16} />;
}
