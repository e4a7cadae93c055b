// The contact session at the server: created when first needed, read again to test it or the way to the server.
// Where it is gone, begins a new one; where even the inbox is gone, waits for it.
import { missingDelay } from './backoff';
import { removeConversation } from './conversations';
import type { EventOf } from './events';
import { noteRateLimit } from './failures';
import { noteDenial, noteDislike } from './identity';
import { begun, failed, isDue, succeeded, want } from './repeating';
import { failGone } from './settle';
import { type Turn, without } from './turn';
import { idOf } from './types';

/** Asks for the contact session: created if the server has none, else read. */
export function wantContact(turn: Turn): void {
  const { contact } = turn.state.sync;
  const { refusal, tellAt } = turn.state.session;
  if (refusal || contact.wanted || contact.busy) return;
  turn.setSync({ contact: want(contact, Math.max(turn.at, tellAt)) });
}

/**
 * After a start: conversations without a token mean that the token could not be read. The server tells it again, as it
 * tells of who was named and not yet told of.
 */
export function recoverContact(turn: Turn): void {
  const { session, conversations } = turn.state;
  const isKnown = session.identity !== null || Object.keys(conversations).length > 0;
  if (session.pubsubToken === null && isKnown) wantContact(turn);
}

/**
 * A conversation answered 404. It is gone when it does so again after the contact session, and with it the inbox,
 * was seen to be there: a server that is being set up may deny everything for a moment.
 */
export function doubt(turn: Turn, conversationId: number): void {
  const { gaps, doubted } = turn.state.sync;
  turn.setSync({ gaps: without(gaps, conversationId) });
  if (doubted[conversationId] === 'again') {
    turn.setSync({ doubted: without(doubted, conversationId) });
    forget(turn, conversationId);
    return;
  }
  turn.setSync({ doubted: { ...doubted, [conversationId]: 'contact' } });
  wantContact(turn);
}

/** Sends what is due. */
export function pumpContact(turn: Turn): void {
  const { contact } = turn.state.sync;
  if (!isDue(contact, turn.at) || turn.state.link.rateLimitedUntil > turn.at) return;
  turn.setSync({ contact: begun(contact) });
  const { bare } = turn.state.sync.identify;
  if (turn.state.session.pubsubToken === null) turn.run({ type: 'http.createContact', bare });
  else turn.run({ type: 'http.getContact' });
}

/** The server knows the contact session. A new pubsub token means a new subscription. */
export function contactReceived(turn: Turn, event: EventOf<'contact.received'>): void {
  const { session, sync, link } = turn.state;
  const doubted = Object.fromEntries(Object.keys(sync.doubted).map((id) => [id, 'again' as const]));
  turn.setSync({ contact: succeeded(sync.contact), doubted, denials: 0 });
  turn.setLink({ answeredAt: turn.at, inboxMissing: false });
  const { pubsubToken, contactId, name, email, phoneNumber } = event;
  const next = { ...session, pubsubToken, contactId, name, email, phoneNumber };
  if (JSON.stringify(next) === JSON.stringify(session)) return;
  turn.set({ session: next });
  if (session.pubsubToken !== pubsubToken && link.cable !== 'idle') {
    turn.run({ type: 'cable.close' });
    turn.setLink({ cable: 'idle', since: turn.at, nextTryAt: null });
  }
}

/** The conversation is gone for good; the words that wait in it stay. */
function forget(turn: Turn, conversationId: number): void {
  failGone(turn, conversationId);
  removeConversation(turn, conversationId);
}

/** The contact session could not be had: tried again later. */
export function contactFailed(turn: Turn, event: EventOf<'contact.failed'>): void {
  const contact = failed(turn.state.sync.contact, turn);
  turn.setSync({ contact });
  noteRateLimit(turn, event.failure, contact.attempts);
  noteDenial(turn, event.failure);
  noteDislike(turn, event.failure);
}

/**
 * The server deleted the contact, and all its conversations with it (contract §3.3, §7.8). A new session is created
 * when it is needed, under another source id: the server may still hold on to the old one.
 */
export function contactGone(turn: Turn, event: EventOf<'contact.gone'>): void {
  const { session, sync, conversations, outbox, creations } = turn.state;
  const { sourceId } = event;
  const nobody = { pubsubToken: null, contactId: null, name: null, email: null, phoneNumber: null };
  const untold = { listEtag: null, told: session.identity === null, proven: false };
  turn.set({ session: { ...session, ...nobody, ...untold, sourceId } });
  const waitingIn = Object.values(outbox).map(({ conversationKey }) => idOf(conversationKey));
  for (const id of new Set([...Object.keys(conversations).map(Number), ...waitingIn]))
    if (id !== null) forget(turn, id);
  // What may have been created for the former contact went with it.
  const anew = Object.entries(creations).map(([key, creation]) => [
    key,
    creation.phase === 'uncertain' ? { ...creation, phase: 'wanted', attempts: 0, dueAt: turn.at } : creation,
  ]);
  turn.set({ creations: Object.fromEntries(anew) });
  const nothing = { ...sync.list, wanted: false, attempts: 0 };
  turn.setSync({
    contact: succeeded(sync.contact),
    list: nothing,
    gaps: {},
    doubted: {},
    fresh: {},
    listed: true,
  });
  turn.setLink({ inboxMissing: false });
}

/** The server does not know the inbox. Nothing is forgotten: whoever set it up may have made a mistake. */
export function inboxMissing(turn: Turn): void {
  const { contact } = turn.state.sync;
  // What failed for another reason before counts for nothing here.
  const attempts = turn.state.link.inboxMissing ? contact.attempts + 1 : 1;
  const dueAt = turn.at + missingDelay(attempts, turn.fraction);
  turn.setSync({ contact: { wanted: true, busy: false, attempts, dueAt }, doubted: {} });
  turn.setLink({ inboxMissing: true });
}
