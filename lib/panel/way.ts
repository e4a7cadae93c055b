// Where back and forward lead from what the panel shows. Decides, and asks the panel to go there.
import { idOf } from '@/lib/core/types';
import type { Panel } from './panel';

/** To the list; from the list of before the sign-in to one's own. */
export function goBack(panel: Panel): void {
  if (panel.route.route.peek().name !== 'list') panel.back();
  else if (panel.state.past.peek()?.role === 'earlier') panel.showSession(null);
}

/** Where one came back from last, unless that is gone meanwhile. */
export function goForward({ route, state, forward }: Panel): void {
  const to = route.ahead.peek();
  const id = to?.name === 'conversation' ? idOf(to.key) : null;
  const isGone = id !== null && state.listed.peek() && !state.conversations.peek().has(id);
  if (to && !isGone) forward();
}
