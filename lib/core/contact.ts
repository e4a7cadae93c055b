// The contact session at the server: created when first needed, read again to test it or the way to the server.
import type { EventOf } from './events';
import { noteRateLimit } from './failures';
import { begun, failed, isDue, succeeded, want } from './repeating';
import type { Turn } from './turn';

/** Asks for the contact session: created if the server has none, else read. */
export function wantContact(turn: Turn): void {
  const { contact } = turn.state.sync;
  if (!contact.wanted && !contact.busy) turn.setSync({ contact: want(contact, turn.at) });
}

/** Sends what is due. */
export function pumpContact(turn: Turn): void {
  const { contact } = turn.state.sync;
  if (!isDue(contact, turn.at) || turn.state.link.rateLimitedUntil > turn.at) return;
  turn.setSync({ contact: begun(contact) });
  turn.run({ type: turn.state.session.pubsubToken === null ? 'http.createContact' : 'http.getContact' });
}

/** The server knows the contact session. A new pubsub token means a new subscription. */
export function contactReceived(turn: Turn, event: EventOf<'contact.received'>): void {
  const { session, sync, link } = turn.state;
  turn.setSync({ contact: succeeded(sync.contact) });
  turn.setLink({ answeredAt: turn.at });
  const { pubsubToken, contactId, name } = event;
  if (session.pubsubToken === pubsubToken && session.contactId === contactId && session.name === name) return;
  turn.set({ session: { ...session, pubsubToken, contactId, name } });
  if (session.pubsubToken !== null && session.pubsubToken !== pubsubToken && link.cable !== 'idle') {
    turn.run({ type: 'cable.close' });
    turn.setLink({ cable: 'idle', since: turn.at, nextTryAt: null });
  }
}

/**
 * The contact session could not be had. 404 means that the server deleted it (contract §3.3): the same source id
 * creates a new one when it is needed again.
 */
export function contactFailed(turn: Turn, event: EventOf<'contact.failed'>): void {
  const { session, sync } = turn.state;
  const { failure } = event;
  if (failure.kind === 'status' && failure.status === 404 && session.pubsubToken !== null) {
    turn.set({ session: { ...session, pubsubToken: null, contactId: null, listEtag: null } });
    turn.setSync({ contact: succeeded(sync.contact) });
    return;
  }
  const contact = failed(sync.contact, turn.at, turn.fraction);
  turn.setSync({ contact });
  noteRateLimit(turn, failure, contact.attempts);
}
