// Why the cable cannot be had. A browser says nothing of a handshake that fails: not found, too many requests, a reset
// and a firewall look alike. So the inbox is asked for, and what it answers is what a person is told.

import { wantContact } from './contact';
import type { EventOf } from './events';
import { isNotFound, mayAsk, noteRateLimit } from './failures';
import { judgeDenials } from './identity';
import { begun, isDue, want } from './repeating';
import type { Turn } from './turn';
import type { CableCause } from './types';

/** The first try after a drop fails easily. One more, and it is asked why. */
const asksAfter = 2;
/** Least time between two questions, in ms. */
const leastBetween = 60_000;

/** A try has failed, or the cable has given up: asks for the inbox, if that is worth asking. */
export function cableFailed(turn: Turn, attempt: number): void {
  const { link, sync } = turn.state;
  // The server answers, was tried once more because of that, and the cable still cannot be had.
  if (link.cause === 'answers') turn.setLink({ cause: 'cableBlocked' });
  if (link.cable !== 'closed' && attempt < asksAfter) return;
  // With no panel open there is nobody to tell.
  if (Object.keys(turn.state.views).length === 0) return;
  turn.setSync({ inbox: want(sync.inbox, Math.max(turn.at, sync.inbox.dueAt)) });
}

/** The cable is live, or no longer wanted: there is nothing left to find out. */
export function forgetCause(turn: Turn): void {
  turn.setLink({ cause: null });
  turn.setSync({ inbox: { ...turn.state.sync.inbox, wanted: false } });
}

/** Sends what is due. What the browser says of the network is cause enough. */
export function pumpInbox(turn: Turn): void {
  const { inbox } = turn.state.sync;
  if (!isDue(inbox, turn.at) || !turn.state.link.online || !mayAsk(turn)) return;
  turn.setSync({ inbox: begun({ ...inbox, dueAt: turn.at + leastBetween }) });
  turn.run({ type: 'http.getInbox', purpose: 'cause' });
}

/** The server is there. Then the cable may be had now; if not, it is only the cable that is kept away. */
export function inboxReceived(turn: Turn, event: EventOf<'inbox.received'>): void {
  judgeDenials(turn, event.identityRequired);
  const { cable, cause } = turn.state.link;
  // One that has given up is not tried once more.
  answered(turn, cable === 'closed' || cause === 'cableBlocked' ? 'cableBlocked' : 'answers');
  turn.run({ type: 'cable.reconnect' });
}

/** The inbox could not be had either, which says more than the cable does. */
export function inboxFailed(turn: Turn, { failure }: EventOf<'inbox.failed'>): void {
  noteRateLimit(turn, failure, 1);
  if (isNotFound(failure)) wantContact(turn);
  if (failure.kind === 'unreadable') answered(turn, 'intercepted');
  else if (failure.kind === 'status' && failure.status >= 500) answered(turn, 'failing');
  else answered(turn, null);
}

function answered(turn: Turn, cause: CableCause | null): void {
  const { link, sync } = turn.state;
  turn.setSync({ inbox: { ...sync.inbox, busy: false } });
  const { cable } = link;
  if (cable !== 'live' && cable !== 'idle') turn.setLink({ cause });
  // One that has given up tells nothing more.
  if (cable === 'closed') turn.setSync({ inbox: want(turn.state.sync.inbox, turn.state.sync.inbox.dueAt) });
}
