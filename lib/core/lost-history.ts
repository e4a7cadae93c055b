// What is done when the message history is lost, as a whole or in part: it is a cache, so it is read again.
import { wantList } from './list-request';
import type { Turn } from './turn';

/** Nothing counts as known without holes any more; what is open is stored again, the rest comes with the full list. */
export function historyLost(turn: Turn): void {
  const { session, windows } = turn.state;
  for (const { messages } of Object.values(windows)) {
    for (const message of messages) turn.messages.set(message.id, message);
  }
  turn.set({ syncedTo: {}, session: { ...session, listEtag: null } });
  if (session.pubsubToken !== null) wantList(turn);
}
