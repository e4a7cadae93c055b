// Taking in the full list of conversations: the only source of existence, status, last-seen and edits of old messages.
import { wantContact } from './contact';
import { noteMessages, noteServerConversation, removeConversation } from './conversations';
import { settleCreations } from './creations';
import type { EventOf } from './events';
import { isNotFound, noteRateLimit } from './failures';
import { wantList } from './list-request';
import { byTime, takeMessage } from './messages';
import { failed, succeeded } from './repeating';
import { settleBy } from './settle';
import type { Turn } from './turn';

/** The full list came (contract §3.5). */
export function conversationsListed(turn: Turn, event: EventOf<'conversations.listed'>): void {
  const { requestedAt } = event;
  turn.setSync({ list: succeeded(turn.state.sync.list), listed: true });
  turn.setLink({ answeredAt: turn.at });
  const listed = new Set(event.conversations.map(({ id }) => id));
  for (const known of Object.values(turn.state.conversations)) {
    // One that cannot be read may be the very one that is missing.
    if (event.partial) break;
    if (!listed.has(known.id) && known.changedAt < requestedAt) removeConversation(turn, known.id);
  }
  const syncedTo: Record<number, number> = { ...turn.state.syncedTo };
  let moved = false;
  for (const server of event.conversations) {
    noteServerConversation(turn, server, requestedAt);
    const messages = server.messages
      .toSorted(byTime)
      .map((news) => takeMessage(turn, news, { from: 'http', requestedAt }));
    noteMessages(turn, server.id, messages);
    for (const message of messages) settleBy(turn, message);
    const top = messages.reduce((most, { id }) => Math.max(most, id), 0);
    if (top > (syncedTo[server.id] ?? -1)) {
      syncedTo[server.id] = top;
      moved = true;
    }
  }
  if (moved) turn.set({ syncedTo });
  // What a frame said meanwhile may have come late, after a change of which no frame told: the list alone knows, and it must
  // not come as "unchanged".
  const isDoubtful = event.conversations.some(
    ({ id, status }) => turn.state.conversations[id] && turn.state.conversations[id].status !== status,
  );
  if (isDoubtful) wantList(turn);
  const isKept = !event.partial && !isDoubtful;
  turn.set({ session: { ...turn.state.session, listEtag: isKept ? event.etag : null } });
  settleCreations(
    turn,
    event.conversations.map(({ id, messages }) => ({
      id,
      hasOwnMessages: messages.some((message) => message.author.kind === 'contact'),
    })),
    requestedAt,
  );
}

/** Nothing changed since the last full list (304). */
export function conversationsUnchanged(turn: Turn): void {
  turn.setSync({ list: succeeded(turn.state.sync.list), listed: true });
  turn.setLink({ answeredAt: turn.at });
}

/** The list could not be read: tried again later. */
export function conversationsFailed(turn: Turn, event: EventOf<'conversations.failed'>): void {
  const list = failed(turn.state.sync.list, turn);
  turn.setSync({ list });
  noteRateLimit(turn, event.failure, list.attempts);
  // The contact session may be gone: that is asked of the call that can tell (contract §3.3).
  if (isNotFound(event.failure)) wantContact(turn);
}
