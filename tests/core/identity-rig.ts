// Events and states of a person who is named, for the tests of what the server is told of them.
import type { Event } from '@/lib/core/events';
import type { Failure } from '@/lib/core/server-types';
import type { State } from '@/lib/core/state';
import type { Identity, Session } from '@/lib/core/types';
import { ada, aState, failures, newSession, start } from '../support/core-builders';

const record = { contactId: 7, name: 'Ada', email: 'ada@example.com', phoneNumber: null };
export const received: Event = { type: 'contact.received', pubsubToken: 'token', ...record };
export const opened: Event = { type: 'view.opened', viewId: 'v', windowId: 1, conversationKey: null };
export const inbox = (identityRequired: boolean): Event => ({
  type: 'inbox.received',
  purpose: 'cause',
  identityRequired,
  hours: null,
});

/** The page names somebody. */
export function given(identity: Identity, tellAt = start): Event {
  return { type: 'identity.given', identity, sourceId: 'fresh', tellAt };
}

/** The server took an identity. */
export function identified(identity = ada): Event {
  return { type: 'contact.identified', identity, ...record };
}

/** The server did not take the identity. */
export function identifyFailed(failure: Failure = failures.broken): Event {
  return { type: 'contact.identifyFailed', failure };
}

/** The contact session could not be had. */
export function contactFailed(failure: Failure = failures.broken): Event {
  return { type: 'contact.failed', failure };
}

/** Ada, whom the server was not told of yet. */
export function named(fields: Partial<Session> = {}, change: Partial<State> = {}): State {
  const session = { ...newSession, identity: ada, told: false, ...fields };
  return aState({ session, conversations: {}, ...change });
}
