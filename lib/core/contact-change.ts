// The person's own changes of name, e-mail and telephone number: sent once, and answered in words for each field.
import { wantContact } from './contact';
import type { EventOf } from './events';
import { isNotFound, mayAsk } from './failures';
import type { Failure } from './server-types';
import type { ContactChangeState } from './state';
import type { Turn } from './turn';

/**
 * The person wants to be known otherwise. A foreign e-mail or number merges them with whoever has it, at once and for good
 * (contract §3.4): unless they have proven who they are, they must have been asked.
 */
export function changeAsked(turn: Turn, event: EventOf<'contact.changeAsked'>): void {
  const given = Object.entries(event.changes).filter(([, value]) => value !== '');
  const changes = Object.fromEntries(given);
  const merges = 'email' in changes || 'phoneNumber' in changes;
  if (given.length === 0 || (merges && !turn.state.session.proven && !event.mayMerge)) {
    setChange(turn, { state: 'failed', problem: 'refused' });
    return;
  }
  setChange(turn, { state: 'saving', changes, busy: false });
}

/** Sends what is asked for; the contact session comes first. */
export function pumpChange(turn: Turn): void {
  const { change } = turn.state.sync;
  if (change.state !== 'saving' || change.busy) return;
  if (!mayAsk(turn)) {
    setChange(turn, { state: 'failed', problem: 'unreachable' });
    return;
  }
  if (turn.state.session.pubsubToken === null) {
    wantContact(turn);
    return;
  }
  setChange(turn, { ...change, busy: true });
  turn.run({ type: 'http.changeContact', changes: change.changes });
}

/** The server took it. The contact may be another one now, if two were merged. */
export function contactChanged(turn: Turn, event: EventOf<'contact.changed'>): void {
  const { contactId, name, email, phoneNumber } = event;
  turn.set({ session: { ...turn.state.session, contactId, name, email, phoneNumber } });
  turn.setLink({ answeredAt: turn.at });
  // It may have been an answer to a message that brought the address.
  if (turn.state.sync.change.state === 'saving') setChange(turn, { state: 'saved' });
}

/** The server, or the way to it, did not take it: nothing is repeated, the person is told. */
export function changeFailed(turn: Turn, { failure }: EventOf<'contact.changeFailed'>): void {
  setChange(turn, { state: 'failed', problem: problemOf(failure) });
  if (isNotFound(failure)) wantContact(turn);
}

/** The contact session could not be had, and so nothing could be changed. */
export function changeImpossible(turn: Turn): void {
  if (turn.state.sync.change.state === 'saving') setChange(turn, { state: 'failed', problem: 'unreachable' });
}

const fields = { name: 'name', email: 'email', phone_number: 'phoneNumber' } as const;

function problemOf(failure: Failure): 'name' | 'email' | 'phoneNumber' | 'refused' | 'unreachable' {
  if (failure.kind !== 'status' || failure.status >= 500 || failure.status === 429) return 'unreachable';
  const named = Object.entries(fields).find(([field]) => failure.fields?.includes(field));
  return named ? named[1] : 'refused';
}

function setChange(turn: Turn, change: ContactChangeState): void {
  turn.setSync({ change });
}
