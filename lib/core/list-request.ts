// Asking for the full list of conversations: heavy (unpaged, with all messages), so at most every 30 s.
import { mayAsk } from './failures';
import { begun, isDue, want } from './repeating';
import type { Turn } from './turn';
import type { Session } from './types';

/** Least time between two full lists, in ms; a wish that comes earlier waits, it is never dropped. */
const leastBetween = 30_000;

/** Asks for the full list. */
export function wantList(turn: Turn): void {
  const { list } = turn.state.sync;
  turn.setSync({ list: want(list, Math.max(turn.at, list.lastAt + leastBetween)) });
}

/** Whether the identity of a session is about to be proven. */
export function isUnproven({ identity, told, proven, endedAt }: Session): boolean {
  return identity !== null && identity.hash !== null && !told && !proven && endedAt === null;
}

/** Sends what is due. Without a contact session at the server there is nothing to list. */
export function pumpList(turn: Turn): void {
  const { list } = turn.state.sync;
  const { session, creations } = turn.state;
  if (session.pubsubToken === null || !isDue(list, turn.at) || !mayAsk(turn)) return;
  // What an unproven session is told is only a part (contract §3.0).
  if (isUnproven(session)) return;
  turn.setSync({ list: { ...begun(list), lastAt: turn.at } });
  // Whether a conversation was created is told only by a whole list, not by "unchanged".
  const settling = Object.values(creations).some(({ phase }) => phase === 'uncertain');
  turn.run({ type: 'http.listConversations', etag: settling ? null : session.listEtag });
}
