// What the server is told of who is asking: the identity that the page gave goes with the contact session and is proven by
// its hash. Where the server lets nobody in, nothing is asked for until that can have changed.
import type { EventOf } from './events';
import { isNotFound, mayAsk, noteRateLimit } from './failures';
import { wantList } from './list-request';
import { begun, failed, isDue, succeeded, want } from './repeating';
import type { ContactChanges, Failure } from './server-types';
import { mayRepeat } from './settle';
import { type Turn, without } from './turn';
import type { EpochMs, Identity, RefusalReason, Session } from './types';

/** So many 500 in a row may be a denied hash: a server fault looks the same (contract §3.0), so the inbox is asked. */
const denialsAsked = 2;
/** So many attributes are kept of a person, the newest. */
const mostAttributes = 50;
/** Between two tries with an identity that was refused, in ms. */
const refusedFor = 60_000;

/** Whether two identities are of the same person, as far as anybody can tell. */
export function isSamePerson(a: Identity | null, b: Identity): boolean {
  return a !== null && a.identifier === b.identifier && a.hash === b.hash;
}

/**
 * The page says who is asking: of a session that nobody was named in yet and that the server has never heard of, or
 * once more of the same person. `sourceId`: a new uuid, since an anonymous contact may be under way under the old one.
 */
export function identityGiven(turn: Turn, event: EventOf<'identity.given'>): void {
  const { session } = turn.state;
  const { identity, sourceId, tellAt } = event;
  if (session.identity === null) {
    turn.set({ session: { ...session, identity, sourceId, told: false, tellAt, refusal: null } });
    // What somebody unknown wanted to be called is not to be said of this person.
    turn.setSync({ change: { state: 'none' } });
    holdAll(turn);
  } else if (JSON.stringify(session.identity) !== JSON.stringify(identity)) {
    turn.set({ session: { ...session, identity, told: false } });
    reconsider(turn);
  } else reconsider(turn);
}

/** What else the page knows of who is asking. Says nothing while nobody is. */
export function attributesGiven(turn: Turn, { attributes }: EventOf<'attributes.given'>): void {
  const { session } = turn.state;
  if (session.identity === null) return;
  const all = { ...session.identity.customAttributes, ...attributes };
  const customAttributes = Object.fromEntries(Object.entries(all).slice(-mostAttributes));
  if (JSON.stringify(customAttributes) === JSON.stringify(session.identity.customAttributes)) return;
  turn.set({ session: { ...session, identity: { ...session.identity, customAttributes }, told: false } });
}

/**
 * What waits was written by somebody who had not signed in: it is theirs to say whether it goes in this name. Of a
 * conversation to be marked as resolved nobody is asked later.
 */
export function holdAll(turn: Turn): void {
  for (const entry of Object.values(turn.state.outbox)) {
    const { act, status, echoId } = entry;
    if (status !== 'queued' && !mayRepeat(entry)) continue;
    if (act.kind === 'resolve') turn.set({ outbox: without(turn.state.outbox, echoId) });
    else turn.setEntry({ ...entry, status: 'held' });
  }
}

/** Whether the server is still to be told of the identity, if there is one, and there is a contact session to tell it of. */
export function isUntold({ told, pubsubToken, endedAt }: Session): boolean {
  return !told && pubsubToken !== null && endedAt === null;
}

/** Tells the server what it does not know of the identity; with a hash this is what proves it (contract §3.0). */
export function pumpIdentity(turn: Turn): void {
  const { session, sync } = turn.state;
  const { identity } = session;
  if (identity === null || !isUntold(session)) return;
  const { identify } = sync;
  if (!identify.wanted && !identify.busy) turn.setSync({ identify: want(identify, turn.at) });
  if (!isDue(turn.state.sync.identify, turn.at) || !mayAsk(turn)) return;
  const changes = identify.bare ? {} : changesOf(identity);
  if (identity.hash === null && Object.keys(changes).length === 0) {
    turn.set({ session: { ...session, told: true } });
    return;
  }
  turn.setSync({ identify: begun(turn.state.sync.identify) });
  turn.run({ type: 'http.identify', identity, changes });
}

