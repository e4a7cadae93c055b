// The way to the server: what the cable reports, what follows from it, and how a person is told.
import { cableFailed, forgetCause } from './cable-cause';
import { holdOf, isAwaited } from './cable-hold';
import { wantContact } from './contact';
import { hurryCreations } from './creations';
import type { EventOf } from './events';
import { restartGap, wantGap } from './gap';
import { reconsider } from './identity';
import { wantList } from './list-request';
import { hurryOutbox } from './outbox';
import { nextTry, want } from './repeating';
import { isUnsent } from './settle';
import type { Repeating, State } from './state';
import type { Turn } from './turn';
import { type CableName, type EpochMs, idOf, type LinkView } from './types';

/** The cable's own account of itself. When it went live, everything that may have been missed is read. */
export function cableChanged(turn: Turn, event: EventOf<'cable.changed'>): void {
  const { link } = turn.state;
  // A cable that was let go says nothing more of interest.
  if (link.cable === 'idle') return;
  const goesOn = link.cable === event.cable || (isTried(link.cable) && isTried(event.cable));
  const since = goesOn ? link.since : turn.at;
  turn.setLink({ cable: event.cable, nextTryAt: event.nextTryAt, since });
  noteAttempt(turn, event.attempt);
  if (event.cable === 'waiting' || event.cable === 'closed') cableFailed(turn, event.attempt);
  if (event.cable === 'live') forgetCause(turn);
  if (link.cable === 'live' && event.cable !== 'live') {
    turn.setSync({ fresh: {} });
    turn.setLink({ answeredAt: 0 });
    turn.set({ session: { ...turn.state.session, polledAt: turn.at } });
  }
  if (event.cable !== 'live' || link.cable === 'live') return;
  wantList(turn);
  for (const conversationId of watched(turn)) restartGap(turn, conversationId);
}

/** Wanted, and not there: tries and pauses take turns. */
function isTried(cable: CableName): boolean {
  return cable !== 'idle' && cable !== 'live';
}

/** Waits no longer grow after so many, and what no longer matters need not be saved. */
const mostAttempts = 32;

function noteAttempt(turn: Turn, attempt: number): void {
  const { session } = turn.state;
  const cableAttempt = Math.min(attempt, mostAttempts);
  if (session.cableAttempt !== cableAttempt) turn.set({ session: { ...session, cableAttempt } });
}

/** Without a live cable nobody tells what comes after a read: it serves the turn that brings it, and no later one. */
export function forgetReads(turn: Turn): void {
  const { link, sync } = turn.state;
  if (link.cable !== 'live' && Object.keys(sync.fresh).length > 0) turn.setSync({ fresh: {} });
}

/** Conversations on screen, awaiting an answer or with something to send. */
function watched(turn: Turn): Set<number> {
  const { views, outbox, conversations } = turn.state;
  const unsent = Object.values(outbox).filter(isUnsent);
  const shown = Object.values(views).map(({ conversationKey }) => idOf(conversationKey ?? ''));
  // Not what a panel shows of a conversation that is gone.
  const known = shown.filter((id) => id !== null && conversations[id]);
  const ids = [...known, ...unsent.map(({ conversationKey }) => idOf(conversationKey))].filter(
    (id) => id !== null,
  );
  const awaited = Object.values(conversations).filter((conversation) => isAwaited(conversation, turn.at));
  return new Set([...ids, ...awaited.map(({ id }) => id)]);
}

/** Subscribed without an answer: a wrong pubsub token looks just like that (contract §5.4), so it is read anew. */
export function cableSilent(turn: Turn): void {
  wantContact(turn);
}

/** The browser's own word on the network. Back online, nothing that only waits has to wait any longer. */
export function onlineChanged(turn: Turn, event: EventOf<'online.changed'>): void {
  if (turn.state.link.online !== event.online) turn.setLink({ online: event.online });
  // Also where it is no news: a computer that slept has not heard that the network went.
  if (event.online) hurry(turn);
}

/** Tries everything that waits for a better moment now. Rate limits are kept. */
export function hurry(turn: Turn): void {
  reconsider(turn);
  hurryOutbox(turn);
  hurryCreations(turn);
  const { contact, identify, inbox, hours, list, gaps } = turn.state.sync;
  turn.setSync({
    contact: contact.wanted ? again(contact, turn.at) : contact,
    identify: identify.wanted ? again(identify, turn.at) : identify,
    // Somebody wants to know now; or the clock it was put off by was set back.
    inbox: { ...inbox, dueAt: Math.min(inbox.dueAt, turn.at) },
    hours: hours.wanted ? again(hours, turn.at) : hours,
    list: list.wanted && list.attempts > 0 ? again(list, turn.at) : list,
    gaps: Object.fromEntries(
      Object.values(gaps).map((gap) => [gap.conversationId, gap.wanted ? again(gap, turn.at) : gap]),
    ),
  });
  const { cable, cause } = turn.state.link;
  // Where answers do not come by themselves, they are what somebody wants to know of.
  if (cause === 'cableBlocked') turn.set({ session: { ...turn.state.session, polledAt: 0 } });
  // A cable that has given up is let go, so that it is opened anew below if it is still wanted.
  if (cable === 'closed') letGo(turn);
  // One that only just began to connect, or that was heard just now, is left alone by the cable itself.
  else if (cable !== 'idle') turn.run({ type: 'cable.reconnect' });
}

