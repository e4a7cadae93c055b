// The end of a session, when somebody else comes to ask in its place: what is under way settles unseen, what waits stays,
// and everything that could be read goes at once.
import { pumpCreation } from './creations';
import type { EventOf } from './events';
import { holdAll } from './identity';
import { wantList } from './list-request';
import type { State } from './state';
import { idleSync } from './state';
import type { Turn } from './turn';
import { keyOf, type OutboxEntry } from './types';

/** Nobody sees this session any more. */
export function sessionEnded(turn: Turn, event: EventOf<'session.ended'>): void {
  const { session } = turn.state;
  turn.set({ session: { ...session, endedAt: session.endedAt ?? event.at, listEtag: null } });
}

/** The same person is back: what waited is there, everything else is read anew. */
export function sessionResumed(turn: Turn): void {
  turn.set({ session: { ...turn.state.session, endedAt: null, listEtag: null, told: false } });
  rest(turn);
  turn.setSync({ listed: turn.state.session.pubsubToken === null });
  if (turn.state.session.pubsubToken !== null) wantList(turn);
}

/** Nothing is wanted any more, but what is still to be told off of typing; nothing is told sooner than it may be. */
function rest(turn: Turn): void {
  const { typing, lastSeen } = turn.state.sync;
  turn.setSync({ ...idleSync, typing, lastSeen: { ...idleSync.lastSeen, sentAt: lastSeen.sentAt } });
}

/** Whether nothing is under way of which nobody knows how it ended. */
export function isAtRest({ outbox, creations }: Pick<State, 'outbox' | 'creations'>): boolean {
  return (
    !Object.values(outbox).some(isUnderWay) &&
    Object.values(creations).every(({ phase }) => phase !== 'creating' && phase !== 'uncertain')
  );
}

function isUnderWay({ status }: OutboxEntry): boolean {
  return status === 'sending' || status === 'uncertain';
}

/** Whether words of the person wait in a session. */
export function hasWords({ outbox, drafts }: Pick<State, 'outbox' | 'drafts'>): boolean {
  return Object.keys(outbox).length > 0 || Object.values(drafts).some(({ text }) => text !== '');
}

/** In an ended session nothing new begins, and of what was begun the end is looked for. */
export function pumpEnded(turn: Turn): void {
  if (turn.state.session.endedAt === null) return;
  holdAll(turn);
  for (const { phase, localConversationId } of Object.values(turn.state.creations))
    if (phase === 'uncertain') pumpCreation(turn, localConversationId);
}

/** After every turn of an ended session: nothing that was read is kept, stored or shown. */
export function sealEnded(turn: Turn): void {
  if (turn.state.session.endedAt === null) return;
  turn.messages.clear();
  const { outbox, conversations } = turn.state;
  const settling = new Set(
    Object.values(outbox)
      .filter(isUnderWay)
      .map(({ conversationKey }) => conversationKey),
  );
  const kept = Object.values(conversations).filter(({ id }) => settling.has(keyOf(id)));
  turn.set({
    conversations: Object.fromEntries(
      kept.map((conversation) => [
        conversation.id,
        { ...conversation, party: null, preview: null, unread: [] },
      ]),
    ),
    syncedTo: {},
    windows: {},
    views: {},
    typing: {},
    presence: null,
  });
  if (isAtRest(turn.state)) rest(turn);
}