/** An e-mail or number of somebody else would merge the two at once (§3.4): only who is proven takes it along. */
function changesOf({
  name,
  email,
  phoneNumber,
  avatarUrl,
  customAttributes,
  hash,
}: Identity): ContactChanges {
  return {
    ...(name !== null && { name }),
    ...(avatarUrl !== null && { avatarUrl }),
    ...(Object.keys(customAttributes).length > 0 && { customAttributes }),
    ...(hash !== null && email !== null && { email }),
    ...(hash !== null && phoneNumber !== null && { phoneNumber }),
  };
}

/** The server took the identity. From now on a proven one is told of all its conversations. */
export function identified(turn: Turn, event: EventOf<'contact.identified'>): void {
  const { session, sync } = turn.state;
  const { contactId, name, email, phoneNumber, identity } = event;
  turn.setSync({ identify: { ...succeeded(sync.identify), bare: false }, denials: 0 });
  turn.setLink({ answeredAt: turn.at });
  const told = JSON.stringify(identity) === JSON.stringify(session.identity);
  const proven = identity.hash !== null;
  turn.set({ session: { ...session, contactId, name, email, phoneNumber, told, proven } });
  if (!proven || session.proven) return;
  turn.set({ session: { ...turn.state.session, listEtag: null } });
  // What was listed before was listed for somebody who had not proven who they are.
  turn.setSync({ list: { ...turn.state.sync.list, lastAt: 0 } });
  wantList(turn);
}

/** The server did not take the identity: without what it may dislike, or later, or never. */
export function identifyFailed(turn: Turn, { failure }: EventOf<'contact.identifyFailed'>): void {
  const { session, sync } = turn.state;
  const { identify } = sync;
  if (failure.kind === 'status' && failure.status === 422) {
    turn.setSync({ identify: { ...identify, busy: false, attempts: 0, bare: !identify.bare } });
    if (identify.bare) turn.set({ session: { ...session, told: true } });
    return;
  }
  const next = failed(identify, turn);
  turn.setSync({ identify: next });
  noteRateLimit(turn, failure, next.attempts);
  if (isNotFound(failure)) turn.setSync({ contact: want(turn.state.sync.contact, turn.at) });
  noteDenial(turn, failure);
}

/** A contact that cannot be created with all that the page says of it is created without. */
export function noteDislike(turn: Turn, failure: Failure): void {
  const { identify } = turn.state.sync;
  if (failure.kind === 'status' && failure.status === 422)
    turn.setSync({ identify: { ...identify, bare: true } });
}

/** Counts answers that may mean a denied hash, and asks for the inbox, which tells them from a fault of the server. */
export function noteDenial(turn: Turn, failure: Failure): void {
  const denied = failure.kind === 'status' && failure.status === 500;
  const denials = denied ? turn.state.sync.denials + 1 : 0;
  turn.setSync({ denials });
  // At once, however lately it was asked for another reason: the answer ends the tries.
  if (denials >= denialsAsked) turn.setSync({ inbox: want(turn.state.sync.inbox, turn.at) });
}

/** The inbox answers, and yet the contact was denied: then it is the identity that is not taken, or missing. */
export function judgeDenials(turn: Turn, identityRequired: boolean): void {
  const { session, sync } = turn.state;
  const reason = reasonOf(session, identityRequired);
  if (sync.denials < denialsAsked || reason === null) return;
  turn.set({ session: { ...session, refusal: { reason, at: turn.at } } });
  turn.setSync({
    denials: 0,
    contact: { ...sync.contact, wanted: false, attempts: 0 },
    identify: { ...sync.identify, attempts: 0 },
  });
}

function reasonOf({ identity }: Session, identityRequired: boolean): RefusalReason | null {
  if (identity === null) return identityRequired ? 'signedOut' : null;
  return identity.hash !== null || identityRequired ? 'identityRefused' : null;
}

/** After a while a refusal is asked about again: when a person comes back to it, or the page says the same once more. */
export function reconsider(turn: Turn): void {
  const { session, sync } = turn.state;
  if (!session.refusal || !isOld(session.refusal.at, turn.at)) return;
  turn.set({ session: { ...session, refusal: null } });
  turn.setSync({ contact: want(sync.contact, turn.at) });
}

function isOld(at: EpochMs, now: EpochMs): boolean {
  return now < at || now - at >= refusedFor;
}