/** Now, and quickly again if that fails: somebody waits, or the network has changed. */
function again<T extends Repeating>(request: T, at: EpochMs): T {
  return want({ ...request, attempts: Math.min(request.attempts, 1) }, at);
}

/** Opens or lets go of the cable, and asks for awaited answers while it is not held or cannot be had. */
export function holdCable(turn: Turn): void {
  const { link, session } = turn.state;
  const { cable, pollAt } = holdOf(turn.state, session.polledAt, turn.at);
  if (cable && link.cable === 'idle') {
    turn.run({ type: 'cable.open' });
    turn.setLink({ cable: 'connecting', since: turn.at, nextTryAt: null });
    turn.set({ session: { ...session, polledAt: turn.at } });
    return;
  }
  if (!cable && link.cable !== 'idle') {
    letGo(turn);
    turn.setSync({ fresh: {} });
  }
  if (pollAt === null || pollAt > turn.at) return;
  turn.set({ session: { ...turn.state.session, polledAt: turn.at } });
  for (const conversationId of watched(turn)) wantGap(turn, conversationId);
  if (Object.values(turn.state.views).some((view) => view.conversationKey === null)) wantList(turn);
}

function letGo(turn: Turn): void {
  turn.run({ type: 'cable.close' });
  noteAttempt(turn, 0);
  forgetCause(turn);
  turn.setLink({ cable: 'idle', since: turn.at, nextTryAt: null });
}

/** The link in the words of the panel's strip. */
export function linkView(state: State, at: EpochMs): LinkView {
  const { link, session, sync } = state;
  const name = nameOf(state, at);
  const view = { name, since: sinceOf(state, name), nextTryAt: null };
  switch (name) {
    case 'rateLimited':
      return { ...view, nextTryAt: slowedDownUntil(state, at) };
    case 'reconnecting':
      if (link.cable === 'idle') return { ...view, nextTryAt: sync.contact.dueAt };
      // A cable that has given up is not tried: what comes next is the question why.
      return { ...view, nextTryAt: link.nextTryAt ?? nextTry(sync.inbox) };
    case 'silent':
    case 'inboxMissing':
    case 'cableBlocked':
    case 'intercepted':
      return isChecked(state) ? { ...view, checking: true } : view;
    default:
      return session.refusal?.reason === name ? { ...view, since: session.refusal.at } : view;
  }
}

/** What is wrong, or what of it is the gravest. */
function nameOf(state: State, at: EpochMs): LinkView['name'] {
  const { link, session, sync } = state;
  if (link.inboxMissing) return 'inboxMissing';
  if (session.refusal) return session.refusal.reason;
  // Before `silent`: what was refused for coming too often counts as failed as well, and the server did answer.
  if (slowedDownUntil(state, at) > at) return 'rateLimited';
  // What the browser believes of the network may be wrong: a live cable knows better.
  if (link.cable === 'live') return isSilent(state) ? 'silent' : 'live';
  if (!link.online) return 'offline';
  // Nothing to connect for, unless the contact session itself cannot be had.
  if (link.cable === 'idle' && sync.contact.attempts > 0) return 'reconnecting';
  if (link.cable === 'idle') return sync.contact.busy ? 'connecting' : 'idle';
  if (link.cause === 'failing') return 'silent';
  if (link.cause === 'cableBlocked' || link.cause === 'intercepted') return link.cause;
  return link.cable === 'connecting' ? 'connecting' : 'reconnecting';
}

/** When it began: known of the cable, and not of what else may be wrong beside a live one or without one. */
function sinceOf({ link, sync }: State, name: LinkView['name']): EpochMs {
  if (link.cable === 'idle' && name === 'connecting') return sync.contact.dueAt;
  return isTried(link.cable) || name === 'live' || name === 'idle' ? link.since : 0;
}

/** Whether it is being found out just now if that is still so. */
function isChecked({ link, sync: { contact, inbox, list, gaps } }: State): boolean {
  const requests = [contact, inbox, list, ...Object.values(gaps)];
  return link.cable === 'connecting' || requests.some(({ busy }) => busy);
}

/** The server asked to slow down: all of it, or (too many messages) one conversation only. */
function slowedDownUntil({ link, outbox }: State, at: EpochMs): EpochMs {
  const slowed = Object.values(outbox).filter(({ status, dueAt }) => status === 'queued' && dueAt > at);
  const first = slowed.length > 0 ? Math.min(...slowed.map(({ dueAt }) => dueAt)) : 0;
  return Math.max(link.rateLimitedUntil, first);
}

/** What was asked for failed more than once. */
function isSilent({ sync: { list, gaps } }: State): boolean {
  return [list, ...Object.values(gaps)].some(({ attempts }) => attempts > 1);
}
